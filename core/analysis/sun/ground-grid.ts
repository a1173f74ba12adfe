/** The ground as posts of a square grid, from a terrain model or laid through the feet of buildings. */
import type { BuildingShape } from './building-shape.ts';

/** Heights PL-EVRF2007-NH over a box of the city's CRS. */
export interface GroundGrid {
  /** Easting and northing of the south-western post. */
  readonly origin: readonly [number, number];
  readonly stepM: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the south-west; NaN where the terrain model has none. */
  readonly heights: Float32Array;
}

type Frame = Omit<GroundGrid, 'heights'>;
/** Least easting, least northing, greatest easting, greatest northing. */
export type GroundBox = readonly [number, number, number, number];

/** Posts of ground that is laid through feet. */
const FEET_STEP_M = 25;
/** Feet of buildings further away say nothing of the ground at a post, if there are nearer ones. */
const FEET_REACH_M = 150;

/** A grid of posts over a box, its last ones on or beyond the upper corner. */
export const frameOver = ([minE, minN, maxE, maxN]: GroundBox, stepM: number): Frame => ({
  origin: [minE, minN],
  stepM,
  columns: Math.ceil((maxE - minE) / stepM) + 1,
  rows: Math.ceil((maxN - minN) / stepM) + 1,
});

/** Height between posts; outside the grid that of its rim. */
export function groundAt(
  { origin, stepM, columns, rows, heights }: GroundGrid,
  easting: number,
  northing: number,
): number {
  const u = Math.min(Math.max((easting - origin[0]) / stepM, 0), columns - 1);
  const v = Math.min(Math.max((northing - origin[1]) / stepM, 0), rows - 1);
  const [column, row] = [Math.min(Math.floor(u), columns - 2), Math.min(Math.floor(v), rows - 2)];
  const [e, n] = [u - column, v - row];
  const at = row * columns + column;
  const below = (heights[at] ?? 0) * (1 - e) + (heights[at + 1] ?? 0) * e;
  const above = (heights[at + columns] ?? 0) * (1 - e) + (heights[at + columns + 1] ?? 0) * e;
  return below * (1 - n) + above * n;
}

/** Nearer feet weigh more; relief between buildings is not known. */
export function groundThroughFeet(box: GroundBox, shapes: readonly BuildingShape[]): GroundGrid {
  const frame = frameOver(box, FEET_STEP_M);
  return { ...frame, heights: heightsOver(frame, feetGround(shapes)) };
}

/** A grid without gaps: where the terrain model knows nothing, the ground goes through the feet of buildings. */
export function wholeGround(
  relief: GroundGrid | undefined,
  box: GroundBox,
  shapes: readonly BuildingShape[],
): GroundGrid {
  if (!relief) return groundThroughFeet(box, shapes);
  if (!relief.heights.some(Number.isNaN)) return relief;
  const guess = feetGround(shapes);
  const { origin, stepM, columns } = relief;
  const heights = relief.heights.map((height, n) =>
    Number.isNaN(height)
      ? guess(origin[0] + (n % columns) * stepM, origin[1] + Math.floor(n / columns) * stepM)
      : height,
  );
  return { ...relief, heights };
}

function heightsOver(
  { origin, stepM, columns, rows }: Frame,
  heightM: (easting: number, northing: number) => number,
): Float32Array {
  return Float32Array.from({ length: columns * rows }, (_, n) =>
    heightM(origin[0] + (n % columns) * stepM, origin[1] + Math.floor(n / columns) * stepM),
  );
}

type Foot = readonly [x: number, y: number, z: number];

function feetGround(shapes: readonly BuildingShape[]): (easting: number, northing: number) => number {
  const feet = shapes.map(footOf);
  return (x, y) => {
    let [sum, weights] = [0, 0];
    let nearest: readonly [distance: number, z: number] = [Number.POSITIVE_INFINITY, 0];
    for (const [fx, fy, z] of feet) {
      const squared = (fx - x) ** 2 + (fy - y) ** 2;
      if (squared < nearest[0]) nearest = [squared, z];
      if (squared > FEET_REACH_M ** 2) continue;
      const weight = 1 / (squared + 25);
      sum += z * weight;
      weights += weight;
    }
    return weights > 0 ? sum / weights : nearest[1];
  };
}

function footOf({ surfaces }: BuildingShape): Foot {
  let [x, y, z, count] = [0, 0, Number.POSITIVE_INFINITY, 0];
  for (const rings of surfaces)
    for (const corner of rings[0] ?? []) {
      x += corner[0];
      y += corner[1];
      z = Math.min(z, corner[2]);
      count++;
    }
  return [x / count, y / count, z];
}
