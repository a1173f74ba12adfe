/** From where on the ground a point is seen, and so what ground is seen from it: roofs and relief as heights of square cells. */
import type { HeightRaster } from '../sun/height-raster.ts';
import type { Viewpoint } from './horizon.ts';

/** The other end of each sight: eyes of somebody who stands there. */
export const STANDING_M = 1.6;
/** Cells across the radius. */
const CELLS = 250;
const RINGS = 5;

export interface Viewshed {
  /** Ground within the radius; roofs are not counted. */
  readonly groundM2: number;
  readonly seenM2: number;
  /** The farthest ground that is seen; 0 where none is. */
  readonly farthestM: number;
  /** The same by distance, from the eye outwards. */
  readonly rings: readonly { readonly toM: number; readonly groundM2: number; readonly seenM2: number }[];
  /** Of each row from the south, in turn the column where seen ground begins and the one where it ends. */
  readonly runs: readonly (readonly number[])[];
}

/** The square of cells round an eye. */
export function viewshedFrame(
  [e, n]: Viewpoint,
  radiusM: number,
): Pick<HeightRaster, 'origin' | 'cellM' | 'columns' | 'rows'> {
  const cellM = Math.max(1, radiusM / CELLS);
  const side = 2 * Math.ceil(radiusM / cellM) + 1;
  return { origin: [e - (side / 2) * cellM, n - (side / 2) * cellM], cellM, columns: side, rows: side };
}

/**
 * Each cell by the steepest cell on the way to it (Franklin and Ray's R3, without interpolation): exact for what the
 * raster says, which is half a cell off at edges of roofs.
 * @param raster of `viewshedFrame`: the eye stands over the middle of its middle cell
 */
export function viewshed(
  { heights, roofed, columns, rows, cellM }: HeightRaster,
  eye: Viewpoint,
  radiusM: number,
): Viewshed {
  const middle = (columns - 1) / 2;
  const eyeM = eye[2];
  const seenCells = new Uint8Array(columns * rows);
  const rings = Array.from({ length: RINGS }, (_, n) => ({
    toM: ((n + 1) * radiusM) / RINGS,
    ground: 0,
    seen: 0,
  }));
  let farthestM = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const [dx, dy] = [column - middle, row - middle];
      const awayM = Math.hypot(dx, dy) * cellM;
      if (awayM > radiusM || roofed[at] === 1) continue;
      const ring = rings[Math.min(RINGS - 1, Math.floor((awayM / radiusM) * RINGS))];
      if (ring) ring.ground++;
      const steps = Math.max(Math.abs(dx), Math.abs(dy));
      const rise = (heights[at] ?? 0) + STANDING_M - eyeM;
      let isSeen = true;
      for (let step = 1; step < steps && isSeen; step++) {
        const part = step / steps;
        const on = Math.round(middle + dy * part) * columns + Math.round(middle + dx * part);
        isSeen = (heights[on] ?? 0) - eyeM <= rise * part;
      }
      if (!isSeen) continue;
      seenCells[at] = 1;
      if (ring) ring.seen++;
      farthestM = Math.max(farthestM, awayM);
    }
  }
  const m2 = (cells: number): number => cells * cellM * cellM;
  const sum = (of: (ring: (typeof rings)[number]) => number): number =>
    m2(rings.reduce((all, ring) => all + of(ring), 0));
  return {
    groundM2: sum(({ ground }) => ground),
    seenM2: sum(({ seen }) => seen),
    farthestM,
    rings: rings.map(({ toM, ground, seen }) => ({ toM, groundM2: m2(ground), seenM2: m2(seen) })),
    runs: Array.from({ length: rows }, (_, row) =>
      runsOf(seenCells.subarray(row * columns, (row + 1) * columns)),
    ),
  };
}

function runsOf(cells: Uint8Array): number[] {
  const runs: number[] = [];
  for (let column = 0; column <= cells.length; column++) {
    if ((cells[column] ?? 0) !== (cells[column - 1] ?? 0)) runs.push(column);
  }
  return runs;
}
