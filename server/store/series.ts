/** What datastreams measured in a stretch of time, as fine as a screen can show it. */
import type { CancelSignal } from '../../core/cancel.ts';
import { notFound } from '../../core/errors.ts';
import { type SeriesPoint, type SeriesStep, stepsFor, withGaps } from '../../core/live/series.ts';
import type { Series, SeriesQuery } from '../services/sensor-things.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql, trusted } from './sql.ts';
import { IS_ODD, SUMMARIES, SUMS_OF_SUMS, SUMS_OF_VALUES } from './summaries.ts';

interface StreamRow {
  readonly id: number;
  readonly expected_interval_s: number | null;
  readonly keeps_raw: boolean;
  readonly keeps_5min: boolean;
}

/** @throws TwinError not-found for a datastream that is not there */
export async function readSeries(
  pool: Pool,
  { datastreams, from, to, points }: SeriesQuery,
  signal?: CancelSignal,
): Promise<readonly Series[]> {
  const known = await pool.read<StreamRow>(
    sql`select id, expected_interval_s, ${from}::timestamptz >= raw_since as keeps_raw,
        ${from}::timestamptz >= five_minutes_since as keeps_5min
      from live.datastream, live.summary_state where id = any(${[...datastreams]}::bigint[])`,
    signal,
  );
  const byId = new Map(known.map((row) => [row.id, row]));
  const series: Series[] = [];
  for (const id of datastreams) {
    const stream = byId.get(id);
    if (stream === undefined) throw notFound(`There is no Datastream ${id}`, 'datastream');
    series.push(await seriesOf(pool, stream, { from, to, points }, signal));
  }
  return series;
}

async function seriesOf(
  pool: Pool,
  { id, expected_interval_s, keeps_raw, keeps_5min }: StreamRow,
  { from, to, points }: Omit<SeriesQuery, 'datastreams'>,
  signal?: CancelSignal,
): Promise<Series> {
  const expectedIntervalS = expected_interval_s ?? undefined;
  const steps = stepsFor({
    spanS: (to.getTime() - from.getTime()) / 1000,
    points,
    expectedIntervalS,
    keeps: { raw: keeps_raw, fiveMinutes: keeps_5min },
  });
  for (const step of steps) {
    // Values may come more often than declared; some jitter is none.
    const limit = step === 'raw' ? Math.ceil(1.2 * points) : Number.MAX_SAFE_INTEGER;
    const found = await (step === 'raw'
      ? valuesOf(pool, id, from, to, limit, signal)
      : sumsOf(pool, id, step, from, to, signal));
    if (found.length <= limit) {
      return { datastream: id, step, expectedIntervalS, points: withGaps(found, step, expectedIntervalS) };
    }
  }
  return { datastream: id, step: 'day', expectedIntervalS, points: [] };
}

async function valuesOf(
  pool: Pool,
  id: number,
  from: Date,
  to: Date,
  limit: number,
  signal?: CancelSignal,
): Promise<readonly SeriesPoint[]> {
  const rows = await pool.read<{ at_ms: number; result: number; is_odd: boolean }>(
    sql`select extract(epoch from phenomenon_time)::double precision * 1000 as at_ms, result, ${IS_ODD} as is_odd
      from live.observation where datastream_id = ${id}::bigint and result is not null
        and phenomenon_time >= ${from}::timestamptz and phenomenon_time < ${to}::timestamptz
      order by phenomenon_time limit ${limit + 1}::bigint`,
    signal,
  );
  return rows.map(({ at_ms, result, is_odd }) => {
    const value = is_odd ? null : result;
    return { atMs: at_ms, value, min: value, max: value, count: is_odd ? 0 : 1, odd: is_odd ? 1 : 0 };
  });
}

/** Values that came after the sums were made are added while reading, as far as they are new in time. */
const LATE = trusted("interval '15 minutes'");

async function sumsOf(
  pool: Pool,
  id: number,
  step: Exclude<SeriesStep, 'raw'>,
  from: Date,
  to: Date,
  signal?: CancelSignal,
): Promise<readonly SeriesPoint[]> {
  const { table, begins } = SUMMARIES[step];
  const within = (time: Sql) =>
    sql`datastream_id = ${id}::bigint and ${time} >= ${begins}(${from}::timestamptz) and ${time} < ${to}::timestamptz`;
  const rows = await pool.read<{
    at_ms: number;
    count: number;
    sum: number;
    min: number | null;
    max: number | null;
    odd: number;
  }>(
    sql`with part as (
        select * from ${table} where ${within(trusted('begins'))}
        union all
        select datastream_id, ${begins}(phenomenon_time) as begins, ${SUMS_OF_VALUES} from (
          select datastream_id, phenomenon_time, result, ${IS_ODD} as is_odd from live.observation
          where ${within(trusted('phenomenon_time'))} and result is not null
            and phenomenon_time >= (select settled_at - ${LATE} from live.summary_state)
            and written_in >= (select horizon from live.summary_state)
        ) as fresh group by 1, 2
      ), whole (at, ${SUM_COLUMNS}) as (
        select begins, ${SUMS_OF_SUMS} from part group by begins
      )
      select extract(epoch from at)::double precision * 1000 as at_ms, count, sum, min, max, odd from whole order by at`,
    signal,
  );
  return rows.map(({ at_ms, count, sum, min, max, odd }) => {
    const value = count === 0 ? null : sum / count;
    return { atMs: at_ms, value, min, max, count, odd };
  });
}

const SUM_COLUMNS = trusted('count, sum, min, max, first_time, first, last_time, last, odd');
