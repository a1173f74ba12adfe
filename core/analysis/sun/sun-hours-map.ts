/** Minutes of sun on every cell of a raster of heights: shadows swept over it line by line, once for each moment. */
import { type RunWatch, UNWATCHED } from '../model.ts';
import type { HeightRaster } from './height-raster.ts';
import type { SunDay } from './sun-day.ts';

export interface SunHoursOptions {
  /** Minutes between two suns; each stands for so long. */
  readonly stepMin: number;
  /** Cells at the sides that only cast shadows and are left out of the result. */
  readonly margin?: number;
}

export interface SunHoursMap {
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the south-west: minutes of sun on what is highest in each cell. */
  readonly minutes: Uint16Array;
  /** Of the moments looked at: more no cell can have. */
  readonly mostMinutes: number;
}

/**
 * Lines of cells run in the direction of the sun: one cell of each row (or column) belongs to each line, so every cell
 * is met once for each sun, and the height of the shadow over it is that of the last higher cell, less the slope of the
 * sun. A line is off the true direction by at most half a cell, so an edge of a shadow lies within a cell of its place.
 */
export function sunHoursMap(
  raster: HeightRaster,
  sun: SunDay,
  { stepMin, margin = 0 }: SunHoursOptions,
  watch: RunWatch = UNWATCHED,
): SunHoursMap {
  const { columns, rows, cellM } = raster;
  const byRows: Sweep = {
    heights: raster.heights,
    lit: new Uint16Array(columns * rows),
    width: columns,
    depth: rows,
  };
  const byColumns: Sweep = {
    heights: transposed(raster.heights, columns, rows),
    lit: new Uint16Array(columns * rows),
    width: rows,
    depth: columns,
  };
  const moments = momentsOf(sun, stepMin);
  for (const [n, moment] of moments.entries()) {
    if (!watch.isWanted()) break;
    watch.progress(n / moments.length);
    const [east, north] = [sun.east[moment] ?? 0, sun.north[moment] ?? 0];
    const fallM = cellM * (sun.slope[moment] ?? 0);
    // The larger part of the direction leads over the rows, so that no line skips a row.
    if (Math.abs(north) >= Math.abs(east)) sweep(byRows, north, east, fallM);
    else sweep(byColumns, east, north, fallM);
  }
  return cutOut(byRows, byColumns, { columns, rows, margin, stepMin, count: moments.length });
}

/** The middle of each step. */
export function momentsOf(sun: SunDay, stepMin: number): readonly number[] {
  const moments: number[] = [];
  for (let moment = stepMin / 2; moment < sun.count - 1; moment += stepMin) moments.push(Math.floor(moment));
  return moments;
}

interface Sweep {
  /** Row by row; the sun's direction is steeper across rows than along them. */
  readonly heights: Float32Array;
  /** How many suns each cell has seen. */
  readonly lit: Uint16Array;
  readonly width: number;
  readonly depth: number;
}

/**
 * @param across towards the sun, over the rows
 * @param along towards the sun, within a row
 * @param fallM how far the shadow falls over a horizontal cell's width
 */
function sweep({ heights, lit, width, depth }: Sweep, across: number, along: number, fallM: number): void {
  // Away from the sun, from one row to the next, a line moves by so many columns.
  const drift = -along / Math.abs(across);
  const fall = fallM * Math.hypot(1, drift);
  const most = Math.round(Math.abs(drift) * (depth - 1));
  const shadow = new Float32Array(width + most).fill(Number.NEGATIVE_INFINITY);
  const offset = drift > 0 ? most : 0;
  for (let n = 0; n < depth; n++) {
    const first = (across > 0 ? depth - 1 - n : n) * width;
    const line = offset - Math.round(drift * n);
    for (let column = 0; column < width; column++) {
      const over = (shadow[line + column] as number) - fall;
      const height = heights[first + column] as number;
      if (height >= over) {
        (lit[first + column] as number)++;
        shadow[line + column] = height;
      } else shadow[line + column] = over;
    }
  }
}

function transposed(values: Float32Array, columns: number, rows: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column] as number;
  return turned;
}

interface CutOut {
  readonly columns: number;
  readonly rows: number;
  readonly margin: number;
  readonly stepMin: number;
  readonly count: number;
}

/** Both sweeps together, in minutes, without the margin. */
function cutOut(
  byRows: Sweep,
  byColumns: Sweep,
  { columns, rows, margin, stepMin, count }: CutOut,
): SunHoursMap {
  const [width, depth] = [columns - 2 * margin, rows - 2 * margin];
  const minutes = new Uint16Array(width * depth);
  for (let row = 0; row < depth; row++)
    for (let column = 0; column < width; column++) {
      const [fullRow, fullColumn] = [row + margin, column + margin];
      const suns =
        (byRows.lit[fullRow * columns + fullColumn] as number) +
        (byColumns.lit[fullColumn * rows + fullRow] as number);
      minutes[row * width + column] = suns * stepMin;
    }
  return { columns: width, rows: depth, minutes, mostMinutes: count * stepMin };
}
