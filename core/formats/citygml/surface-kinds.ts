import { areaVector, type Vector3 } from '../../geo/area-vector.ts';
import { crsOf } from '../../geo/crs.ts';
import type { Position, Ring } from '../../geo/geometry.ts';

/** G ground, W wall, R roof, O other: the letters of `surface_kinds` in the catalogue. */
export type SurfaceKind = 'G' | 'W' | 'R' | 'O';

/** Faces steeper than this (degrees from the horizontal plane) are walls. */
const WALL_STEEPNESS_DEG = 80;
const METRES_PER_DEGREE = 111_320;

/**
 * What each face of a building is, from the direction in which it looks: up is roof, sideways wall, down ground
 * near the foot and `O` (ceiling of a passage, underside of a balcony) higher up. Faces that look inward all
 * around are turned first, which shows in a closed shell with a negative volume.
 * @param shells outer ring of each face, with heights
 */
export function deriveKinds(shells: readonly Ring[], srid: number): SurfaceKind[] {
  const toLocal = localMetres(shells, srid);
  const areas = shells.map((ring) => areaVector(ring.map(toLocal)));
  const sign = looksInward(shells, areas, toLocal) ? -1 : 1;
  const heights = shells.flatMap((ring) => ring.map(([, , z = 0]) => z));
  const middle = (min(heights) + max(heights)) / 2;
  const limit = Math.cos((WALL_STEEPNESS_DEG * Math.PI) / 180);
  return areas.map((area, i) => {
    const up = (sign * area[2]) / (length(area) || 1);
    if (up > limit) return 'R';
    if (up >= -limit) return 'W';
    const ring = shells[i] ?? [];
    const mean = ring.reduce((sum, [, , z = 0]) => sum + z, 0) / ring.length;
    return mean <= middle ? 'G' : 'O';
  });
}

/** Around the first corner, so that coordinates of millions do not eat the digits; degrees become metres. */
function localMetres(shells: readonly Ring[], srid: number): (position: Position) => Vector3 {
  const [x0 = 0, y0 = 0, z0 = 0] = shells[0]?.[0] ?? [];
  const degrees = crsOf(srid).unit === 'degree';
  const [sx, sy] = degrees ? [METRES_PER_DEGREE * Math.cos((y0 * Math.PI) / 180), METRES_PER_DEGREE] : [1, 1];
  return ([x, y, z = 0]) => [(x - x0) * sx, (y - y0) * sy, z - z0];
}

function looksInward(
  shells: readonly Ring[],
  areas: readonly Vector3[],
  toLocal: (position: Position) => Vector3,
): boolean {
  let volume = 0;
  let total = 0;
  const sum: [number, number, number] = [0, 0, 0];
  areas.forEach((area, i) => {
    const corner = shells[i]?.[0];
    if (corner === undefined) return;
    const [x, y, z] = toLocal(corner);
    volume += (x * area[0] + y * area[1] + z * area[2]) / 3;
    total += length(area);
    for (const axis of [0, 1, 2] as const) sum[axis] += area[axis];
  });
  const closed = length(sum) < 0.001 * total;
  return closed && volume < 0;
}

const length = ([x, y, z]: Vector3): number => Math.hypot(x, y, z);
const min = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
