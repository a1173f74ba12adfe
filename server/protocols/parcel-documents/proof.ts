import type { Proof } from '../../../core/documents/parcel/shared-blocks.ts';
import { qrSquares } from '../../../core/documents/qr-squares.ts';
import type { Language } from '../../../core/feature/layer.ts';
import type { Position } from '../../../core/geo/geometry.ts';
import type { ParcelCheck } from '../../../core/wire/parcel-check.ts';
import { encodePng } from '../../../tiles/picture/png.ts';

/** Pixels of a square. */
const SQUARE_PX = 6;

/** Letters of an address whose QR code a phone still reads on paper (85 squares on 34 mm). */
const LONGEST_ADDRESS = 700;

/**
 * How the very same answer is opened again in the viewer: the parcel, list, building or area, the state of the data, the law,
 * and the code that the answer must then have. Undefined when no code holds the address.
 * @param root where the service is seen, without what stands in front of paths of another state of the city
 */
export function proofOf(
  root: string,
  subject: ViewLink,
  { asked, code }: { readonly asked: ParcelCheck['asked']; readonly code: string },
  language: Language,
): Proof | undefined {
  const { scenario, asOf, lawDate } = asked;
  const parts = [
    ...(scenario === undefined ? [`at=${asOf}`] : [`scenario=${scenario}`]),
    subjectText(subject),
    `law=${lawDate}`,
    `code=${code}`,
    `lang=${language}`,
  ];
  const address = `${root}/#${parts.join('&')}`;
  return address.length > LONGEST_ADDRESS ? undefined : { address, qr: qrPicture(qrSquares(address)) };
}

/** What the viewer opens: one parcel, a list of ids, a building, or the corners of an area. */
export type ViewLink =
  | { readonly parcel: string }
  | { readonly list: readonly string[] }
  | { readonly building: string }
  | { readonly area: readonly Position[] };

function subjectText(subject: ViewLink): string {
  if ('parcel' in subject) return `parcel=${encodeURIComponent(subject.parcel)}`;
  if ('list' in subject) return `list=${subject.list.map(encodeURIComponent).join(',')}`;
  if ('building' in subject) return `building=${encodeURIComponent(subject.building)}`;
  return `area=${subject.area.map(([e, n]) => `${e},${n}`).join(';')}`;
}

function qrPicture(squares: readonly (readonly boolean[])[]): Proof['qr'] {
  const sidePx = squares.length * SQUARE_PX;
  const pixels = new Uint8ClampedArray(sidePx * sidePx * 4).fill(255);
  const words = new Uint32Array(pixels.buffer);
  const black = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer)[0] ?? 0;
  for (const [row, line] of squares.entries()) {
    for (const [column, isDark] of line.entries()) {
      if (!isDark) continue;
      for (let y = 0; y < SQUARE_PX; y++) {
        const from = (row * SQUARE_PX + y) * sidePx + column * SQUARE_PX;
        words.fill(black, from, from + SQUARE_PX);
      }
    }
  }
  return {
    file: encodePng({ pixels, widthPx: sidePx, heightPx: sidePx }, true),
    widthPx: sidePx,
    heightPx: sidePx,
  };
}
