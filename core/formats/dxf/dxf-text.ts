/**
 * Texts in the code page that the head of a drawing names. Up to AutoCAD 2004 the code page holds for every program; from
 * 2007 on some take UTF-8 whatever it says, and GDAL takes the code page whatever the version.
 */

/** Of Central Europe. */
export const CODE_PAGE = 'ANSI_1250';
const FIRST_BEYOND_ASCII = 0x80;
/** Bytes of a text in a group, at most. */
const MOST_BYTES = 250;
const ELLIPSIS = '\x85';

const BYTES: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 0x100 - FIRST_BEYOND_ASCII }, (_, index) => {
    const byte = FIRST_BEYOND_ASCII + index;
    return [new TextDecoder('windows-1250').decode(Uint8Array.of(byte)), String.fromCharCode(byte)];
  }),
);

/**
 * One line, cut where it is too long; each character of what it gives is a byte. What the code page does not have stands as
 * `\\U+0416`, which every version reads.
 */
export function dxfText(text: string): string {
  const bytes = text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\u0080-\uffff]/g, (letter) => BYTES.get(letter) ?? escaped(letter));
  if (bytes.length <= MOST_BYTES) return bytes;
  return `${bytes.slice(0, MOST_BYTES).replace(/\\(U(\+[0-9A-F]{0,3})?)?$/, '')}${ELLIPSIS}`;
}

const escaped = (unit: string): string =>
  `\\U+${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
