/** The ground along boundaries to which distances are kept: not along road parcels (§ 12(10)). */
import type { SetbackFact } from '../../../core/analysis/parcel-check/facts.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import { polygonOf, polygonsSql } from './area-facts.ts';
import { byPlace, type CheckedCity, type CheckedPlace, placesSql } from './checked-city.ts';

/** § 12(1), walls with openings; the strip that a finding shows. */
const STRIP_M = 4;
/** Borders of neighbours are the same to the centimetre. */
const SAME_BORDER_M = 0.05;

export async function setbackFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
): Promise<ReadonlyMap<string, readonly SetbackFact[]>> {
  const rows = await city.read<{
    place: string;
    length_m: number;
    width_m: number | null;
    strip: string | null;
  }>(
    sql`with ${placesSql(places)}, side as materialized (
        select place.id, place.geom, case when road.geom is null then ST_Boundary(place.geom)
          else ST_Difference(ST_Boundary(place.geom), ST_Buffer(road.geom, ${SAME_BORDER_M}::float8, 1)) end as edge
        from place cross join lateral (
          select ST_Collect(ST_ClipByBox2D(state.geom, Box2D(ST_Expand(place.geom, 1)))) as geom
          from ${studiedRows(city, 'parcels', city.view)} as state
          where state.geom && place.geom and state.id <> place.id and state.land_use ~ '^(dr|Tp)'
            and ST_Intersects(state.geom, place.geom)
        ) as road
      )
      select side.id as place, ST_Length(edge) as length_m, box.width_m,
        case when ST_Length(edge) > 0
          then ${polygonsSql(sql`ST_Intersection(side.geom, ST_Buffer(edge, ${STRIP_M}::float8, 4))`)} end as strip
      from side cross join lateral (
        select least(ST_Distance(ST_PointN(ring, 1), ST_PointN(ring, 2)),
          ST_Distance(ST_PointN(ring, 2), ST_PointN(ring, 3))) as width_m
        from (select ST_ExteriorRing(ST_OrientedEnvelope(side.geom)) as ring) as envelope
      ) as box order by side.id`,
  );
  return byPlace(rows, ({ length_m: lengthM, width_m: widthM, strip }) => ({
    lengthM,
    widthM: widthM ?? 0,
    strip: polygonOf(strip),
  }));
}
