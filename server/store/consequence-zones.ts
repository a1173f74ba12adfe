/** The plan that is in force at a place on the law date. */
import type { PlanLimits } from '../../core/analysis/consequences/facts.ts';
import type { View } from '../access/view.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Columns of the zone at a place; all null where there is none. */
export interface LimitsRow {
  readonly zone_id: string | null;
  readonly plan_kind: string | null;
  readonly max_height_m: number | null;
  readonly min_intensity: number | null;
  readonly max_intensity: number | null;
  readonly max_built_share_pct: number | null;
  readonly min_bioactive_share_pct: number | null;
  readonly min_parcel_area_m2: number | null;
}

/** A common table expression `plan` with the zones that are in force about an area. */
export const zonesSql = (city: StudiedCity, view: View, geom: Sql): Sql =>
  sql`plan as materialized (
    select id as zone_id, plan_kind, max_height_m, min_intensity, max_intensity, max_built_share_pct,
      min_bioactive_share_pct, min_parcel_area_m2, geom
    from ${studiedRows(city, 'plan_zones', view)} as state
    where geom && ${geom} and coalesce(status, 'legalForce') = 'legalForce'
      and coalesce(in_force_since, '-infinity') <= ${city.lawDate}::date
      and coalesce(in_force_until, 'infinity') >= ${city.lawDate}::date
  )`;

/**
 * Joins the zone of `plan` at a point, as `zone`: the local plan, which binds everybody, before the general one. Where
 * zones overlap by mistake the first id is taken.
 */
export const zoneAt = (place: Sql): Sql =>
  sql`left join lateral (
    select zone_id, plan_kind, max_height_m, min_intensity, max_intensity, max_built_share_pct,
      min_bioactive_share_pct, min_parcel_area_m2
    from plan where plan.geom && ${place} and ST_Intersects(plan.geom, ${place})
    order by plan_kind is distinct from 'local', zone_id limit 1
  ) as zone on true`;

export function limitsOf(row: LimitsRow): PlanLimits | undefined {
  if (row.zone_id === null) return undefined;
  return {
    zone: row.zone_id,
    planKind: row.plan_kind,
    maxHeightM: row.max_height_m,
    minIntensity: row.min_intensity,
    maxIntensity: row.max_intensity,
    maxBuiltSharePct: row.max_built_share_pct,
    minBioactiveSharePct: row.min_bioactive_share_pct,
    minParcelM2: row.min_parcel_area_m2,
  };
}
