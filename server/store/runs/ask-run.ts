import { plainStack } from '../../../core/analysis/run-identity.ts';
import { TwinError } from '../../../core/errors.ts';
import type { NewRun, OutsideModel } from '../../../core/wire/run.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import { DEFAULT_LAW_DATE } from '../../../core/wire/scenario-head.ts';
import { type Identity, isStaff } from '../../access/identity.ts';
import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import { addJobSql } from '../job-workers.ts';
import type { Pool } from '../pool.ts';
import { type EditRow, type HeadRow, scenarioHeadSql, storedEdit } from '../scenario-reading.ts';
import { mayRead, noSuch } from '../scenarios/lock-scenario.ts';
import { sql } from '../sql.ts';
import { NOW } from './run-book.ts';
import { type RunOrder, runIdOf, stackDigest } from './run-order.ts';
import { RUN_COLUMNS, type RunRow } from './run-rows.ts';

/** The task of the job queue that does a run; its payload is `{run: id}`. */
export const RUN_TASK = 'run';

/** A request whose model and parameters are known to be right. */
export interface AskedRun {
  readonly model: string;
  readonly modelVersion: string;
  readonly outside: OutsideModel | undefined;
  /** Whoever may read the scenario may have it computed. */
  readonly isForReaders: boolean;
  readonly parameters: object;
  readonly scenario: NewRun['scenario'];
  readonly lawDate: NewRun['lawDate'];
}

/**
 * Finds the run of a request, or puts it down with its job in one transaction. Of two that ask at once one makes it, the
 * other finds it.
 * @throws TwinError not-found for a scenario that this person may not read; unauthenticated when it would have to be
 *   computed, they are not of the staff, and the model is not for readers
 */
export async function askRun(pool: Pool, asked: AskedRun, who: Identity): Promise<RunRow> {
  const connection = await pool.connect();
  try {
    await connection.run(sql`begin isolation level repeatable read`);
    const subject = await subjectOf(connection, asked, who);
    await connection.run(sql`commit; begin`);
    const row = await findOrMake(connection, asked, subject, who);
    await connection.run(sql`commit`);
    connection.release();
    return row;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

interface Subject {
  readonly base: RunOrder['base'];
  readonly scenario: { readonly id: string; readonly revision: number } | undefined;
  readonly edits: readonly StoredEdit[] | undefined;
  readonly lawDate: string;
}

async function subjectOf(
  connection: Connection,
  { scenario, lawDate }: AskedRun,
  who: Identity,
): Promise<Subject> {
  if (scenario === undefined) {
    const [last] = await connection.run<{ version: number; at: string }>(
      sql`select coalesce(max(version) filter (where dataset = ${CITY}::text), 0) as version,
          coalesce(max(recorded_at), 'epoch') as at from twin.dataset_version`,
    );
    const base = { version: last?.version ?? 0, at: new Date(last?.at ?? 0) };
    return { base, scenario: undefined, edits: undefined, lawDate: lawDate ?? DEFAULT_LAW_DATE };
  }
  const [head] = await connection.run<HeadRow>(scenarioHeadSql(scenario));
  if (!head || !mayRead(head, who)) throw noSuch(scenario);
  return {
    base: { version: head.base_version, at: new Date(head.base_at) },
    scenario: { id: head.id, revision: head.revision },
    edits: plainStack(await activeEdits(connection, head.id)),
    lawDate: lawDate ?? head.law_date,
  };
}

async function activeEdits(connection: Connection, scenarioId: string): Promise<readonly StoredEdit[]> {
  const rows = await connection.run<EditRow>(
    sql`select id, author, made_at, edit, settled from twin.scenario_edit
      where scenario_id = ${scenarioId}::text and not is_undone order by ordinal`,
  );
  return rows.map(storedEdit);
}

async function findOrMake(
  connection: Connection,
  { model, modelVersion, outside, isForReaders, parameters }: AskedRun,
  { base, scenario, edits, lawDate }: Subject,
  who: Identity,
): Promise<RunRow> {
  const id = runIdOf({ model, modelVersion, outside, parameters, base, edits, lawDate });
  const digest = edits === undefined ? null : stackDigest(edits);
  const found = await findRun(connection, id);
  const isOver = found?.state === 'failed' || found?.state === 'dismissed';
  if (found && !isOver) return found;
  const isReader = !isStaff(who);
  if (isReader && !(isForReaders && scenario)) {
    throw new TwinError(
      'unauthenticated',
      'This has not been computed yet; sign in as staff to have it computed',
      { parameter: 'authorization' },
    );
  }
  if (edits !== undefined) {
    await connection.run(sql`insert into twin.run_stack (digest, edits)
      values (${digest}::text, ${JSON.stringify(edits)}::jsonb) on conflict do nothing`);
  }
  const rows = await connection.run<RunRow>(
    sql`insert into twin.run (id, model, model_version, outside, parameters, base_version, base_at, scenario_id,
        scenario_revision, stack_digest, law_date, asked_by)
      values (${id}::text, ${model}::text, ${modelVersion}::text, ${outside ? JSON.stringify(outside) : null}::jsonb,
        ${JSON.stringify(parameters)}::json, ${base.version}::bigint, ${base.at.toISOString()}::timestamptz,
        ${scenario?.id ?? null}::text, ${scenario?.revision ?? null}::bigint, ${digest}::text, ${lawDate}::date,
        ${who.who}::text)
      on conflict (id) do update set state = 'accepted', progress = 0, tries = 0, problem = null, started_at = null,
        ended_at = null, updated_at = ${NOW}, scenario_id = excluded.scenario_id,
        scenario_revision = excluded.scenario_revision, asked_by = excluded.asked_by
        where run.state in ('failed', 'dismissed')
      returning ${RUN_COLUMNS}`,
  );
  const [made] = rows;
  if (made) {
    if (isReader && scenario) await forgetOldest(connection, model, scenario.id, who);
    if (!outside) await connection.run(addJobSql(RUN_TASK, { run: id }, `run ${id}`));
    return made;
  }
  const other = await findRun(connection, id);
  if (!other) throw new TwinError('conflict', 'The run was deleted at this moment; ask again');
  return other;
}

/** Of one reader and scenario, so that nobody fills the table by asking with ever other parameters. */
const MOST_OF_READER = 50;

async function forgetOldest(
  connection: Connection,
  model: string,
  scenarioId: string,
  { who }: Identity,
): Promise<void> {
  await connection.run(sql`delete from twin.run where id in (
    select id from twin.run
    where scenario_id = ${scenarioId}::text and model = ${model}::text and asked_by = ${who}::text
      and state not in ('accepted', 'running')
    order by created_at desc, id offset ${MOST_OF_READER}::bigint)`);
}

async function findRun(connection: Connection, id: string): Promise<RunRow | undefined> {
  const [row] = await connection.run<RunRow>(sql`select ${RUN_COLUMNS} from twin.run where id = ${id}::text`);
  return row;
}
