import type {
  UseInZone,
  ZoneBalanceFacts,
  ZoneBalanceParameters,
  ZoneSum,
} from '../../core/analysis/plan/zone-balance.ts';
import { generalPlan } from './general-plan.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Pieces smaller than this are traces of rounding, m². */
const TRACE_M2 = 0.01;

/**
 * Sums of the zones of a general plan, and the ground of local plans in force within them.
 * @throws TwinError invalid-parameter for an act that is no general plan of the city
 */
export async function gatherZoneBalance(
  city: StudiedCity,
  parameters: ZoneBalanceParameters,
): Promise<ZoneBalanceFacts> {
  const act = await generalPlan(city, parameters.act);
  // A general plan is changed by acts: what a zone was before, or will be later, is not of the day. An act that is not
  // in force yet is balanced as of its first day, one in preparation has no days and is balanced whole.
  const zones = sql`select id, zone_kind as zone, max_built_share_pct, max_intensity, geom
    from ${studiedRows(city, 'plan_zones')} as zone cross join (
      select greatest(${city.lawDate}::date, (select in_force_since from ${studiedRows(city, 'plan_acts')} as act
        where id = ${act}::text)) as day) as asked
    where act_id = ${act}::text and coalesce(status, 'legalForce') <> 'obsolete'
      and coalesce(in_force_since, '-infinity') <= asked.day
      and coalesce(in_force_until, 'infinity') >= asked.day`;
  const sums = await city.read<ZoneSum>(
    sql`with zone as materialized (${zones}), built as (
        select zone.id, sum(ST_Area(case when ST_Covers(zone.geom, building.geom) then building.geom
          else ST_Intersection(zone.geom, building.geom) end)) as m2
        from zone join ${studiedRows(city, 'buildings')} as building
          on building.geom && zone.geom and ST_Intersects(zone.geom, building.geom)
        group by zone.id)
      select coalesce(zone, '?') as zone, count(*) as zones, sum(ST_Area(geom)) as "areaM2",
        coalesce(sum(built.m2), 0) as "builtM2", sum(ST_Area(geom) * max_built_share_pct / 100) as "mostBuiltM2",
        sum(ST_Area(geom) * max_intensity) as "mostFloorM2"
      from zone left join built using (id) group by zone order by zone`,
  );
  const [whole] = await city.read<{ act_m2: number; open_m2: number; double_m2: number }>(
    sql`with zone as materialized (${zones}), act as (
        select ST_MakeValid(geom) as geom from ${studiedRows(city, 'plan_acts')} as act where id = ${act}::text),
      united as (select ST_Union(geom) as geom, sum(ST_Area(geom)) as m2 from zone)
      select coalesce(ST_Area(act.geom), 0) as act_m2,
        coalesce(ST_Area(ST_Difference(act.geom, united.geom)), ST_Area(act.geom), 0) as open_m2,
        coalesce(united.m2 - ST_Area(united.geom), 0) as double_m2
      from united left join act on true`,
  );
  const uses = await city.read<UseInZone>(
    sql`with zone as materialized (${zones}), planned as (
        select coalesce(zone.zone, '?') as zone, coalesce(local.zone_kind, local.symbol, '?') as use,
          ST_Area(case when ST_Covers(zone.geom, local.geom) then local.geom else ST_Intersection(zone.geom, local.geom) end) as m2
        from zone join ${studiedRows(city, 'plan_zones')} as local
          on local.geom && zone.geom and ST_Intersects(zone.geom, local.geom)
        where local.plan_kind = 'local' and coalesce(local.status, 'legalForce') = 'legalForce'
          and coalesce(local.in_force_since, '-infinity') <= ${city.lawDate}::date
          and coalesce(local.in_force_until, 'infinity') >= ${city.lawDate}::date)
      select zone, use, sum(m2) as "areaM2" from planned where m2 > ${TRACE_M2}::float8 group by zone, use order by zone, use`,
  );
  return {
    act,
    actM2: whole?.act_m2 ?? 0,
    openM2: whole?.open_m2 ?? 0,
    doubleM2: Math.max(0, whole?.double_m2 ?? 0),
    zones: sums,
    uses,
  };
}
