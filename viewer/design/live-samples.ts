/** Made-up sensors, one for each status that a value can have, and curves with a gap and a doubt. */
import { VALUE_STATUSES, type ValueStatus } from '../../core/live/value-status.ts';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';
import type { Series } from '../live/series.ts';

const MINUTE_MS = 60_000;
/** A fixed present, so that the page looks the same each time. */
export const SAMPLE_NOW_MS = Date.UTC(2026, 10, 22, 12);
const agoS: Readonly<Record<ValueStatus, number>> = {
  ok: 120,
  suspect: 240,
  stale: 1_500,
  outage: 40_000,
  estimated: 60,
  forecast: 0,
  none: 0,
};
const KINDS = ['air', 'traffic', 'water', 'noise', 'weather', 'meter', 'parking'];

function datastream(id: number, status: ValueStatus): WireDatastream {
  const at = new Date(SAMPLE_NOW_MS - agoS[status] * 1_000).toISOString();
  return {
    id,
    name: 'PM10',
    title: { pl: 'Pył PM10', en: 'PM10 dust' },
    definition: 'https://example.org/pm10',
    unit: { pl: 'µg/m³', en: 'µg/m³' },
    expectedIntervalS: 600,
    sensor: 'model',
    kind: 'pm10',
    method: status === 'estimated' || status === 'forecast' ? status : 'measured',
    status,
    ageS: status === 'none' ? null : agoS[status],
    doubt:
      status === 'suspect'
        ? {
            rule: 'flat-line',
            reason: { pl: 'Od 2 godz. ta sama wartość', en: 'The same value for 2 hours' },
            since: at,
          }
        : null,
    latest: status === 'none' ? null : { phenomenonTime: at, result: 20 + id, receivedAt: at },
  };
}

export const SAMPLE_SENSORS: readonly WireSensor[] = VALUE_STATUSES.map((status, index) => ({
  id: index + 1,
  title: { pl: `Czujnik ${index + 1}`, en: `Sensor ${index + 1}` },
  description: '',
  kind: KINDS[index] ?? null,
  provider: 'Bliźniak',
  synthetic: true,
  belongsTo: null,
  at: [6_426_000, 5_808_000],
  srid: 2177,
  datastreams: [datastream(index + 1, status)],
}));

const times = Array.from({ length: 145 }, (_, n) => SAMPLE_NOW_MS - (144 - n) * 10 * MINUTE_MS);

export const sampleSeries = (id: number): Series => {
  const values = times.map((_, n) => (n > 60 && n < 75 ? null : 30 + 5 * id + 10 * Math.sin(n / 20 + id)));
  return {
    datastream: id,
    step: 'raw',
    times,
    values,
    lows: values.map((value) => value && value - 3),
    highs: values.map((value) => value && value + 3),
    counts: values.map((value) => (value === null ? 0 : 1)),
  };
};
