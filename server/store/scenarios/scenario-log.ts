/** The log of a scenario: one line for each revision, written in the transaction of the change. */
import type { Edit } from '../../../core/wire/scenario.ts';
import type { LogAction, LogDetail } from '../../../core/wire/scenario-life.ts';
import type { Identity } from '../../access/identity.ts';
import type { LogPage } from '../../services/scenario-life.ts';
import type { Connection } from '../connection.ts';
import type { Pool } from '../pool.ts';
import { sql } from '../sql.ts';

export interface LoggedChange extends LogDetail {
  readonly action: LogAction;
}

const LINES_AT_ONCE = 200;

/** Ends a change: the scenario gets its next revision, and the log says what was done. */
export async function logChange(
  connection: Connection,
  id: string,
  { who }: Identity,
  { action, ...detail }: LoggedChange,
): Promise<void> {
  await connection.run(
    sql`with changed as (
        update twin.scenario set revision = revision + 1, updated_by = ${who}::text,
          updated_at = date_trunc('milliseconds', clock_timestamp())
        where id = ${id}::text returning revision)
      insert into twin.scenario_event (scenario_id, revision, who, action, detail)
      select ${id}::text, revision, ${who}::text, ${action}::text, ${JSON.stringify(detail)}::jsonb from changed`,
  );
}

/** The first line of a scenario that was made just now. */
export async function logBeginning(
  connection: Connection,
  id: string,
  { who }: Identity,
  { action, ...detail }: LoggedChange,
): Promise<void> {
  await connection.run(
    sql`insert into twin.scenario_event (scenario_id, revision, who, action, detail)
      values (${id}::text, 1, ${who}::text, ${action}::text, ${JSON.stringify(detail)}::jsonb)`,
  );
}

interface Named {
  readonly id: string;
  readonly edit: Edit;
}

/** Edits as the log names them while the stack still holds them. */
export const named = (edits: readonly Named[]): LogDetail['edits'] =>
  edits.map(({ id, edit }) => ({ id, kind: edit.kind }));

/** Edits as the log keeps them when the stack loses them. */
export const kept = (edits: readonly Named[]): LogDetail['edits'] =>
  edits.map(({ id, edit }) => ({ id, kind: edit.kind, edit }));

interface EventRow {
  readonly at: string;
  readonly who: string;
  readonly revision: number;
  readonly action: LogAction;
  readonly detail: LogDetail;
}

export async function readLog(pool: Pool, id: string, before: number | undefined): Promise<LogPage> {
  const rows = await pool.read<EventRow>(
    sql`select at, who, revision, action, detail from twin.scenario_event
      where scenario_id = ${id}::text and revision < ${before ?? Number.MAX_SAFE_INTEGER}::bigint
      order by revision desc limit ${LINES_AT_ONCE + 1}::bigint`,
  );
  const entries = rows.slice(0, LINES_AT_ONCE).map(({ detail, ...line }) => ({ ...line, ...detail }));
  return { entries, more: rows.length > LINES_AT_ONCE };
}
