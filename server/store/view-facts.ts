import { placesOf, type ViewFacts, type ViewParameters } from '../../core/analysis/view/views.ts';
import { invalidParameter } from '../../core/errors.ts';
import { boxAround, editedBox, shapesWithin } from './building-shapes.ts';
import { shapesOfEdits } from './scenario-shapes.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';
import { widened } from './sun-facts.ts';
import { surroundingsWithin } from './surroundings.ts';

/**
 * Buildings around the places of the parameters and around edits, the ground under the places, and what plans allow.
 * @throws TwinError invalid-parameter without places and without edits of buildings; too-large
 */
export async function gatherViews(city: StudiedCity, parameters: ViewParameters): Promise<ViewFacts> {
  const places = placesOf(parameters).map(({ at }) => at);
  const { viewsheds, reachM } = parameters;
  const farM = Math.max(reachM, ...viewsheds.map(({ radiusM }) => radiusM));
  const box = boxAround([...places.map(([e, n]) => widened([e, n, e, n], farM)), await editedBox(city)]);
  if (!box)
    throw invalidParameter(
      'skies',
      'Name places (skies, sights, corridors, viewsheds, sections), or study a scenario whose edits change 3D buildings',
    );
  const shapes = await shapesWithin(city, box);
  return {
    before: shapes.before,
    after: shapes.after,
    edited: await limitsOf(city, shapes.changed),
    groundM: await Promise.all(places.map((at) => groundAt(city, at))),
    surroundings: await surroundingsWithin(city, box),
  };
}

async function groundAt(city: StudiedCity, [e, n]: readonly [number, number]): Promise<number | null> {
  const half = 0.5;
  const around = [
    [e - half, n - half],
    [e + half, n - half],
    [e + half, n + half],
    [e - half, n + half],
  ] as const;
  return (await city.ground.lowestM(around, shapesOfEdits(city.edits))) ?? null;
}

/** The least of the greatest heights of plans in force under each building. */
async function limitsOf(city: StudiedCity, ids: readonly string[]): Promise<ViewFacts['edited']> {
  if (ids.length === 0) return [];
  const rows = await city.read<{ id: string; max_height_m: number | null }>(
    sql`select touched.id, min(zone.max_height_m) as max_height_m
      from unnest(${ids}::text[]) as touched (id)
      left join ${studiedRows(city, 'buildings_3d')} as building on building.id = touched.id
      left join ${studiedRows(city, 'plan_zones')} as zone
        on zone.geom && building.geom and ST_Intersects(zone.geom, ST_PointOnSurface(ST_Envelope(building.geom)))
        and zone.status = 'legalForce'
      group by touched.id order by touched.id`,
  );
  return rows.map(({ id, max_height_m }) => ({ id, maxHeightM: max_height_m }));
}
