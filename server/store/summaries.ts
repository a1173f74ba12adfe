/**
 * Sums of what was measured, by five minutes, hours and days, kept up with the values as they are written. New values
 * are added to the sums, so that they may come late, in any order, and after the values beside them are gone; where
 * values were changed or deleted the sums are made anew from those that are left.
 */
import { TwinError } from '../../core/errors.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql, trusted } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** Values that are summed up in one transaction, unless one sender wrote more in one. */
const MOST_VALUES = 1_000_000;
const MOST_CHANGED = 20_000;

/** The table of each step, and the function that gives the beginning of the stretch that a moment lies in. */
export const SUMMARIES = {
  '5min': { table: trusted('live.observation_5min'), begins: trusted('live.five_minutes_of') },
  hour: { table: trusted('live.observation_hour'), begins: trusted('live.hour_of') },
  day: { table: trusted('live.observation_day'), begins: trusted('live.day_of') },
} as const;

/** Not counted among the others, but as odd: what its receiver saw to be no measured value of its time. */
export const IS_ODD = trusted("coalesce(flags && '{future,out-of-range}', false)");

const COLUMNS = trusted(
  'datastream_id, begins, count, sum, min, max, first_time, first, last_time, last, odd',
);

/** Of rows (datastream_id, phenomenon_time, result, is_odd), grouped by the first two columns. */
export const SUMS_OF_VALUES = trusted(`count(*) filter (where not is_odd),
  coalesce(sum(result) filter (where not is_odd), 0),
  min(result) filter (where not is_odd), max(result) filter (where not is_odd),
  min(phenomenon_time) filter (where not is_odd),
  (array_agg(result order by phenomenon_time) filter (where not is_odd))[1],
  max(phenomenon_time) filter (where not is_odd),
  (array_agg(result order by phenomenon_time desc) filter (where not is_odd))[1],
  count(*) filter (where is_odd)`);

/** Of rows of a summary. */
export const SUMS_OF_SUMS = trusted(`sum(count)::bigint, sum(sum), min(min), max(max),
  min(first_time), (array_agg(first order by first_time) filter (where first_time is not null))[1],
  max(last_time), (array_agg(last order by last_time desc) filter (where last_time is not null))[1],
  sum(odd)::bigint`);

const ADDED = trusted(`count = kept.count + excluded.count, sum = kept.sum + excluded.sum,
  min = least(kept.min, excluded.min), max = greatest(kept.max, excluded.max),
  first = case when kept.first_time <= excluded.first_time or excluded.first_time is null
    then kept.first else excluded.first end,
  first_time = least(kept.first_time, excluded.first_time),
  last = case when kept.last_time >= excluded.last_time or excluded.last_time is null
    then kept.last else excluded.last end,
  last_time = greatest(kept.last_time, excluded.last_time),
  odd = kept.odd + excluded.odd`);

/**
 * Brings the sums up to now, or nearer to it. Safe with several servers, which wait for each other.
 * @returns whether there may be more to do at once
 */
export async function settleSummaries(pool: Pool): Promise<boolean> {
  const [due] = await pool.read<{ due: boolean }>(
    sql`select exists (select from live.observation where written_in >= horizon)
      or exists (select from live.changed_stretch) as due from live.summary_state`,
  );
  if (!due?.due) return false;
  return inTransaction(pool, async (connection) => {
    await connection.run(sql`set local statement_timeout = 0;
      lock table live.observation in access share mode`);
    const window = await nextWindow(connection);
    await addValues(connection, window);
    const changed = await sumAnew(connection, window.end);
    await connection.run(sql`update live.summary_state
      set horizon = ${window.end}::bigint, settled_at = ${window.settledAt}::timestamptz`);
    return window.isCut || changed === MOST_CHANGED;
  });
}

interface Window {
  /** Transactions from `begin` on and before `end`, all of them over. */
  readonly begin: string;
  readonly end: string;
  /** Whether the window ends before all that is over. */
  readonly isCut: boolean;
  /** Whatever was written before is in the sums. */
  readonly settledAt: string;
}

async function nextWindow(connection: Connection): Promise<Window> {
  const [state] = await connection.run<{ begin: string; settled_at: string; is_restored: boolean }>(
    sql`select horizon::text as begin, settled_at,
        horizon > pg_snapshot_xmax(pg_current_snapshot())::text::bigint as is_restored
      from live.summary_state for update`,
  );
  const [now] = await connection.run<{ end: string; settled_at: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as end, least(clock_timestamp(),
      (select min(xact_start) from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid())
      ) as settled_at`,
  );
  if (state === undefined || now === undefined)
    throw new TwinError('internal', 'live.summary_state is empty');
  const { end } = now;
  if (state.is_restored) {
    await forgetTransactions(connection, end);
    return { begin: end, end, isCut: true, settledAt: state.settled_at };
  }
  const [cut] = await connection.run<{ cut: string }>(
    sql`select (written_in + 1)::text as cut from live.observation
      where written_in >= ${state.begin}::bigint and written_in < ${end}::bigint
      order by written_in offset ${MOST_VALUES}::bigint limit 1`,
  );
  return {
    begin: state.begin,
    end: cut?.cut ?? end,
    isCut: cut !== undefined,
    settledAt: cut === undefined ? now.settled_at : state.settled_at,
  };
}

/**
 * In a restored database transactions are counted from the beginning: those of its former life are over, and what they
 * wrote is summed up anew where it was not in the sums yet.
 */
async function forgetTransactions(connection: Connection, end: string): Promise<void> {
  await connection.run(sql`insert into live.changed_stretch (datastream_id, begins, written_in)
    select distinct datastream_id, live.five_minutes_of(phenomenon_time), 0
    from live.observation, live.summary_state where written_in >= horizon or received_at > settled_at`);
  // Only the number changes: nothing is told, nothing is summed up again for it.
  await connection.run(sql`alter table live.observation disable trigger user`);
  await connection.run(sql`update live.observation set written_in = 0 from live.summary_state
    where written_in >= ${end}::bigint or received_at > settled_at`);
  await connection.run(sql`alter table live.observation enable trigger user`);
  await connection.run(sql`update live.changed_stretch set written_in = 0`);
}

async function addValues(connection: Connection, { begin, end }: Window): Promise<void> {
  const add = ({ table, begins }: (typeof SUMMARIES)[keyof typeof SUMMARIES]) =>
    sql`insert into ${table} as kept (${COLUMNS})
      select datastream_id, ${begins}(phenomenon_time) as stretch, ${SUMS_OF_VALUES} from fresh
      group by datastream_id, stretch
      on conflict (datastream_id, begins) do update set ${ADDED}`;
  await connection.run(sql`with fresh as materialized (
      select datastream_id, phenomenon_time, result, ${IS_ODD} as is_odd from live.observation
      where written_in >= ${begin}::bigint and written_in < ${end}::bigint and result is not null
    ), fives as (${add(SUMMARIES['5min'])}), hours as (${add(SUMMARIES.hour)}) ${add(SUMMARIES.day)}`);
}

/** Makes the sums anew where values were changed or deleted before `end`; how many stretches of five minutes. */
async function sumAnew(connection: Connection, end: string): Promise<number> {
  const changed = await connection.run<{ datastream_id: number; begins: string; n: number }>(
    sql`with taken as (
        delete from live.changed_stretch where ctid = any(array(
          select ctid from live.changed_stretch where written_in < ${end}::bigint limit ${MOST_CHANGED}::bigint))
        returning datastream_id, begins)
      select distinct taken.datastream_id, begins, (select count(*) from taken) as n from taken
      join live.datastream on datastream.id = taken.datastream_id
      where begins >= (select raw_since from live.summary_state)`,
  );
  const [first] = changed;
  if (first === undefined) return 0;
  const { '5min': fives, hour: hours, day: days } = SUMMARIES;
  const ids = changed.map(({ datastream_id }) => datastream_id);
  const begins = changed.map((stretch) => stretch.begins);
  /** Rows of a summary that the changed stretches lie in. */
  const stretches = (of: Sql) => sql`(select distinct datastream_id, ${of}(begins) as begins
    from unnest(${ids}::bigint[], ${begins}::timestamptz[]) as changed (datastream_id, begins)) as stretch`;
  const remove = (table: Sql, of: Sql) =>
    connection.run(sql`delete from ${table} as kept using ${stretches(of)}
    where (kept.datastream_id, kept.begins) = (stretch.datastream_id, stretch.begins)`);
  await remove(fives.table, fives.begins);
  await connection.run(sql`insert into ${fives.table} (${COLUMNS})
    select datastream_id, begins, ${SUMS_OF_VALUES} from (
      select datastream_id, begins, phenomenon_time, result, ${IS_ODD} as is_odd
      from ${stretches(fives.begins)}
      join live.observation using (datastream_id)
      where phenomenon_time >= begins and phenomenon_time < begins + interval '5 minutes'
        and result is not null and written_in < ${end}::bigint
    ) as values_left group by datastream_id, begins`);
  for (const { parts, whole, longest } of [
    { parts: fives, whole: hours, longest: trusted("interval '1 hour'") },
    { parts: hours, whole: days, longest: trusted("interval '25 hours'") },
  ]) {
    await remove(whole.table, whole.begins);
    await connection.run(sql`insert into ${whole.table} (${COLUMNS})
      select stretch.datastream_id, stretch.begins, ${SUMS_OF_SUMS} from ${stretches(whole.begins)}
      join ${parts.table} as part on part.datastream_id = stretch.datastream_id
        and part.begins >= stretch.begins and part.begins < stretch.begins + ${longest}
        and ${whole.begins}(part.begins) = stretch.begins
      group by stretch.datastream_id, stretch.begins`);
  }
  return first.n;
}
