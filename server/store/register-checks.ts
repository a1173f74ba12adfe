/**
 * What a load of registers leaves to be doubted when its objects are seen together with what stands: areas, tiling,
 * buildings on their parcels, points on boundaries, ends of lines. Nothing is refused for it.
 */
import { ParcelAccuracy, UNKNOWN_POINT_SIGMA_M } from '../../core/analysis/parcel-check/accuracy.ts';
import type { PointFact } from '../../core/analysis/parcel-check/facts.ts';
import { registeredAreaBoundM2 } from '../../core/analysis/parcel-check/rules/registered-area.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import { LEAST_POINT_SIGMA_M, POINT_REACH_M, pointSigmaM } from './parcel-facts/parcel-rows.ts';
import { tableOf } from './register-table.ts';
import { type Sql, sql } from './sql.ts';

export type RegisterRule =
  | 'parcel-area'
  | 'parcel-overlap'
  | 'parcel-gap'
  | 'building-off-parcel'
  | 'point-off-boundary'
  | 'line-end-loose'
  | 'register-not-checked';

export interface RegisterDoubt {
  readonly rule: RegisterRule;
  readonly message: string;
  readonly objectId?: string;
  /** Easting first, in the CRS of the dataset. */
  readonly at?: readonly [number, number];
}

/** A version that is being loaded. */
export interface LoadedVersion {
  readonly dataset: string;
  readonly version: number;
  /** How many objects are new or otherwise in it, by the table of their layer. */
  readonly written: Readonly<Record<string, number>>;
}

/** Beyond this a load would wait for its checks. */
const MOST_CHECKED = 50_000;
/** Of one rule; the rest are counted. */
const MOST_TOLD = 200;
/** What is smaller is a trace of rounding to centimetres. */
const LEAST_OVERLAP_M2 = 0.05;
/** A building stands off its parcels beyond the accuracy of details of group I (§ 16, Dz.U. 2020 poz. 1429). */
const BUILDING_EDGE_M = 0.1;
const LEAST_BUILDING_M2 = 0.1;
/** Points further from every boundary are told only within a parcel: others may belong to parcels that are not loaded. */
const NEAR_BOUNDARY_M = 0.5;
/** Parcels that cover this share of their precinct are all of them. */
const WHOLE_PRECINCT = 0.9;
const LINE_TO_LINE_M = 0.05;
/** Lines are cut off at the edge of what is loaded: what they join beyond it nobody can see. */
const EDGE_M = 1;
const LINE_TO_THING_M = 0.5;

/** Checks what one version wrote, within its transaction. */
export async function registerDoubts(
  connection: Connection,
  { dataset, version, written }: LoadedVersion,
): Promise<readonly RegisterDoubt[]> {
  const tables = tablesOf(dataset, version);
  const doubts: RegisterDoubt[] = [];
  for (const { rule, table, find, say } of CHECKS) {
    const objects = written[table] ?? 0;
    if (objects === 0) continue;
    if (objects > MOST_CHECKED) {
      const message = `${rule} was not checked: ${objects} new rows of ${table} are more than the ${MOST_CHECKED} that a load waits for`;
      doubts.push({ rule: 'register-not-checked', message });
      continue;
    }
    const found = await find(connection, tables);
    for (const row of found.slice(0, MOST_TOLD))
      doubts.push({ rule, objectId: row.id, message: say(row), at: [row.x, row.y] });
    const more = (found[0]?.found ?? 0) - MOST_TOLD;
    if (more > 0) doubts.push({ rule, message: `${more} more of these are not listed` });
  }
  return doubts;
}

interface DoubtRow {
  readonly id: string;
  readonly other: string | null;
  readonly value: number;
  readonly x: number;
  readonly y: number;
  /** Of all of them, also beyond the limit. */
  readonly found: number;
}

type Tables = ReturnType<typeof tablesOf>;

function tablesOf(dataset: string, version: number) {
  const current = (table: string): Sql =>
    sql`(select * from ${tableOf({ table, dataset })} where valid_to is null)`;
  const fresh = (table: string): Sql =>
    sql`(select * from ${tableOf({ table, dataset })} where valid_to is null and dataset_version = ${version}::bigint)`;
  return { dataset, current, fresh, version };
}

interface Check {
  readonly rule: RegisterRule;
  readonly table: string;
  readonly find: (connection: Connection, tables: Tables) => Promise<readonly DoubtRow[]>;
  readonly say: (row: DoubtRow) => string;
}

/** @param rows gives `id`, `other`, `value` and a geometry `place` */
const bySql =
  (rows: (tables: Tables) => Sql) =>
  (connection: Connection, tables: Tables): Promise<readonly DoubtRow[]> =>
    connection.run<DoubtRow>(
      sql`select id, other, value, ST_X(place) as x, ST_Y(place) as y, count(*) over ()::integer as found
        from (${rows(tables)}) as doubt order by id, other, value limit ${MOST_TOLD}::integer`,
    );

const m2 = (value: number): string => `${value.toFixed(value < 1 ? 2 : 1)} m²`;

const CHECKS: readonly Check[] = [
  {
    rule: 'parcel-area',
    table: 'parcel',
    find: wrongAreas,
    say: ({ other, value }) =>
      `The registered area differs from that of the boundary by ${m2(value)}, more than the ${other} that the accuracy of its points allows`,
  },
  {
    rule: 'parcel-overlap',
    table: 'parcel',
    find: bySql(
      ({ current, fresh, version }) =>
        sql`select a.id, b.id as other, ST_Area(part) as value, ST_PointOnSurface(part) as place
          from ${fresh('parcel')} as a join ${current('parcel')} as b
            on a.geom && b.geom and a.id <> b.id and (b.dataset_version <> ${version}::bigint or a.id < b.id)
          cross join lateral (select ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) as part offset 0) as met
          where ST_Relate(a.geom, b.geom, 'T********') and ST_Area(part) >= ${LEAST_OVERLAP_M2}::float8`,
    ),
    say: ({ other, value }) => `Overlaps parcel ${other} by ${m2(value)}${value < 1 ? ', a sliver' : ''}`,
  },
  {
    rule: 'parcel-gap',
    table: 'parcel',
    find: bySql(
      ({ current, fresh }) =>
        sql`with touched as (select distinct precinct_id from ${fresh('parcel')} as each where precinct_id is not null),
          land as (select precinct_id, ST_Union(geom) as geom from ${current('parcel')} as parcel
            where precinct_id in (select precinct_id from touched) group by precinct_id),
          extent as (select land.precinct_id, land.geom,
            case when ST_Area(land.geom) >= ${WHOLE_PRECINCT}::float8 * ST_Area(precinct.geom) then precinct.geom
              when ST_NRings(land.geom) > ST_NumGeometries(land.geom)
                then (select ST_Union(ST_MakePolygon(ST_ExteriorRing(piece.geom))) from ST_Dump(land.geom) as piece)
            end as whole
            from land left join ${current('precinct')} as precinct on precinct.id = land.precinct_id),
          gap as (select precinct_id, (ST_Dump(ST_CollectionExtract(ST_Difference(whole, geom), 3))).geom as part from extent)
          select coalesce((select beside.id from ${current('parcel')} as beside
              where beside.geom && ST_Expand(part, ${POINT_REACH_M}::float8)
                and ST_DWithin(beside.geom, part, ${POINT_REACH_M}::float8) order by beside.id limit 1), precinct_id) as id,
            precinct_id as other, ST_Area(part) as value, ST_PointOnSurface(part) as place
          from gap where ST_Area(part) >= ${LEAST_OVERLAP_M2}::float8 and not exists (
            select from ${current('parcel')} as other where other.geom && part
              and ST_Covers(other.geom, ST_PointOnSurface(part)))`,
    ),
    say: ({ other, value }) =>
      `${m2(value)} of precinct ${other} beside it belong to no parcel${value < 1 ? ', a sliver' : ''}`,
  },
  {
    rule: 'building-off-parcel',
    table: 'building',
    find: bySql(
      ({ current, fresh }) =>
        sql`select building.id, building.parcel_ids as other, ST_Area(part) as value, ST_PointOnSurface(part) as place
          from ${fresh('building')} as building
          cross join lateral (select
              ST_Union(parcel.geom) filter (where building.parcel_ids is null
                or parcel.id = any (regexp_split_to_array(building.parcel_ids, '\\s*,\\s*'))) as own, count(*) as met
            from ${current('parcel')} as parcel where parcel.geom && building.geom
              and ST_Intersects(parcel.geom, building.geom)) as land
          cross join lateral (select case when own is null then building.geom
            when not ST_Covers(own, building.geom) then ST_CollectionExtract(ST_Difference(building.geom, ST_Buffer(own, ${BUILDING_EDGE_M}::float8)), 3) end as part
            offset 0) as beyond
          where met > 0 and ST_Area(part) >= ${LEAST_BUILDING_M2}::float8`,
    ),
    say: ({ other, value }) =>
      `${m2(value)} of the building lie beyond ${other === null ? 'the parcels loaded there' : `its parcels (${other})`}`,
  },
  {
    rule: 'point-off-boundary',
    table: 'boundary_point',
    find: bySql(
      ({ current, fresh }) =>
        sql`select point.id, null::text as other, away as value, point.geom as place
          from ${fresh('boundary_point')} as point
          cross join lateral (select min(ST_Distance(ST_Boundary(parcel.geom), point.geom)) as away,
              bool_or(ST_Contains(parcel.geom, point.geom)) as is_within
            from ${current('parcel')} as parcel
            where parcel.geom && ST_Expand(point.geom, ${NEAR_BOUNDARY_M}::float8)) as near
          where away > ${POINT_REACH_M}::float8 and (is_within or away <= ${NEAR_BOUNDARY_M}::float8)`,
    ),
    say: ({ value }) => `Lies ${value.toFixed(2)} m from the nearest boundary of a parcel`,
  },
  {
    rule: 'line-end-loose',
    table: 'utility_line',
    find: bySql(
      ({ dataset, current, fresh }) =>
        sql`with edge as (select ST_Boundary(area) as geom from twin.dataset where name = ${dataset}::text
            union all select ST_Boundary(geom) from twin.layer_coverage
              where layer = 'utility_lines' and ${dataset}::text = ${CITY}::text)
          select line.id, line.network as other, 0::float8 as value, finish as place
          from ${fresh('utility_line')} as line
          cross join lateral (values (ST_StartPoint(line.geom)), (ST_EndPoint(line.geom))) as ends (finish)
          where line.network is distinct from 'unidentified'
            and not exists (select from ${current('utility_line')} as next where next.id <> line.id
              and next.network is not distinct from line.network
              and next.geom && ST_Expand(finish, ${LINE_TO_LINE_M}::float8)
              and ST_DWithin(next.geom, finish, ${LINE_TO_LINE_M}::float8))
            and not exists (select from ${current('utility_device')} as device
              where (device.network = line.network or device.network is null or line.network is null)
              and device.geom && ST_Expand(finish, ${LINE_TO_THING_M}::float8)
              and ST_DWithin(device.geom, finish, ${LINE_TO_THING_M}::float8))
            and not exists (select from ${current('building')} as building
              where building.geom && ST_Expand(finish, ${LINE_TO_THING_M}::float8)
              and ST_DWithin(building.geom, finish, ${LINE_TO_THING_M}::float8))
            and not exists (select from edge where ST_DWithin(edge.geom, finish, ${EDGE_M}::float8))`,
    ),
    say: ({ other }) =>
      `An end of the line (${other ?? 'network not told'}) joins no device, line or building`,
  },
];

const AT_ONCE = 2_000;

interface ParcelRow {
  readonly id: string;
  readonly registered: number;
  readonly precision: string | null;
  readonly shape: MultiPolygon;
}

interface CornerRow {
  readonly id: string;
  readonly points: readonly (readonly [number, number, string | null, string | null])[] | null;
  readonly x: number;
  readonly y: number;
}

/**
 * Areas against the bound of the check of parcels, by the accuracy of their boundary points. Points are read of those
 * parcels alone whose areas differ by more than the most accurate points would allow.
 */
async function wrongAreas(connection: Connection, tables: Tables): Promise<readonly DoubtRow[]> {
  const found: Omit<DoubtRow, 'found'>[] = [];
  for (let after = ''; ; ) {
    const rows = await connection.run<ParcelRow>(
      sql`select parcel.id, registered_area_ha as registered, area_precision as precision,
          ST_AsGeoJSON(parcel.geom, 3)::json as shape
        from ${tables.fresh('parcel')} as parcel where registered_area_ha is not null and id > ${after}::text
        order by id limit ${AT_ONCE}::integer`,
    );
    const doubtful = rows.filter(({ shape, registered, precision }) => {
      const { areaM2, areaSigmaM2 } = new ParcelAccuracy({ parcel: { geometry: shape }, points: [] });
      const least = { areaSigmaM2: areaSigmaM2 * (LEAST_POINT_SIGMA_M / UNKNOWN_POINT_SIGMA_M) };
      return Math.abs(areaM2 - registered * 10_000) > registeredAreaBoundM2(least, precision);
    });
    const corners = await cornersOf(connection, tables, doubtful);
    for (const { id, registered, precision, shape } of doubtful) {
      const corner = corners.get(id);
      if (!corner) continue;
      const { x, y, points } = corner;
      const accuracy = new ParcelAccuracy({ parcel: { geometry: shape }, points });
      const value = accuracy.areaM2 - registered * 10_000;
      const boundM2 = registeredAreaBoundM2(accuracy, precision);
      if (Math.abs(value) > boundM2) found.push({ id, other: m2(boundM2), value: Math.abs(value), x, y });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) break;
    after = last.id;
  }
  return found.map((row) => ({ ...row, found: found.length }));
}

interface Corners {
  readonly points: readonly PointFact[];
  readonly x: number;
  readonly y: number;
}

/** The boundary points at the outlines of parcels, and a place within each, by the parcel. */
async function cornersOf(
  connection: Connection,
  { current, fresh }: Tables,
  parcels: readonly ParcelRow[],
): Promise<ReadonlyMap<string, Corners>> {
  if (parcels.length === 0) return new Map();
  const rows = await connection.run<CornerRow>(
    sql`select parcel.id, points, ST_X(place) as x, ST_Y(place) as y from ${fresh('parcel')} as parcel
      cross join lateral (select ST_PointOnSurface(parcel.geom) as place offset 0) as within
      cross join lateral (select json_agg(json_build_array(ST_X(point.geom), ST_Y(point.geom), position_error,
          meets_accuracy)) as points
        from ${current('boundary_point')} as point
        where point.geom && ST_Expand(parcel.geom, ${POINT_REACH_M}::float8)) as corners
      where parcel.id = any(${parcels.map(({ id }) => id)}::text[])`,
  );
  return new Map(
    rows.map(({ id, points, x, y }) => {
      const facts = (points ?? []).map(([e, n, error, meets]) => ({
        e,
        n,
        sigmaM: pointSigmaM(error, meets),
      }));
      return [id, { points: facts, x, y }];
    }),
  );
}
