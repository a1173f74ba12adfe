import type { CancelSignal } from '../../core/cancel.ts';
import { observationQuality } from '../../core/live/observation-quality.ts';
import type { QualityRule } from '../../core/live/quality/quality-rule.ts';
import type { ObservationFlag } from '../../core/live/sensor-things.ts';
import { methodOf } from '../../core/live/value-status.ts';
import type { Doubt } from '../../core/wire/quality.ts';
import type { Row } from './connection.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

interface Stretch {
  since: string;
  until: string;
}

interface JudgementRow {
  readonly datastream_id: number;
  readonly method: string | null;
  /** The episode; all four are null where a datastream has none in its stretch. */
  readonly rule: QualityRule | null;
  readonly reason: Doubt['reason'] | null;
  readonly began_at: string | null;
  readonly ended_at: string | null;
}

interface Judged {
  readonly method: string | null;
  readonly episodes: { readonly fromMs: number; readonly toMs: number; readonly doubt: Doubt }[];
}

/**
 * Rows of observations (`datastream_id`, `phenomenon_time`, `flags`, `result_quality`) with `judged_quality` where their
 * producer says nothing. One statement for all of them, by the episodes over the time that they cover, for a question
 * by row costs more than the rows; the first doubt counts, as with `live.doubt_of`.
 */
export async function judgedObservations(
  pool: Pick<Pool, 'read'>,
  rows: readonly Row[],
  signal?: CancelSignal,
): Promise<readonly Row[]> {
  const stretches = stretchesOf(rows.filter((row) => row['result_quality'] === null));
  if (stretches.size === 0) return rows;
  const judged = await judgementsOf(pool, stretches, signal);
  return rows.map((row) => {
    const found = judged.get(Number(row['datastream_id']));
    if (row['result_quality'] !== null || found === undefined) return row;
    const phenomenonTime = String(row['phenomenon_time']);
    const atMs = Date.parse(phenomenonTime);
    const episode = found.episodes.find(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs);
    const flags = (row['flags'] ?? []) as readonly ObservationFlag[];
    return {
      ...row,
      judged_quality: observationQuality(methodOf(found.method), { phenomenonTime, flags }, episode?.doubt),
    };
  });
}

/** From the first to the last of each datastream. */
function stretchesOf(rows: readonly Row[]): ReadonlyMap<number, Stretch> {
  const stretches = new Map<number, Stretch>();
  for (const row of rows) {
    const id = Number(row['datastream_id']);
    const time = String(row['phenomenon_time']);
    const known = stretches.get(id);
    if (known === undefined) stretches.set(id, { since: time, until: time });
    else if (Date.parse(time) < Date.parse(known.since)) known.since = time;
    else if (Date.parse(time) > Date.parse(known.until)) known.until = time;
  }
  return stretches;
}

async function judgementsOf(
  pool: Pick<Pool, 'read'>,
  stretches: ReadonlyMap<number, Stretch>,
  signal?: CancelSignal,
): Promise<ReadonlyMap<number, Judged>> {
  const rows = await pool.read<JudgementRow>(
    sql`select asked.datastream_id, datastream.properties ->> 'method' as method, rule, reason, began_at, ended_at
      from unnest(${[...stretches.keys()]}::bigint[],
        ${[...stretches.values()].map(({ since }) => since)}::timestamptz[],
        ${[...stretches.values()].map(({ until }) => until)}::timestamptz[]) as asked (datastream_id, since, until)
      join live.datastream on datastream.id = asked.datastream_id
      left join live.quality_episode as episode on episode.datastream_id = asked.datastream_id
        and began_at <= until and (ended_at is null or ended_at >= since) and rule not in ('outage', 'clock')
      order by began_at, rule`,
    signal,
  );
  const judged = new Map<number, Judged>();
  for (const { datastream_id, method, rule, reason, began_at, ended_at } of rows) {
    const one = judged.get(datastream_id) ?? { method, episodes: [] };
    judged.set(datastream_id, one);
    if (rule === null || reason === null || began_at === null) continue;
    one.episodes.push({
      fromMs: Date.parse(began_at),
      toMs: ended_at === null ? Number.POSITIVE_INFINITY : Date.parse(ended_at),
      doubt: { rule, reason, since: began_at },
    });
  }
  return judged;
}
