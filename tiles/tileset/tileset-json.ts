import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { type EnuFrame, enuFrame } from '../../core/geo/ecef.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { type FeatureClass, metadataSchema } from '../mesh/property-table.ts';
import {
  addressBelow,
  type BuildingGrid,
  buildingGrid,
  cellBounds,
  firstCellAbove,
  type TileCell,
} from './building-grid.ts';
import type { TileExtent } from './building-store.ts';
import { unionOf } from './region.ts';
import { SUBTREE_LEVELS, TILE_CLASSES } from './subtree.ts';
import { type LevelTerms, tileTrees } from './tile-tree.ts';

/** What a tileset says of its objects. */
export interface TilesetTerms extends LevelTerms {
  /** What its tiles carry. */
  properties(layer: Layer): readonly PropertyDeclaration[];
  readonly featureClass: FeatureClass;
  /** Under which name the document tells how many there are. */
  readonly counted: string;
}

/** Error of showing nothing at all: a city is looked for from about 100 km. */
const NOTHING_SHOWN_M = 2000;

/** How far a position in a tile may lie from the source, m. */
const MAX_POSITION_ERROR_M = 0.03;

/**
 * The frame that the content of a tile is written in: east, north, up at the middle of its 12.8 km cell. It
 * follows from the address alone, so that no edit ever moves it.
 */
export function frameOfCell(grid: BuildingGrid, cell: TileCell): EnuFrame {
  const { minX, minY, maxX, maxY } = cellBounds(grid, firstCellAbove(grid, cell));
  const [lon, lat] = transformBetween(grid.srid, 4326)([(minX + maxX) / 2, (minY + maxY) / 2]);
  return enuFrame(lon, lat);
}

/**
 * `tileset.json` of 3D Tiles 1.1: an implicit quadtree with refinement ADD for each cell of the first level
 * (docs/adr/0063). What a cell holds stands in its subtree, so that an edit changes the subtree of one cell.
 */
export function tilesetJson(
  layer: Layer,
  extents: readonly TileExtent[],
  undulation: Undulation,
  terms: TilesetTerms,
) {
  const { properties, featureClass, sizesM, errorScale, counted } = terms;
  const grid = buildingGrid(layer.srid);
  const roots = tileTrees(grid, extents, undulation, terms).map(({ root, tiles }) => ({
    boundingVolume: { region: unionOf(tiles.map(({ region }) => region)) },
    geometricError: sizesM[0] * errorScale,
    transform: frameOfCell(grid, root).matrix,
    content: { uri: `${addressOf(root)}.glb` },
    implicitTiling: {
      subdivisionScheme: 'QUADTREE',
      subtreeLevels: SUBTREE_LEVELS,
      availableLevels: SUBTREE_LEVELS,
      subtrees: { uri: `${addressOf(root)}.subtree` },
    },
  }));
  const schema = metadataSchema(properties(layer), true, featureClass);
  const count = extents.reduce((sum, tile) => sum + tile.count, 0);
  return {
    asset: {
      version: '1.1',
      generator: 'Blizniak',
      extras: {
        title: layer.title,
        licence: layer.licence,
        steward: layer.steward,
        heights: `normal heights PL-EVRF2007-NH plus undulation ${undulation.model}`,
        storageCrs: `EPSG:${layer.srid}`,
      },
    },
    schema: { ...schema, classes: { ...schema.classes, ...TILE_CLASSES, tileset: tilesetClass(counted) } },
    metadata: {
      class: 'tileset',
      properties: { [counted]: count, maxPositionErrorM: MAX_POSITION_ERROR_M },
    },
    geometricError: NOTHING_SHOWN_M * errorScale,
    root: {
      boundingVolume: { region: unionOf(roots.map(({ boundingVolume }) => boundingVolume.region)) },
      geometricError: NOTHING_SHOWN_M * errorScale,
      refine: 'ADD',
      ...(roots.length > 0 ? { children: roots } : {}),
    },
  };
}

/** Template of the addresses below a cell of the first level. */
const addressOf = (root: TileCell): string => addressBelow(root, { level: '{level}', x: '{x}', y: '{y}' });

const tilesetClass = (counted: string) => ({
  properties: {
    [counted]: {
      ...{ type: 'SCALAR', componentType: 'UINT32', required: true },
      description: 'Liczba obiektów / Number of objects',
    },
    maxPositionErrorM: {
      ...{ type: 'SCALAR', componentType: 'FLOAT64', required: true },
      description:
        'Największe przesunięcie punktu względem źródła [m] / Largest shift of a point from its source [m]',
    },
  },
});
