import { sensorKindOf } from '../../core/live/sensor-kinds.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';
import type { CountOfHour } from './traffic-book.ts';

/** A detector counts on the nearest street within this, unless its property `road` names one. */
const REACH_M = 30;
/** Streets that are counted; a pole beside a main street often stands nearer to a lane of a yard. */
const COUNTED_CLASSES = ['motorway', 'express', 'main_fast', 'main', 'collector', 'local'];

export interface DetectorCounts {
  readonly counts: readonly CountOfHour[];
  /** Detectors that stand on no street. */
  readonly astray: readonly string[];
}

/**
 * What detectors of traffic flow counted on working days, mean of each hour (clocks of Poland), from the sums that are kept
 * of their values. A thing whose property `road` is a link (with + or -) counts one way, any other both ways.
 * @param from the first moment of what is looked at
 */
export async function detectorCounts(pool: Pool, from: Date): Promise<DetectorCounts> {
  const streams = await pool.read<{
    id: number;
    thing: string;
    road: string | null;
    name: string;
    definition: string;
    properties: Record<string, unknown>;
  }>(sql`select datastream.id, thing.name as thing, property.name, property.definition, property.properties,
      coalesce(thing.properties ->> 'road', (
        select road.id from city.road, live.thing_location join live.location on location.id = location_id
        where thing_location.thing_id = thing.id and road.valid_to is null
          and road.class = any(${COUNTED_CLASSES}::text[])
          and ST_DWithin(road.geom, location.geom, ${REACH_M}::float8)
        order by ST_Distance(road.geom, location.geom), road.id limit 1)) as road
    from live.datastream join live.thing on thing.id = thing_id
      join live.observed_property as property on property.id = observed_property_id
    order by datastream.id`);
  const counters = streams.filter((stream) => sensorKindOf(stream)?.code === 'traffic-flow');
  const rows = await pool.read<{ id: number; hour: number; mean: number; days: number }>(
    sql`select datastream_id as id, extract(hour from begins at time zone 'Europe/Warsaw')::integer as hour,
        sum(sum) / sum(count) as mean, count(*)::integer as days
      from live.observation_hour
      where datastream_id = any(${counters.map(({ id }) => id)}::bigint[]) and count > 0
        and begins >= ${from}::timestamptz
        and extract(isodow from begins at time zone 'Europe/Warsaw') < 6
      group by 1, 2 order by 1, 2`,
  );
  const byStream = new Map(counters.map((counter) => [counter.id, counter]));
  const found = new Map<string, CountOfHour>();
  for (const { id, hour, mean, days } of rows) {
    const counter = byStream.get(id);
    if (!counter?.road) continue;
    const key = `${counter.road} ${hour}`;
    // Of two detectors on one street the first stands for it.
    if (found.has(key)) continue;
    const vehPerH = Math.round(10 * mean) / 10;
    found.set(key, { link: counter.road, hour, vehPerH, detector: counter.thing, days });
  }
  return {
    counts: [...found.values()],
    astray: counters.filter(({ road }) => road === null).map(({ thing }) => thing),
  };
}
