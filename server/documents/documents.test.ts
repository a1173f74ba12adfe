import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Block, PrintDocument } from '../../core/documents/print-document.ts';
import { SAMPLE_DOCUMENT } from '../../test/support/sample-document.ts';
import { documentWriter } from './document-writer.ts';
import { runsOf } from './font-runs.ts';
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
