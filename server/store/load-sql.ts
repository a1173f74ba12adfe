/** The set-based statements that turn a staging table into the next state of a register. */
import type { Layer, PropertyType } from '../../core/feature/layer.ts';
import { tableOf } from './register-table.ts';
import { join, name, type Sql, sql, trusted } from './sql.ts';
import { STAGING_HEAD } from './staged-row.ts';

export const COLUMN_TYPES = {
  text: 'text collate "C"',
  integer: 'integer',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
} as const satisfies Record<PropertyType, string>;

/** Cells are this wide (m), or 1/400 degree where the storage CRS is geographic. */
const CELL_SIZE_M = 256;
const CELL_SIZE_DEG = 1 / 400;

export const cellSize = (unit: 'm' | 'degree'): number => (unit === 'm' ? CELL_SIZE_M : CELL_SIZE_DEG);

export const stagingOf = (layer: Layer): Sql => name('pg_temp', `stage_${layer.table}`);
const plan = (layer: Layer): Sql => name('pg_temp', `plan_${layer.table}`);
const register = tableOf;
const propertyNames = (layer: Layer): readonly string[] => layer.properties.map((property) => property.name);
const columnList = (columns: readonly string[], alias?: string): Sql =>
  join(
    columns.map((column) => (alias ? name(alias, column) : name(column))),
    ', ',
  );

export function createStagingSql(layer: Layer): Sql {
  const properties = layer.properties.map(
    (property) => sql`, ${name(property.name)} ${trusted(COLUMN_TYPES[property.type])}`,
  );
  return sql`create temporary table ${name(`stage_${layer.table}`)} (seq bigint, id text collate "C", geom geometry,
    is_ended boolean, content_hash uuid${join(properties, '')}) on commit drop`;
}

export const copyIntoStagingSql = (layer: Layer): Sql =>
  sql`copy ${stagingOf(layer)} (${columnList([...STAGING_HEAD, ...propertyNames(layer)])}) from stdin`;

/** Where several changes of a layer are made in one transaction. */
export const dropStagedSql = (layer: Layer): Sql =>
  sql`drop table ${stagingOf(layer)}; drop table ${plan(layer)}`;

/**
 * Puts more text properties on current staged rows, each given once. The hash takes them in after all others, so that it is
 * the same however the file is ordered.
 * @param additions JSON array of objects with `id` and every one of `columns`
 */
export function addToStagingSql(layer: Layer, columns: readonly string[], additions: string): Sql {
  const assigned = columns.map((column) => sql`${name(column)} = added.given ->> ${column}::text`);
  return sql`update ${stagingOf(layer)} as staged
    set ${join(assigned, ', ')}, content_hash = md5(staged.content_hash::text || added.given::text)::uuid
    from jsonb_array_elements(${additions}::jsonb) as added (given)
    where staged.id = added.given ->> 'id' and not staged.is_ended`;
}

/** What the joins and the order of the plan need; statistics of geometries and properties would cost more than they bring. */
export const analyzeStagingSql = (layer: Layer): Sql => sql`analyze ${stagingOf(layer)} (seq, id)`;
export const analyzeRegisterSql = (layer: Layer): Sql => sql`analyze ${register(layer)}`;

/**
 * Judges every staged row once: `is_known` when the store holds just this, `fault` when it is refused.
 * The first good row of an id wins; ended versions may repeat an id as long as they differ.
 */
export function createPlanSql(layer: Layer, allowOutside: boolean): Sql {
  // Solids are checked by structure alone: their surfaces overlap in plan, which ST_IsValid would refuse.
  const invalid = layer.dimension === 2 ? sql`not ST_IsValid(geom)` : trusted('false');
  const outside = allowOutside ? trusted('false') : sql`not ST_Intersects(geom, area)`;
  return sql`create temporary table ${name(`plan_${layer.table}`)} on commit drop as
    with matched as (
      select staged.seq, staged.id, staged.is_ended, staged.content_hash, staged.geom, stored.row_id as current_row,
        (select area from twin.dataset where name = ${literal(layer.dataset)}) as area,
        case when staged.is_ended
          then exists (select from ${register(layer)} as past where past.id = staged.id
            and past.valid_to = past.valid_from and past.content_hash = staged.content_hash)
          else coalesce(stored.content_hash = staged.content_hash, false)
        end as is_known
      from ${stagingOf(layer)} as staged
      left join ${register(layer)} as stored on stored.id = staged.id and stored.valid_to is null
    ), judged as (
      select *, case when is_known then null
        when ${invalid} then 'invalid-geometry'
        when ${outside} then 'outside-city' end as flaw
      from matched
    )
    select seq, id, is_ended, current_row, is_known, coalesce(flaw, case when row_number() over (
      partition by flaw is null, id, is_ended, case when is_ended then content_hash end order by seq
    ) > 1 then 'duplicate-id' end) as fault
    from judged`;
}

/** Utility statements take no parameters; dataset names are checked to be plain words. */
const literal = (word: string): Sql => trusted(`'${word.replaceAll("'", "''")}'`);

/** What the report says of the refused rows. */
export function faultsSql(layer: Layer): Sql {
  return sql`select planned.seq, planned.id, planned.fault as code, case planned.fault
      when 'invalid-geometry' then coalesce((select format('%s at %s', reason, ST_AsText(location, 3))
        from ST_IsValidDetail(staged.geom)), 'invalid')
      when 'outside-city' then (select format('lies at %s, outside the area of the dataset',
        ST_AsText(ST_Centroid(ST_Envelope(staged.geom)), 1)))
      else 'an object with this identifier stands earlier in the file' end as message,
      ST_X(detail.place) as place_e, ST_Y(detail.place) as place_n, ST_AsGeoJSON(staged.geom, 4, 0)::jsonb as geometry,
      to_jsonb(staged) - array['seq', 'id', 'geom', 'is_ended', 'content_hash'] as properties
    from ${plan(layer)} as planned join ${stagingOf(layer)} as staged using (seq)
      cross join lateral (select case when planned.fault = 'invalid-geometry'
        then (select location from ST_IsValidDetail(staged.geom)) end as place) as detail
    where planned.fault is not null order by planned.seq`;
}

const TAKEN = trusted('fault is null and not is_known');

/** Ends the current rows that have a successor in the file. */
export const endReplacedSql = (layer: Layer, moment: string): Sql =>
  sql`update ${register(layer)} set valid_to = ${moment}::timestamptz
    where row_id in (select current_row from ${plan(layer)} where ${TAKEN} and not is_ended and current_row is not null)`;

/**
 * Ends the current rows that the file says have ended and gives no successor for. An ended version that is
 * older than the current one is only history.
 */
export function endDepartedSql(layer: Layer, moment: string): Sql {
  const isNotOlder = propertyNames(layer).includes('version_since')
    ? trusted('coalesce(staged.version_since >= stored.version_since, true)')
    : trusted('true');
  return sql`update ${register(layer)} as stored set valid_to = ${moment}::timestamptz
    from ${plan(layer)} as planned join ${stagingOf(layer)} as staged using (seq)
    where planned.fault is null and planned.is_ended and stored.row_id = planned.current_row
      and stored.valid_to is null and ${isNotOlder}
      and not exists (select from ${plan(layer)} as successor
        where successor.id = planned.id and successor.fault is null and not successor.is_ended)
    returning 1 as ended`;
}

export function insertTakenSql(layer: Layer, moment: string, version: number): Sql {
  const columns = ['id', 'geom', ...propertyNames(layer), 'content_hash'];
  return sql`insert into ${register(layer)} (${columnList(columns)}, valid_from, valid_to, dataset_version)
    select ${columnList(columns, 'staged')}, ${moment}::timestamptz,
      case when planned.is_ended then ${moment}::timestamptz end, ${version}::bigint
    from ${plan(layer)} as planned join ${stagingOf(layer)} as staged using (seq)
    where ${trusted('planned.fault is null and not planned.is_known')} order by planned.id`;
}

export const tallySql = (layer: Layer): Sql =>
  sql`select count(*) filter (where ${TAKEN}) as written,
    count(*) filter (where ${TAKEN} and not is_ended and current_row is null) as added,
    count(*) filter (where ${TAKEN} and not is_ended and current_row is not null) as changed,
    count(*) filter (where fault is null and is_known) as unchanged from ${plan(layer)}`;

/** Where the objects of the file lie, those of all its registers together. */
export const widenVersionSql = (layer: Layer, version: number): Sql =>
  sql`update twin.dataset_version set min_easting = least(min_easting, ST_XMin(box)),
      min_northing = least(min_northing, ST_YMin(box)), max_easting = greatest(max_easting, ST_XMax(box)),
      max_northing = greatest(max_northing, ST_YMax(box))
    from (select ST_Extent(staged.geom) as box from ${stagingOf(layer)} as staged join ${plan(layer)} as planned
      using (seq) where planned.fault is null) as here
    where version = ${version}::bigint`;

/** Marks the cells of everything that came into being or ended at this moment. */
export function touchCellsSql(layer: Layer, moment: string, version: number, cell: number): Sql {
  const size = sql`${cell}::float8`;
  const changed = (condition: Sql) => sql`select geom from ${register(layer)} where ${condition}`;
  return sql`insert into twin.tile_cell (dataset, layer, cell_x, cell_y, version)
    select distinct ${layer.dataset}::text, ${layer.name}::text, x, y, ${version}::bigint
    from (
      ${changed(sql`valid_to is null and dataset_version = ${version}::bigint`)}
      union all
      ${changed(sql`valid_to = ${moment}::timestamptz and valid_from < valid_to`)}
    ) as changed,
    generate_series(floor(ST_XMin(geom) / ${size})::integer, floor(ST_XMax(geom) / ${size})::integer) as x,
    generate_series(floor(ST_YMin(geom) / ${size})::integer, floor(ST_YMax(geom) / ${size})::integer) as y
    on conflict (dataset, layer, cell_x, cell_y) do update set version = excluded.version`;
}

/**
 * A layer is called synthetic while any of its current objects is.
 * @param keepsSource whether a layer that was loaded goes on naming the source of that load
 */
export function updateStatusSql(layer: Layer, moment: string, version: number, keepsSource = false): Sql {
  const source = trusted(keepsSource ? 'layer_status.source' : 'excluded.source');
  return sql`insert into twin.layer_status (dataset, layer, object_count, min_easting, min_northing, max_easting,
      max_northing, synthetic, loaded_at, source, version)
    select ${layer.dataset}::text, ${layer.name}::text, count(*), ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)),
      ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom)), coalesce(bool_or(made.synthetic), false),
      ${moment}::timestamptz, (select source from twin.dataset_version where version = ${version}::bigint),
      ${version}::bigint
    from ${register(layer)} join twin.dataset_version as made on made.version = dataset_version
    where valid_to is null
    on conflict (dataset, layer) do update set object_count = excluded.object_count,
      min_easting = excluded.min_easting, min_northing = excluded.min_northing,
      max_easting = excluded.max_easting, max_northing = excluded.max_northing,
      synthetic = excluded.synthetic, loaded_at = excluded.loaded_at, source = ${source},
      version = excluded.version`;
}
