/** Which processes work off the queue, and what is taken from those that died. */
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

/** Long forgotten names go after so many times the silence that means death. */
const FORGET_AFTER = 100;

/** This process lives, under these names. */
export async function tellAlive(pool: Pool, names: readonly string[], deadAfterMs: number): Promise<void> {
  await pool.read(sql`with gone as (
      delete from twin.job_worker where seen_at < clock_timestamp() - ${interval(deadAfterMs * FORGET_AFTER)}
    )
    insert into twin.job_worker (name, seen_at)
    select name, clock_timestamp() from unnest(${names}::text[]) as name
    on conflict (name) do update set seen_at = excluded.seen_at`);
}

/**
 * Gives back jobs that are held under names that have fallen silent. The queue alone would wait four hours.
 * @returns how many there were
 */
export async function freeJobsOfTheDead(pool: Pool, deadAfterMs: number): Promise<number> {
  const dead = await pool.read<{ locked_by: string; jobs: number }>(
    sql`select locked_by, count(*) as jobs from graphile_worker.jobs
      where locked_by is not null and locked_at < clock_timestamp() - ${interval(deadAfterMs)}
        and not exists (select from twin.job_worker
          where name = locked_by and seen_at >= clock_timestamp() - ${interval(deadAfterMs)})
      group by locked_by`,
  );
  if (dead.length === 0) return 0;
  const names = dead.map(({ locked_by }) => locked_by);
  await pool.read(sql`select graphile_worker.force_unlock_workers(${names}::text[])`);
  return dead.reduce((sum, { jobs }) => sum + jobs, 0);
}

/** Puts a job into the queue, in the caller's transaction; one that waits under the same key is replaced. */
export const addJobSql = (task: string, payload: object, key: string): Sql =>
  sql`select graphile_worker.add_job(${task}::text, ${JSON.stringify(payload)}::json, job_key := ${key}::text)`;

const interval = (ms: number): Sql => sql`make_interval(secs => ${ms / 1000}::float8)`;
