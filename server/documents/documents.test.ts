import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Block, PrintDocument } from '../../core/documents/print-document.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_DOCUMENT } from '../../test/support/sample-document.ts';
import { documentWriter } from './document-writer.ts';
import { runsOf } from './font-runs.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';
import { writePdf } from './write-pdf.ts';

const picture = (file: readonly number[], widthPx = 10, heightPx = 10): PrintDocument => ({
  ...SAMPLE_DOCUMENT,
  blocks: [
    { kind: 'figure', alt: '', caption: '', picture: { file: Uint8Array.from(file), widthPx, heightPx } },
  ],
});
const figure = SAMPLE_DOCUMENT.blocks.find((block) => block.kind === 'figure');

describe('a document as PDF', () => {
  it('has the same bytes each time, and others for another content', async () => {
    const other = { ...SAMPLE_DOCUMENT, blocks: SAMPLE_DOCUMENT.blocks.slice(1) };
    const [one, two, three] = [
      await writePdf(SAMPLE_DOCUMENT),
      await writePdf(SAMPLE_DOCUMENT),
      await writePdf(other),
    ];
    expect(Buffer.compare(one, two)).toBe(0);
    expect(Buffer.compare(one, three)).not.toBe(0);
  });

  it('sets a map at the scale that is written below it, or not at all', async () => {
    if (!figure) throw new Error('the sample has no figure');
    const tooWide: Block = { ...figure, widthMm: 400 };
    const written = writePdf({ ...SAMPLE_DOCUMENT, blocks: [tooWide] });
    await expect(written).rejects.toThrow('A map of 400 × 200 mm at 1:1000 does not fit the paper');
    const onLargePaper = {
      ...SAMPLE_DOCUMENT,
      paper: 'A3-landscape',
      blocks: [{ ...figure, widthMm: 380 }],
    } as const;
    await expect(writePdf(onLargePaper)).resolves.toBeInstanceOf(Uint8Array);
  });

  it.each([
    ['no picture', [1, 2, 3], 'is a PNG or a JPEG'],
    ['transparent', [0x89, 0x50, 0x4e, 0x47, ...Array<number>(21).fill(0), 6], 'must be opaque'],
  ])('refuses a file that is %s', async (_, file, reason) => {
    await expect(writePdf(picture(file))).rejects.toThrow(reason);
  });

  it('parts a text by the scripts that the font comes in', () => {
    expect(runsOf('Łódź Київ')).toEqual([
      { subset: 'latin-ext', text: 'Ł' },
      { subset: 'latin', text: 'ód' },
      { subset: 'latin-ext', text: 'ź' },
      { subset: 'latin', text: ' ' },
      { subset: 'cyrillic', text: 'Київ' },
    ]);
    expect(runsOf('漢 ≤')).toEqual([{ subset: 'latin', text: '? <=' }]);
  });
});

describe('a document of a word processor', () => {
  const parts = () => unzipSync(writeDocx(SAMPLE_DOCUMENT));

  it('has the same bytes each time, in whatever zone its writer stands', () => {
    const first = writeDocx(SAMPLE_DOCUMENT);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Kiritimati';
    try {
      expect(Buffer.compare(first, writeDocx(SAMPLE_DOCUMENT))).toBe(0);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    expect(Buffer.compare(first, writeDocx({ ...SAMPLE_DOCUMENT, footer: 'Kod: 0' }))).not.toBe(0);
  });

  it('is made of well-formed parts, each of which is reached', () => {
    const files = parts();
    const trees = new Map<string, XmlElement>();
    for (const [name, file] of Object.entries(files)) {
      if (/\.(xml|rels)$/.test(name)) trees.set(name, parseXml(strFromU8(file)));
    }
    const targets = [...trees].flatMap(([name, { children }]) =>
      name.endsWith('.rels')
        ? children.map(({ attributes }) => [name, attributes['Target'] ?? ''] as const)
        : [],
    );
    const reached = targets.map(([name, target]) => join(name.replace(/_rels\/.*$/, ''), target));
    const told = new Set([
      ...reached,
      '[Content_Types].xml',
      ...[...trees.keys()].filter((name) => name.endsWith('.rels')),
    ]);
    expect(new Set(Object.keys(files))).toEqual(told);
    expect(strFromU8(files['word/document.xml'] ?? new Uint8Array())).toContain(
      'Zażółć &lt;gęślą&gt; &amp; jaźń',
    );
  });

  it('has its maps at their scale to the hundredth of a millimetre, or not at all', () => {
    const body = strFromU8(parts()['word/document.xml'] ?? new Uint8Array());
    // 174 mm × 36,000 EMU; half as high.
    expect(body).toContain('<wp:extent cx="6264000" cy="3132000"/>');
    if (!figure) throw new Error('the sample has no figure');
    const tooWide = { ...SAMPLE_DOCUMENT, blocks: [{ ...figure, widthMm: 400 }] };
    expect(() => writeDocx(tooWide)).toThrow('A map of 400 × 200 mm at 1:1000 does not fit the paper');
  });

  it('keeps what XML cannot carry out of its text', () => {
    const odd = { ...SAMPLE_DOCUMENT, blocks: [{ kind: 'paragraph', text: 'a\u0000b\ud800c' } as const] };
    const body = strFromU8(unzipSync(writeDocx(odd))['word/document.xml'] ?? new Uint8Array());
    expect(body).toContain('a\ufffdb\ufffdc');
  });
});

describe('a document as HTML', () => {
  const html = writeHtml(SAMPLE_DOCUMENT);

  it('holds words of people as words, and loads nothing', () => {
    expect(html).toContain('<h1>Zażółć &lt;gęślą&gt; &amp; jaźń</h1>');
    expect(html).not.toMatch(/<script|(?:src|href)="(?!data:)/);
  });

  it('may use its own style and nothing else', async () => {
    const { headers } = await documentWriter.write(SAMPLE_DOCUMENT, 'html');
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`);
    // A style of an element would be left out by that policy.
    expect(html).not.toContain('style="');
  });
});
