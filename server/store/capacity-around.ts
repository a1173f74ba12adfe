/** What stands around the ground that is left of a parcel: for the sun and the open sector of its neighbours. */
import type { AroundFact } from '../../core/analysis/capacity/body-light.ts';
import { SUN_AROUND_M } from '../../core/analysis/capacity/light-rows.ts';
import { LIGHT_REACH_M } from '../../core/analysis/consequences/light.ts';
import { TwinError } from '../../core/errors.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { type Box, boxAround, shapesWithin } from './building-shapes.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';
import { FOR_PEOPLE, middleOf, targetsIn, widened } from './sun-facts.ts';
import { surroundingsWithin } from './surroundings.ts';

/** A parcel across half the city has no one sun. */
const LONGEST_M = 1_000;

export async function aroundGround(
  city: StudiedCity,
  parcel: Sql,
  ground: readonly { readonly geometry: MultiPolygon }[],
): Promise<AroundFact | undefined> {
  const box = boxAround(
    ground
      .filter(({ geometry }) => geometry.coordinates.length > 0)
      .map(({ geometry }): Box | undefined => {
        const found = bboxOf(geometry, 2177);
        return found && [found.minX, found.minY, found.maxX, found.maxY];
      }),
  );
  if (!box) return undefined;
  if (Math.max(box[2] - box[0], box[3] - box[1]) > LONGEST_M) return TOO_WIDE;
  const seenCity = { ...city, base: city.view };
  try {
    const asked = widened(box, SUN_AROUND_M);
    const reach = widened(asked, LIGHT_REACH_M);
    const targets = await targetsIn(seenCity, asked);
    const { after } = await shapesWithin(seenCity, reach);
    const own = await ownShapes(city, parcel);
    const { relief } = (await surroundingsWithin(seenCity, reach)).after;
    return {
      place: middleOf(box),
      shapes: after,
      targets: targets.filter(({ id }) => !own.includes(id)),
      unmodelled: await unmodelledIn(city, parcel, asked),
      ownShapes: own,
      relief,
    };
  } catch (error) {
    if (error instanceof TwinError && error.kind === 'too-large') return TOO_WIDE;
    throw error;
  }
}

/** 3D buildings that stand on the parcel with half of their ground or more. */
async function ownShapes(city: StudiedCity, parcel: Sql): Promise<readonly string[]> {
  const rows = await city.read<{ id: string }>(
    sql`select id from (select id, twin.footprint(geom) as geom from ${studiedRows(city, 'buildings_3d')} as state
        where geom && ${parcel}) as solid
      where ST_Area(ST_Intersection(geom, ${parcel})) >= ST_Area(geom) / 2 order by id`,
  );
  return rows.map(({ id }) => id);
}

/** The register knows buildings of which no model was loaded: of their windows nothing can be said. */
async function unmodelledIn(
  city: StudiedCity,
  parcel: Sql,
  [minE, minN, maxE, maxN]: Box,
): Promise<readonly string[]> {
  const rows = await city.read<{ id: string }>(
    sql`select id from ${studiedRows(city, 'buildings')} as building
      where geom && ST_MakeEnvelope(${minE}::float8, ${minN}::float8, ${maxE}::float8, ${maxN}::float8, 2177)
        and kind = any(${FOR_PEOPLE}::text[])
        and ST_Area(ST_Intersection(geom, ${parcel})) < ST_Area(geom) / 2
        and not exists (select from ${studiedRows(city, 'buildings_3d')} as solid where solid.building_id = building.id)
      order by id`,
  );
  return rows.map(({ id }) => id);
}

const TOO_WIDE: AroundFact = {
  reason: {
    pl: 'Grunt pod budynek jest dłuższy niż 1 km albo wokół niego stoi zbyt wiele budynków; słońca sąsiadów nie liczono.',
    en: 'The ground left is longer than 1 km, or too many buildings stand around it; the sun of neighbours was not counted.',
  },
};
