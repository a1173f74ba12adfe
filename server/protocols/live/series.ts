import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import type { SeriesReply, WireSeries } from '../../../core/wire/live.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Series, SeriesQuery } from '../../services/sensor-things.ts';
import type { Services } from '../../services.ts';
import { datastreamsOf, momentOf } from './asked.ts';

export const SERIES_LIMITS = { datastreams: 50, points: { min: 2, max: 5_000, standard: 800 } } as const;
const LONGEST_MS = 100 * 366 * 86_400_000;

/** What datastreams measured between two moments, as fine as a screen of so many points can show it. */
export async function getSeries({ sensors }: Services, ask: Ask): Promise<Reply> {
  const series = await sensors.series(readQuery(ask.query, new Date()), ask.signal);
  const reply: SeriesReply = { now: new Date().toISOString(), series: series.map(wireOf) };
  return jsonReply(reply, { 'cache-control': 'no-store' });
}

/** @throws TwinError missing-parameter, invalid-parameter */
export function readQuery(query: URLSearchParams, now: Date): SeriesQuery {
  const parameters = readKvp(query);
  const ids = parameters.list('datastream') ?? [];
  if (ids.length === 0) throw missingParameter('datastream');
  const datastreams = datastreamsOf(ids, SERIES_LIMITS.datastreams);
  const from = momentOf(parameters.require('from'), 'from');
  const to = momentOf(parameters.get('to') ?? now.toISOString(), 'to');
  const spanMs = to.getTime() - from.getTime();
  if (!(spanMs > 0 && spanMs <= LONGEST_MS)) {
    throw invalidParameter('to', 'to must be later than from, by no more than 100 years');
  }
  const { min, max, standard } = SERIES_LIMITS.points;
  const points = parseWhole(parameters.get('points') ?? String(standard), 'points', min, max);
  return { datastreams, from, to, points };
}

const wireOf = ({ datastream, step, expectedIntervalS, points }: Series): WireSeries => ({
  datastream,
  step,
  expectedIntervalS: expectedIntervalS ?? null,
  t: points.map(({ atMs }) => new Date(atMs).toISOString()),
  value: points.map(({ value }) => value),
  min: points.map(({ min }) => min),
  max: points.map(({ max }) => max),
  count: points.map(({ count }) => count),
  odd: points.map(({ odd }) => odd),
});
