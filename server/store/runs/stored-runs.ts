import type { RunQuery } from '../../services/runs.ts';
import type { Pool } from '../pool.ts';
import { NOTHING, type Sql, sql } from '../sql.ts';
import { NOW } from './run-book.ts';
import { listedSql, RUN_COLUMNS, type RunRow, readableSql } from './run-rows.ts';

/** Whoever knows the id of a scenario may list its runs; without it only those of public ones are listed. */
const placeSql = (scenario: string | undefined, isStaff: boolean): Sql =>
  scenario === undefined
    ? listedSql(isStaff)
    : sql`scenario_id = ${scenario}::text and ${readableSql(isStaff)}`;

function durationSql({ minDurationS, maxDurationS }: Pick<RunQuery, 'minDurationS' | 'maxDurationS'>): Sql {
  if (minDurationS === undefined && maxDurationS === undefined) return NOTHING;
  return sql`and extract(epoch from coalesce(ended_at, clock_timestamp()) - started_at)
    between ${minDurationS ?? 0}::float8 and coalesce(${maxDurationS ?? null}::float8, 'infinity')`;
}

/** The run table as those see it who ask. */
export function storedRuns(pool: Pool) {
  const one = async (statement: Sql): Promise<RunRow | undefined> => {
    const [row] = await pool.read<RunRow>(statement);
    return row;
  };
  return {
    find: (id: string, isStaff: boolean) =>
      one(sql`select ${RUN_COLUMNS} from twin.run where id = ${id}::text and ${readableSql(isStaff)}`),

    list: ({ scenario, models, states, from, to, limit, offset, ...durations }: RunQuery, isStaff: boolean) =>
      pool.read<RunRow>(
        sql`select ${RUN_COLUMNS} from twin.run
          where ${placeSql(scenario, isStaff)}
            and (${models ?? null}::text[] is null or model = any(${models ?? null}::text[]))
            and (${states ?? null}::text[] is null or state = any(${states ?? null}::text[]))
            and created_at >= coalesce(${from ?? null}::timestamptz, '-infinity')
            and created_at <= coalesce(${to ?? null}::timestamptz, 'infinity')
            ${durationSql(durations)}
          order by created_at desc, id limit ${limit}::bigint offset ${offset}::bigint`,
      ),

    /** As it was made, byte by byte. */
    async result(id: string): Promise<string | undefined> {
      const [row] = await pool.read<{ result: string | null }>(
        sql`select result::text as result from twin.run where id = ${id}::text`,
      );
      return row?.result ?? undefined;
    },

    /** Stops it, or deletes it when it has ended. @returns as it was left; undefined when it is gone already */
    async dismiss(id: string): Promise<RunRow | undefined> {
      const stopped = await one(
        sql`update twin.run set state = 'dismissed', ended_at = ${NOW}, updated_at = ${NOW}
          where id = ${id}::text and state in ('accepted', 'running') returning ${RUN_COLUMNS}`,
      );
      return stopped ?? one(sql`delete from twin.run where id = ${id}::text returning ${RUN_COLUMNS}`);
    },

    advanceOutside: (id: string, percent: number) =>
      one(sql`update twin.run set state = 'running', progress = ${percent}::smallint, updated_at = ${NOW},
          started_at = coalesce(started_at, ${NOW})
        where id = ${id}::text and outside is not null and state in ('accepted', 'running') returning ${RUN_COLUMNS}`),

    takeOutside: (id: string, result: string) =>
      one(sql`update twin.run set state = 'successful', progress = 100, result = ${result}::json, updated_at = ${NOW},
          started_at = coalesce(started_at, created_at), ended_at = ${NOW}
        where id = ${id}::text and outside is not null and state in ('accepted', 'running') returning ${RUN_COLUMNS}`),
  };
}
