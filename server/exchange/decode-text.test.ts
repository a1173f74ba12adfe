import { describe, expect, it } from 'vitest';
import { decodeText, EncodingError } from './decode-text.ts';

const WORDS = 'Zażółć gęślą jaźń, Łódź';
/** Bytes of the words by the tables of each encoding, written out by hand. */
const ISO_8859_2: Record<string, number> = {
  ż: 0xbf,
  ó: 0xf3,
  ł: 0xb3,
  ć: 0xe6,
  ę: 0xea,
  ś: 0xb6,
  ą: 0xb1,
  ź: 0xbc,
  ń: 0xf1,
  Ł: 0xa3,
};
const WINDOWS_1250: Record<string, number> = { ...ISO_8859_2, ś: 0x9c, ą: 0xb9, ź: 0x9f };

const oneByte = (text: string, table: Record<string, number>) =>
  Uint8Array.from([...text].map((letter) => table[letter] ?? letter.charCodeAt(0)));
const declared = (encoding: string, text = WORDS) =>
  `<?xml version="1.0" encoding="${encoding}"?>\n<a>\n${text}</a>\n`;
const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

/** The first chunk holds the declaration, as in a real file; the others are as long as asked. */
async function decode(bytes: Uint8Array, size = 1000): Promise<string> {
  async function* chunks() {
    yield bytes.subarray(0, 60);
    for (let start = 60; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  let text = '';
  for await (const part of decodeText(chunks())) text += part;
  return text;
}

async function faultOf(bytes: Uint8Array): Promise<EncodingError> {
  try {
    await decode(bytes);
  } catch (error) {
    if (error instanceof EncodingError) return error;
    throw error;
  }
  throw new Error('The bytes were accepted');
}

describe('decodeText', () => {
  it.each([
    ['UTF-8 without a declaration', Buffer.from(`<a>${WORDS} ${WORDS}</a>`)],
    ['UTF-8', Buffer.from(declared('UTF-8'))],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${declared('utf-8')}`)],
    ['UTF-16, low byte first', utf16(declared('UTF-16'), false)],
    ['UTF-16, high byte first', utf16(declared('UTF-16'), true)],
    ['UTF-16 without a byte order mark', utf16(declared('UTF-16'), false).subarray(2)],
    ['ISO-8859-2', oneByte(declared('ISO-8859-2'), ISO_8859_2)],
    ['windows-1250', oneByte(declared('Windows-1250'), WINDOWS_1250)],
  ])('reads %s, also when characters are cut between chunks', async (_name, bytes) => {
    for (const size of [1, 2, 3, 1000]) expect(await decode(bytes, size)).toContain(WORDS);
  });

  it('says which line is not in the encoding declared', async () => {
    const fault = await faultOf(oneByte(declared('UTF-8', `\n\n${WORDS}`), WINDOWS_1250));
    expect(fault).toMatchObject({
      line: 5,
      truncated: false,
      message: expect.stringContaining('Line 5 is not UTF-8'),
    });
  });

  it('tells windows-1250 that is declared as ISO-8859-2, and UTF-8 declared as either', async () => {
    expect(await faultOf(oneByte(declared('ISO-8859-2'), WINDOWS_1250))).toMatchObject({
      line: 3,
      message: expect.stringContaining('probably windows-1250'),
    });
    // Its UTF-8 bytes are letters in windows-1250 too.
    expect((await faultOf(Buffer.from(declared('windows-1250', 'żółw')))).message).toContain(
      'letters are UTF-8',
    );
  });

  it('refuses unknown encodings and compressed files with what to do', async () => {
    expect((await faultOf(Buffer.from(declared('EBCDIC')))).message).toMatch(/"EBCDIC".*save it as UTF-8/);
    expect((await faultOf(Buffer.from(declared('UTF-16')))).message).toMatch(/UTF-16.*single bytes/);
    expect((await faultOf(Uint8Array.from([0x1f, 0x8b, 8, 0]))).message).toContain('unpack');
    expect((await faultOf(Buffer.from('PK\u0003\u0004rest'))).message).toContain('unpack');
  });

  it('tells a file that ends in the middle of a character', async () => {
    const bytes = Buffer.from(`<a>${WORDS}`);
    expect((await faultOf(bytes.subarray(0, -1))).truncated).toBe(true);
    expect((await faultOf(utf16('<a>x', false).subarray(0, -1))).truncated).toBe(true);
  });
});
