/** Objects of the plane by tiles, laid on the terrain model. */
import { type GroundBox, type GroundGrid, groundAt } from '../../core/analysis/sun/ground-grid.ts';
import { notFound } from '../../core/errors.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { bboxOf, widenBbox } from '../../core/geo/bbox.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { buildingGrid, isCell } from '../../tiles/tileset/building-grid.ts';
import type { TiledStore, TileExtent } from '../../tiles/tileset/building-store.ts';
import type { View } from '../access/view.ts';
import { type AreaVersions, areaVersions } from './area-versions.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { type Relation, relationFor, rowsOf } from './relation.ts';
import type { Ground } from './settle/edited-city.ts';
import { join, name, sql } from './sql.ts';
import { type StoredExtent, type TileRule, tileExtents } from './tile-extents.ts';
import { layerVersionSql } from './tile-version.ts';
import { rowsVersionSql, versionUnder } from './tiled-versions.ts';

/** Distance of the posts of the ground under one tile, and around it, m; at most so many a side. */
const POST_M = 4;
const MARGIN_M = 40;
const MOST_POSTS = 200;

export interface LaidCity {
  readonly pool: Pool;
  readonly layers: LayersProvider;
  /** Without what scenarios make of it: things stay where they are when ground is moved. */
  readonly ground: Pick<Ground, 'grid'>;
  /** Changes with the terrain model. */
  readonly groundVersion: () => string;
  readonly versions?: AreaVersions;
}

export interface LaidRow {
  readonly id: string;
  readonly wkb: Uint8Array;
  readonly [property: string]: unknown;
}

/** What is laid, and how. */
export interface LaidKind<Row> {
  readonly tables: readonly string[];
  rule(layer: Layer): Omit<TileRule, 'reader'>;
  /** How far bodies reach from their places, from the ground and from the heights of the register, m. */
  readonly reach: { readonly asideM: number; readonly aboveM: number; readonly belowM: number };
  /**
   * @param path place of a point, or corners of a line
   * @param groundM PL-EVRF2007-NH; NaN where it is not known
   */
  row(layer: Layer, row: LaidRow, path: readonly Xy[], groundM: (at: Xy) => number): Row;
}

export function laidTiles<Row>(
  { pool, layers, ground, groundVersion, versions = areaVersions(pool) }: LaidCity,
  view: View,
  { tables, rule, reach, row: rowOf }: LaidKind<Row>,
): TiledStore<Row> {
  const reader = view.who.roles.toSorted().join('+');
  const relationOf = (layer: Layer): Relation => {
    const relation = relationFor(layer, view);
    if (!relation) throw notFound(`There is no layer "${layer.name}"`, 'layer');
    return relation;
  };
  const told = (version: string): string => [version, groundVersion(), reader].join('~');
  return {
    async layer(layerName) {
      const found = (await layers()).find((layer) => layer.name === layerName);
      return found && tables.includes(found.table) ? relationFor(found, view)?.layer : undefined;
    },

    async version(layer, cell, signal) {
      const statement = cell
        ? rowsVersionSql(relationOf(layer), rule(layer).tile, cell)
        : layerVersionSql(layer, view);
      const [row] = await pool.read<{ version: string }>(statement, signal);
      return told(row?.version ?? '0');
    },

    async versionUnder(layer, root, signal) {
      return told(await versionUnder(versions, layer, root, view, signal));
    },

    async extents(layer, signal) {
      const grid = buildingGrid(layer.srid);
      const rows = rowsOf(relationOf(layer));
      const found = await tileExtents(pool, layer, rows, { ...rule(layer), reader }, view, signal);
      const tiles = found.filter((tile) => isCell(grid, tile));
      if (tiles.length === 0) return [];
      const box: GroundBox = [
        Math.min(...tiles.map(({ extent }) => extent.minX)),
        Math.min(...tiles.map(({ extent }) => extent.minY)),
        Math.max(...tiles.map(({ extent }) => extent.maxX)),
        Math.max(...tiles.map(({ extent }) => extent.maxY)),
      ];
      const posts = await ground.grid(box, stepOver(box), []);
      return tiles.flatMap((tile) => extentOf(tile, posts, reach) ?? []);
    },

    async rows(layer, { z, x, y }, signal) {
      const columns = layer.properties.map((property) => name(property.name));
      const found = await pool.read<LaidRow>(
        sql`select id, ST_AsBinary(geom) as wkb, ${join(columns, ', ')} from (${rowsOf(relationOf(layer))}) as relation
          where ${rule(layer).tile} = ${`${z}/${x}/${y}`}::text order by id`,
        signal,
      );
      const placed = found.map((row) => ({ row, path: pathOf(row.wkb) }));
      const box = boxAround(
        placed.flatMap(({ path }) => path),
        layer.srid,
      );
      const posts = box && (await ground.grid(box, stepOver(box), []));
      const groundM = ([e, n]: Xy): number => (posts ? groundAt(posts, e, n) : Number.NaN);
      return placed.map(({ row, path }) => rowOf(layer, row, path, groundM));
    },
  };
}

/** What a row says by the properties of its layer. */
export const propertiesOf = (layer: Layer, row: LaidRow): Readonly<Record<string, PropertyValue>> =>
  Object.fromEntries(
    layer.properties.map((property) => [property.name, (row[property.name] ?? null) as PropertyValue]),
  );

/** Known heights and the ground around, widened; undefined where neither is known, so that nothing is drawn. */
function extentOf(
  { extent, ...tile }: StoredExtent,
  posts: GroundGrid | undefined,
  { asideM, aboveM, belowM }: LaidKind<unknown>['reach'],
): TileExtent | undefined {
  const { minX, minY, maxX, maxY, minZ, maxZ } = extent;
  const heightsM = [minZ, maxZ, ...(posts ? heightsIn(posts, [minX, minY, maxX, maxY]) : [])].filter(
    (heightM): heightM is number => heightM !== null && Number.isFinite(heightM),
  );
  if (heightsM.length === 0) return undefined;
  return {
    ...tile,
    extent: {
      ...{ minX: minX - asideM, minY: minY - asideM, maxX: maxX + asideM, maxY: maxY + asideM },
      minZ: Math.min(...heightsM) - belowM,
      maxZ: Math.max(...heightsM) + aboveM,
    },
  };
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

const stepOver = ([minE, minN, maxE, maxN]: GroundBox): number =>
  Math.max(POST_M, Math.max(maxE - minE, maxN - minN) / MOST_POSTS);
