/** How numbers and positions are written in text formats: no exponents, no digits that mean nothing. */
import { type AxisOrder, type CrsReference, crsOf } from '../geo/crs.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';

export interface CoordinateStyle {
  readonly order: AxisOrder;
  readonly unit: 'm' | 'degree';
}

/** Digits after the point: a millimetre, and about a tenth of one. */
export const DECIMALS = { m: 3, degree: 9 } as const;
export const HEIGHT_DECIMALS = 3;

/** Digits and order that fit a CRS as it was asked for. */
export function coordinateStyle(crs: Pick<CrsReference, 'srid' | 'order'>): CoordinateStyle {
  return { order: crs.order, unit: crsOf(crs.srid).unit };
}

/** A number with at most `decimals` digits after the point, without exponent and without trailing zeros. */
export function roundedText(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const scaled = Math.round(Math.abs(value) * scale);
  if (!(scaled <= Number.MAX_SAFE_INTEGER)) return plainText(value);
  // Whole numbers are written several times faster than fractions, and a map is mostly coordinates.
  const whole = Math.floor(scaled / scale);
  const rest = scaled - whole * scale;
  const text = rest === 0 ? String(whole) : `${whole}.${fractionText(rest, decimals)}`;
  return value < 0 && scaled > 0 ? `-${text}` : text;
}

const MILLIMETRES: readonly string[] = Array.from({ length: 1000 }, (_, rest) => digitsOf(rest, 3));

const fractionText = (rest: number, decimals: number): string =>
  (decimals === 3 ? MILLIMETRES[rest] : undefined) ?? digitsOf(rest, decimals);

function digitsOf(rest: number, decimals: number): string {
  return String(rest).padStart(decimals, '0').replace(/0+$/, '');
}

/** The shortest text that reads back as the same number, without exponent. */
export function plainText(value: number): string {
  const text = String(value);
  const exponent = text.indexOf('e');
  if (exponent < 0) return text;
  const shift = Number(text.slice(exponent + 1));
  const sign = value < 0 ? '-' : '';
  const [whole = '', fraction = ''] = text.slice(value < 0 ? 1 : 0, exponent).split('.');
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** `x y` or `x y z` with the separator, in the order of the style. */
export function positionText(position: Position, style: CoordinateStyle, separator: string): string {
  const decimals = DECIMALS[style.unit];
  const easting = roundedText(position[0], decimals);
  const northing = roundedText(position[1], decimals);
  const plan =
    style.order === 'easting-northing' ? easting + separator + northing : northing + separator + easting;
  return position.length === 3 ? plan + separator + roundedText(position[2], HEIGHT_DECIMALS) : plan;
}

/** Twice the signed area in plan; positive when counter-clockwise in easting, northing. */
function doubleArea(ring: Ring): number {
  const [origin] = ring;
  if (!origin) return 0;
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] ?? origin, ring[i] ?? origin];
    sum += (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
  }
  return sum;
}

/**
 * Polygons with the shell counter-clockwise and holes clockwise (RFC 7946, 3.1.6). Surfaces in space keep their
 * direction, which says where outside is.
 */
export function oriented(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon')
    return { type: 'Polygon', coordinates: orientedRings(geometry.coordinates) };
  if (geometry.type !== 'MultiPolygon') return geometry;
  return { type: 'MultiPolygon', coordinates: orientedParts(geometry.coordinates) };
}

/** As `oriented`, of the areas of a MultiPolygon. */
export const orientedParts = (areas: readonly (readonly Ring[])[]): readonly (readonly Ring[])[] =>
  areas.map(orientedRings);

function orientedRings(rings: readonly Ring[]): readonly Ring[] {
  if (rings[0]?.[0]?.length === 3) return rings;
  return rings.map((ring, index) => {
    const counterClockwise = doubleArea(ring) > 0;
    return counterClockwise === (index === 0) ? ring : ring.toReversed();
  });
}
