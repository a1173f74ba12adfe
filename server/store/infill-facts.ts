import {
  INFILL_RULE,
  type InfillFacts,
  type InfillGroup,
  type InfillParameters,
} from '../../core/analysis/plan/infill.ts';
import { generalPlan } from './general-plan.ts';
import { NOTHING, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Of a circle of 50 m the drawn sides are then nowhere more than 0.24 m inside it. */
const QUARTER_SEGMENTS = 8;

/**
 * Groups of buildings with their areas, by PostGIS. Buildings of two groups are more than 100 m apart, so that what lies
 * within 50 m of them never meets, and every group is worked out by itself.
 * @throws TwinError invalid-parameter for an act that is no general plan of the city
 */
export async function gatherInfill(
  city: StudiedCity,
  { act: wanted, outlines }: InfillParameters,
): Promise<InfillFacts> {
  const act = await generalPlan(city, wanted);
  const { fewest, gapM, bufferM, holeM2, shrinkM, kinds } = INFILL_RULE;
  const isCounted = sql`building.kind = any(${[...kinds]}::text[])`;
  const [seen] = await city.read<{ counted: number; left_out: number }>(
    sql`select count(*) filter (where ${isCounted}) as counted, count(*) filter (where not coalesce(${isCounted}, false)) as left_out
      from ${studiedRows(city, 'buildings')} as building`,
  );
  const groups = await city.read<InfillRow>(
    sql`with grouped as (
        select geom, ST_ClusterDBSCAN(geom, ${gapM}::float8, 1) over () as number
        from ${studiedRows(city, 'buildings')} as building where ${isCounted}
      ), around as (
        select number, count(*) as buildings, ST_Union(ST_Buffer(geom, ${bufferM}::float8, ${QUARTER_SEGMENTS}::integer)) as geom
        from grouped group by number having count(*) >= ${fewest}::integer
      ), filled as (
        select number, buildings, (
          select ST_Union(ST_MakePolygon(ST_ExteriorRing(part.geom), array(
            select ST_ExteriorRing(hole.geom) from ST_DumpRings(part.geom) as hole
            where hole.path[1] > 0 and ST_Area(hole.geom) >= ${holeM2}::float8)))
          from ST_Dump(around.geom) as part) as geom
        from around
      ), plan as materialized (
        select ${act === null ? sql`null::geometry` : sql`(select ST_MakeValid(geom) from ${studiedRows(city, 'plan_acts')} as act where id = ${act}::text)`} as geom
      ), areas as (
        select number, buildings, filled.geom as pb, ST_Buffer(filled.geom, ${-shrinkM}::float8, ${QUARTER_SEGMENTS}::integer) as pu
        from filled
      ), clipped as (
        select number, buildings,
          case when plan.geom is null or ST_Covers(plan.geom, pb) then pb else ST_Intersection(pb, plan.geom) end as pb,
          case when plan.geom is null or ST_Covers(plan.geom, pu) then pu else ST_Intersection(pu, plan.geom) end as pu
        from areas, plan
      )
      select buildings, ST_Area(ST_Transform(pb, 4258)::geography) as pb_m2, ST_Area(ST_Transform(pu, 4258)::geography) as pu_m2
        ${outlines ? sql`, ST_AsGeoJSON(ST_Multi(ST_CollectionExtract(pu, 3)), 2)::json -> 'coordinates' as coordinates` : NOTHING}
      from clipped order by number`,
  );
  return {
    act,
    counted: seen?.counted ?? 0,
    leftOut: seen?.left_out ?? 0,
    groups: groups.map(({ buildings, pb_m2: pbM2, pu_m2: puM2, coordinates }) => ({
      buildings,
      pbM2,
      puM2,
      coordinates: coordinates ?? [],
    })),
  };
}

interface InfillRow {
  readonly buildings: number;
  readonly pb_m2: number;
  readonly pu_m2: number;
  readonly coordinates?: InfillGroup['coordinates'];
}
