/** Places where windows may be: no register holds windows, so walls are asked storey by storey. */
import type { BuildingShape, Corner } from './building-shape.ts';
import type { WindowPoint } from './sunlight.ts';

export interface FacadePoint extends Required<WindowPoint> {
  /** 0 is the lowest. */
  readonly storey: number;
  /** Of the lowest windows of the building (§ 13 measures from there). */
  readonly lowestSillM: number;
}

export interface FacadeOptions {
  /** Storeys above ground; without them storeys of 3 m are taken. */
  readonly storeys?: number | undefined;
  /** At most so far apart along a wall. */
  readonly spacingM: number;
  /** Of a point above the floor of its storey. */
  readonly sillM: number;
}

const USUAL_STOREY_M = 3;
/** A shorter wall has no window. */
const SHORTEST_WALL_M = 1.2;
/** Above a point there is at least so much wall. */
const LINTEL_M = 0.6;
/** A point stands so far before its wall that the wall does not hide it. */
const BEFORE_WALL_M = 0.001;
/** What is so near before a wall adjoins it. */
const ADJOINING_M = 0.5;

/** Points on the outer walls of a building. Parts of walls that `isBuilt` says adjoin something are left out. */
export function facadePoints(
  { surfaces, surfaceKinds }: BuildingShape,
  { storeys, spacingM, sillM }: FacadeOptions,
  isBuilt: (easting: number, northing: number, heightM: number) => boolean,
): readonly FacadePoint[] {
  const walls = surfaces.flatMap((rings, index) => {
    const wall = surfaceKinds[index] === 'W' && rings[0] ? wallOf(rings[0]) : undefined;
    return wall ? [wall] : [];
  });
  if (walls.length === 0) return [];
  const footM = Math.min(...walls.map(({ ring }) => Math.min(...ring.map(([, z]) => z))));
  // Gables reach higher than the last floor: the eaves are where the lowest wall that stands on the ground ends.
  const eavesM = Math.max(...walls.map(({ eavesM: height }) => height));
  const storeyM = storeys && storeys > 0 ? Math.max(2, (eavesM - footM) / storeys) : USUAL_STOREY_M;
  const lowestSillM = footM + sillM;
  return walls.flatMap(({ from, along, lengthM, outward, ring }) => {
    if (lengthM < SHORTEST_WALL_M) return [];
    const count = Math.ceil(lengthM / spacingM);
    return Array.from({ length: count }, (_, n) => ((n + 0.5) * lengthM) / count).flatMap((place) => {
      const [low, high] = extentAt(ring, place);
      const [x, y] = [from[0] + along[0] * place, from[1] + along[1] * place];
      const points: FacadePoint[] = [];
      for (let storey = 0; lowestSillM + storey * storeyM <= high - LINTEL_M; storey++) {
        const heightM = lowestSillM + storey * storeyM;
        if (heightM < low) continue;
        if (isBuilt(x + outward[0] * ADJOINING_M, y + outward[1] * ADJOINING_M, heightM)) continue;
        points.push({
          easting: x + outward[0] * BEFORE_WALL_M,
          northing: y + outward[1] * BEFORE_WALL_M,
          heightM,
          outward,
          storey,
          lowestSillM,
        });
      }
      return points;
    });
  });
}

interface Wall {
  readonly from: readonly [number, number];
  readonly along: readonly [number, number];
  readonly lengthM: number;
  readonly outward: readonly [number, number];
  /** Corners as place along the wall and height. */
  readonly ring: readonly (readonly [number, number])[];
  readonly eavesM: number;
}

/** An upright surface in its own plane; undefined for one that leans or has no length. */
function wallOf(ring: readonly Corner[]): Wall | undefined {
  let [east, north, up] = [0, 0, 0];
  const [x0, y0] = ring[0] ?? [0, 0];
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    east += (a[1] - b[1]) * (a[2] + b[2]);
    north += (a[2] + b[2]) * (b[0] - a[0]);
    up += (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0);
  }
  const size = Math.hypot(east, north);
  if (size === 0 || Math.abs(up) > 0.05 * size) return undefined;
  const outward = [east / size, north / size] as const;
  // Seen from outside, from left to right.
  const along = [-outward[1], outward[0]] as const;
  const places = ring.map(([x, y]) => (x - x0) * along[0] + (y - y0) * along[1]);
  const first = Math.min(...places);
  const inPlane = ring.map((corner, i) => [(places[i] ?? 0) - first, corner[2]] as const);
  const lengthM = Math.max(...places) - first;
  return {
    from: [x0 + along[0] * first, y0 + along[1] * first],
    along,
    lengthM,
    outward,
    ring: inPlane,
    eavesM: Math.min(topNear(inPlane, 0), topNear(inPlane, lengthM)),
  };
}

/** The highest corner of an end of a wall. */
const topNear = (ring: Wall['ring'], end: number): number =>
  Math.max(...ring.filter(([place]) => Math.abs(place - end) < 0.01).map(([, z]) => z));

/** Lowest and highest part of a wall over a place along it. */
function extentAt(ring: Wall['ring'], place: number): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    if (a[0] > place === b[0] > place) continue;
    const z = a[1] + ((b[1] - a[1]) * (place - a[0])) / (b[0] - a[0]);
    low = Math.min(low, z);
    high = Math.max(high, z);
  }
  return [low, high];
}
