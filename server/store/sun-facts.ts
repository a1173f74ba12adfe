import type { SunHoursFacts, SunHoursParameters } from '../../core/analysis/sun/sun-hours.ts';
import type { SunFacts, SunParameters } from '../../core/analysis/sun/sun-on-windows.ts';
import type { SunTarget } from '../../core/analysis/sun/sun-result.ts';
import { invalidParameter, tooLarge } from '../../core/errors.ts';
import { type Box, editedBox, shapesWithin } from './building-shapes.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';
import { surroundingsWithin } from './surroundings.ts';

/** Their windows are asked one by one. */
const MOST_TARGETS = 2_000;
/** Kinds (KŚT) of buildings with rooms for people: dwellings, education, health, offices, trade. */
export const FOR_PEOPLE = ['m', 'k', 'z', 'b', 'h'];
export const SCHOOLS = ['nursery', 'kindergarten', 'primary_school', 'secondary_school'];

/**
 * Buildings in a box or around edits, what their rooms are, and what stands within reach of them.
 * @throws TwinError invalid-parameter without a box and without edits of buildings; too-large
 */
export async function gatherSun(city: StudiedCity, parameters: SunParameters): Promise<SunFacts> {
  const edited = parameters.bbox ? undefined : await editedBox(city);
  const area = parameters.bbox ?? (edited && widened(edited, parameters.aroundM));
  if (!area)
    throw invalidParameter(
      'bbox',
      'Say which buildings to study: give bbox, or a scenario whose edits change 3D buildings',
    );
  const targets = await targetsIn(city, area);
  const reach = widened(area, parameters.reachM);
  const shapes = await shapesWithin(city, reach);
  return {
    place: middleOf(area),
    lawDate: city.lawDate,
    ...shapes,
    targets,
    surroundings: await surroundingsWithin(city, reach),
  };
}

/** What stands within reach of a box, in both states. @throws TwinError too-large */
export async function gatherSunHours(
  city: StudiedCity,
  { bbox, reachM }: SunHoursParameters,
): Promise<SunHoursFacts> {
  const reach = widened(bbox, reachM);
  const { before, after, changed } = await shapesWithin(city, reach);
  const near = new Set([...before, ...after].map(({ id }) => id));
  return {
    place: middleOf(bbox),
    lawDate: city.lawDate,
    before,
    after,
    changed: changed.filter((id) => near.has(id)),
    surroundings: await surroundingsWithin(city, reach),
  };
}

export const middleOf = ([minE, minN, maxE, maxN]: Box): SunFacts['place'] => ({
  srid: 2177,
  position: [(minE + maxE) / 2, (minN + maxN) / 2],
});

export const widened = ([minE, minN, maxE, maxN]: Box, byM: number): Box => [
  minE - byM,
  minN - byM,
  maxE + byM,
  maxN + byM,
];

/** @throws TwinError too-large */
export async function targetsIn(
  city: StudiedCity,
  [minE, minN, maxE, maxN]: Box,
): Promise<readonly SunTarget[]> {
  const rows = await city.read<{
    id: string;
    register_id: string | null;
    kind: string | null;
    storeys: number | null;
    is_school: boolean;
  }>(
    sql`select solid.id, solid.building_id as register_id, building.kind,
        coalesce(building.storeys_above, solid.storeys_above) as storeys,
        exists (select from ${studiedRows(city, 'facilities')} as facility
          where facility.building_id = solid.building_id and facility.kind = any(${SCHOOLS}::text[])) as is_school
      from ${studiedRows(city, 'buildings_3d')} as solid
      left join ${studiedRows(city, 'buildings')} as building on building.id = solid.building_id
      where solid.geom && ST_MakeEnvelope(${minE}::float8, ${minN}::float8, ${maxE}::float8, ${maxN}::float8, 2177)
        and solid.state is distinct from 'demolished'
      order by solid.id limit ${MOST_TARGETS + 1}::bigint`,
  );
  if (rows.length > MOST_TARGETS)
    throw tooLarge(`The area holds more than ${MOST_TARGETS} buildings; take a smaller one`, 'bbox');
  return rows.map(({ id, register_id, kind, storeys, is_school }) => ({
    id,
    registerId: register_id,
    rooms: is_school ? 'education' : kind === 'm' ? 'dwelling' : null,
    isForPeople: is_school || FOR_PEOPLE.includes(kind ?? ''),
    storeys,
  }));
}
