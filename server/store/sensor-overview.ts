import type { CancelSignal } from '../../core/cancel.ts';
import { staleAfterS } from '../../core/live/freshness.ts';
import { outOfRange } from '../../core/live/observation-quality.ts';
import { sensorKindOf } from '../../core/live/sensor-kinds.ts';
import { methodOf, valueStatus } from '../../core/live/value-status.ts';
import type { SensorsReply, WireDatastream, WireSensor } from '../../core/wire/live.ts';
import type { Doubt } from '../../core/wire/quality.ts';
import { doubts } from './doubts.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql, trusted } from './sql.ts';

interface OverviewRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly easting: number;
  readonly northing: number;
  readonly datastream_id: number | null;
  readonly datastream_name: string;
  readonly property_name: string;
  readonly property_properties: Readonly<Record<string, unknown>>;
  readonly definition: string;
  readonly unit_symbol: string | null;
  readonly datastream_properties: Readonly<Record<string, unknown>>;
  readonly expected_interval_s: number | null;
  readonly sensor_name: string;
  readonly phenomenon_time: string | null;
  readonly result: number;
  readonly received_at: string;
  readonly is_out_of_range: boolean | null;
}

const SRID = 2177;

/**
 * Every placed thing with the newest value of each datastream whose time has come.
 * @param at as it was then: what was fresh at that moment, also where no more than its sum of five minutes is kept
 */
export async function sensorOverview(
  pool: Pool,
  at?: Date,
  signal?: CancelSignal,
): Promise<SensorsReply['sensors']> {
  const rows = await pool.read<OverviewRow>(
    sql`select thing.id, thing.name, thing.description, thing.properties,
        ST_X(place.at) as easting, ST_Y(place.at) as northing,
        datastream.id as datastream_id, datastream.name as datastream_name, datastream.unit_symbol,
        datastream.properties as datastream_properties,
        datastream.expected_interval_s, property.name as property_name, property.properties as property_properties,
        property.definition, sensor.name as sensor_name, latest.phenomenon_time, latest.result, latest.received_at,
        latest.is_out_of_range
      from live.thing
      cross join lateral (
        select ST_PointOnSurface(location.geom) as at from live.thing_location
        join live.location on location.id = thing_location.location_id
        where thing_location.thing_id = thing.id order by location.id desc limit 1
      ) as place
      left join live.datastream on datastream.thing_id = thing.id
      left join live.observed_property as property on property.id = datastream.observed_property_id
      left join live.sensor on sensor.id = datastream.sensor_id
      left join lateral (${at === undefined ? LATEST : latestAt(at)}) as latest on true
      order by thing.id, datastream.id`,
    signal,
  );
  const inDoubt = await doubts(pool, at, signal);
  const now = at ?? new Date();
  const sensors = new Map<number, Omit<WireSensor, 'datastreams'> & { datastreams: WireDatastream[] }>();
  for (const row of rows) {
    const sensor = sensors.get(row.id) ?? { ...sensorOf(row), datastreams: [] };
    sensors.set(row.id, sensor);
    if (row.datastream_id !== null) {
      sensor.datastreams.push(datastreamOf(row, row.datastream_id, now, inDoubt.get(row.datastream_id)));
    }
  }
  return [...sensors.values()];
}

const OUT_OF_RANGE = trusted("coalesce(flags @> '{out-of-range}', false) as is_out_of_range");

const LATEST = sql`select phenomenon_time, result, received_at, ${OUT_OF_RANGE} from live.observation
  where observation.datastream_id = datastream.id and result is not null
    and (flags is null or not flags @> '{future}') and phenomenon_time <= clock_timestamp() + interval '2 minutes'
  order by phenomenon_time desc limit 1`;

/** Where nothing says how often a value is expected, one of the last day is told with its age. */
const LONGEST_UNSAID_S = 86_400;

/** Limits as in `core/live/freshness.ts`. */
function latestAt(at: Date): Sql {
  const freshFrom = sql`${at}::timestamptz - make_interval(secs => coalesce(
    ${staleAfterS(1) - staleAfterS(0)}::integer * expected_interval_s + ${staleAfterS(0)}::integer,
    ${LONGEST_UNSAID_S}::integer))`;
  return sql`(select phenomenon_time, result, received_at, ${OUT_OF_RANGE} from live.observation
      where observation.datastream_id = datastream.id and result is not null
        and (flags is null or not flags @> '{future}')
        and phenomenon_time <= ${at}::timestamptz and phenomenon_time >= ${freshFrom}
      order by phenomenon_time desc limit 1)
    union all
    (select last_time, last, last_time, false from live.observation_5min as summary
      where summary.datastream_id = datastream.id and begins <= ${at}::timestamptz and begins >= ${freshFrom}
        and begins < (select raw_since from live.summary_state) and last_time <= ${at}::timestamptz
      order by begins desc limit 1)
    order by phenomenon_time desc limit 1`;
}

const sensorOf = ({ id, name, description, properties, easting, northing }: OverviewRow) => ({
  id,
  title: textOf(properties['title'], name),
  description,
  kind: wordOf(properties['kind']),
  provider: wordOf(properties['provider']),
  synthetic: properties['synthetic'] === true,
  belongsTo: objectOf(properties),
  at: [easting, northing] as [number, number],
  srid: SRID,
});

/** Layers whose objects a Thing may name, by the property that names one. */
const OBJECTS = { building: 'buildings', bay: 'parking_bays' } as const;

function objectOf(properties: OverviewRow['properties']): WireSensor['belongsTo'] {
  for (const [property, layer] of Object.entries(OBJECTS)) {
    const id = wordOf(properties[property]);
    if (id !== null) return { layer, id };
  }
  return null;
}

function datastreamOf(row: OverviewRow, id: number, now: Date, found: Doubt | undefined): WireDatastream {
  const kind = sensorKindOf({
    name: row.property_name,
    definition: row.definition,
    properties: row.property_properties,
  });
  const method = methodOf(row.datastream_properties['method']);
  const latest =
    row.phenomenon_time === null
      ? null
      : {
          phenomenonTime: row.phenomenon_time,
          result: row.result,
          receivedAt: row.received_at,
        };
  const ageS = latest === null ? null : (now.getTime() - Date.parse(latest.phenomenonTime)) / 1000;
  const doubt = found ?? (latest && row.is_out_of_range ? outOfRange(latest.phenomenonTime) : null);
  return {
    id,
    name: row.datastream_name,
    title: textOf(row.property_properties['title'], row.property_name),
    definition: row.definition,
    unit: row.unit_symbol === null ? null : textOf(row.datastream_properties['unit'], row.unit_symbol),
    expectedIntervalS: row.expected_interval_s,
    sensor: row.sensor_name,
    kind: kind?.code ?? null,
    method,
    status: valueStatus(
      method,
      ageS ?? undefined,
      row.expected_interval_s ?? kind?.expectedIntervalS,
      doubt?.rule,
    ),
    ageS,
    doubt,
    latest,
  };
}

/** SensorThings has one name and one symbol; a property beside them may say it in both languages. */
function textOf(translated: unknown, name: string): WireSensor['title'] {
  const said =
    typeof translated === 'object' && translated !== null ? (translated as Record<string, unknown>) : {};
  const pl = wordOf(said['pl']) ?? name;
  return { pl, en: wordOf(said['en']) ?? pl };
}

const wordOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
