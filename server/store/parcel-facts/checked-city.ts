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

/** A common table expression `place` with the polygons that are checked: `id`, `geom`. */
export const placesSql = (places: readonly CheckedPlace[]): Sql =>
  sql`place as materialized (
    select asked.id, asked.hex::geometry as geom
    from unnest(${places.map(({ id }) => id)}::text[], ${places.map(({ hex }) => hex)}::text[]) as asked(id, hex)
  )`;

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
