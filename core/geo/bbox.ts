import { invalidParameter } from '../errors.ts';
import { type AxisOrder, transformBetween } from './crs.ts';
import { type Geometry, positionsOf, type Ring } from './geometry.ts';

/** An axis-parallel box of the house: easting (longitude) and northing (latitude) in the CRS `srid`. */
export interface Bbox {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly srid: number;
}

/**
 * Reads `a,b,c,d` (or six numbers, whose heights are dropped) written in the given axis order.
 * @throws TwinError invalid-parameter when it is not 4 or 6 finite numbers with min ≤ max.
 */
export function parseBbox(text: string, srid: number, order: AxisOrder, parameter = 'bbox'): Bbox {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if ((numbers.length !== 4 && numbers.length !== 6) || !numbers.every(Number.isFinite)) {
    throw invalidParameter(
      parameter,
      `${parameter} needs 4 (or 6) numbers separated by commas, got "${text.slice(0, 200)}"`,
    );
  }
  const half = numbers.length / 2;
  const [a = 0, b = 0] = numbers;
  const [c = 0, d = 0] = numbers.slice(half);
  if (a > c || b > d) {
    throw invalidParameter(
      parameter,
      `${parameter} needs lower corner then upper corner; got ${text.slice(0, 200)}`,
    );
  }
  return order === 'easting-northing'
    ? { minX: a, minY: b, maxX: c, maxY: d, srid }
    : { minX: b, minY: a, maxX: d, maxY: c, srid };
}

export function bboxesIntersect(a: Bbox, b: Bbox): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
}

/** The outline of a box, counter-clockwise from its lower left corner and closed, whether or not it has an area. */
export const ringOfBbox = ({ minX, minY, maxX, maxY }: Omit<Bbox, 'srid'>): Ring => [
  [minX, minY],
  [maxX, minY],
  [maxX, maxY],
  [minX, maxY],
  [minX, minY],
];

/** The box with every side moved outwards by `margin`, in the unit of its CRS. */
export function widenBbox(bbox: Bbox, margin: number): Bbox {
  return {
    minX: bbox.minX - margin,
    minY: bbox.minY - margin,
    maxX: bbox.maxX + margin,
    maxY: bbox.maxY + margin,
    srid: bbox.srid,
  };
}

/** The box around a geometry, or undefined when it has no position. */
export function bboxOf(geometry: Geometry, srid: number): Bbox | undefined {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positionsOf(geometry)) {
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX === Infinity ? undefined : { minX, minY, maxX, maxY, srid };
}

/**
 * The box in another CRS that contains the given one: edges are sampled, since straight edges curve.
 * @param samples points per edge
 */
export function reprojectBbox(bbox: Bbox, toSrid: number, samples = 9): Bbox {
  if (bbox.srid === toSrid) return bbox;
  const transform = transformBetween(bbox.srid, toSrid);
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < samples; i++) {
    const t = i / (samples - 1);
    const x = bbox.minX + t * (bbox.maxX - bbox.minX);
    const y = bbox.minY + t * (bbox.maxY - bbox.minY);
    for (const corner of [
      [x, bbox.minY],
      [x, bbox.maxY],
      [bbox.minX, y],
      [bbox.maxX, y],
    ] as const) {
      const [px, py] = transform(corner);
      minX = Math.min(minX, px);
      maxX = Math.max(maxX, px);
      minY = Math.min(minY, py);
      maxY = Math.max(maxY, py);
    }
  }
  return { minX, minY, maxX, maxY, srid: toSrid };
}
