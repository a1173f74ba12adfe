/** Cells of the 1 km grid of European statistics (regulation (EU) 2018/1799, annex I, GEO.G), told by their codes. */
import type { MultiPolygon, Position } from '../../geo/geometry.ts';

export const GRID_SRID = 3035;
export const GRID_CELL_M = 1_000;

export interface GridCell {
  /** As INSPIRE writes it: `CRS3035RES1000mN3277000E4792000`. */
  readonly id: string;
  /** Lower left corner, EPSG:3035, metres. */
  readonly minE: number;
  readonly minN: number;
}

const INSPIRE = /^CRS(\d+)RES(\d+)(k?m)N(\d+)E(\d+)$/i;
const SHORT = /^(\d+)(k?m)N(\d+)E(\d+)$/i;
/** Area of use of EPSG:3035 in whole cells. */
const [LEAST_M, MOST_M] = [900_000, 7_500_000];

/**
 * `CRS3035RES1000mN3277000E4792000` or `1kmN3277E4792`: the same cell.
 * @returns what is wrong with a code that names none
 */
export function gridCellOf(code: string): GridCell | { readonly fault: string } {
  const text = code.trim();
  const long = INSPIRE.exec(text);
  const short = SHORT.exec(text);
  const [crs, size, unit, n, e] = long?.slice(1) ?? ['3035', ...(short?.slice(1) ?? [])];
  if (size === undefined || unit === undefined || n === undefined || e === undefined) {
    return {
      fault: `"${text.slice(0, 60)}" is no code of a cell, such as CRS3035RES1000mN3277000E4792000 or 1kmN3277E4792`,
    };
  }
  if (Number(crs) !== GRID_SRID)
    return { fault: `its cell is of a grid in EPSG:${crs}, not in EPSG:${GRID_SRID}` };
  const perUnit = unit.toLowerCase() === 'km' ? 1_000 : 1;
  if (Number(size) * perUnit !== GRID_CELL_M) {
    return { fault: `its cell has sides of ${Number(size) * perUnit} m; the layer holds cells of 1 km` };
  }
  // The short code counts in units of its size.
  const [minN, minE] = [n, e].map((digits) => Number(digits) * (long ? 1 : GRID_CELL_M)) as [number, number];
  const isCorner = [minN, minE].every((m) => m % GRID_CELL_M === 0 && m >= LEAST_M && m < MOST_M);
  if (!isCorner) return { fault: `"${text}" does not begin at a corner of the 1 km grid of Europe` };
  return { id: `CRS${GRID_SRID}RES${GRID_CELL_M}mN${minN}E${minE}`, minE, minN };
}

/** The square of a cell, EPSG:3035, counter-clockwise. */
export function squareOf({ minE, minN }: GridCell): MultiPolygon {
  const [maxE, maxN] = [minE + GRID_CELL_M, minN + GRID_CELL_M];
  const ring: readonly Position[] = [
    [minE, minN],
    [maxE, minN],
    [maxE, maxN],
    [minE, maxN],
    [minE, minN],
  ];
  return { type: 'MultiPolygon', coordinates: [[ring]] };
}
