/** Zones of a planning act against each other and against its extent: valid, inside, without gaps and overlaps. */
import type { Feature } from '../../core/feature/feature.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { tableOf } from './register-table.ts';
import { type Sql, sql } from './sql.ts';

export interface PlanSheet {
  /** Zones and acts of one file, in one CRS, current ones alone. */
  readonly zones: readonly Feature[];
  readonly acts: readonly Feature[];
  readonly srid: number;
  /** Where an act is looked up that the file does not hold. */
  readonly dataset: string;
}

export interface TopologyFault {
  readonly rule: 'plan-invalid-geometry' | 'plan-outside-act' | 'plan-gap' | 'plan-overlap';
  readonly objectIds: readonly string[];
  readonly areaM2: number;
  /** A place in the fault, in the CRS of the sheet. */
  readonly at: readonly [number, number];
}

/** A zone may reach this far over the extent of its act. */
const EDGE_M = 0.01;
/** What is smaller, or as thin as this for its area, is a trace of rounding and no fault. */
const SLIVER_M2 = 1;
const SLIVER_THINNESS = 10_000;
/** Zones about a hole are named up to this many. */
const NAMED = 5;

/**
 * Checks the zones of one file. Gaps up to the edge are found where the extent of the act is known, from the file or
 * from the store; holes between zones always.
 * @returns faults, and the acts whose extent nobody knows
 */
export async function planTopology(
  pool: Pool,
  sheet: PlanSheet,
): Promise<{ readonly faults: readonly TopologyFault[]; readonly unknownActs: readonly string[] }> {
  const connection = await pool.connect();
  try {
    await connection.run(sql`begin`);
    await fill(connection, sheet);
    const faults = [];
    for (const { rule, query } of CHECKS) {
      const rows = await connection.run<FaultRow>(query);
      faults.push(
        ...rows.map(({ ids, m2, x, y }) => ({ rule, objectIds: ids, areaM2: m2, at: [x, y] as const })),
      );
    }
    const unknown = await connection.run<{ id: string }>(
      sql`select distinct act_id as id from sheet_zone where act_id not in (select id from sheet_act) order by 1`,
    );
    await connection.run(sql`rollback`);
    connection.release();
    return { faults, unknownActs: unknown.map(({ id }) => id) };
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

interface FaultRow {
  readonly ids: readonly string[];
  readonly m2: number;
  readonly x: number;
  readonly y: number;
}

async function fill(connection: Connection, { zones, acts, srid, dataset }: PlanSheet): Promise<void> {
  const wkb = (features: readonly Feature[]) =>
    features.map(({ geometry }) =>
      geometry ? Buffer.from(writeEwkb(geometry, srid)).toString('hex') : null,
    );
  const ids = (features: readonly Feature[]) => features.map(({ id }) => id);
  const actIds = zones.map(({ properties }) => properties['act_id'] ?? null);
  await connection.run(
    sql`create temp table sheet_zone on commit drop as
      select id, act_id, given::geometry as original, ST_MakeValid(given::geometry) as geom
      from unnest(${ids(zones)}::text[], ${actIds}::text[], ${wkb(zones)}::text[]) as zone(id, act_id, given)`,
  );
  await connection.run(sql`create index on sheet_zone using gist (geom)`);
  await connection.run(
    sql`create temp table sheet_act on commit drop as
      select id, ST_MakeValid(given::geometry) as geom
      from unnest(${ids(acts)}::text[], ${wkb(acts)}::text[]) as act(id, given)`,
  );
  const stored = tableOf({ table: 'plan_act', dataset });
  const [there] = await connection.run<{ there: boolean }>(
    sql`select exists (select from information_schema.tables
      where table_schema = ${dataset}::text and table_name = 'plan_act') as there`,
  );
  if (there?.there) {
    await connection.run(
      sql`insert into sheet_act select id, ST_MakeValid(geom) from ${stored}
        where valid_to is null and ST_SRID(geom) = ${srid}::integer
          and id in (select act_id from sheet_zone) and id not in (select id from sheet_act)`,
    );
  }
}

/** Areas of `part` that count: no slivers, with a place in each. */
const counted = (ids: Sql, parts: Sql): Sql =>
  sql`select ${ids} as ids, ST_Area(part) as m2, ST_X(ST_PointOnSurface(part)) as x, ST_Y(ST_PointOnSurface(part)) as y
    from (${parts}) as found
    where ST_Area(part) >= ${SLIVER_M2}::float8 and ST_Perimeter(part) ^ 2 <= ${SLIVER_THINNESS}::float8 * ST_Area(part)`;

const CHECKS: readonly { readonly rule: TopologyFault['rule']; readonly query: Sql }[] = [
  {
    rule: 'plan-invalid-geometry',
    query: sql`select array[id] as ids, 0::float8 as m2, ST_X(location(detail)) as x, ST_Y(location(detail)) as y
      from sheet_zone, ST_IsValidDetail(original) as detail where not valid(detail)`,
  },
  {
    rule: 'plan-outside-act',
    query: counted(
      sql`array[id]`,
      sql`select zone.id, (ST_Dump(ST_Difference(zone.geom, ST_Buffer(act.geom, ${EDGE_M}::float8)))).geom as part
        from sheet_zone as zone join sheet_act as act on act.id = zone.act_id
        where not ST_Covers(act.geom, zone.geom)`,
    ),
  },
  {
    rule: 'plan-overlap',
    query: counted(
      sql`array[id, other]`,
      sql`select a.id, b.id as other, (ST_Dump(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3))).geom as part
        from sheet_zone as a join sheet_zone as b on a.geom && b.geom
          and (a.id < b.id or (a.id = b.id and a.ctid < b.ctid)) and a.act_id is not distinct from b.act_id
        where ST_Relate(a.geom, b.geom, 'T********')`,
    ),
  },
  {
    rule: 'plan-gap',
    query: counted(
      sql`(select array_agg(id) from (select zone.id from sheet_zone as zone
        where zone.geom && ST_Expand(part, ${EDGE_M}::float8) and ST_DWithin(zone.geom, part, ${EDGE_M}::float8)
        order by zone.id limit ${NAMED}::integer) as near)`,
      sql`with whole as (select act_id, ST_Union(geom) as geom from sheet_zone group by act_id),
        filled as (select whole.act_id, whole.geom, coalesce(act.geom, (
          select ST_Union(ST_MakePolygon(ST_ExteriorRing(piece.geom))) from ST_Dump(whole.geom) as piece)) as extent
          from whole left join sheet_act as act on act.id = whole.act_id)
        select (ST_Dump(ST_Difference(extent, geom))).geom as part from filled`,
    ),
  },
];
