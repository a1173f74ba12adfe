/** Putting shapes on a lot: frames square to the street, and whether a shape keeps its distance. */
import {
  add,
  around,
  distanceToSegment,
  isInside,
  leftOf,
  meet,
  middleOf,
  subtract,
  unit,
  type Xy,
} from '../geo/plane.ts';

/** A local frame: x along the street (interior at the left), y into the lot. */
export interface Frame {
  readonly origin: Xy;
  readonly x: Xy;
  readonly y: Xy;
}

export function frameAlong(a: Xy, b: Xy): Frame {
  const x = unit(subtract(b, a));
  return { origin: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], x, y: leftOf(x) };
}

export const frameAt = (origin: Xy, x: Xy): Frame => ({ origin, x, y: leftOf(x) });

export const inFrame = (frame: Frame, x: number, y: number): Xy =>
  add(add(frame.origin, frame.x, x), frame.y, y);

/** A counter-clockwise rectangle from its lower left corner in a frame. */
export const rectangle = (frame: Frame, x: number, y: number, widthM: number, depthM: number): Xy[] => [
  inFrame(frame, x, y),
  inFrame(frame, x + widthM, y),
  inFrame(frame, x + widthM, y + depthM),
  inFrame(frame, x, y + depthM),
];

/** Whether a shape lies inside a ring and keeps its distance from it. */
export function fits(ring: readonly Xy[], shape: readonly Xy[], clearM: number): boolean {
  // Once one corner is inside and no side comes near the ring, the whole shape is.
  return (
    isInside(ring, shape[0] as Xy) && shape.every((p, i) => clearFrom(ring, p, around(shape, i + 1), clearM))
  );
}

function clearFrom(ring: readonly Xy[], p: Xy, q: Xy, clearM: number): boolean {
  const [minX, maxX] = [Math.min(p[0], q[0]) - clearM, Math.max(p[0], q[0]) + clearM];
  const [minY, maxY] = [Math.min(p[1], q[1]) - clearM, Math.max(p[1], q[1]) + clearM];
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Xy;
    const b = around(ring, i + 1);
    if ((a[0] < minX && b[0] < minX) || (a[0] > maxX && b[0] > maxX)) continue;
    if ((a[1] < minY && b[1] < minY) || (a[1] > maxY && b[1] > maxY)) continue;
    if (distanceToSegment(p, a, b) < clearM || distanceToSegment(a, p, q) < clearM) return false;
    const hit = meet(p, subtract(q, p), a, subtract(b, a));
    if (hit && hit.t >= 0 && hit.t <= 1 && hit.u >= 0 && hit.u <= 1) return false;
  }
  return true;
}

/** Whether two convex shapes stay apart by a distance. */
export function areApart(one: readonly Xy[], two: readonly Xy[], clearM: number): boolean {
  if (isInside(one, middleOf(two)) || isInside(two, middleOf(one))) return false;
  return one.every((p, i) => clearFrom(two, p, around(one, i + 1), clearM));
}

/** The ring without its bends of less than about a third of a degree: corners that only neighbours need. */
export function withoutStraightCorners(ring: readonly Xy[]): Xy[] {
  return ring.filter((p, i) => {
    const before = unit(subtract(p, around(ring, i - 1)));
    const after = unit(subtract(around(ring, i + 1), p));
    return Math.abs(before[0] * after[1] - before[1] * after[0]) > 0.006;
  });
}

/**
 * The nearest point in whole centimetres that is inside a lot and not on its line: three whole-centimetre points on
 * one line are no longer on one line once they are decimal fractions of metres.
 * @param ring corners in whole centimetres over 100
 */
export function settledInside(ring: readonly Xy[], p: Xy): Xy {
  const [x, y] = [Math.round(p[0] * 100), Math.round(p[1] * 100)];
  const ringCm = ring.map(([a, b]): Xy => [Math.round(a * 100), Math.round(b * 100)]);
  if (holdsCm(ringCm, [x, y])) return [x / 100, y / 100];
  let best: Xy | undefined;
  let bestAway = Infinity;
  for (let dx = -2; dx <= 2; dx++) {
    for (let dy = -2; dy <= 2; dy++) {
      const away = Math.hypot(x + dx - p[0] * 100, y + dy - p[1] * 100);
      if (away >= bestAway || !holdsCm(ringCm, [x + dx, y + dy])) continue;
      best = [(x + dx) / 100, (y + dy) / 100];
      bestAway = away;
    }
  }
  return best ?? [x / 100, y / 100];
}

/** Exact for whole centimetres: inside and not on the line. */
function holdsCm(ringCm: readonly Xy[], p: Xy): boolean {
  for (let i = 0; i < ringCm.length; i++) {
    const a = ringCm[i] as Xy;
    const b = around(ringCm, i + 1);
    if ((b[0] - a[0]) * (p[1] - a[1]) !== (b[1] - a[1]) * (p[0] - a[0])) continue;
    const within = (k: 0 | 1) => p[k] >= Math.min(a[k], b[k]) && p[k] <= Math.max(a[k], b[k]);
    if (within(0) && within(1)) return false;
  }
  return isInside(ringCm, p);
}
