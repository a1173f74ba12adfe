/** What edits of buildings on checked parcels take of their neighbours' light. */
import type { ModelRunner } from '../../../core/analysis/model.ts';
import type { NeighbourLightFact, ParcelFacts } from '../../../core/analysis/parcel-check/facts.ts';
import { NEIGHBOUR_LIGHT } from '../../../core/analysis/sun/neighbour-light.ts';
import { editedBuildings } from '../building-shapes.ts';
import { lightFacts } from '../light-facts.ts';
import { sql } from '../sql.ts';
import { type StudiedCity, studiedRows } from '../studied-city.ts';
import { type CheckedPlace, placesSql } from './checked-city.ts';

/** Adds it to the facts of parcels on which an edited building stands; computed once for all of them. */
export async function withNeighbourLight(
  city: StudiedCity,
  places: readonly CheckedPlace[],
  facts: readonly ParcelFacts[],
  runModel: ModelRunner,
  signal: AbortSignal,
): Promise<readonly ParcelFacts[]> {
  const ids = editedBuildings(city);
  if (ids.length === 0 || places.length === 0) return facts;
  const planned = await city.read<{ id: string }>(
    sql`with ${placesSql(places)}, edited as materialized (
        select twin.footprint(geom) as geom from ${studiedRows(city, 'buildings_3d')} as after
        where id = any(${ids}::text[])
      ) select distinct place.id from place join edited on ST_Intersects(place.geom, edited.geom)`,
  );
  if (planned.length === 0) return facts;
  const neighbourLight = await lightTaken(city, runModel, signal);
  if (!neighbourLight) return facts;
  const touched = new Set(planned.map(({ id }) => id));
  return facts.map((each) => (touched.has(each.parcel.id) ? { ...each, neighbourLight } : each));
}

async function lightTaken(
  city: StudiedCity,
  runModel: ModelRunner,
  signal: AbortSignal,
): Promise<NeighbourLightFact | undefined> {
  const { light } = await lightFacts(city);
  if (!light || 'reason' in light) return light;
  return runModel(NEIGHBOUR_LIGHT, light, { lawDate: city.lawDate }, signal);
}
