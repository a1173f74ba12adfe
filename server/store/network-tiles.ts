/** The utility networks of the store by tiles, laid at their depth below the terrain model. */
import { laidDevice } from '../../core/analysis/dig/laid-device.ts';
import { laidLine } from '../../core/analysis/dig/laid-line.ts';
import { type GroundBox, type GroundGrid, groundAt } from '../../core/analysis/sun/ground-grid.ts';
import type { CancelSignal } from '../../core/cancel.ts';
import { UTILITY_DEVICES, UTILITY_LINES } from '../../core/catalogue/utilities.ts';
import { notFound } from '../../core/errors.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { bboxOf, widenBbox } from '../../core/geo/bbox.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { buildingGrid, cellBounds, isCell, type TileCell } from '../../tiles/tileset/building-grid.ts';
import type { TiledStore, TileExtent } from '../../tiles/tileset/building-store.ts';
import type { NetworkRow } from '../../tiles/tileset/network-tiles.ts';
import type { View } from '../access/view.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { relationFor, rowsOf } from './relation.ts';
import type { Ground } from './settle/edited-city.ts';
import { join, name, type Sql, sql } from './sql.ts';
import { layerVersionSql, tileVersionSql } from './tile-version.ts';

/** Distance of the posts of the ground under one tile, and around it, m; at most so many a side. */
const POST_M = 4;
const MARGIN_M = 40;
const MOST_POSTS = 200;
/** Bodies reach so far above and below what is known of a tile: poles above the ground, deep sewers. */
const ABOVE_M = 35;
const BELOW_M = 12;

export interface LaidNetworks {
  readonly pool: Pool;
  readonly layers: LayersProvider;
  /** Without what scenarios make of it: pipes stay where they are when ground is moved. */
  readonly ground: Pick<Ground, 'grid'>;
  /** Changes with the terrain model. */
  readonly groundVersion: () => string;
}

export function postgisNetworks(
  { pool, layers, ground, groundVersion }: LaidNetworks,
  view: View,
): TiledStore<NetworkRow> {
  const rowsSeen = (layer: Layer): Sql => {
    const relation = relationFor(layer, view);
    if (!relation) throw notFound(`There is no layer "${layer.name}"`, 'layer');
    return rowsOf(relation);
  };
  const version = async (layer: Layer, cell: TileCell | undefined, signal: CancelSignal): Promise<string> => {
    const statement = cell
      ? tileVersionSql(layer, cellBounds(buildingGrid(layer.srid), cell), view)
      : layerVersionSql(layer, view);
    const [row] = await pool.read<{ version: string }>(statement, signal);
    // Who is told less of critical networks is shown them elsewhere.
    return [row?.version ?? '0', groundVersion(), view.who.roles.toSorted().join('+')].join('~');
  };
  return {
    async layer(layerName) {
      const found = (await layers()).find((layer) => layer.name === layerName);
      const isNetwork = found && [UTILITY_LINES.table, UTILITY_DEVICES.table].includes(found.table);
      return isNetwork ? relationFor(found, view)?.layer : undefined;
    },

    version,

    versionUnder: version,

    async extents(layer, signal) {
      const grid = buildingGrid(layer.srid);
      const found = await pool.read<ExtentRow>(extentsSql(rowsSeen(layer), layer), signal);
      const tiles = found
        .map((row) => ({ ...row, cell: cellOf(row.tile) }))
        .filter(({ cell }) => isCell(grid, cell));
      if (tiles.length === 0) return [];
      const posts = await ground.grid(
        [
          Math.min(...tiles.map(({ min_x }) => min_x)),
          Math.min(...tiles.map(({ min_y }) => min_y)),
          Math.max(...tiles.map(({ max_x }) => max_x)),
          Math.max(...tiles.map(({ max_y }) => max_y)),
        ],
        coarseStepM(tiles),
        [],
      );
      return tiles.flatMap((tile) => extentOf(tile, posts) ?? []);
    },

    async rows(layer, { z, x, y }, signal) {
      const columns = layer.properties.map((property) => name(property.name));
      const found = await pool.read<StoredRow>(
        sql`select id, ST_AsBinary(geom) as wkb, ${join(columns, ', ')} from (${rowsSeen(layer)}) as relation
          where twin.network_tile(geom) = ${`${z}/${x}/${y}`}::text order by id`,
        signal,
      );
      const placed = found.map((row) => ({ row, path: pathOf(row.wkb) }));
      const box = boxAround(
        placed.flatMap(({ path }) => path),
        layer.srid,
      );
      const posts = box && (await ground.grid(box, stepOver(box, POST_M), []));
      const groundM = ([e, n]: Xy): number => (posts ? groundAt(posts, e, n) : Number.NaN);
      return placed.map(({ row, path }) => networkRow(layer, row, path, groundM));
    },
  };
}

interface StoredRow {
  readonly id: string;
  readonly wkb: Uint8Array;
  readonly [property: string]: unknown;
}

interface ExtentRow {
  readonly tile: string;
  readonly count: number;
  readonly min_x: number;
  readonly min_y: number;
  readonly max_x: number;
  readonly max_y: number;
  /** Of heights that the register tells; null where it tells none in the tile. */
  readonly low_m: number | null;
  readonly high_m: number | null;
}

function extentsSql(rows: Sql, { table }: Layer): Sql {
  const [one, other] = (
    table === UTILITY_LINES.table ? ['start_height_m', 'end_height_m'] : ['top_height_m', 'bottom_height_m']
  ).map((column) => name(column));
  return sql`select twin.network_tile(geom) as tile, count(*) as count,
      min(ST_XMin(geom)) as min_x, min(ST_YMin(geom)) as min_y,
      max(ST_XMax(geom)) as max_x, max(ST_YMax(geom)) as max_y,
      min(least(${one}, ${other})) as low_m, max(greatest(${one}, ${other})) as high_m
    from (${rows}) as relation group by tile`;
}

const cellOf = (tile: string) => {
  const [z = Number.NaN, x = Number.NaN, y = Number.NaN] = tile.split('/').map(Number);
  return { z, x, y };
};

const coarseStepM = (tiles: readonly ExtentRow[]): number => {
  const spanM = Math.max(
    Math.max(...tiles.map(({ max_x }) => max_x)) - Math.min(...tiles.map(({ min_x }) => min_x)),
    Math.max(...tiles.map(({ max_y }) => max_y)) - Math.min(...tiles.map(({ min_y }) => min_y)),
  );
  return Math.max(POST_M, spanM / MOST_POSTS);
};

type PlacedExtent = ExtentRow & { readonly cell: Pick<TileExtent, 'z' | 'x' | 'y'> };

/** Known heights and the ground around, widened; undefined where neither is known, so that nothing is drawn. */
function extentOf(tile: PlacedExtent, posts: GroundGrid | undefined): TileExtent | undefined {
  const { min_x, min_y, max_x, max_y, low_m, high_m, count, cell } = tile;
  const heightsM = [low_m, high_m, ...(posts ? heightsIn(posts, [min_x, min_y, max_x, max_y]) : [])].filter(
    (heightM): heightM is number => heightM !== null && Number.isFinite(heightM),
  );
  if (heightsM.length === 0) return undefined;
  const extent = {
    ...{ minX: min_x - 1, minY: min_y - 1, maxX: max_x + 1, maxY: max_y + 1 },
    minZ: Math.min(...heightsM) - BELOW_M,
    maxZ: Math.max(...heightsM) + ABOVE_M,
  };
  return { ...cell, count, extent };
}

function heightsIn({ origin, stepM, columns, rows, heights }: GroundGrid, box: GroundBox): number[] {
  const column = (e: number): number => Math.floor((e - origin[0]) / stepM);
  const row = (n: number): number => Math.floor((n - origin[1]) / stepM);
  const found: number[] = [];
  for (let r = Math.max(0, row(box[1])); r <= Math.min(rows - 1, row(box[3]) + 1); r++) {
    for (let c = Math.max(0, column(box[0])); c <= Math.min(columns - 1, column(box[2]) + 1); c++) {
      found.push(heights[r * columns + c] ?? Number.NaN);
    }
  }
  return found;
}

function pathOf(wkb: Uint8Array): readonly Xy[] {
  const geometry = readWkb(wkb);
  if (geometry.type === 'Point') return [[geometry.coordinates[0], geometry.coordinates[1]]];
  return geometry.type === 'LineString' ? geometry.coordinates.map(([e, n]): Xy => [e, n]) : [];
}

function boxAround(places: readonly Xy[], srid: number): GroundBox | undefined {
  const box = bboxOf({ type: 'MultiPoint', coordinates: places }, srid);
  if (!box) return undefined;
  const { minX, minY, maxX, maxY } = widenBbox(box, MARGIN_M);
  return [minX, minY, maxX, maxY];
}

const stepOver = ([minE, minN, maxE, maxN]: GroundBox, leastM: number): number =>
  Math.max(leastM, Math.max(maxE - minE, maxN - minN) / MOST_POSTS);

function networkRow(
  layer: Layer,
  row: StoredRow,
  path: readonly Xy[],
  groundM: (at: Xy) => number,
): NetworkRow {
  const text = (column: string) => (typeof row[column] === 'string' ? row[column] : null);
  const number = (column: string) => (typeof row[column] === 'number' ? row[column] : null);
  const told = {
    id: row.id,
    network: text('network'),
    properties: Object.fromEntries(
      layer.properties.map((property) => [property.name, (row[property.name] ?? null) as PropertyValue]),
    ),
  };
  const [at] = path;
  if (layer.table === UTILITY_DEVICES.table) {
    const heights = { topHeightM: number('top_height_m'), bottomHeightM: number('bottom_height_m') };
    const laid = at && laidDevice({ kind: text('kind'), ...heights, at }, groundM);
    return { ...told, shaft: laid && { ...laid, at }, heightSource: laid?.heightSource ?? 'unknown' };
  }
  const pipe = laidLine(
    {
      network: told.network,
      course: text('course'),
      flow: text('flow'),
      diameterMm: number('diameter_mm'),
      widthMm: number('width_mm'),
      heightMm: number('height_mm'),
      depthM: number('depth_m'),
      startHeightM: number('start_height_m'),
      endHeightM: number('end_height_m'),
      path,
    },
    groundM,
  );
  return { ...told, pipe, heightSource: pipe?.heightSource ?? 'unknown' };
}
