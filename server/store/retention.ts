/** What is old leaves: values first, sums of five minutes later; sums of hours and days stay. */
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { name, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

export interface Retention {
  /** Days for which each value is kept, and at least to the end of its month. */
  readonly rawDays: number;
  /** Days for which sums of five minutes are kept, and at least to the end of their month. */
  readonly fiveMinuteDays: number;
}

/**
 * Drops the months that are over for longer than they are kept. A value that is not in the sums yet stays.
 * @returns names of the tables that were dropped
 */
export async function dropOld(
  pool: Pool,
  { rawDays, fiveMinuteDays }: Retention,
): Promise<readonly string[]> {
  return inTransaction(pool, async (connection) => {
    await connection.run(sql`set local statement_timeout = 0`);
    const values = await dropMonths(connection, 'observation', 'phenomenon_time', rawDays);
    const sums = await dropMonths(connection, 'observation_5min', 'begins', fiveMinuteDays);
    await connection.run(sql`delete from live.observation_aside
      where last_received_at < clock_timestamp() - make_interval(days => ${rawDays}::integer)`);
    return [...values, ...sums];
  });
}

async function dropMonths(
  connection: Connection,
  table: 'observation' | 'observation_5min',
  key: 'phenomenon_time' | 'begins',
  days: number,
): Promise<readonly string[]> {
  // Whoever sums up waits, and so nothing that is dropped is being summed up.
  const [state] = await connection.run<{ first_kept: string; horizon: string }>(
    sql`select horizon::text, date_trunc('month', clock_timestamp() - make_interval(days => ${days}::integer), 'UTC')
      as first_kept from live.summary_state for update`,
  );
  if (state === undefined) return [];
  const { first_kept, horizon } = state;
  const isSummedUp = table === 'observation' ? sql`written_in < ${horizon}::bigint` : sql`true`;
  const parts = await connection.run<{ part: string }>(
    sql`select relname as part from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = ${`live.${table}`}::text::regclass and relname ~ '_\\d{4}_\\d{2}$'
        and to_timestamp(right(relname, 7), 'YYYY_MM') < ${first_kept}::timestamptz order by relname`,
  );
  const dropped: string[] = [];
  for (const { part } of parts) {
    const [open] = await connection.run(
      sql`select from ${name('live', part)} where not (${isSummedUp}) limit 1`,
    );
    if (open !== undefined) continue;
    await connection.run(sql`drop table ${name('live', part)}`);
    dropped.push(part);
  }
  await connection.run(sql`delete from ${name('live', `${table}_other`)}
    where ${name(key)} < ${first_kept}::timestamptz and ${isSummedUp}`);
  const since = table === 'observation' ? name('raw_since') : name('five_minutes_since');
  await connection.run(
    sql`update live.summary_state set ${since} = greatest(${since}, ${first_kept}::timestamptz)`,
  );
  return dropped;
}
