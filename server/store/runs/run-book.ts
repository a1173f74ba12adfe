/** The run table as those see it who do the work. An attempt that has been taken over is not heard any more. */
import type { RunProblem } from '../../../core/wire/run.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import type { Pool } from '../pool.ts';
import { NOTHING, type Sql, sql } from '../sql.ts';
import { RUN_COLUMNS, type RunRow } from './run-rows.ts';
import {
  findSolution,
  keepSolutionSql,
  type NewSolution,
  type SolutionName,
  type StoredSolution,
} from './run-solutions.ts';

/** One attempt at a run. */
export interface Attempt {
  readonly id: string;
  readonly attempt: number;
}

export interface ClaimedRun extends Attempt {
  /** Attempts since it was asked for last, with this one. */
  readonly tries: number;
  readonly model: string;
  readonly modelVersion: string;
  readonly parameters: unknown;
  readonly subject: RunSubject;
}

/** Which state of the city is studied. */
export interface RunSubject {
  readonly base: { readonly version: number; readonly at: Date };
  readonly scenario: { readonly id: string | null; readonly revision: number } | undefined;
  readonly edits: readonly StoredEdit[];
  readonly lawDate: string;
}

export interface RunBook {
  /** Begins an attempt; undefined when there is nothing to be done any more. */
  claim(id: string): Promise<ClaimedRun | undefined>;
  /** @returns whether it is still wanted of this attempt */
  advance(attempt: Attempt, percent: number): Promise<boolean>;
  /** What is kept of an earlier run, from which this one can be answered. */
  solution(name: SolutionName): Promise<StoredSolution | undefined>;
  succeed(attempt: Attempt, result: string, solution?: NewSolution): Promise<void>;
  fail(attempt: Attempt, problem: RunProblem): Promise<void>;
  /** Leaves it for another attempt. */
  putBack(attempt: Attempt): Promise<void>;
}

export function runBook(pool: Pool): RunBook {
  return {
    async claim(id) {
      const [row] = await pool.read<RunRow>(
        sql`update twin.run set state = 'running', attempt = attempt + 1, tries = tries + 1, progress = 0,
            started_at = ${NOW}, updated_at = ${NOW}
          where id = ${id}::text and state in ('accepted', 'running') and outside is null
          returning ${RUN_COLUMNS}`,
      );
      return row && { ...attemptOf(row), subject: await subjectOf(pool, row) };
    },

    async advance({ id, attempt }, percent) {
      const rows = await pool.read(
        sql`update twin.run set progress = ${percent}::smallint, updated_at = ${NOW}
          where id = ${id}::text and attempt = ${attempt}::integer and state = 'running' returning id`,
      );
      return rows.length > 0;
    },

    solution: (name) => findSolution(pool, name),

    async succeed(attempt, result, solution) {
      await end(
        pool,
        attempt,
        sql`state = 'successful', progress = 100, result = ${result}::json, problem = null`,
        keepSolutionSql(solution),
      );
    },

    async fail(attempt, problem) {
      await end(pool, attempt, sql`state = 'failed', problem = ${JSON.stringify(problem)}::jsonb`);
    },

    async putBack({ id, attempt }) {
      await pool.read(sql`update twin.run set state = 'accepted', progress = 0, updated_at = ${NOW}
        where id = ${id}::text and attempt = ${attempt}::integer and state = 'running'`);
    },
  };
}

export const NOW = sql`date_trunc('milliseconds', clock_timestamp())`;

async function end(pool: Pool, { id, attempt }: Attempt, changes: Sql, beside: Sql = NOTHING): Promise<void> {
  await pool.read(sql`with ended as (
      update twin.run set ${changes}, ended_at = ${NOW}, updated_at = ${NOW}
      where id = ${id}::text and attempt = ${attempt}::integer and state = 'running' returning id
    )${beside} select from ended`);
}

const attemptOf = ({ id, attempt, tries, model, model_version, parameters }: RunRow) => ({
  ...{ id, attempt, tries, model, parameters },
  modelVersion: model_version,
});

/** What a stored run studied. */
export async function subjectOf(pool: Pool, row: RunRow): Promise<RunSubject> {
  return {
    base: { version: row.base_version, at: new Date(row.base_at) },
    scenario:
      row.scenario_revision === null ? undefined : { id: row.scenario_id, revision: row.scenario_revision },
    edits: await stackOf(pool, row.stack_digest),
    lawDate: row.law_date,
  };
}

export async function stackOf(pool: Pool, digest: string | null): Promise<readonly StoredEdit[]> {
  if (digest === null) return [];
  const [stack] = await pool.read<{ edits: readonly StoredEdit[] }>(
    sql`select edits from twin.run_stack where digest = ${digest}::text`,
  );
  if (!stack) throw new Error('the edits of a run are missing');
  return stack.edits;
}
