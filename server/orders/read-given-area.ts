/** An area out of somebody's file, brought into the city: one valid area, and what was done to it. */
import { invalidParameter, missingParameter } from '../../core/errors.ts';
import { type AreaFile, type AreaPolygon, unreadableArea } from '../../core/formats/area/area-file.ts';
import { readArea } from '../../core/formats/area/read-area.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { type GivenArea, MOST_ORDER_VERTICES } from '../../core/wire/order.ts';
import type { AreaReading } from '../services/orders.ts';
import type { Pool } from '../store/pool.ts';
import { type Sql, sql } from '../store/sql.ts';

/** An area of too many vertices is simplified by no more than this. */
const TOLERANCES_M = [0.01, 0.1, 0.5, 2];
const MOST_FAULTS = 20;

/**
 * @param citySrid CRS of the city, in which the answer is
 * @throws TwinError invalid-parameter for a file that holds no area or one outside the city, missing-parameter for one
 *   that does not say its CRS, too-large
 */
export async function readGivenArea(
  pool: Pool,
  citySrid: number,
  bytes: Uint8Array,
  { srid: given, axes }: AreaReading,
  signal: AbortSignal,
): Promise<GivenArea> {
  const file = readArea(bytes, axes);
  const srid = file.srid ?? given ?? sridByEasting(file);
  crsOf(srid);
  const shapes = sql`unnest(${file.polygons.map((polygon) => ewkb(polygon, srid))}::bytea[])`;
  const inCity = (shape: Sql) =>
    srid === citySrid ? shape : sql`ST_Transform(${shape}, ${citySrid}::integer)`;
  const faults = await pool.read<GivenArea['faults'][number]>(
    sql`select reason(detail) as reason, ST_X(location(detail)) as e, ST_Y(location(detail)) as n
      from (select ST_IsValidDetail(${inCity(sql`ST_GeomFromEWKB(part)`)}) as detail from ${shapes} as part) as checked
      where not valid(detail) limit ${MOST_FAULTS}::bigint`,
    signal,
  );
  const [row] = await pool.read<AreaRow>(
    sql`with whole as (
        select ST_CollectionExtract(ST_Union(ST_MakeValid(${inCity(sql`ST_GeomFromEWKB(part)`)})), 3) as shape
          from ${shapes} as part),
      steps (tolerance) as (select unnest(${[0, ...TOLERANCES_M]}::float8[])),
      tried as (select tolerance, case when tolerance = 0 then shape
          else ST_SimplifyPreserveTopology(shape, tolerance) end as shape from whole, steps)
      select tolerance, ST_AsGeoJSON(shape, 3, 0)::json as geometry, ST_Area(shape) as m2, ST_NPoints(shape) as vertices,
        ST_X(ST_Transform(ST_Centroid(shape), 4326)) as lon, ST_Y(ST_Transform(ST_Centroid(shape), 4326)) as lat,
        exists (select from city.cadastral_unit where valid_to is null) as knows_city,
        exists (select from city.cadastral_unit where valid_to is null and ST_Intersects(geom, shape)) as in_city
      from tried where ST_NPoints(shape) <= ${MOST_ORDER_VERTICES}::integer order by tolerance limit 1`,
    signal,
  );
  if (!row) {
    throw unreadableArea(
      `The area has more than ${MOST_ORDER_VERTICES} vertices also when it is simplified by ${TOLERANCES_M.at(-1)} m; send it in parts`,
    );
  }
  if (!(row.m2 > 0)) throw unreadableArea('The area is empty: it encloses no ground');
  if (row.knows_city && !row.in_city) {
    throw invalidParameter(
      'area',
      `The area lies outside the city, at ${row.lat.toFixed(4)}° N ${row.lon.toFixed(4)}° E, read in EPSG:${srid}. Is that its system, and its order of axes?`,
    );
  }
  return {
    area: { kind: 'polygon', geometry: row.geometry, srid: citySrid },
    ...{ form: file.form, srid, sridFrom: file.srid === undefined ? 'asked' : 'file' },
    ...{ polygons: file.polygons.length, vertices: row.vertices, leftOut: file.leftOut, areaM2: row.m2 },
    simplifiedM: row.tolerance,
    faults: [...faults],
  };
}

interface AreaRow {
  readonly tolerance: number;
  readonly geometry: GivenArea['area']['geometry'];
  readonly m2: number;
  readonly vertices: number;
  readonly lon: number;
  readonly lat: number;
  readonly knows_city: boolean;
  readonly in_city: boolean;
}

function ewkb(polygon: AreaPolygon, srid: number): Buffer {
  if (polygon.length === 0 || polygon.some((ring) => ring.length < 4)) {
    throw unreadableArea('A polygon of the file has fewer than three corners');
  }
  const geometry: MultiPolygon = { type: 'MultiPolygon', coordinates: [polygon] };
  return Buffer.from(writeEwkb(geometry, srid));
}

/** @throws TwinError missing-parameter, with what the numbers look like */
function sridByEasting({ form, polygons }: AreaFile): never {
  const [e = 0, n = 0] = polygons[0]?.[0]?.[0] ?? [];
  const zone = Math.floor(e / 1_000_000);
  const guess =
    zone >= 5 && zone <= 8 && n > 5_300_000 && n < 6_200_000
      ? `; ${e.toFixed(0)} looks like EPSG:${2171 + zone}`
      : '';
  throw missingParameter(
    'srid',
    `The file (${form}) does not say its coordinate system; say it by srid${guess}`,
  );
}
