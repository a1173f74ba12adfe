/** The area where a value of the ground lies in a range, as convex pieces on a grid of triangles and their union. */
import { clipConvex, cross, signedArea, type Xy } from '../../geo/plane.ts';
import { toCm } from './shapes.ts';

export interface Grid {
  /** Lower left corner and number of cells; metres. */
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellM: number;
}

/**
 * Convex counter-clockwise pieces in whole centimetres; pieces of neighbours share their corners exactly, because
 * every corner is interpolated between the same two places in the same order.
 */
export function isobandCm(
  grid: Grid,
  value: (x: number, y: number) => number,
  low: number,
  high: number,
): Xy[][] {
  const { west, south, columns, rows, cellM } = grid;
  const values = Array.from({ length: (columns + 1) * (rows + 1) }, (_, i) =>
    value(west + (i % (columns + 1)) * cellM, south + Math.floor(i / (columns + 1)) * cellM),
  );
  const pieces: Xy[][] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (dx: number, dy: number) => (row + dy) * (columns + 1) + column + dx;
      for (const corners of [
        [at(0, 0), at(1, 0), at(1, 1)],
        [at(0, 0), at(1, 1), at(0, 1)],
      ]) {
        const piece = band(
          corners,
          (i) => values[i] as number,
          low,
          high,
          (i) => [west + (i % (columns + 1)) * cellM, south + Math.floor(i / (columns + 1)) * cellM],
        );
        if (piece.length > 2) pieces.push(piece);
      }
    }
  }
  return pieces;
}

function band(
  corners: readonly number[],
  valueAt: (corner: number) => number,
  low: number,
  high: number,
  place: (corner: number) => Xy,
): Xy[] {
  const ring: Xy[] = [];
  const put = (p: Xy) => {
    const last = ring[ring.length - 1];
    if (!last || last[0] !== p[0] || last[1] !== p[1]) ring.push(p);
  };
  corners.forEach((a, k) => {
    const b = corners[(k + 1) % corners.length] as number;
    const va = valueAt(a);
    if (va >= low && va < high) put(toCm(place(a)));
    // Crossings in the order of walking; each is computed from the lower corner number, whichever way one walks.
    const levels = va < valueAt(b) ? [low, high] : [high, low];
    for (const level of levels) {
      if (va >= level === valueAt(b) >= level) continue;
      const [first, second] = a < b ? [a, b] : [b, a];
      const t = (level - valueAt(first)) / (valueAt(second) - valueAt(first));
      const [p, q] = [place(first), place(second)];
      put(toCm([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t]));
    }
  });
  const [first, last] = [ring[0], ring[ring.length - 1]];
  if (ring.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]) ring.pop();
  return ring;
}

/**
 * Square centimetres that any ring has in common with a counter-clockwise one that is convex but for rounding: a fan
 * of triangles, since a side of a centimetre or two has no reliable direction to cut by.
 */
export function commonCm2(ring: readonly Xy[], convex: readonly Xy[]): number {
  const origin = convex[0] as Xy;
  const local = (p: Xy): Xy => [p[0] - origin[0], p[1] - origin[1]];
  const subject = ring.map(local);
  let sum = 0;
  for (let k = 1; k + 1 < convex.length; k++) {
    const [p, q] = [local(convex[k] as Xy), local(convex[k + 1] as Xy)];
    const side = Math.sign(cross(p, q));
    if (side > 0) sum += inTriangle(subject, p, q);
    else if (side < 0) sum -= inTriangle(subject, q, p);
  }
  return sum;
}

/** Area of a ring within the counter-clockwise triangle of the origin and two places. */
function inTriangle(ring: readonly Xy[], p: Xy, q: Xy): number {
  let rest = ring as Xy[];
  for (const [a, b] of [
    [[0, 0], p],
    [p, q],
    [q, [0, 0]],
  ] as const) {
    if (rest.length < 3) return 0;
    const [nx, ny] = [a[1] - b[1], b[0] - a[0]];
    rest = clipConvex(rest, nx, ny, -(nx * a[0] + ny * a[1]));
  }
  return rest.length > 2 ? Math.abs(signedArea(rest)) : 0;
}
