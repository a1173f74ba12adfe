/** Whether one point can be seen from another, and what keeps a view from being free. */
import type { Obstacles } from '../sun/obstacles.ts';
import type { Viewpoint } from './horizon.ts';

export interface Sight {
  readonly isClear: boolean;
  /** Least height of the line over an edge that it crosses (m): negative when hidden; null when it crosses none. */
  readonly clearanceM: number | null;
  /** The building that hides most, or comes nearest to it. */
  readonly building: string | null;
}

/** The line from an eye to a target over all edges of roofs. Both ends stand clear of buildings. */
export function lineOfSight(
  { edges, owner, ids, origin }: Obstacles,
  eye: Viewpoint,
  target: Viewpoint,
): Sight {
  const [ex, ey] = [eye[0] - origin[0], eye[1] - origin[1]];
  const [sx, sy, sz] = [target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]];
  let least = Number.POSITIVE_INFINITY;
  let building: string | null = null;
  for (const [edge, of] of owner.entries()) {
    if (of < 0) continue;
    const at = edge * 6;
    const [ax, ay, az] = [(edges[at] ?? 0) - ex, (edges[at + 1] ?? 0) - ey, edges[at + 2] ?? 0];
    const [dx, dy, dz] = [
      (edges[at + 3] ?? 0) - ex - ax,
      (edges[at + 4] ?? 0) - ey - ay,
      (edges[at + 5] ?? 0) - az,
    ];
    const across = sx * dy - sy * dx;
    if (across === 0) continue;
    const onSight = (ax * dy - ay * dx) / across;
    const onEdge = (ax * sy - ay * sx) / across;
    if (!(onSight > 1e-9 && onSight < 1 - 1e-9 && onEdge >= 0 && onEdge <= 1)) continue;
    const clearance = eye[2] + onSight * sz - (az + onEdge * dz);
    if (clearance < least) {
      least = clearance;
      building = ids[of] ?? null;
    }
  }
  return {
    isClear: least >= 0,
    clearanceM: least === Number.POSITIVE_INFINITY ? null : least,
    building,
  };
}

export interface Intrusion {
  readonly id: string;
  /** How far it rises above the sight to the lower edge of the target (m). */
  readonly risesM: number;
  readonly position: Viewpoint;
}

/**
 * What rises into a view: a corridor from an eye to both ends of what is to be seen (the foot of a skyline, the lower
 * edge of a tower's lantern), kept free above the plane through the three. The worst first.
 */
export function intrusions(
  { edges, owner, ids, origin }: Obstacles,
  eye: Viewpoint,
  target: readonly [Viewpoint, Viewpoint],
): readonly Intrusion[] {
  const from = (end: Viewpoint) => [end[0] - eye[0], end[1] - eye[1], end[2] - eye[2]] as const;
  const [left, right] = [from(target[0]), from(target[1])];
  const wide = left[0] * right[1] - left[1] * right[0];
  if (wide === 0) return [];
  const worst = new Map<number, Intrusion>();
  for (const [edge, of] of owner.entries()) {
    const id = ids[of];
    if (id === undefined) continue;
    const ends = [0, 3].map((half) => {
      const at = edge * 6 + half;
      const x = (edges[at] ?? 0) + origin[0] - eye[0];
      const y = (edges[at + 1] ?? 0) + origin[1] - eye[1];
      const z = (edges[at + 2] ?? 0) - eye[2];
      // As parts of the two sides: both at least 0 and together at most 1 within the corridor.
      const u = (x * right[1] - y * right[0]) / wide;
      const v = (left[0] * y - left[1] * x) / wide;
      return { x, y, z, limits: [u, v, 1 - u - v], rises: z - u * left[2] - v * right[2] };
    });
    const [a, b] = ends;
    if (!a || !b) continue;
    let [first, last] = [0, 1];
    for (const [n, start] of a.limits.entries()) {
      const end = b.limits[n] ?? 0;
      if (start < 0 && end < 0) [first, last] = [1, 0];
      else if (start < 0) first = Math.max(first, start / (start - end));
      else if (end < 0) last = Math.min(last, start / (start - end));
    }
    if (first > last) continue;
    const part = b.rises > a.rises ? last : first;
    const risesM = a.rises + part * (b.rises - a.rises);
    if (!(risesM > 0) || risesM <= (worst.get(of)?.risesM ?? 0)) continue;
    const along = (one: number, other: number, zero: number) => zero + one + part * (other - one);
    const position = [along(a.x, b.x, eye[0]), along(a.y, b.y, eye[1]), along(a.z, b.z, eye[2])] as const;
    worst.set(of, { id, risesM, position });
  }
  return [...worst.values()].sort((one, other) => other.risesM - one.risesM || (one.id < other.id ? -1 : 1));
}
