/** Squares in which areas that cross quarters (flood, noise) are drawn, so that none is larger than one of them. */
import type { Xy } from '../../geo/plane.ts';
import { type Town, townBoundaryCm } from '../town-plan.ts';
import type { Grid } from './isoband.ts';
import { toM } from './shapes.ts';

export const SHEET_M = 1000;
/** Side of the cells in which areas are drawn within a sheet. */
export const CELL_M = 20;

export interface Sheet {
  readonly column: number;
  readonly row: number;
  /** Lower left corner, metres. */
  readonly west: number;
  readonly south: number;
  /** Part of the ids of its areas. */
  readonly name: string;
}

export const sheetAt = (column: number, row: number): Sheet => ({
  column,
  row,
  west: column * SHEET_M,
  south: row * SHEET_M,
  name: `${column}_${row}`.replaceAll('-', 'm'),
});

export const gridOf = ({ west, south }: Sheet): Grid => ({
  west,
  south,
  cellM: CELL_M,
  columns: SHEET_M / CELL_M,
  rows: SHEET_M / CELL_M,
});

/** All sheets of the box round a town, row by row. */
export function* sheetsOf(town: Town): Generator<Sheet> {
  const ring = townBoundaryCm(town).map(toM);
  const low = (k: 0 | 1) => Math.floor(ring.reduce((min, p: Xy) => Math.min(min, p[k]), Infinity) / SHEET_M);
  const high = (k: 0 | 1) => Math.ceil(ring.reduce((max, p: Xy) => Math.max(max, p[k]), -Infinity) / SHEET_M);
  const [west, east] = [low(0), high(0)];
  const [south, north] = [low(1), high(1)];
  for (let row = south; row < north; row++)
    for (let column = west; column < east; column++) yield sheetAt(column, row);
}
