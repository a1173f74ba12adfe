/** Settling zones of the rules of the road: the sections of streets that belong to them. */
import { invalidParameter, tooLarge } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { LowEmissionZone, SlowZone } from '../../../core/wire/edits/traffic-rules.ts';
import { ewkb } from '../settle-place.ts';
import { sql } from '../sql.ts';
import { drawnArea } from './drawn-area.ts';
import { type EditedCity, objectsSeen, rowsSeen, type SettledEdit } from './edited-city.ts';

/** An edit keeps each section as it was: more would make the scenario heavy. */
const MOST_SECTIONS = 3_000;
/** Of roads that carry traffic through the country and past the city. */
const PAST = ['motorway', 'express'];
const FAST = [...PAST, 'main_fast'];

export async function settleSlowZone(city: EditedCity, { area, speedKmH }: SlowZone): Promise<SettledEdit> {
  const roads = await roadsWithin(city, area, FAST);
  const faster = roads.filter(({ properties }) => Number(properties['speed_kmh'] ?? Infinity) > speedKmH);
  return changed(faster, `There is no street in it that is faster than ${speedKmH} km/h and may be slowed`);
}

export async function settleLowEmissionZone(
  city: EditedCity,
  { area, sharePct, vehicles, chargePln }: LowEmissionZone,
): Promise<SettledEdit> {
  const roads = await roadsWithin(city, area, PAST);
  const others = roads.filter(({ properties }) =>
    sharePct === 0
      ? (properties['limited_vehicles'] ?? null) !== null
      : properties['limited_vehicles'] !== vehicles ||
        properties['limited_share_pct'] !== sharePct ||
        (properties['entry_charge_pln'] ?? null) !== (chargePln ?? null),
  );
  return changed(others, 'There is no street in it whose rules that would change');
}

function changed(roads: readonly Feature[], without: string): SettledEdit {
  if (roads.length === 0) throw invalidParameter('area', `${without}; draw the zone around streets`);
  return { settled: { objects: roads.map((road) => touched(road, 'roads', 'changed')) }, findings: [] };
}

/** Sections at least half of whose length lies in an area, without some classes; from west to east, for ids may be drawn by lot. */
async function roadsWithin(
  city: EditedCity,
  outline: readonly Xy[],
  without: readonly string[],
): Promise<readonly Feature[]> {
  const area = ewkb(await drawnArea(city, outline));
  const rows = await city.connection.run<{ id: string }>(
    sql`select id from (${rowsSeen(city, 'roads')}) as seen
      where geom && ${area} and not coalesce(class, 'local') = any(${without}::text[])
        and ST_Length(ST_Intersection(geom, ${area})) >= ST_Length(geom) / 2
      order by ST_X(ST_StartPoint(geom)), ST_Y(ST_StartPoint(geom)), ST_X(ST_EndPoint(geom)), ST_Y(ST_EndPoint(geom)), id
      limit ${MOST_SECTIONS + 1}::bigint`,
  );
  if (rows.length > MOST_SECTIONS) {
    throw tooLarge(`More than ${MOST_SECTIONS} sections of streets lie in the zone; draw it in parts`);
  }
  const ids = rows.map(({ id }) => id);
  const roads = new Map((await objectsSeen(city, 'roads', ids)).map((road) => [road.id, road]));
  return ids.flatMap((id) => roads.get(id) ?? []);
}
