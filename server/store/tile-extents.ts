/** What lies in each tile of the 3D city: the one look at all buildings, spared wherever it can be. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { TileExtent } from '../../tiles/tileset/building-store.ts';
import type { View } from '../access/view.ts';
import type { Pool } from './pool.ts';
import { sisterOf } from './register-table.ts';
import { isEdited, relationAsOf, rowsOf } from './relation.ts';
import { NOTHING, type Sql, sql } from './sql.ts';
import { layerVersionSql } from './tile-version.ts';

interface ExtentRow {
  readonly tile: string;
  readonly count: number;
  readonly min_x: number;
  readonly min_y: number;
  readonly min_z: number;
  readonly max_x: number;
  readonly max_y: number;
  readonly max_z: number;
}

/** Extents of the bases of scenarios: an edit looks at the tiles that it touches, not at the whole city again. */
const remembered = new WeakMap<Pool, Map<string, readonly TileExtent[]>>();
const MOST_REMEMBERED = 20;

/**
 * Every tile that holds something.
 * @param rows of the layer as the view has them
 */
export async function tileExtents(
  pool: Pool,
  layer: Layer,
  rows: Sql,
  { scenario }: View,
  signal: CancelSignal,
): Promise<readonly TileExtent[]> {
  if (!scenario || !isEdited(layer, scenario)) return read(pool, extentsSql(rows), signal);
  const baseRows = rowsOf(relationAsOf(layer, scenario.base));
  const base = await baseExtents(pool, layer, baseRows, scenario.base, signal);
  const edited = sql`${sisterOf(layer)} as edited where edited.scenario_id = ${scenario.id}::text`;
  const touched = await pool.read<{ tile: string }>(
    sql`select twin.building_tile(geom) as tile from ${edited} and not is_deleted
      union select twin.building_tile(geom) from (${baseRows}) as base where id in (select edited.id from ${edited})`,
    signal,
  );
  const tiles = touched.map(({ tile }) => tile);
  const anew = await read(
    pool,
    extentsSql(rows, sql` where twin.building_tile(geom) = any(${tiles}::text[])`),
    signal,
  );
  const gone = new Set(tiles);
  return [...base.filter(({ z, x, y }) => !gone.has(`${z}/${x}/${y}`)), ...anew];
}

async function baseExtents(
  pool: Pool,
  layer: Layer,
  rows: Sql,
  at: Date,
  signal: CancelSignal,
): Promise<readonly TileExtent[]> {
  const [row] = await pool.read<{ version: string }>(layerVersionSql(layer, { at }), signal);
  const key = `${layer.name} ${row?.version}`;
  const known = remembered.get(pool) ?? new Map<string, readonly TileExtent[]>();
  remembered.set(pool, known);
  const extents = known.get(key) ?? (await read(pool, extentsSql(rows), signal));
  known.delete(key);
  known.set(key, extents);
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  return extents;
}

const read = async (pool: Pool, statement: Sql, signal: CancelSignal): Promise<readonly TileExtent[]> =>
  (await pool.read<ExtentRow>(statement, signal)).map(tileExtent);

function extentsSql(rows: Sql, where: Sql = NOTHING): Sql {
  return sql`select twin.building_tile(geom) as tile, count(*) as count,
      min(ST_XMin(geom)) as min_x, min(ST_YMin(geom)) as min_y, min(ST_ZMin(geom)) as min_z,
      max(ST_XMax(geom)) as max_x, max(ST_YMax(geom)) as max_y, max(ST_ZMax(geom)) as max_z
    from (${rows}) as relation${where} group by tile`;
}

function tileExtent(row: ExtentRow): TileExtent {
  const [z = Number.NaN, x = Number.NaN, y = Number.NaN] = row.tile.split('/').map(Number);
  const extent = {
    minX: row.min_x,
    minY: row.min_y,
    minZ: row.min_z,
    maxX: row.max_x,
    maxY: row.max_y,
    maxZ: row.max_z,
  };
  return { z, x, y, count: row.count, extent };
}
