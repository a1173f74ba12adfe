import { expect, it } from 'vitest';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import type { XmlElement } from './element.ts';
import { FILE_LIMITS, parseXml, readXml } from './reader.ts';
import { XmlError } from './xml-error.ts';

/** Pieces of documents, plain and not, well formed and not; `%` is where others go. */
const PIECES = [
  '<g:a>%</g:a>',
  '<g:a>%</g:a>\n',
  '<b c="1" g:d=\'2\'>%</b>',
  '<b xmlns="urn:other" xmlns:g="urn:another" g:d="x">%<g:e/></b>',
  '<b\n  c="1"\n>%</b >',
  '<b c = "a &amp; b &lt; c"/>',
  '<b c="tab\there"/>',
  '<pos>5812345.12 6423456.78</pos>\r\n',
  '<t>zażółć &gt; gęślą &quot;&apos;</t>',
  '<t>a > b</t>',
  '\n   \n',
  'text beside %',
  '<!-- <g:a> > -->',
  '<t><![CDATA[<b> & ]]></t>',
  '<?hint a > b?>',
  '<t>&#243;&#x142;</t>',
  '<żółw ę="ą">%</żółw>',
  '<t>\u{1F3E0}%</t>',
  '<t xml:lang="pl">%</t>',
];
const FAULTS = [
  '<t>]]></t>',
  '<t>&nbsp;</t>',
  '<t>\u0001</t>',
  '<b c="1" c="2"/>',
  '<b g:c="1" h:c="2" xmlns:h="urn:g"/>',
  '<p:b/>',
  '<b p:c="1"/>',
  '<b c="<"/>',
  '<b c=1/>',
  '<b c="1"d="2"/>',
  '<b>%</c>',
  '<b>%',
  '</b>',
  '<1/>',
  '< b/>',
  '<b xmlns:xml="urn:x"/>',
  '<b xmlns:p=""/>',
  '<a:b:c/>',
  '<!DOCTYPE a>',
  '<b',
  '<b>%</b',
  '<b c="',
];
const HEAD = '<?xml version="1.0"?>\r\n<list xmlns="urn:d"\n xmlns:g="urn:g">';

type Read = { readonly children: readonly XmlElement[] } | { readonly fault: string };

function faultOf(error: unknown): Read {
  if (error instanceof XmlError) return { fault: `${error.fault}: ${error.message}` };
  throw error;
}

function strictly(text: string, limits: typeof FILE_LIMITS): Read {
  try {
    return { children: parseXml(text, limits).children };
  } catch (error) {
    return faultOf(error);
  }
}

async function asFile(text: string, limits: typeof FILE_LIMITS, size: number): Promise<Read> {
  async function* chunks() {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
  }
  const children: XmlElement[] = [];
  try {
    for await (const { kind, element } of readXml(
      chunks(),
      (_, depth) => (depth === 0 ? 'enter' : 'take'),
      limits,
    )) {
      if (kind === 'element') children.push(element);
    }
    return { children };
  } catch (error) {
    return faultOf(error);
  }
}

it('gives the trees and the faults of the strict parser, line and column too, however the text is cut', async () => {
  const random = seededRandom(12);
  const any = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const piece = (depth: number): string =>
    any(random() < 0.05 ? FAULTS : PIECES).replace('%', () => (depth > 4 ? 'end' : piece(depth + 1)));
  let faults = 0;
  for (let round = 0; round < 1500; round++) {
    const inner = Array.from({ length: 1 + Math.floor(random() * 8) }, () => piece(0)).join('');
    const text = `${HEAD}${inner}</list>\n`;
    const limits = random() < 0.1 ? { ...FILE_LIMITS, maxDepth: 4 } : FILE_LIMITS;
    const size = [1, 3, 17, 64, 100_000][round % 5] ?? 1;
    const expected = strictly(text, limits);
    if ('fault' in expected) faults++;
    expect(await asFile(text, limits, size), text).toEqual(expected);
  }
  expect(faults).toBeGreaterThan(200);
});

it('holds one object to the limits of a file, though it is written plainly', async () => {
  const read = (inner: string, limits: object) =>
    asFile(`<list>${inner}</list>`, { ...FILE_LIMITS, ...limits }, 100_000);
  expect(await read('<a>123456789</a>'.repeat(9), { maxTreeChars: 10 })).toMatchObject({
    children: { length: 9 },
  });
  expect(await read('<a><b>123456</b><b>123456</b></a>', { maxTreeChars: 10 })).toMatchObject({
    fault: expect.stringContaining('larger than 10'),
  });
  expect(await read('<a><b/><b/><b/></a>', { maxElements: 3 })).toMatchObject({
    fault: expect.stringContaining('more than 3 elements'),
  });
  expect(await read(`<a b="${'x'.repeat(200_000)}"/>`, { maxTagChars: 1_000 })).toMatchObject({
    fault: expect.stringContaining('longer than 1000'),
  });
});
