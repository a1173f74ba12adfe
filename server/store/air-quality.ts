/** The air quality index of stations: from means of the last hour, of values that are fresh and not in doubt only. */
import type { CancelSignal } from '../../core/cancel.ts';
import {
  AIR_CLASSES,
  AIR_POLLUTANTS,
  pollutantClass,
  stationClass,
} from '../../core/live/air-quality-index.ts';
import { sensorKind } from '../../core/live/sensor-kinds.ts';
import type { AirStation } from '../../core/wire/air-quality.ts';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';
import type { Pool } from './pool.ts';
import { sensorOverview } from './sensor-overview.ts';
import { sql } from './sql.ts';

const HOUR_S = 3_600;
/** Of the values that an hour should have, as for the inspectorate's own means. */
const ENOUGH = 0.75;

interface MeanRow {
  readonly datastream_id: number;
  readonly mean: number;
  readonly count: number;
}

/** @param at as it was then; undefined = now */
export async function airQuality(
  pool: Pool,
  at?: Date,
  signal?: CancelSignal,
): Promise<readonly AirStation[]> {
  const sensors = await sensorOverview(pool, at, signal);
  const kinds = new Set(AIR_POLLUTANTS.map(({ kind }) => kind));
  const ids = sensors
    .flatMap(({ datastreams }) => datastreams)
    .filter(({ kind, status }) => kind !== null && kinds.has(kind) && status === 'ok')
    .map(({ id }) => id);
  const now = at ?? new Date();
  const means = await pool.read<MeanRow>(
    sql`select datastream_id, avg(result) as mean, count(*) as count from live.observation
      where datastream_id = any(${ids}::bigint[]) and result is not null
        and phenomenon_time > ${now}::timestamptz - interval '1 hour' and phenomenon_time <= ${now}::timestamptz
        and not coalesce(flags && array['future', 'out-of-range'] collate "C", false)
        and live.doubt_of(datastream_id, phenomenon_time) is null
      group by datastream_id`,
    signal,
  );
  const byId = new Map(means.map((row) => [row.datastream_id, row]));
  return sensors.flatMap((sensor) => {
    const own = sensor.datastreams.filter(({ kind }) => kind !== null && kinds.has(kind));
    return own.length === 0 ? [] : [stationOf(sensor, own, byId)];
  });
}

function stationOf(
  sensor: WireSensor,
  own: readonly WireDatastream[],
  means: ReadonlyMap<number, MeanRow>,
): AirStation {
  const pollutants: AirStation['pollutants'] = [];
  const missing: AirStation['missing'] = [];
  for (const { kind } of AIR_POLLUTANTS) {
    const datastream = own.find((one) => one.kind === kind && one.method === 'measured');
    if (datastream === undefined) {
      missing.push({ kind, why: 'not-measured' });
      continue;
    }
    const mean = datastream.status === 'ok' ? hourMean(datastream, means.get(datastream.id)) : undefined;
    const found = mean === undefined ? undefined : pollutantClass(kind, mean);
    if (mean === undefined || found === undefined) {
      missing.push({ kind, why: datastream.status === 'ok' ? 'too-few' : 'in-doubt' });
      continue;
    }
    const title = sensorKind(kind)?.title ?? datastream.title;
    pollutants.push({ kind, title, datastream: datastream.id, mean, ...found });
  }
  const worst = stationClass(
    pollutants.map((one) => ({ class: one.class as 1, isDisputed: one.isDisputed })),
  );
  return {
    thing: sensor.id,
    title: sensor.title,
    provider: sensor.provider,
    at: sensor.at,
    srid: sensor.srid,
    class: worst?.class ?? null,
    classTitle: worst === undefined ? null : AIR_CLASSES[worst.class],
    isDisputed: worst?.isDisputed ?? false,
    pollutants,
    missing,
  };
}

/** A stream of hourly values has its mean in its latest one, which is told some while after its hour. */
function hourMean(
  { expectedIntervalS, kind, latest }: WireDatastream,
  mean: MeanRow | undefined,
): number | undefined {
  const intervalS = expectedIntervalS ?? sensorKind(kind ?? '')?.expectedIntervalS ?? HOUR_S;
  if (intervalS >= HOUR_S) return latest?.result;
  return mean !== undefined && mean.count >= Math.floor((ENOUGH * HOUR_S) / intervalS)
    ? mean.mean
    : undefined;
}
