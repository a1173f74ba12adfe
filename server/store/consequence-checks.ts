/** Checks of the parcels that edits can reach, in both states of the city. */
import type { CheckFacts } from '../../core/analysis/consequences/facts.ts';
import { KINDS_ON_ROADS } from '../../core/scenario/kinds-on-roads.ts';
import type { View } from '../access/view.ts';
import type { ConsequenceArea } from './consequence-area.ts';
import { CHECK_REACHES_M } from './parcel-check-facts.ts';
import { gatherParcelFacts } from './parcel-facts/gather-parcel-facts.ts';
import { parcelRows } from './parcel-facts/parcel-rows.ts';
import { join, type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** A check costs some milliseconds: more of them would keep whoever waits beyond their patience. */
const MOST_CHECKED = 1_000;

/** Undefined where no edit touches what checks read. */
export async function checkFacts(city: StudiedCity, area: ConsequenceArea): Promise<CheckFacts | undefined> {
  const reached = await reachedParcels(city, area);
  if (reached.length === 0) return undefined;
  const ids = reached.slice(0, MOST_CHECKED);
  const seen = { ...city, read: readingOnce(city.read) };
  return {
    before: await factsOf(seen, city.base, ids),
    after: await factsOf(seen, city.view, ids),
    reached: reached.length,
  };
}

/** Of a layer that no edit touches both states read the very same statement: the snapshot is asked for it once. */
function readingOnce(read: StudiedCity['read']): StudiedCity['read'] {
  const known = new Map<string, Promise<readonly object[]>>();
  return <T extends object>(statement: Sql) => {
    const key = JSON.stringify(statement);
    const rows = known.get(key) ?? read(statement);
    known.set(key, rows);
    return rows as Promise<readonly T[]>;
  };
}

async function factsOf({ layers, lawDate, read }: StudiedCity, view: View, ids: readonly string[]) {
  const seen = { layers, lawDate, read, view };
  const places = await parcelRows(seen, ids);
  return places.length > 0 ? gatherParcelFacts(seen, places, new Map()) : [];
}

/** Ids of both states, those nearest to the edits first. */
async function reachedParcels(city: StudiedCity, { geom }: ConsequenceArea): Promise<readonly string[]> {
  const touched = [...CHECK_REACHES_M].flatMap(([layer, reachM]) => touchedSql(city, layer, reachM));
  if (touched.length === 0) return [];
  // `offset 0` keeps each object's look-up by itself, by the index of the parcels.
  const near = [city.base, city.view].map(
    (view) => sql`select state.id, state.geom, ST_Distance(state.geom, touched.geom) as distance_m
      from touched cross join lateral (
        select id, geom from ${studiedRows(city, 'parcels', view)} as state
        where geom && ST_Expand(touched.geom, touched.reach_m) offset 0
      ) as state where ST_DWithin(state.geom, touched.geom, touched.reach_m)`,
  );
  // The area of thousands of edits has thousands of corners: each parcel is held against it once.
  const rows = await city.read<{ id: string }>(
    sql`with touched as materialized (${join(touched, ' union ')}),
      reached as materialized (
        select id, min(distance_m) as distance_m, (array_agg(geom order by distance_m))[1] as geom
        from (${join(near, ' union all ')}) as near group by id
      )
      select id from reached where geom && ${geom} and ST_Intersects(geom, ${geom}) order by distance_m, id`,
  );
  return rows.map(({ id }) => id);
}

/** The objects of a layer that edits touch, as both states have them, with how far they reach. */
function touchedSql(city: StudiedCity, layer: string, reachM: number): readonly Sql[] {
  const ids = city.edits.flatMap(({ edit, objects }) =>
    // A check does not read whether and how fast one may drive on a road.
    KINDS_ON_ROADS.includes(edit.kind)
      ? []
      : objects.filter((object) => object.layer === layer).map(({ id }) => id),
  );
  if (ids.length === 0) return [];
  // A body seen from above has a corner for each of its walls; its box is near enough to ask who may be reached.
  const shape = layer === 'buildings_3d' ? sql`ST_Envelope(ST_Force2D(geom))` : sql`ST_Force2D(geom)`;
  return [city.base, city.view].map(
    (view) => sql`select ${shape} as geom, ${reachM}::float8 as reach_m
      from ${studiedRows(city, layer, view)} as state where id = any(${ids}::text[]) and geom is not null`,
  );
}
