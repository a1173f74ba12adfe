/** Measured values: written once for each datastream and time, and read again by those who were away. */
import type { CancelSignal } from '../../core/cancel.ts';
import type {
  Observation,
  ObservationDraft,
  ObservationFlag,
  Recorded,
} from '../../core/live/sensor-things.ts';
import type { Pool } from './pool.ts';
import { sql, trusted } from './sql.ts';

/** A clock may be ahead by this much before its values count as future. */
const CLOCK_LEEWAY_MS = 120_000;

export interface ObservationRow {
  readonly datastream_id: number;
  readonly phenomenon_time: string;
  readonly phenomenon_end: string | null;
  readonly result_time: string | null;
  readonly result: number;
  readonly received_at: string;
  readonly flags: readonly ObservationFlag[] | null;
}

export const OBSERVATION_COLUMNS = trusted(
  'datastream_id, phenomenon_time, phenomenon_end, result_time, result, received_at, flags',
);

export const observationOf = (row: ObservationRow): Observation => ({
  datastreamId: row.datastream_id,
  phenomenonTime: row.phenomenon_time,
  phenomenonEnd: row.phenomenon_end,
  resultTime: row.result_time,
  result: row.result,
  receivedAt: row.received_at,
  flags: row.flags ?? [],
});

type OutcomeRow = { readonly outcome: Recorded['outcome'] | null } & {
  readonly [Column in keyof ObservationRow]: ObservationRow[Column] | null;
};

/**
 * Writes what is new, all in one statement and so in one commit.
 * @returns what became of each draft, in their order; of two drafts with one key the first counts
 */
export async function recordObservations(
  pool: Pool,
  drafts: readonly ObservationDraft[],
): Promise<readonly Recorded[]> {
  if (drafts.length === 0) return [];
  const written = await outcomesOf(pool, drafts);
  // Somebody else wrote the same key at the same moment: now it is there to be compared with.
  const unsettled = written.flatMap((row, n) => (row.outcome === null ? [n] : []));
  if (unsettled.length === 0) return written.map((row, n) => recordedOf(row, drafts[n]));
  const again = await outcomesOf(
    pool,
    unsettled.flatMap((n) => drafts[n] ?? []),
  );
  const settled = new Map(unsettled.map((n, index) => [n, again[index]]));
  return written.map((row, n) => recordedOf(settled.get(n) ?? row, drafts[n]));
}

/** Seen by the statement: drafts, their datastreams, what it wrote, and what stood there before it began. */
async function outcomesOf(pool: Pool, drafts: readonly ObservationDraft[]): Promise<readonly OutcomeRow[]> {
  const now = Date.now();
  const isFuture = ({ phenomenonTime }: ObservationDraft) => phenomenonTime.getTime() > now + CLOCK_LEEWAY_MS;
  // Once more on another connection does no harm: what was written then is known.
  return pool.read<OutcomeRow>(sql`with draft as materialized (
        select * from unnest(
          ${drafts.map(({ datastreamId }) => datastreamId)}::bigint[],
          ${drafts.map(({ phenomenonTime }) => phenomenonTime.toISOString())}::timestamptz[],
          ${drafts.map(({ phenomenonEnd }) => phenomenonEnd?.toISOString() ?? null)}::timestamptz[],
          ${drafts.map(({ resultTime }) => resultTime?.toISOString() ?? null)}::timestamptz[],
          ${drafts.map(({ result }) => result)}::double precision[],
          ${drafts.map(isFuture)}::boolean[]
        ) with ordinality as given (datastream_id, phenomenon_time, phenomenon_end, result_time, result, is_future, n)
      ), written as (
        insert into live.observation
          (datastream_id, phenomenon_time, phenomenon_end, result_time, result, flags)
        select distinct on (datastream_id, phenomenon_time) datastream_id, phenomenon_time, phenomenon_end,
          result_time, draft.result, case when is_future then array['future'] end
        from draft join live.datastream on datastream.id = draft.datastream_id
        order by datastream_id, phenomenon_time, n
        on conflict (datastream_id, phenomenon_time) do nothing
        returning ${OBSERVATION_COLUMNS}
      )
      select stands.*, case
          when datastream.id is null then 'unknown-datastream'
          when stands.result is null then null
          when stands.is_new and n = min(n) over (partition by draft.datastream_id, draft.phenomenon_time) then 'written'
          when stands.result = draft.result then 'known'
          else 'differs'
        end as outcome
      from draft
      left join live.datastream on datastream.id = draft.datastream_id
      left join lateral (
        select ${OBSERVATION_COLUMNS}, true as is_new from written
        where (written.datastream_id, written.phenomenon_time) = (draft.datastream_id, draft.phenomenon_time)
        union all
        select ${OBSERVATION_COLUMNS}, false from live.observation
        where (observation.datastream_id, observation.phenomenon_time) = (draft.datastream_id, draft.phenomenon_time)
        limit 1
      ) as stands on true
      order by n`);
}

function recordedOf(row: OutcomeRow, draft: ObservationDraft | undefined): Recorded {
  const { outcome } = row;
  if (draft === undefined || outcome === null || outcome === 'unknown-datastream') {
    return { outcome: 'unknown-datastream' };
  }
  return { outcome, observation: observationOf(row as ObservationRow) };
}

/** What a server reads that follows the values as they are written. */
export interface ObservationLog {
  /** From here on nothing is missed that has not been committed yet. */
  horizon(): Promise<bigint>;
  /** Values of these transactions; undefined when there are more than `limit`. */
  writtenIn(transactions: readonly bigint[], limit: number): Promise<readonly Observation[] | undefined>;
  /** Values of transactions that had not ended at this horizon; undefined when there are more than `limit`. */
  writtenSince(horizon: bigint, limit: number): Promise<readonly Observation[] | undefined>;
}

/** Name of the notice: `<transaction> <oldest transaction then under way>`. */
export const OBSERVATION_CHANNEL = 'live_observation';

/** What changed of anything but values: `<topic> <ids, separated by commas>` (`live.tell`). */
export const NOTICE_CHANNEL = 'live_notice';

/** Who was away for longer reads the state anew. Also keeps numbers of a restored database's former life out. */
const LONGEST_ABSENCE = trusted("interval '1 day'");

export function observationLog(pool: Pool): ObservationLog {
  const rowsWhere = async (condition: ReturnType<typeof sql>, limit: number) => {
    const rows = await pool.read<ObservationRow>(sql`select ${OBSERVATION_COLUMNS} from live.observation
      where ${condition} order by received_at limit ${limit + 1}::bigint`);
    return rows.length > limit ? undefined : rows.map(observationOf);
  };
  return {
    async horizon() {
      const [row] = await pool.read<{ horizon: string }>(
        sql`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
      );
      return BigInt(row?.horizon ?? 0);
    },
    writtenIn: (transactions, limit) =>
      rowsWhere(sql`written_in = any(${transactions.map(String)}::bigint[])`, limit),
    writtenSince: (horizon, limit) =>
      rowsWhere(
        sql`written_in >= ${String(horizon)}::bigint and received_at > clock_timestamp() - ${LONGEST_ABSENCE}`,
        limit,
      ),
  };
}

const MONTHS_AHEAD = 2;
const MONTHS_BEHIND = 1;

/** Partitions for the months around now. Safe to repeat, and by several servers. */
export async function makeMonths(pool: Pool, signal?: CancelSignal): Promise<void> {
  await pool.read(
    sql`select live.make_month(clock_timestamp() + make_interval(months => month))
      from generate_series(${-MONTHS_BEHIND}::integer, ${MONTHS_AHEAD}::integer) as month`,
    signal,
  );
}
