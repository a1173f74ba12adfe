/** A year of many sensors in the store, and beside it the naive table of the same values. */
import type { WireSeries } from '../../core/wire/live.ts';
import type { Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { settleSummaries } from '../../server/store/summaries.ts';

/** Things, each with a datastream of a value in five minutes; their ids begin at 1. */
export async function makeSensors(pool: Pool, count: number): Promise<void> {
  await pool.read(sql`with thing as (
      insert into live.thing (name, description) select 'Sensor ' || n, 'Bench' from generate_series(1, ${count}::integer) as n
      returning id
    ), sensor as (
      insert into live.sensor (name, description, encoding_type, metadata) values ('Bench', 'Bench', 'text/plain', '{}')
      returning id
    ), property as (
      insert into live.observed_property (name, definition, description) values ('PM10', 'https://example.org', 'Bench')
      returning id
    )
    insert into live.datastream (thing_id, sensor_id, observed_property_id, name, description, observation_type,
      unit_name, unit_symbol, expected_interval_s)
    select thing.id, sensor.id, property.id, 'PM10', 'Bench',
      'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement', 'µg/m³', 'µg/m³', 300
    from thing, sensor, property`);
}

const INTERVAL_S = 300;
const STEPS_AT_ONCE = 2_016;
const QUERIES = 200;
const DAY_MS = 86_400_000;
const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

type ReadSeries = (query: URLSearchParams) => Promise<WireSeries>;

/**
 * Fills both tables up to now and asks both for a month of one sensor.
 * @param serve starts the service, once the values are there
 */
export async function benchYear(
  pool: Pool,
  rows: number,
  sensors: number,
  say: (line: string) => void,
  readSeries: ReadSeries,
  serve: () => Promise<void>,
): Promise<void> {
  await pool.read(
    sql`truncate live.observation, live.observation_5min, live.observation_hour, live.observation_day`,
  );
  const steps = Math.ceil(rows / sensors);
  const endMs = Math.floor(Date.now() / (INTERVAL_S * 1000)) * INTERVAL_S * 1000;
  const beginMs = endMs - steps * INTERVAL_S * 1000;
  for (let ms = beginMs; ms < endMs + 31 * DAY_MS; ms += 28 * DAY_MS) {
    await pool.read(sql`select live.make_month(${new Date(ms)}::timestamptz)`);
  }
  await pool.read(sql`create schema naive; create table naive.observation (id bigserial primary key,
    datastream_id bigint not null, phenomenon_time timestamptz not null, result double precision not null)`);
  const copied = { ours: 0, naive: 0 };
  for (let step = 0; step < steps; step += STEPS_AT_ONCE) {
    const chunk = {
      fromS: beginMs / 1000 + step * INTERVAL_S,
      steps: Math.min(STEPS_AT_ONCE, steps - step),
      sensors,
    };
    copied.ours += await timed(() => copyValues(pool, 'live.observation', chunk));
    copied.naive += await timed(() => copyValues(pool, 'naive.observation', chunk));
  }
  const summedUp = await timed(async () => {
    while (await settleSummaries(pool));
  });
  const indexed = await timed(() => pool.read(sql`create index on naive.observation (phenomenon_time)`));
  await pool.read(sql`analyze live.observation; analyze live.observation_hour; analyze naive.observation`);
  await serve();

  const monthsBack = Math.max(0, Math.floor((endMs - beginMs) / DAY_MS) - 30);
  const ours = await delays((n) => {
    const from = new Date(beginMs + Math.floor((n / QUERIES) * monthsBack) * DAY_MS);
    const to = new Date(from.getTime() + 30 * DAY_MS);
    const query = { datastream: String(1 + ((n * 7) % sensors)), points: '800' };
    return readSeries(new URLSearchParams({ ...query, from: from.toISOString(), to: to.toISOString() }));
  }, QUERIES);
  const naive = await delays(
    (n) =>
      pool.read(sql`select date_trunc('hour', phenomenon_time) as t, avg(result), min(result), max(result), count(*)
        from naive.observation where datastream_id = ${1 + ((n * 7) % sensors)}::bigint
          and phenomenon_time >= ${new Date(endMs - 30 * DAY_MS)}::timestamptz
        group by t order by t`),
    5,
  );
  const [size] = await pool.read<{ ours: number; sums: number; naive: number }>(sql`select
    (select sum(pg_total_relation_size(relid)) from pg_partition_tree('live.observation'))::bigint as ours,
    (select sum(pg_total_relation_size(relid)) from (
      select relid from pg_partition_tree('live.observation_5min')
      union all select relid from pg_partition_tree('live.observation_hour')
      union all select relid from pg_partition_tree('live.observation_day')) as part)::bigint as sums,
    pg_total_relation_size('naive.observation') as naive`);
  say(
    `\n| ${grouped(steps * sensors)} values, ${grouped(sensors)} sensors | ours | naive table |\n|---|---|---|`,
  );
  say(
    `| COPY, values/s | ${grouped((steps * sensors) / copied.ours)} | ${grouped((steps * sensors) / (copied.naive + indexed))} |`,
  );
  say(`| summed up, values/s | ${grouped((steps * sensors) / summedUp)} | – |`);
  say(
    `| size | ${gigabytes(size?.ours ?? 0)}, sums ${gigabytes(size?.sums ?? 0)} | ${gigabytes(size?.naive ?? 0)} |`,
  );
  const shown = ({ p50, p95, most }: Delays) => `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${most.toFixed(1)}`;
  say(`| a month of one sensor, ms: middle / p95 / slowest | ${shown(ours)} | ${shown(naive)} |`);
}

interface Chunk {
  readonly fromS: number;
  readonly steps: number;
  readonly sensors: number;
}

async function copyValues(
  pool: Pool,
  table: 'live.observation' | 'naive.observation',
  chunk: Chunk,
): Promise<void> {
  const { fromS, steps, sensors } = chunk;
  const into = table === 'live.observation' ? sql`live.observation` : sql`naive.observation`;
  const connection = await pool.connect();
  try {
    const stream = connection.copyIn(sql`copy ${into} (datastream_id, phenomenon_time, result) from stdin`);
    const done = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
    for (let step = 0; step < steps; step++) {
      const time = new Date((fromS + step * INTERVAL_S) * 1000).toISOString();
      let lines = '';
      for (let id = 1; id <= sensors; id++) lines += `${id}\t${time}\t${(id * 31 + step * 17) % 997}\n`;
      if (!stream.write(lines)) await new Promise((resolve) => stream.once('drain', resolve));
    }
    stream.end();
    await done;
    connection.release();
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

interface Delays {
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
}

async function delays(ask: (n: number) => Promise<unknown>, times: number): Promise<Delays> {
  const ms: number[] = [];
  for (let n = 0; n < times; n++) ms.push(1000 * (await timed(() => ask(n))));
  ms.sort((a, b) => a - b);
  const at = (share: number) => ms[Math.min(ms.length - 1, Math.floor(share * ms.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}
