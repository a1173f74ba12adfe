/** Small plane geometry in metres of a local frame (x east, y north). */

export type Xy = readonly [x: number, y: number];

/** The element at an index counted round a ring. */
export function around<T>(ring: readonly T[], index: number): T {
  const n = ring.length;
  return ring[((index % n) + n) % n] as T;
}

export const add = (a: Xy, b: Xy, scale = 1): Xy => [a[0] + b[0] * scale, a[1] + b[1] * scale];
export const subtract = (a: Xy, b: Xy): Xy => [a[0] - b[0], a[1] - b[1]];
export const cross = (a: Xy, b: Xy): number => a[0] * b[1] - a[1] * b[0];
export const dot = (a: Xy, b: Xy): number => a[0] * b[0] + a[1] * b[1];
export const distance = (a: Xy, b: Xy): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const between = (a: Xy, b: Xy, t: number): Xy => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
/** The vector turned a quarter to the left. */
export const leftOf = (v: Xy): Xy => [-v[1], v[0]];

export function unit(v: Xy): Xy {
  const length = Math.hypot(v[0], v[1]) || 1;
  return [v[0] / length, v[1] / length];
}

/** Signed area: positive for counter-clockwise rings (open or closed). */
export function signedArea(ring: readonly Xy[]): number {
  let twice = 0;
  for (let i = 0; i < ring.length; i++) twice += cross(around(ring, i), around(ring, i + 1));
  return twice / 2;
}

/** The box round places: least x and y, greatest x and y. */
export function boxAround(
  places: readonly (readonly number[])[],
): readonly [minX: number, minY: number, maxX: number, maxY: number] {
  const [xs, ys] = [places.map(([x = Number.NaN]) => x), places.map(([, y = Number.NaN]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export function middleOf(ring: readonly Xy[]): Xy {
  let [x, y] = [0, 0];
  for (const p of ring) {
    x += p[0];
    y += p[1];
  }
  return [x / ring.length, y / ring.length];
}

export function isInside(ring: readonly Xy[], p: Xy): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Xy;
    const [xj, yj] = ring[j] as Xy;
    if (yi > p[1] !== yj > p[1] && p[0] < ((xj - xi) * (p[1] - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function distanceToSegment(p: Xy, a: Xy, b: Xy): number {
  const [dx, dy] = subtract(b, a);
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** Where p + t·r meets q + u·s, or undefined when they are parallel. */
export function meet(p: Xy, r: Xy, q: Xy, s: Xy): { readonly t: number; readonly u: number } | undefined {
  const denominator = cross(r, s);
  if (Math.abs(denominator) < 1e-12) return undefined;
  const d = subtract(q, p);
  return { t: cross(d, s) / denominator, u: cross(d, r) / denominator };
}

/** A convex ring cut to the side where a·x + b·y + c ≥ 0. */
export function clipConvex(ring: readonly Xy[], a: number, b: number, c: number): Xy[] {
  const kept: Xy[] = [];
  for (let i = 0; i < ring.length; i++) {
    const p = around(ring, i);
    const q = around(ring, i + 1);
    const fp = a * p[0] + b * p[1] + c;
    const fq = a * q[0] + b * q[1] + c;
    if (fp >= 0) kept.push(p);
    if (fp > 0 !== fq > 0 && fp !== fq) {
      const t = fp / (fp - fq);
      // A corner that lies behind the line by a rounding alone gives t = 1 and must not be lost; one on the line or
      // before it is kept by itself, and must not be kept twice.
      if (t > 0 && (t < 1 || fq < 0)) kept.push(between(p, q, t));
    }
  }
  return kept;
}

/** Whether a line crosses a ring at most twice, so that a cut along it leaves one piece on each side. */
export function isCutOnce(ring: readonly Xy[], a: number, b: number, c: number): boolean {
  const signs = ring.map((p) => a * p[0] + b * p[1] + c > 0);
  return signs.filter((sign, i) => sign !== around(signs, i + 1)).length <= 2;
}

export function isConvex(ring: readonly Xy[], tolerance = 0): boolean {
  for (let i = 0; i < ring.length; i++) {
    const a = around(ring, i);
    const b = around(ring, i + 1);
    const c = around(ring, i + 2);
    if (cross(subtract(b, a), subtract(c, b)) < -tolerance) return false;
  }
  return true;
}

/** The smallest turned rectangle around a ring; `u` runs along its longer side. */
export interface TurnedBox {
  readonly origin: Xy;
  readonly u: Xy;
  readonly v: Xy;
  readonly lengthM: number;
  readonly widthM: number;
}

export function turnedBox(ring: readonly Xy[]): TurnedBox {
  let best: TurnedBox | undefined;
  let bestArea = Infinity;
  for (let i = 0; i < ring.length; i++) {
    const p = around(ring, i);
    const q = around(ring, i + 1);
    if (distance(p, q) < 0.5) continue;
    const box = boxAlong(ring, unit(subtract(q, p)));
    const area = box.lengthM * box.widthM;
    if (area < bestArea - 1e-9) {
      bestArea = area;
      best = box;
    }
  }
  return best ?? boxAlong(ring, [1, 0]);
}

/** The box around a ring whose sides follow a direction. */
export function boxAlong(ring: readonly Xy[], direction: Xy): TurnedBox {
  const normal = leftOf(direction);
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const p of ring) {
    const u = dot(p, direction);
    const v = dot(p, normal);
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const corner = (u: number, v: number): Xy => add([direction[0] * u, direction[1] * u], normal, v);
  const [alongM, acrossM] = [maxU - minU, maxV - minV];
  return alongM >= acrossM
    ? { origin: corner(minU, minV), u: direction, v: normal, lengthM: alongM, widthM: acrossM }
    : {
        origin: corner(maxU, minV),
        u: normal,
        v: [-direction[0], -direction[1]],
        lengthM: acrossM,
        widthM: alongM,
      };
}

export const inBox = (box: TurnedBox, u: number, v: number): Xy => add(add(box.origin, box.u, u), box.v, v);

/** Corners of the convex hull, counterclockwise (Andrew's monotone chain). */
export function hullOf(points: readonly Xy[]): Xy[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Xy[]): Xy[] => {
    const chain: Xy[] = [];
    for (const p of list) {
      for (;;) {
        const [b, a] = [chain.at(-1), chain.at(-2)];
        if (!a || !b || cross(subtract(b, a), subtract(p, b)) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}
