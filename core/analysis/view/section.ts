/** The profile of ground and roofs along a line. */
import { boxAround } from '../../geo/plane.ts';
import type { BuildingShape, Corner } from '../sun/building-shape.ts';
import { type GroundGrid, groundAt, wholeGround } from '../sun/ground-grid.ts';
import { planeOf } from '../sun/height-raster.ts';

type Place = readonly [easting: number, northing: number];

/** A station is set so often at the most. */
const MOST_STATIONS = 600;
const FINEST_M = 0.5;
/** Beside the line, so that ground is known there. */
const MARGIN_M = 30;

export interface Station {
  /** Along the line from its beginning. */
  readonly m: number;
  /** PL-EVRF2007-NH. */
  readonly groundM: number;
  /** The highest roof above it, and whose it is; null over open ground. */
  readonly roofM: number | null;
  readonly building: string | null;
}

interface RoofFace {
  readonly id: string;
  readonly rings: readonly (readonly Corner[])[];
  readonly plane: { readonly a: number; readonly b: number; readonly c: number };
  readonly lowM: number;
  readonly highM: number;
  readonly box: readonly [minE: number, minN: number, maxE: number, maxN: number];
}

/** Stations at equal distances, both ends among them. */
export function section(
  from: Place,
  to: Place,
  shapes: readonly BuildingShape[],
  relief: GroundGrid | undefined,
): readonly Station[] {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const count = Math.max(2, Math.min(MOST_STATIONS, Math.ceil(lengthM / FINEST_M) + 1));
  const box = [
    Math.min(from[0], to[0]) - MARGIN_M,
    Math.min(from[1], to[1]) - MARGIN_M,
    Math.max(from[0], to[0]) + MARGIN_M,
    Math.max(from[1], to[1]) + MARGIN_M,
  ] as const;
  const ground = wholeGround(relief, box, shapes);
  const faces = shapes
    .flatMap((shape) => roofsOf(shape, from))
    .filter(
      ({ box: [minE, minN, maxE, maxN] }) =>
        minE <= box[2] && maxE >= box[0] && minN <= box[3] && maxN >= box[1],
    );
  return Array.from({ length: count }, (_, n): Station => {
    const part = n / (count - 1);
    const at: Place = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    let [roofM, building]: [number | null, string | null] = [null, null];
    for (const face of faces) {
      if (!covers(face, at)) continue;
      const { a, b, c } = face.plane;
      const z = Math.min(face.highM, Math.max(face.lowM, a * (at[0] - from[0]) + b * (at[1] - from[1]) + c));
      if (roofM === null || z > roofM) [roofM, building] = [z, face.id];
    }
    return { m: part * lengthM, groundM: groundAt(ground, at[0], at[1]), roofM, building };
  });
}

function roofsOf({ id, surfaces, surfaceKinds }: BuildingShape, origin: Place): readonly RoofFace[] {
  return surfaces.flatMap((rings, index): RoofFace[] => {
    const kind = surfaceKinds[index];
    const [shell = []] = rings;
    const plane = kind === 'W' || kind === 'G' ? undefined : planeOf(shell, origin);
    if (!plane) return [];
    const zs = shell.map(([, , z]) => z);
    return [{ id, rings, plane, lowM: Math.min(...zs), highM: Math.max(...zs), box: boxAround(shell) }];
  });
}

/** Within the shell and in no hole: an odd number of sides lies to the east. */
function covers({ rings, box: [minE, minN, maxE, maxN] }: RoofFace, [e, n]: Place): boolean {
  if (e < minE || e > maxE || n < minN || n > maxN) return false;
  let isIn = false;
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] ?? a;
      if (a[1] > n !== b[1] > n && e < a[0] + ((b[0] - a[0]) * (n - a[1])) / (b[1] - a[1])) isIn = !isIn;
    });
  }
  return isIn;
}
