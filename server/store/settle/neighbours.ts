/** What stands where an edit puts something. */
import { type Sql, sql } from '../sql.ts';
import { type EditedCity, rowsSeen } from './edited-city.ts';

/** Overlaps below this are drawing tolerance. */
export const SMALL_M2 = 0.5;

export interface Overlap {
  readonly id: string;
  readonly area_m2: number;
}

/** Objects of a layer that an area overlaps by more than the tolerance of drawing, the largest part first. */
export function overlaps(city: EditedCity, layerName: string, area: Sql): Promise<readonly Overlap[]> {
  return city.connection.run<Overlap>(
    sql`select id, area_m2 from (
        select id, ST_Area(ST_Intersection(geom, ${area})) as area_m2
        from (${rowsSeen(city, layerName)}) as seen where geom && ${area} and ST_Intersects(geom, ${area})
      ) as met where area_m2 >= ${SMALL_M2}::float8 order by area_m2 desc, id`,
  );
}

export interface Near {
  readonly id: string;
  readonly distance_m: number;
}

/**
 * Objects of a layer within a distance of a shape, the nearest first.
 * @param reachM metres, or an expression over the columns of the layer; then `atMostM` bounds it for the index
 */
export function near(
  city: EditedCity,
  layerName: string,
  shape: Sql,
  reachM: number | { readonly of: Sql; readonly atMostM: number },
): Promise<readonly Near[]> {
  const [reach, bound] =
    typeof reachM === 'number' ? [sql`${reachM}::float8`, reachM] : [reachM.of, reachM.atMostM];
  return city.connection.run<Near>(
    sql`select id, ST_Distance(geom, ${shape}) as distance_m from (${rowsSeen(city, layerName)}) as seen
      where ST_DWithin(geom, ${shape}, ${bound}::float8) and ST_Distance(geom, ${shape}) <= ${reach}
      order by distance_m, id`,
  );
}
