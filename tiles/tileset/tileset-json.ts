import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { type EnuFrame, enuFrame } from '../../core/geo/ecef.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { type FeatureClass, metadataSchema } from '../mesh/property-table.ts';
import type { Extent3 } from '../mesh/surfaces.ts';
import {
  type BuildingGrid,
  buildingGrid,
  cellBounds,
  firstCellAbove,
  LEVEL_MIN_SIZE_M,
  lastLevel,
  parentOf,
  type TileCell,
} from './building-grid.ts';
import type { TileExtent } from './building-store.ts';

/** West, south, east, north in radians, lowest and highest ellipsoidal height in m (3D Tiles 1.1, 11.1.3). */
type Region = readonly [number, number, number, number, number, number];

interface Tile {
  boundingVolume: { region: Region };
  geometricError: number;
  refine?: 'ADD';
  transform?: readonly number[];
  content?: { uri: string; boundingVolume: { region: Region } };
  children?: Tile[];
}

/** What a tileset says of its objects. */
export interface TilesetTerms {
  /** What its tiles carry. */
  properties(layer: Layer): readonly PropertyDeclaration[];
  readonly featureClass: FeatureClass;
  /** Part of its size that an object is missed by while it is not shown: 1 for bodies, less for thin things. */
  readonly errorScale: number;
  /** Under which name the document tells how many there are. */
  readonly counted: string;
}

/** Error of showing nothing at all: a city is looked for from about 100 km. */
const NOTHING_SHOWN_M = 2000;

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
 * `tileset.json` of 3D Tiles 1.1: an explicit quadtree with refinement ADD (docs/adr/0009). Explicit, since tight
 * volumes and exact content are then in the document itself; about 250 bytes for each tile of some 60 buildings.
 */
export function tilesetJson(
  layer: Layer,
  extents: readonly TileExtent[],
  undulation: Undulation,
  { properties, featureClass, errorScale, counted }: TilesetTerms,
) {
  const grid = buildingGrid(layer.srid);
  const children = tree(grid, extents, undulation, errorScale);
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
        [counted]: count,
        maxPositionErrorM: 0.03,
      },
    },
    schema: metadataSchema(properties(layer), true, featureClass),
    geometricError: NOTHING_SHOWN_M * errorScale,
    root: {
      boundingVolume: { region: unionOf(children.map(({ boundingVolume }) => boundingVolume.region)) },
      geometricError: NOTHING_SHOWN_M * errorScale,
      refine: 'ADD',
      ...(children.length > 0 ? { children } : {}),
    },
  };
}

interface Node {
  readonly cell: TileCell;
  readonly content: TileExtent | undefined;
  readonly children: Node[];
}

function tree(
  grid: BuildingGrid,
  extents: readonly TileExtent[],
  undulation: Undulation,
  errorScale: number,
): Tile[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  const content = new Map(extents.map((extent) => [keyOf(extent), extent]));
  const place = (cell: TileCell): Node => {
    const key = keyOf(cell);
    const known = nodes.get(key);
    if (known) return known;
    const node: Node = { cell, content: content.get(key), children: [] };
    nodes.set(key, node);
    (cell.z === grid.firstLevel ? roots : place(parentOf(cell)).children).push(node);
    return node;
  };
  const ordered = [...extents].sort((a, b) => a.z - b.z || a.y - b.y || a.x - b.x);
  for (const { z, x, y } of ordered) place({ z, x, y });
  return roots.map((node) => ({
    ...tileOf(grid, node, undulation, errorScale),
    transform: frameOfCell(grid, node.cell).matrix,
  }));
}

const keyOf = ({ z, x, y }: TileCell): string => `${z}/${x}/${y}`;

function tileOf(
  grid: BuildingGrid,
  { cell, content, children }: Node,
  undulation: Undulation,
  errorScale: number,
): Tile {
  const below = children.map((child) => tileOf(grid, child, undulation, errorScale));
  const own = content && regionOf(content.extent, grid.srid, undulation);
  const volumes = [...(own ? [own] : []), ...below.map(({ boundingVolume }) => boundingVolume.region)];
  // What is missing while the children are not shown: buildings smaller than this level's.
  const missing = cell.z < lastLevel(grid) ? LEVEL_MIN_SIZE_M[cell.z - grid.firstLevel] : 0;
  return {
    boundingVolume: { region: unionOf(volumes) },
    geometricError: below.length > 0 ? (missing ?? 0) * errorScale : 0,
    ...(own ? { content: { uri: `${keyOf(cell)}.glb`, boundingVolume: { region: own } } } : {}),
    ...(below.length > 0 ? { children: below } : {}),
  };
}

const RADIANS_PER_DEGREE = Math.PI / 180;
/** Radians are written to 1e-9 (6 mm), heights to 1 cm, both rounded outwards. */
const ANGLE_STEP = 1e9;
const HEIGHT_STEP = 100;
/** Half a step of the coarsest quantised tile, and the millimetres of interpolation, m. */
const MARGIN_M = 0.03;
const MARGIN_RAD = MARGIN_M / 6_300_000;

function regionOf(extent: Extent3, srid: number, undulation: Undulation): Region {
  const box = reprojectBbox({ ...extent, srid }, 4326);
  const undulations = [box.minX, box.maxX].flatMap((lon) =>
    [box.minY, box.maxY].map((lat) => undulation.undulationM(lon, lat)),
  );
  const low = (value: number): number =>
    Math.floor((value * RADIANS_PER_DEGREE - MARGIN_RAD * 2) * ANGLE_STEP) / ANGLE_STEP;
  const high = (value: number): number =>
    Math.ceil((value * RADIANS_PER_DEGREE + MARGIN_RAD * 2) * ANGLE_STEP) / ANGLE_STEP;
  // The undulation is nearly a plane over a tile; a decimetre covers what it bends between the corners.
  const slack = MARGIN_M + 0.1;
  return [
    low(box.minX),
    low(box.minY),
    high(box.maxX),
    high(box.maxY),
    Math.floor((extent.minZ + Math.min(...undulations) - slack) * HEIGHT_STEP) / HEIGHT_STEP,
    Math.ceil((extent.maxZ + Math.max(...undulations) + slack) * HEIGHT_STEP) / HEIGHT_STEP,
  ];
}

/** An empty tileset still needs a volume: Poland's, flat. */
const NOWHERE: Region = [0.2461, 0.8552, 0.4217, 0.9571, 0, 0];

function unionOf(regions: readonly Region[]): Region {
  const [first, ...others] = regions;
  if (!first) return NOWHERE;
  return others.reduce<Region>(
    (a, b) => [
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[2], b[2]),
      Math.max(a[3], b[3]),
      Math.min(a[4], b[4]),
      Math.max(a[5], b[5]),
    ],
    first,
  );
}
