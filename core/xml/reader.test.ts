import { describe, expect, it } from 'vitest';
import { childOf, childText, descendantsOf, gmlIdOf, hrefOf } from './element.ts';
import { FILE_LIMITS, parseXml, readXml, type XmlItem } from './reader.ts';
import { XmlError } from './xml-error.ts';

const GML = 'http://www.opengis.net/gml/3.2';

async function* chunksOf(text: string, size = 7): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

function faultOf(text: string, limits = {}): XmlError {
  try {
    parseXml(text, { ...FILE_LIMITS, ...limits });
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
  throw new Error('The document was accepted');
}

async function collect(items: AsyncIterable<XmlItem>): Promise<XmlItem[]> {
  const all: XmlItem[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('parseXml', () => {
  it('gives names, namespaces, attributes, text and lines', () => {
    const root = parseXml(
      `<a xmlns="urn:a" xmlns:g="${GML}" g:id="x1" b="2">\n  one<c/>\n<![CDATA[<two>]]> &amp; &#243;</a>`,
    );
    expect(root).toMatchObject({ namespace: 'urn:a', local: 'a', line: 1 });
    expect(root.attributes['b']).toBe('2');
    expect(root.attributes['constructor']).toBeUndefined();
    expect(gmlIdOf(root)).toBe('x1');
    expect(root.text.replace(/\s+/g, ' ')).toBe(' one <two> & ó');
    expect(childOf(root, 'c')?.line).toBe(2);
  });

  it('finds children whatever their prefix and treats blank text as absent', () => {
    const root = parseXml(
      '<a xmlns:p="urn:p" xmlns:x="http://www.w3.org/1999/xlink"><p:b> </p:b><c x:href=" #q "/></a>',
    );
    expect(childText(root, 'b')).toBeUndefined();
    expect(hrefOf(childOf(root, 'c') ?? root)).toBe('#q');
    expect([...descendantsOf(root)].map(({ local }) => local)).toEqual(['a', 'b', 'c']);
  });

  it('refuses a document type, with or without entities', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>';
    expect(faultOf(bomb)).toMatchObject({ fault: 'forbidden', line: 1 });
    expect(faultOf('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>').fault).toBe('forbidden');
  });

  it.each(['<a>&xxe;</a>', '<a>&constructor;</a>', '<a b="&xxe;"/>'])(
    'refuses the undeclared entity in %s',
    (text) => {
      expect(faultOf(text)).toMatchObject({ fault: 'malformed', message: expect.stringContaining('entity') });
    },
  );

  it('says line and column of a fault', () => {
    expect(faultOf('<a>\n  <b c=1/>\n</a>')).toMatchObject({ fault: 'malformed', line: 2, column: 8 });
  });

  it.each(['', '<a', '<a><b>', '<a><b></b>', '<a><!-- '])('calls %j truncated', (text) => {
    expect(faultOf(text).fault).toBe('truncated');
  });

  it.each(['<a></b>', '<a/><b/>', 'text', '<p:a/>', '<a b="1" b="2"/>', '<a>\u0001</a>'])(
    'calls %j malformed',
    (text) => {
      expect(faultOf(text).fault).toBe('malformed');
    },
  );

  it('holds depth, tag length, text length, element count and tree size to limits', () => {
    expect(faultOf('<a>'.repeat(11), { maxDepth: 10 }).message).toContain('nested more than 10');
    const long = 'x'.repeat(200_000);
    expect(faultOf(`<a b="${long}"/>`, { maxTagChars: 1000 }).message).toContain('longer than 1000');
    expect(faultOf(`<a><!--${long}--></a>`, { maxTextChars: 1000 }).fault).toBe('too-large');
    expect(faultOf(`<a>${long}</a>`, { maxTextChars: 1000 }).fault).toBe('too-large');
    expect(faultOf(`<a>${'<b/>'.repeat(20)}</a>`, { maxElements: 20 }).fault).toBe('too-large');
    expect(faultOf(`<a>${'<b>1234567890</b>'.repeat(20)}</a>`, { maxTreeChars: 100 }).fault).toBe(
      'too-large',
    );
  });

  it('takes short tags wherever they stand in a long document', () => {
    for (let before = 65_500; before <= 65_536; before++) {
      const root = parseXml(`<a>${'x'.repeat(before - 3)}<bee cee="dee"/></a>`);
      expect(root.children[0]?.attributes).toEqual({ cee: 'dee' });
    }
  });
});

describe('readXml', () => {
  const document = '<list><head><skip>no<deep/></skip></head><item n="1">ą<x/></item><item n="2"/></list>';
  const step = (element: { local: string }) =>
    element.local === 'item' ? 'take' : element.local === 'skip' ? 'skip' : 'enter';

  it('gives entered tags and taken trees in order, however the text is cut', async () => {
    for (const size of [1, 2, 3, 1000]) {
      const items = await collect(readXml(chunksOf(document, size), step));
      expect(items.map(({ kind, element }) => `${kind} ${element.local}`)).toEqual([
        'enter list',
        'enter head',
        'element item',
        'element item',
      ]);
      expect(items[2]?.element).toMatchObject({
        text: 'ą',
        attributes: { n: '1' },
        children: [{ local: 'x' }],
      });
    }
  });

  it('gives what came before a fault, then fails', async () => {
    const seen: string[] = [];
    const reading = async () => {
      for await (const item of readXml(chunksOf('<list><item/><item></list>', 1000), step)) {
        seen.push(item.element.local);
      }
    };
    await expect(reading()).rejects.toMatchObject({ fault: 'malformed' });
    expect(seen.slice(0, 2)).toEqual(['list', 'item']);
  });

  it('reads many objects without keeping them', async () => {
    async function* many() {
      yield '<list>';
      for (let i = 0; i < 3000; i++) yield `<item>${'12.5 '.repeat(200)}</item>`;
      yield '</list>';
    }
    let count = 0;
    for await (const { kind } of readXml(many(), step, {
      ...FILE_LIMITS,
      maxTreeChars: 2000,
      maxElements: 10,
    })) {
      if (kind === 'element') count++;
    }
    expect(count).toBe(3000);
  });
});
