/**
 * Grids of square map tiles: where a tile lies and which tiles cover a box.
 * Rows count from the top, columns from the left, as in OGC 17-083r4 (Two Dimensional Tile Matrix Set).
 */
import type { Bbox } from './bbox.ts';

export type TileGridName = 'WebMercatorQuad' | 'EPSG2177' | 'EPSG2180';

export interface TileGrid {
  readonly name: TileGridName;
  readonly srid: number;
  /** Easting of the left edge and northing of the top edge, m. */
  readonly originX: number;
  readonly originY: number;
  /** Side of the only tile of level 0, m; halved with each level. */
  readonly rootSizeM: number;
  /** Levels run from 0 to this, inclusive. */
  readonly maxLevel: number;
}

/** Columns and rows of one level that cover a box, all inclusive. */
export interface TileRange {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Side of a tile in the pixels that resolutions are stated for. */
export const TILE_SIZE_PX = 256;

/** Web Mercator at the latitude of Poland shows this share of its nominal scale. */
export const MERCATOR_SHARE = 0.61;
const MERCATOR_HALF_M = Math.PI * 6_378_137;
const POLISH_ROOT_M = 819_200;

/** The grids by name. The two Polish ones have 3200/2^z m per pixel and whole metres at every corner to level 13. */
export const TILE_GRIDS: Readonly<Record<TileGridName, TileGrid>> = {
  WebMercatorQuad: {
    name: 'WebMercatorQuad',
    srid: 3857,
    originX: -MERCATOR_HALF_M,
    originY: MERCATOR_HALF_M,
    rootSizeM: 2 * MERCATOR_HALF_M,
    maxLevel: 24,
  },
  EPSG2177: {
    name: 'EPSG2177',
    srid: 2177,
    originX: 6_100_000,
    originY: 6_219_200,
    rootSizeM: POLISH_ROOT_M,
    maxLevel: 15,
  },
  EPSG2180: {
    name: 'EPSG2180',
    srid: 2180,
    originX: 100_000,
    originY: 919_200,
    rootSizeM: POLISH_ROOT_M,
    maxLevel: 15,
  },
};

/** The grid of that exact name, or undefined. */
export function tileGridOf(name: string): TileGrid | undefined {
  return Object.hasOwn(TILE_GRIDS, name) ? TILE_GRIDS[name as TileGridName] : undefined;
}

/** Columns (= rows) of a level. */
const matrixSize = (z: number): number => 2 ** z;

/** Side of a tile, m. */
const tileSizeM = (grid: TileGrid, z: number): number => grid.rootSizeM / 2 ** z;

/** Metres per pixel of a 256-pixel tile. */
export const resolutionM = (grid: TileGrid, z: number): number => tileSizeM(grid, z) / TILE_SIZE_PX;

/** Scale denominator with the standard pixel of 0.28 mm (OGC 17-083r4, 6.1.1.1). */
export const scaleDenominator = (grid: TileGrid, z: number): number => resolutionM(grid, z) / 0.00028;

/** Whether the address exists; false for fractions and NaN too. */
export function isInGrid(grid: TileGrid, z: number, x: number, y: number): boolean {
  if (!Number.isInteger(z) || z < 0 || z > grid.maxLevel) return false;
  const size = matrixSize(z);
  return Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < size && y < size;
}

/** The box of a tile in the CRS of its grid. */
export function tileBounds(grid: TileGrid, z: number, x: number, y: number): Bbox {
  return squareBounds(grid, tileSizeM(grid, z), x, y);
}

/** The box of column `x`, row `y` (from the top left) of squares of one size, in units of the CRS. */
export function squareBounds(
  origin: Pick<TileGrid, 'originX' | 'originY' | 'srid'>,
  size: number,
  x: number,
  y: number,
): Bbox {
  // Both edges by the same formula, so that neighbours share an edge to the last bit.
  return {
    minX: origin.originX + x * size,
    minY: origin.originY - (y + 1) * size,
    maxX: origin.originX + (x + 1) * size,
    maxY: origin.originY - y * size,
    srid: origin.srid,
  };
}

/** The tiles of a level that share area with a box of the grid's CRS; undefined when the box lies outside. */
export function tilesInGrid(grid: TileGrid, bbox: Bbox, z: number): TileRange | undefined {
  const size = tileSizeM(grid, z);
  const last = matrixSize(z) - 1;
  const minX = Math.floor((bbox.minX - grid.originX) / size);
  const minY = Math.floor((grid.originY - bbox.maxY) / size);
  // An edge that only touches the next tile does not cover it, but a point on it does.
  const maxX = Math.max(minX, Math.ceil((bbox.maxX - grid.originX) / size) - 1);
  const maxY = Math.max(minY, Math.ceil((grid.originY - bbox.minY) / size) - 1);
  if (!(maxX >= 0 && maxY >= 0 && minX <= last && minY <= last)) return undefined;
  return {
    minX: Math.max(0, minX),
    minY: Math.max(0, minY),
    maxX: Math.min(last, maxX),
    maxY: Math.min(last, maxY),
  };
}
