/** Lines of streets: length, places along them, parallels and smooth curves. */
import { simplify } from '@turf/simplify';
import {
  add,
  around,
  between,
  distance,
  distanceToSegment,
  dot,
  isInside,
  leftOf,
  meet,
  subtract,
  unit,
  type Xy,
} from './plane.ts';

export function lengthOf(path: readonly Xy[]): number {
  let length = 0;
  for (let i = 1; i < path.length; i++) length += distance(path[i - 1] as Xy, path[i] as Xy);
  return length;
}

/** The point at a distance along a path and the direction there; beyond the ends the path runs straight on. */
export function placeAt(path: readonly Xy[], alongM: number): { readonly point: Xy; readonly direction: Xy } {
  let left = alongM;
  const last = path.length - 1;
  for (let i = 0; i < last; i++) {
    const a = path[i] as Xy;
    const b = path[i + 1] as Xy;
    const length = distance(a, b);
    if (left <= length || i === last - 1) {
      const direction = unit(subtract(b, a));
      return { point: add(a, direction, left), direction };
    }
    left -= length;
  }
  return { point: path[0] ?? [0, 0], direction: [1, 0] };
}

/** The part of a path between two distances along it. */
export function partOf(path: readonly Xy[], fromM: number, toM: number): Xy[] {
  const part: Xy[] = [placeAt(path, fromM).point];
  let along = 0;
  for (let i = 1; i < path.length; i++) {
    along += distance(path[i - 1] as Xy, path[i] as Xy);
    if (along > fromM + 0.05 && along < toM - 0.05) part.push(path[i] as Xy);
  }
  part.push(placeAt(path, toM).point);
  return part;
}

/** Left of each vertex, square to the path on average (mitred). */
function mitres(path: readonly Xy[]): Xy[] {
  return path.map((p, i) => {
    const before = i > 0 ? unit(subtract(p, path[i - 1] as Xy)) : undefined;
    const after = i < path.length - 1 ? unit(subtract(path[i + 1] as Xy, p)) : undefined;
    if (!before || !after) return leftOf(before ?? after ?? [1, 0]);
    const normal = leftOf(unit(add(before, after)));
    return [
      normal[0] / Math.max(0.5, dot(normal, leftOf(before))),
      normal[1] / Math.max(0.5, dot(normal, leftOf(before))),
    ];
  });
}

/** The path shifted to its left by a width, which may change along it. */
export function parallel(path: readonly Xy[], widthM: number | ((index: number) => number)): Xy[] {
  const normals = mitres(path);
  return path.map((p, i) => add(p, normals[i] as Xy, typeof widthM === 'number' ? widthM : widthM(i)));
}

/** A smooth curve through points (centripetal enough for streets), sampled where it turns. */
export function smoothPath(points: readonly Xy[], stepM = 22): Xy[] {
  if (points.length < 3) return [...points];
  const curve: Xy[] = [];
  for (let i = 0; i < points.length - 1; i++) {
    const p1 = points[i] as Xy;
    const p2 = points[i + 1] as Xy;
    const p0 = points[i - 1] ?? add(p1, subtract(p2, p1), -1);
    const p3 = points[i + 2] ?? add(p2, subtract(p2, p1));
    const steps = Math.max(1, Math.round(distance(p1, p2) / stepM));
    for (let k = 0; k < steps; k++) curve.push(catmullRom(p0, p1, p2, p3, k / steps));
  }
  curve.push(points[points.length - 1] as Xy);
  const line = { type: 'LineString' as const, coordinates: curve.map((p) => [...p]) };
  const { coordinates } = simplify(line, { tolerance: 0.12, highQuality: true, mutate: true });
  return coordinates.map(([x = 0, y = 0]): Xy => [x, y]);
}

function catmullRom(p0: Xy, p1: Xy, p2: Xy, p3: Xy, t: number): Xy {
  const axis = (k: 0 | 1) =>
    0.5 *
    (2 * p1[k] +
      (p2[k] - p0[k]) * t +
      (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t * t +
      (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t * t * t);
  return [axis(0), axis(1)];
}

/** Where a path crosses a ring: places along the path in order, each with the side crossed. */
export interface Crossing {
  readonly alongM: number;
  readonly point: Xy;
  readonly side: number;
  /** Position on the side, 0 to 1. */
  readonly onSide: number;
  readonly segment: number;
}

export function crossings(path: readonly Xy[], ring: readonly Xy[]): Crossing[] {
  const found: Crossing[] = [];
  let along = 0;
  for (let i = 0; i < path.length - 1; i++) {
    const a = path[i] as Xy;
    const b = path[i + 1] as Xy;
    const [minX, maxX, minY, maxY] = [
      Math.min(a[0], b[0]),
      Math.max(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[1], b[1]),
    ];
    const r = subtract(b, a);
    const length = Math.hypot(r[0], r[1]);
    for (let side = 0; side < ring.length; side++) {
      const c = ring[side] as Xy;
      const d = around(ring, side + 1);
      if ((c[0] < minX && d[0] < minX) || (c[0] > maxX && d[0] > maxX)) continue;
      if ((c[1] < minY && d[1] < minY) || (c[1] > maxY && d[1] > maxY)) continue;
      const s = subtract(d, c);
      const hit = meet(a, r, c, s);
      if (!hit || hit.t < 0 || hit.t >= 1 || hit.u < 0 || hit.u >= 1) continue;
      const point = between(c, add(c, s), hit.u);
      found.push({ alongM: along + hit.t * length, point, side, onSide: hit.u, segment: i });
    }
    along += length;
  }
  return found.sort((one, two) => one.alongM - two.alongM);
}

/** From a point to the nearest side of a ring, also from within. */
export function distanceToRing(at: Xy, ring: readonly Xy[]): number {
  return Math.min(...ring.map((a, i) => distanceToSegment(at, a, ring[(i + 1) % ring.length] ?? a)));
}

/** From a point to a ring; 0 within it. */
export const distanceOutside = (at: Xy, ring: readonly Xy[]): number =>
  isInside(ring, at) ? 0 : distanceToRing(at, ring);

/** Between a path and a ring that do not meet. */
export function distanceFromRing(path: readonly Xy[], ring: readonly Xy[]): number {
  let leastM = Math.min(...path.map((at) => distanceToRing(at, ring)));
  for (let i = 1; i < path.length; i++) {
    for (const corner of ring) {
      leastM = Math.min(leastM, distanceToSegment(corner, path[i - 1] ?? corner, path[i] ?? corner));
    }
  }
  return leastM;
}

/** Length of a path within a ring. */
export function lengthWithin(path: readonly Xy[], ring: readonly Xy[]): number {
  let lengthM = 0;
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1] ?? [0, 0], path[i] ?? [0, 0]] as [Xy, Xy];
    const wholeM = distance(a, b);
    const stops = [0, ...crossings([a, b], ring).map(({ alongM }) => alongM), wholeM];
    for (let k = 1; k < stops.length; k++) {
      const [from = 0, to = 0] = [stops[k - 1], stops[k]];
      if (isInside(ring, between(a, b, (from + to) / 2 / (wholeM || 1)))) lengthM += to - from;
    }
  }
  return lengthM;
}
