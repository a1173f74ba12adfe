/** What a picture in a document must be, and what is said of its scale. */
import type { Language } from '../../core/feature/layer.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];
/** Of the head chunk of a PNG: colour types with alpha; 1 = interlaced. */
const [COLOUR_TYPE_AT, INTERLACE_AT] = [25, 28];

const begins = (file: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => file[index] === byte);

/**
 * Transparent and interlaced PNG are unpacked by the PDF package in the background, in an order of their own: the same
 * document would no longer give the same bytes.
 * @throws RangeError
 */
export function checkPicture(file: Uint8Array): 'image/png' | 'image/jpeg' {
  if (begins(file, JPEG)) return 'image/jpeg';
  if (!begins(file, PNG)) throw new RangeError('A picture of a document is a PNG or a JPEG');
  const colourType = file[COLOUR_TYPE_AT] ?? 0;
  const isTransparent = (colourType & 4) !== 0 || Buffer.from(file).subarray(0, 2_048).includes('tRNS');
  if (isTransparent || file[INTERLACE_AT] === 1) {
    throw new RangeError('A picture of a document must be opaque and not interlaced');
  }
  return 'image/png';
}

const WORDS = { pl: 'Skala', en: 'Scale' } as const;

export const scaleWords = (denominator: number, language: Language): string =>
  `${WORDS[language]} 1:${String(Math.round(denominator)).replace(/\B(?=(\d{3})+$)/g, '\u00a0')}.`;
