/** Boundary points that a division makes, and that a merger leaves without a boundary. */
import type { Feature } from '../../../core/feature/feature.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import { readWkb } from '../../../core/geo/wkb.ts';
import { ewkb } from '../settle-place.ts';
import { type Sql, sql } from '../sql.ts';
import { type EditedCity, objectsSeen, rowsSeen } from './edited-city.ts';

/** The register keeps places to the centimetre: what is nearer is the same point. */
const SAME_POINT_M = 0.01;

const cornersOf = (shapes: readonly MultiPolygon[]): Sql =>
  sql`select corner.geom from ST_DumpPoints(ST_Force2D(${ewkb({
    type: 'MultiPolygon',
    coordinates: shapes.flatMap(({ coordinates }) => coordinates),
  })})) as corner`;

/** Corners of the parts where neither the parcel had one nor the register has a point, from the west. */
export async function newBoundaryPoints(
  city: EditedCity,
  parcel: MultiPolygon,
  parts: readonly MultiPolygon[],
): Promise<readonly Feature['geometry'][]> {
  const rows = await city.connection.run<{ wkb: Uint8Array }>(
    sql`with old as (${cornersOf([parcel])}), corner as (${cornersOf(parts)}),
      made as (
        select distinct geom from corner
        where not exists (select from old where ST_DWithin(old.geom, corner.geom, ${SAME_POINT_M}::float8)))
      select ST_AsBinary(geom) as wkb from made
      where not exists (select from (${rowsSeen(city, 'boundary_points')}) as seen
        where ST_DWithin(seen.geom, made.geom, ${SAME_POINT_M}::float8))
      order by ST_X(geom), ST_Y(geom)`,
  );
  return rows.map(({ wkb }) => readWkb(wkb));
}

/** Points at corners of parcels that lie within what those become. */
export async function lostBoundaryPoints(
  city: EditedCity,
  parcels: readonly MultiPolygon[],
  whole: MultiPolygon,
): Promise<readonly Feature[]> {
  const rows = await city.connection.run<{ id: string }>(
    sql`with corner as (${cornersOf(parcels)}), whole as (select ST_Force2D(${ewkb(whole)}) as geom)
      select seen.id from whole, (${rowsSeen(city, 'boundary_points')}) as seen
      where seen.geom && whole.geom and ST_Contains(whole.geom, seen.geom)
        and ST_Distance(ST_Boundary(whole.geom), seen.geom) > ${SAME_POINT_M}::float8
        and exists (select from corner where ST_DWithin(corner.geom, seen.geom, ${SAME_POINT_M}::float8))
      order by seen.id`,
  );
  return objectsSeen(
    city,
    'boundary_points',
    rows.map(({ id }) => id),
  );
}
