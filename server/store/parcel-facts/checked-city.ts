import { join, name, type Sql, sql } from '../sql.ts';
import type { StudiedCity } from '../studied-city.ts';

/** The state of the city that parcels are checked in; everything is read as the public sees it, in one snapshot. */
export type CheckedCity = Pick<StudiedCity, 'view' | 'layers' | 'lawDate' | 'read'>;

/** A polygon that is checked: a parcel, or what somebody drew. */
export interface CheckedPlace {
  readonly id: string;
  /** EWKB in hexadecimal, MultiPolygon in the CRS of the city. */
  readonly hex: string;
}

const placeTables = new WeakMap<readonly CheckedPlace[], Sql>();

/** A common table expression `place` with the polygons that are checked: `id`, `geom`. The same places are the same arrays. */
export function placesSql(places: readonly CheckedPlace[]): Sql {
  const [ids, hexes] = [places.map(({ id }) => id), places.map(({ hex }) => hex)];
  const made =
    placeTables.get(places) ??
    sql`place as materialized (
      select asked.id, asked.hex::geometry as geom from unnest(${ids}::text[], ${hexes}::text[]) as asked(id, hex)
    )`;
  placeTables.set(places, made);
  return made;
}

/**
 * Large outlines are stored compressed and out of line, and every function that is given one fetches it again: this is the
 * same outline as it lies in memory.
 */
export const inMemory = (geom: Sql): Sql => sql`ST_Multi(${geom})`;

/** Whether an object may be near any of the places: what the index answers. */
export const aroundPlaces = (geom: Sql, reachM: number): Sql =>
  sql`${geom} && (select ST_Expand(ST_Extent(place.geom)::geometry, ${reachM}::float8) from place)`;

/** Of an outline this much more than its reach is kept around a place. */
const MARGIN_M = 1;

/**
 * The places whose boxes one object may reach, with the part of the object around each: `place`, `ground`, `near`. The object
 * is the outer of the two loops, so that PostGIS prepares each outline once and not once for each place.
 * @param reachM 0 = only places that it meets
 */
export const pairsSql = (geom: Sql, reachM: number): Sql =>
  sql`select place.id as place, place.geom as ground,
      ST_ClipByBox2D(${geom}, Box2D(ST_Expand(place.geom, ${reachM + MARGIN_M}::float8))) as near
    from (select ${reachM > 0 ? sql`ST_Expand(ST_Envelope(${geom}), ${reachM}::float8)` : geom} as box offset 0) as reached
      join place on place.geom && reached.box
    where ${reachM > 0 ? sql`true` : sql`ST_Intersects(${geom}, place.geom)`} offset 0`;

/** Properties as one JSON object: `{"kind": …}`. */
export const propertiesSql = (names: readonly string[]): Sql =>
  sql`json_build_object(${join(
    names.map((each) => sql`${each}::text, ${name('state', each)}`),
    ', ',
  )})`;

/** Rows of one statement by the place that they are of, without that column. */
export function byPlace<Row extends { readonly place: string }, Fact>(
  rows: readonly Row[],
  factOf: (row: Row) => Fact,
): ReadonlyMap<string, readonly Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const row of rows) {
    const known = found.get(row.place);
    if (known) known.push(factOf(row));
    else found.set(row.place, [factOf(row)]);
  }
  return found;
}
