/** Roofs and the ground between them as heights of square cells. */

import type { BuildingShape, Corner } from './building-shape.ts';
import { type GroundBox, type GroundGrid, groundAt, wholeGround } from './ground-grid.ts';

export interface HeightRaster {
  /** Easting and northing of the south-western corner. */
  readonly origin: readonly [number, number];
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the south-west: what is highest over the middle of each cell. */
  readonly heights: Float32Array;
  /** 1 where that is a roof. */
  readonly roofed: Uint8Array;
}

type RasterFrame = Pick<HeightRaster, 'origin' | 'cellM' | 'columns' | 'rows'>;

/** @param relief the ground of a terrain model; where there is none it is laid through the feet of buildings */
export function heightRaster(
  frame: RasterFrame,
  shapes: readonly BuildingShape[],
  relief?: GroundGrid,
): HeightRaster {
  const { columns, rows } = frame;
  const heights = groundUnder(frame, wholeGround(relief, boxOf(frame), shapes));
  const roofed = new Uint8Array(columns * rows);
  for (const { surfaces, surfaceKinds } of shapes)
    for (const [index, rings] of surfaces.entries()) {
      const kind = surfaceKinds[index];
      if (kind === 'W' || kind === 'G') continue;
      layRoof(frame, heights, roofed, rings);
    }
  return { ...frame, heights, roofed };
}

function layRoof(
  { origin, cellM, columns, rows }: RasterFrame,
  heights: Float32Array,
  roofed: Uint8Array,
  rings: readonly (readonly Corner[])[],
): void {
  const shell = rings[0] ?? [];
  const plane = planeOf(shell, origin);
  if (!plane) return;
  const tops = shell.map(([, , z]) => z);
  const [lowest, highest] = [Math.min(...tops), Math.max(...tops)];
  const ys = shell.map(([, y]) => y - origin[1]);
  const first = Math.max(0, Math.ceil(Math.min(...ys) / cellM - 0.5));
  const last = Math.min(rows - 1, Math.floor(Math.max(...ys) / cellM - 0.5));
  for (let row = first; row <= last; row++) {
    const y = (row + 0.5) * cellM;
    const crossings = rings.flatMap((ring) => crossingsOf(ring, origin, y)).sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil((crossings[pair] ?? 0) / cellM - 0.5));
      const to = Math.min(columns - 1, Math.floor((crossings[pair + 1] ?? 0) / cellM - 0.5));
      for (let column = from; column <= to; column++) {
        const at = row * columns + column;
        const z = plane.a * (column + 0.5) * cellM + plane.b * y + plane.c;
        const top = Math.min(highest, Math.max(lowest, z));
        if (roofed[at] === 0 || top > (heights[at] ?? 0)) heights[at] = top;
        roofed[at] = 1;
      }
    }
  }
}

function crossingsOf(ring: readonly Corner[], [x0, y0]: RasterFrame['origin'], y: number): number[] {
  return ring.flatMap((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    const [ay, by] = [a[1] - y0, b[1] - y0];
    return ay > y === by > y ? [] : [a[0] - x0 + ((b[0] - a[0]) * (y - ay)) / (by - ay)];
  });
}

/**
 * A raster with more on it, such as crowns of trees: a cell under one has its height, but stays ground.
 * @returns the raster, and 1 for each cell of ground that lies under one
 */
export function coveredRaster(
  raster: HeightRaster,
  covers: readonly BuildingShape[],
): { readonly raster: HeightRaster; readonly covered: Uint8Array } {
  const heights = raster.heights.slice();
  const laid = new Uint8Array(heights.length);
  for (const { surfaces } of covers) for (const rings of surfaces) layRoof(raster, heights, laid, rings);
  const covered = laid.map((isLaid, at) => (isLaid && !raster.roofed[at] ? 1 : 0));
  for (const [at, before] of raster.heights.entries()) if (before > (heights[at] ?? 0)) heights[at] = before;
  return { raster: { ...raster, heights }, covered };
}

/** Height over a roof face as a·x + b·y + c from the origin; undefined for an upright one. */
export function planeOf(
  ring: readonly Corner[],
  [x0, y0]: RasterFrame['origin'],
): { a: number; b: number; c: number } | undefined {
  let [nx, ny, nz] = [0, 0, 0];
  let [mx, my, mz] = [0, 0, 0];
  const [fx, fy, fz] = ring[0] ?? [0, 0, 0];
  for (const [i, p] of ring.entries()) {
    const q = ring[(i + 1) % ring.length] ?? p;
    nx += (p[1] - q[1]) * (p[2] + q[2] - 2 * fz);
    ny += (p[2] - q[2]) * (p[0] + q[0] - 2 * fx);
    nz += (p[0] - q[0]) * (p[1] + q[1] - 2 * fy);
    mx += (p[0] - x0) / ring.length;
    my += (p[1] - y0) / ring.length;
    mz += p[2] / ring.length;
  }
  if (Math.abs(nz) < 1e-6) return undefined;
  const [a, b] = [-nx / nz, -ny / nz];
  return { a, b, c: mz - a * mx - b * my };
}

function groundUnder({ origin, cellM, columns, rows }: RasterFrame, ground: GroundGrid): Float32Array {
  const heights = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const northing = origin[1] + (row + 0.5) * cellM;
    for (let column = 0; column < columns; column++)
      heights[row * columns + column] = groundAt(ground, origin[0] + (column + 0.5) * cellM, northing);
  }
  return heights;
}

/** The box that a raster covers. */
export const boxOf = ({ origin: [minE, minN], cellM, columns, rows }: RasterFrame): GroundBox => [
  minE,
  minN,
  minE + columns * cellM,
  minN + rows * cellM,
];
