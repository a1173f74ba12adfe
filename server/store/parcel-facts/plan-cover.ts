/** Whether the zones of plans that are in force add up to parcels. */
import type { PlanCoverFact } from '../../../core/analysis/parcel-check/facts.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import { polygonOf, polygonsSql } from './area-facts.ts';
import {
  aroundPlaces,
  byPlace,
  type CheckedCity,
  type CheckedPlace,
  inMemory,
  pairsSql,
  placesSql,
} from './checked-city.ts';

interface CoverRow {
  readonly place: string;
  readonly plan_kind: PlanCoverFact['planKind'];
  readonly zones: readonly string[];
  readonly sum_m2: number;
  readonly union_m2: number;
  readonly hole: string | null;
  readonly overlap: string | null;
}

/** Less is rounding of coordinates. */
const ROUNDING_M2 = 0.01;

export async function planCoverFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
): Promise<ReadonlyMap<string, readonly PlanCoverFact[]>> {
  const rows = await city.read<CoverRow>(
    sql`with ${placesSql(places)}, zone as materialized (
        select state.id, state.plan_kind, ${inMemory(sql`state.geom`)} as geom
        from ${studiedRows(city, 'plan_zones', city.view)} as state
        where ${aroundPlaces(sql`state.geom`, 0)}
          and plan_kind in ('local', 'general') and coalesce(status, 'legalForce') = 'legalForce'
          and coalesce(in_force_since, '-infinity') <= ${city.lawDate}::date
          and coalesce(in_force_until, 'infinity') >= ${city.lawDate}::date
      ), piece as materialized (
        select pair.place, zone.plan_kind, zone.id as zone, cut.geom
        from zone cross join lateral (${pairsSql(sql`zone.geom`, 0)}) as pair cross join lateral (
          select ST_CollectionExtract(case when ST_Covers(pair.near, pair.ground) then pair.ground
            else ST_Intersection(pair.near, pair.ground) end, 3) as geom
        ) as cut where ST_Area(cut.geom) > 0
      ), whole as (
        select place, plan_kind, array_agg(zone order by zone) as zones,
          sum(ST_Area(geom) order by zone) as sum_m2,
          case when count(*) = 1 then (array_agg(geom))[1] else ST_UnaryUnion(ST_Collect(geom order by zone)) end as geom
        from piece group by place, plan_kind
      )
      select whole.place, whole.plan_kind, zones, sum_m2, ST_Area(whole.geom) as union_m2,
        case when ST_Area(place.geom) - ST_Area(whole.geom) > ${ROUNDING_M2}::float8
          then ${polygonsSql(sql`ST_Difference(place.geom, whole.geom)`)} end as hole,
        case when sum_m2 - ST_Area(whole.geom) > ${ROUNDING_M2}::float8 then (
          select ${polygonsSql(sql`ST_UnaryUnion(ST_Collect(
            ST_CollectionExtract(ST_Intersection(one.geom, other.geom), 3)))`)}
          from piece as one join piece as other on other.place = one.place and other.plan_kind = one.plan_kind
            and other.zone > one.zone and ST_Intersects(one.geom, other.geom)
          where one.place = whole.place and one.plan_kind = whole.plan_kind
        ) end as overlap
      from whole join place on place.id = whole.place order by whole.place, whole.plan_kind desc`,
  );
  return byPlace(rows, (row) => ({
    planKind: row.plan_kind,
    zones: row.zones,
    sumM2: row.sum_m2,
    unionM2: row.union_m2,
    hole: polygonOf(row.hole),
    overlap: polygonOf(row.overlap),
  }));
}
