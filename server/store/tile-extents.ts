/** What lies in each tile of the 3D city: the one look at all buildings, spared wherever it can be. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Extent3 } from '../../tiles/mesh/surfaces.ts';
import type { TileCell } from '../../tiles/tileset/building-grid.ts';
import type { View } from '../access/view.ts';
import { cellSize } from './load-sql.ts';
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
  readonly min_z: number | null;
  readonly max_x: number;
  readonly max_y: number;
  readonly max_z: number | null;
}

/** How objects of a kind are found by tiles, as expressions over their columns. */
export interface TileRule {
  /** Text `z/x/y`, as the index of the table has it. */
  readonly tile: Sql;
  /** Lowest and highest height that the register tells, or null. */
  readonly low: Sql;
  readonly high: Sql;
  /** Tells readers apart who are told different heights. */
  readonly reader?: string;
}

/** What lies in one tile; heights are null where the register tells none. */
export interface StoredExtent extends TileCell {
  readonly count: number;
  readonly extent: Omit<Extent3, 'minZ' | 'maxZ'> & {
    readonly minZ: number | null;
    readonly maxZ: number | null;
  };
}

/** The extents of a layer, for a reader, at a version of it. */
interface Known {
  readonly layer: string;
  readonly version: string;
  readonly extents: readonly StoredExtent[];
}

/** What was read last comes last. */
const remembered = new WeakMap<Pool, Known[]>();
const MOST_REMEMBERED = 20;
/** Cells of 256 m that may have changed for their tiles to be read alone. */
const MOST_CHANGED_CELLS = 300;

/**
 * Every tile that holds something. An edit looks at the tiles that it touches, not at the whole city again.
 * @param rows of the layer as the view has them
 */
export async function tileExtents(
  pool: Pool,
  layer: Layer,
  rows: Sql,
  rule: TileRule,
  { scenario, at }: View,
  signal: CancelSignal,
): Promise<readonly StoredExtent[]> {
  if (!scenario || !isEdited(layer, scenario)) {
    return extentsAt(pool, layer, rows, rule, scenario?.base ?? at, signal);
  }
  const baseRows = rowsOf(relationAsOf(layer, scenario.base));
  const base = await extentsAt(pool, layer, baseRows, rule, scenario.base, signal);
  const edited = sql`${sisterOf(layer)} as edited where edited.scenario_id = ${scenario.id}::text`;
  const touched = await tilesOf(
    pool,
    sql`select ${rule.tile} as tile from ${edited} and not is_deleted
      union select ${rule.tile} from (${baseRows}) as base where id in (select edited.id from ${edited})`,
    signal,
  );
  return readAnew(pool, base, touched, rows, rule, signal);
}

async function extentsAt(
  pool: Pool,
  layer: Layer,
  rows: Sql,
  rule: TileRule,
  at: Date | undefined,
  signal: CancelSignal,
): Promise<readonly StoredExtent[]> {
  const [row] = await pool.read<{ version: string }>(layerVersionSql(layer, at ? { at } : {}), signal);
  const version = row?.version ?? '0';
  const known = remembered.get(pool) ?? [];
  remembered.set(pool, known);
  const key = `${layer.name} ${rule.reader ?? ''}`;
  const ofLayer = known.filter((each) => each.layer === key);
  const found = ofLayer.find((each) => each.version === version);
  // Versions of moments end in them; those of the present are numbers.
  const older = isPresent(version) ? ofLayer.findLast((each) => isPresent(each.version)) : undefined;
  const extents =
    found?.extents ??
    (older && (await sinceVersion(pool, layer, rows, rule, older, signal))) ??
    (await read(pool, extentsSql(rows, rule), signal));
  if (found) known.splice(known.indexOf(found), 1);
  known.push({ layer: key, version, extents });
  if (known.length > MOST_REMEMBERED) known.shift();
  return extents;
}

const isPresent = (version: string): boolean => /^\d+$/.test(version);

/** The extents now, from those of an older version; undefined when too much has changed since. */
async function sinceVersion(
  pool: Pool,
  layer: Layer,
  rows: Sql,
  rule: TileRule,
  { version, extents }: Known,
  signal: CancelSignal,
): Promise<readonly StoredExtent[] | undefined> {
  const cells = await pool.read<{ cell_x: number; cell_y: number }>(
    sql`select cell_x, cell_y from twin.tile_cell where dataset = ${layer.dataset}::text and layer = ${layer.name}::text
      and version > ${version}::bigint limit ${MOST_CHANGED_CELLS + 1}::bigint`,
    signal,
  );
  if (cells.length > MOST_CHANGED_CELLS) return undefined;
  const size = cellSize(crsOf(layer.srid).unit);
  const boxes = cells.map(({ cell_x, cell_y }) => ({
    ...{ minX: cell_x * size, minY: cell_y * size, maxX: (cell_x + 1) * size, maxY: (cell_y + 1) * size },
  }));
  const were = extents
    .filter(({ extent }) =>
      boxes.some(
        (box) =>
          extent.minX <= box.maxX &&
          extent.maxX >= box.minX &&
          extent.minY <= box.maxY &&
          extent.maxY >= box.minY,
      ),
    )
    .map(({ z, x, y }) => `${z}/${x}/${y}`);
  const side = (name: keyof (typeof boxes)[number]) => boxes.map((box) => box[name]);
  const are = await tilesOf(
    pool,
    sql`select distinct ${rule.tile} as tile
      from unnest(${side('minX')}::float8[], ${side('minY')}::float8[], ${side('maxX')}::float8[], ${side('maxY')}::float8[])
        as cell (min_x, min_y, max_x, max_y)
      join (${rows}) as relation
        on relation.geom && ST_MakeEnvelope(min_x, min_y, max_x, max_y, ${layer.srid}::integer)`,
    signal,
  );
  return readAnew(pool, extents, [...new Set([...were, ...are])], rows, rule, signal);
}

const tilesOf = async (pool: Pool, statement: Sql, signal: CancelSignal): Promise<readonly string[]> =>
  (await pool.read<{ tile: string }>(statement, signal)).map(({ tile }) => tile);

/** The extents with those of some tiles read again. */
async function readAnew(
  pool: Pool,
  extents: readonly StoredExtent[],
  tiles: readonly string[],
  rows: Sql,
  rule: TileRule,
  signal: CancelSignal,
): Promise<readonly StoredExtent[]> {
  const anew = await read(
    pool,
    extentsSql(rows, rule, sql` where ${rule.tile} = any(${tiles}::text[])`),
    signal,
  );
  const touched = new Set(tiles);
  return [...extents.filter(({ z, x, y }) => !touched.has(`${z}/${x}/${y}`)), ...anew];
}

const read = async (pool: Pool, statement: Sql, signal: CancelSignal): Promise<readonly StoredExtent[]> =>
  (await pool.read<ExtentRow>(statement, signal)).map(tileExtent);

function extentsSql(rows: Sql, { tile, low, high }: TileRule, where: Sql = NOTHING): Sql {
  return sql`select ${tile} as tile, count(*) as count,
      min(ST_XMin(geom)) as min_x, min(ST_YMin(geom)) as min_y, min(${low}) as min_z,
      max(ST_XMax(geom)) as max_x, max(ST_YMax(geom)) as max_y, max(${high}) as max_z
    from (${rows}) as relation${where} group by tile`;
}

function tileExtent(row: ExtentRow): StoredExtent {
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
