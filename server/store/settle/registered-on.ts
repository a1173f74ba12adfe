/** What becomes of objects that are registered on parcels when the parcels become others. */
import type { Feature } from '../../../core/feature/feature.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import {
  LAYERS_ON_PARCELS,
  type LayerOnParcels,
  namedParcels,
  PARCEL_PROPERTY,
} from '../../../core/scenario/on-parcels.ts';
import { ewkb } from '../settle-place.ts';
import { join, name, type Sql, sql } from '../sql.ts';
import { type EditedCity, objectsSeen, rowsSeen } from './edited-city.ts';
import { SMALL_M2 } from './neighbours.ts';

/** An object may stand this far off the parcel that it is registered on. */
const REACH_M = 5;

export interface RegisteredOn {
  readonly layer: LayerOnParcels;
  readonly object: Feature;
  /** In the order of the register, the new ones in the place of those that are gone. */
  readonly parcelIds: readonly string[];
}

interface Parcel {
  readonly id: string;
  readonly geometry: MultiPolygon;
}

/** Objects that name a parcel that is gone, with those that they stand on instead. */
export async function registeredAnew(
  city: EditedCity,
  gone: readonly Parcel[],
  made: readonly Parcel[],
): Promise<readonly RegisteredOn[]> {
  const goneIds = new Set(gone.map(({ id }) => id));
  const coordinates = gone.flatMap(({ geometry }) => geometry.coordinates);
  const ground = ewkb({ type: 'MultiPolygon', coordinates });
  const found: RegisteredOn[] = [];
  for (const layer of LAYERS_ON_PARCELS) {
    const named = (await near(city, layer, ground)).filter(({ properties }) =>
      namedParcels(properties[PARCEL_PROPERTY[layer]]).some((id) => goneIds.has(id)),
    );
    const under = await partsUnder(city, named, made);
    for (const object of named) {
      const ids = namedParcels(object.properties[PARCEL_PROPERTY[layer]]);
      const anew = ids.flatMap((id) => (goneIds.has(id) ? (under.get(object.id) ?? []) : [id]));
      found.push({ layer, object, parcelIds: [...new Set(anew)] });
    }
  }
  return found;
}

async function near(city: EditedCity, layer: LayerOnParcels, ground: Sql): Promise<readonly Feature[]> {
  const rows = await city.connection.run<{ id: string }>(
    sql`with ground as (select ST_Expand(ST_Envelope(ST_Force2D(${ground})), ${REACH_M}::float8) as geom)
      select seen.id from ground, (${rowsSeen(city, layer)}) as seen
      where seen.geom && ground.geom and seen.${name(PARCEL_PROPERTY[layer])} is not null order by seen.id`,
  );
  return objectsSeen(
    city,
    layer,
    rows.map(({ id }) => id),
  );
}

/** Of each object the parts that it stands on, the largest share first; the nearest one where it covers none. */
async function partsUnder(
  { connection }: EditedCity,
  objects: readonly Feature[],
  made: readonly Parcel[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [only] = made;
  if (only && made.length === 1) return new Map(objects.map(({ id }) => [id, [only.id]]));
  const under = new Map<string, readonly string[]>();
  for (const { id, geometry } of objects) {
    if (!geometry) continue;
    const rows = await connection.run<{ place: number; area_m2: number }>(
      sql`with object as (select ST_Force2D(${ewkb(geometry)}) as geom)
        select place, ST_Area(ST_Intersection(object.geom, part.geom)) as area_m2
        from object, (values ${partRows(made)}) as part (place, geom)
        order by area_m2 desc, ST_Distance(object.geom, part.geom), place`,
    );
    const standing = rows.filter(({ area_m2 }) => area_m2 >= SMALL_M2);
    const taken = standing.length > 0 ? standing : rows.slice(0, 1);
    under.set(
      id,
      taken.flatMap(({ place }) => made[place]?.id ?? []),
    );
  }
  return under;
}

const partRows = (made: readonly Parcel[]): Sql =>
  join(
    made.map(({ geometry }, place) => sql`(${place}::integer, ST_Force2D(${ewkb(geometry)}))`),
    ', ',
  );
