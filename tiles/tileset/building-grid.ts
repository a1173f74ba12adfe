/**
 * Which tile a building belongs to. The quadtree lies in the storage CRS; a building is in exactly one tile: its
 * size says the level (big ones first, so that every level shows something), the centre of its box the cell.
 * Both depend on nothing but the building, so an edit touches one tile, or two when it moves. The same rule is the
 * SQL function `twin.building_tile`. Networks have levels of their own (`twin.network_tile`).
 */
import type { Bbox } from '../../core/geo/bbox.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { squareBounds, TILE_GRIDS } from '../../core/geo/tile-grid.ts';
import type { Extent3 } from '../mesh/surfaces.ts';

export interface TileCell {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export interface BuildingGrid {
  readonly srid: number;
  /** Upper left corner of the only cell of level 0, in units of the CRS. */
  readonly originX: number;
  readonly originY: number;
  readonly rootSize: number;
  /** Level of the coarsest cells with content (12.8 km). */
  readonly firstLevel: number;
  /** Metres in one unit of the CRS, roughly. */
  readonly unitM: number;
}

/** Smallest size of an object on each level, m, from cells of 12.8 km down to 400 m. */
export type LevelSizes = readonly [number, number, number, number, number, number];

/** Of cells: 12.8, 6.4, 3.2, 1.6, 0.8 and 0.4 km. */
export const LEVELS = 6;

/**
 * Of buildings: the diagonal of the box on the ground, or twice the height of a tower. A hundred or two are in a tile of
 * each of the upper levels of a city, so that much of it is seen from afar for few requests.
 */
export const BUILDING_SIZES_M: LevelSizes = [100, 70, 40, 24, 20, 0];

const FIRST_CELL_M = 12_800;

/** The quadtree of a storage CRS; in the Polish ones it is the tile grid of the plan. */
export function buildingGrid(srid: number): BuildingGrid {
  const firstLevel = Math.log2(TILE_GRIDS.EPSG2177.rootSizeM / FIRST_CELL_M);
  if (srid === 2180) return { ...rootOf(TILE_GRIDS.EPSG2180), srid, firstLevel, unitM: 1 };
  if (srid >= 2176 && srid <= 2179) {
    // Zones differ by a false easting of 1000 km.
    const root = rootOf(TILE_GRIDS.EPSG2177);
    return { ...root, originX: root.originX + (srid - 2177) * 1e6, srid, firstLevel, unitM: 1 };
  }
  // Any other CRS: a square round its origin, 64 times larger so that it holds the world.
  const unitM = crsOf(srid).unit === 'm' ? 1 : 100_000;
  const half = (TILE_GRIDS.EPSG2177.rootSizeM * 32) / unitM;
  return { srid, originX: -half, originY: half, rootSize: 2 * half, firstLevel: firstLevel + 6, unitM };
}

function rootOf({ originX, originY, rootSizeM }: { originX: number; originY: number; rootSizeM: number }) {
  return { originX, originY, rootSize: rootSizeM };
}

export const lastLevel = (grid: BuildingGrid): number => grid.firstLevel + LEVELS - 1;

/** Side of a cell in units of the CRS. */
const cellSize = (grid: BuildingGrid, z: number): number => grid.rootSize / 2 ** z;

/** Whether a tile with content can have this address. */
export function isCell(grid: BuildingGrid, { z, x, y }: TileCell): boolean {
  if (![z, x, y].every(Number.isInteger) || z < grid.firstLevel || z > lastLevel(grid)) return false;
  return x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
}

/** The box of a cell on the ground. */
export function cellBounds(grid: BuildingGrid, { z, x, y }: TileCell): Bbox {
  return squareBounds(grid, cellSize(grid, z), x, y);
}

/** Size that decides the level, m. */
function buildingSizeM(grid: BuildingGrid, extent: Extent3): number {
  const [width, depth] = [extent.maxX - extent.minX, extent.maxY - extent.minY];
  // The square root as SQL takes it, to the last bit.
  const diagonal = Math.sqrt(width * width + depth * depth) * grid.unitM;
  return Math.max(diagonal, 2 * (extent.maxZ - extent.minZ));
}

/** The cell of a building; undefined when it lies outside the grid. */
export function cellOf(grid: BuildingGrid, extent: Extent3): TileCell | undefined {
  const sizeM = buildingSizeM(grid, extent);
  const step = BUILDING_SIZES_M.findIndex((minM) => sizeM >= minM);
  const z = grid.firstLevel + (step < 0 ? LEVELS - 1 : step);
  const size = cellSize(grid, z);
  const cell = {
    z,
    x: Math.floor(((extent.minX + extent.maxX) / 2 - grid.originX) / size),
    y: Math.floor((grid.originY - (extent.minY + extent.maxY) / 2) / size),
  };
  return isCell(grid, cell) ? cell : undefined;
}

/** Place of a cell in the implicit quadtree under a cell of the first level: rows count from the south. */
export interface PlaceInRoot {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

/** The place of a cell under the cell of the first level above it. */
export function placeInRoot(grid: BuildingGrid, { z, x, y }: TileCell): PlaceInRoot {
  const level = z - grid.firstLevel;
  const side = 2 ** level;
  return { level, x: x % side, y: side - 1 - (y % side) };
}

/** The cell at a place; undefined where the quadtree has no such place. */
export function cellAtPlace(root: TileCell, { level, x, y }: PlaceInRoot): TileCell | undefined {
  const side = 2 ** level;
  if (x >= side || y >= side) return undefined;
  return { z: root.z + level, x: root.x * side + x, y: root.y * side + side - 1 - y };
}

/** Address of a place below a root, relative to the document of the tileset and without its ending. */
export const addressBelow = (
  { z, x, y }: TileCell,
  place: { [part in keyof PlaceInRoot]: string | number },
): string => `${z}-${x}-${y}/${place.level}/${place.x}/${place.y}`;

export const parentOf = ({ z, x, y }: TileCell): TileCell => ({ z: z - 1, x: x >> 1, y: y >> 1 });

/** The cell of the first level above a cell, whose frame its content is written in. */
export function firstCellAbove(grid: BuildingGrid, { z, x, y }: TileCell): TileCell {
  const steps = z - grid.firstLevel;
  return { z: grid.firstLevel, x: x >> steps, y: y >> steps };
}
