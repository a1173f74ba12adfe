import { describe, expect, it } from 'vitest';
import { escapeText } from '../xml/writer.ts';
import { ByteWriter } from './byte-writer.ts';
import { roundedText } from './coordinate-text.ts';

const written = (write: (out: ByteWriter) => void): string => {
  const out = new ByteWriter();
  write(out);
  return Buffer.from(out.take()).toString('utf8');
};

describe('a writer of bytes', () => {
  it.each([
    '',
    'abc',
    'C:\\path "quoted"',
    'zażółć gęślą jaźń',
    'a & b < c > "d" \'e\'',
    '\u0000\u0007\t\n\u007f\u0085',
    '😀 żaba \ud83d x \ude00',
    '\ufffe\uffff€',
  ])('writes %j as UTF-8, escaped as all XML is here, and quoted as JSON', (text) => {
    expect(written((out) => out.text(text))).toBe(Buffer.from(text).toString());
    expect(written((out) => out.escaped(text))).toBe(escapeText(text));
    expect(written((out) => out.quoted(text))).toBe(JSON.stringify(text));
  });

  it('writes numbers to the digit as texts do', () => {
    const values = [
      0,
      -0,
      1,
      -1,
      0.0005,
      -0.0004,
      5_806_000.00049,
      1e-9,
      -1.5e-9,
      2 ** 31,
      2 ** 31 - 0.5,
      1e15,
      -1.25e22,
    ];
    let seed = 1;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let i = 0; i < 20_000; i++) values.push((random() - 0.5) * 10 ** Math.floor(random() * 14 - 3));
    for (const decimals of [0, 3, 9]) {
      const differing = values.filter(
        (value) => written((out) => out.rounded(value, decimals)) !== roundedText(value, decimals),
      );
      expect(differing).toEqual([]);
    }
  });

  it('grows, and gives what it wrote away for good', () => {
    const out = new ByteWriter();
    const texts = Array.from({ length: 3 }, (_, i) => `${i}żółw`.repeat(9_000));
    const taken = texts.map((text) => {
      for (let i = 0; i < text.length; i += 100) out.text(text.slice(i, i + 100));
      expect(out.length).toBe(Buffer.byteLength(text));
      return out.take();
    });
    expect(taken.map((bytes) => Buffer.from(bytes).toString())).toEqual(texts);
    expect(out.length).toBe(0);
  });
});
