/** Ground between parcels that no parcel has: holes in the union of a parcel with those around it. */
import type { GapFact } from '../../../core/analysis/parcel-check/facts.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import { polygonOf, polygonsSql } from './area-facts.ts';
import { byPlace, type CheckedCity, type CheckedPlace, placesSql } from './checked-city.ts';

/** Parcels that may bound a gap, metres: wider ones are ground that the register leaves out on purpose. */
const REACH_M = 0.5;
/** Corners are kept in centimetres. */
const TOUCHING_M = 0.01;

interface GapRow {
  readonly place: string;
  readonly parcels: readonly string[];
  readonly ground: string;
}

export async function gapFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
): Promise<ReadonlyMap<string, readonly GapFact[]>> {
  const parcels = studiedRows(city, 'parcels', city.view);
  // Large neighbours (streets, the river) are cut to the surroundings first: a hole lies within them.
  const rows = await city.read<GapRow>(
    sql`with ${placesSql(places)} select place.id as place, gap.parcels, ${polygonsSql(sql`hole.geom`)} as ground
      from place cross join lateral (
        select ST_Union(ST_ClipByBox2D(state.geom, Box2D(ST_Expand(place.geom, 1)))) as geom
        from ${parcels} as state
        where state.geom && ST_Expand(place.geom, ${REACH_M}::float8)
          and ST_DWithin(state.geom, place.geom, ${REACH_M}::float8)
      ) as near cross join lateral ST_Dump(near.geom) as part cross join lateral ST_DumpRings(part.geom) as hole
      cross join lateral (
        select array_agg(state.id order by state.id) as parcels from ${parcels} as state
        where state.geom && ST_Expand(hole.geom, ${TOUCHING_M}::float8)
          and ST_DWithin(state.geom, hole.geom, ${TOUCHING_M}::float8)
      ) as gap
      where ST_GeometryType(part.geom) = 'ST_Polygon' and hole.path[1] > 0
        and ST_DWithin(hole.geom, place.geom, ${TOUCHING_M}::float8)
      order by place.id, gap.parcels`,
  );
  const gaps = rows.flatMap(({ place, parcels: around, ground }) => {
    const polygon = polygonOf(ground);
    return polygon ? [{ place, around, ground: polygon }] : [];
  });
  return byPlace(gaps, ({ place: _place, ...gap }) => gap);
}
