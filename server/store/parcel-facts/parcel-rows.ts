/** The parcels themselves, their boundary points, and drawn polygons made like them. */
import type { ParcelFact, PointFact } from '../../../core/analysis/parcel-check/facts.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import { readWkb } from '../../../core/geo/wkb.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import { byPlace, type CheckedCity, type CheckedPlace, placesSql } from './checked-city.ts';

export interface ReadPlace extends CheckedPlace {
  readonly parcel: ParcelFact;
}

interface PlaceRow {
  readonly id: string;
  readonly hex: string;
  readonly wkb: Uint8Array;
  readonly registered_area_ha: number | null;
  readonly area_precision: string | null;
  readonly land_use: string | null;
  readonly public_holder: string | null;
}

/** In the order of their ids; ids that there is no parcel of are left out. */
export async function parcelRows(city: CheckedCity, ids: readonly string[]): Promise<readonly ReadPlace[]> {
  const rows = await city.read<PlaceRow>(
    sql`select id, encode(ST_AsEWKB(geom), 'hex') as hex, ST_AsBinary(geom) as wkb, registered_area_ha,
        area_precision, land_use, public_holder
      from ${studiedRows(city, 'parcels', city.view)} as state
      where id = any(${ids}::text[]) and geom is not null order by id`,
  );
  return rows.map((row) => placeOf(row, true));
}

const UNREGISTERED = { registered_area_ha: null, area_precision: null, land_use: null, public_holder: null };

/** @throws TwinError from the database for what is no polygon */
export async function drawnPlace(city: CheckedCity, id: string, geometry: object): Promise<ReadPlace> {
  const [row] = await city.read<Pick<PlaceRow, 'hex' | 'wkb'>>(
    sql`with drawn as (
        select ST_Multi(ST_CollectionExtract(ST_MakeValid(
          ST_SetSRID(ST_Force2D(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}::text)), 2177)), 3)) as geom
      ) select encode(ST_AsEWKB(geom), 'hex') as hex, ST_AsBinary(geom) as wkb from drawn`,
  );
  if (!row) throw new Error('a select without from gave no row');
  return placeOf({ id, ...row, ...UNREGISTERED }, false);
}

function placeOf({ id, hex, wkb, ...row }: PlaceRow, isRegistered: boolean): ReadPlace {
  return {
    id,
    hex,
    parcel: {
      id,
      geometry: readWkb(wkb) as MultiPolygon,
      registeredAreaHa: row.registered_area_ha,
      areaPrecision: row.area_precision,
      landUse: row.land_use,
      publicHolder: row.public_holder,
      isRegistered,
    },
  };
}

/** No boundary point is told to be more accurate than this, metres. */
export const LEAST_POINT_SIGMA_M = 0.1;
/** Metres of the classes of position errors (EGiB 2015), their upper bounds; the last has none. */
const ERROR_CLASSES = [LEAST_POINT_SIGMA_M, 0.3, 0.6, 1.5, 3, 6];
/** Of points that do not meet the accuracy and whose error is not told. */
const NOT_MEETING_M = 0.3;

/** Coordinates are in centimetres. */
export const POINT_REACH_M = 0.01;

/** Boundary points in the boxes of places. */
export async function pointFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
): Promise<ReadonlyMap<string, readonly PointFact[]>> {
  const rows = await city.read<{
    place: string;
    e: number;
    n: number;
    position_error: string | null;
    meets_accuracy: string | null;
  }>(
    sql`with ${placesSql(places)} select place.id as place, near.* from place cross join lateral (
        select ST_X(state.geom) as e, ST_Y(state.geom) as n, state.position_error, state.meets_accuracy
        from ${studiedRows(city, 'boundary_points', city.view)} as state
        where state.geom && ST_Expand(place.geom, ${POINT_REACH_M}::float8)
      ) as near order by place, e, n`,
  );
  return byPlace(rows, ({ e, n, position_error: error, meets_accuracy: meets }) => ({
    e,
    n,
    sigmaM: pointSigmaM(error, meets),
  }));
}

/** Standard deviation of a boundary point, metres; null when the register does not tell. */
export const pointSigmaM = (positionError: string | null, meetsAccuracy: string | null): number | null =>
  ERROR_CLASSES[Number(positionError ?? 0) - 1] ??
  (meetsAccuracy === '1' ? LEAST_POINT_SIGMA_M : meetsAccuracy === '2' ? NOT_MEETING_M : null);
