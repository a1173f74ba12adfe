/** The stack of edits of a scenario, under its lock: what is put on it, taken back and taken out. */
import { conflict, invalidParameter } from '../../../core/errors.ts';
import type { Edit, Settled, StoredEdit } from '../../../core/wire/scenario.ts';
import type { Identity } from '../../access/identity.ts';
import type { Connection } from '../connection.ts';
import { type EditRow, storedEdit } from '../scenario-reading.ts';
import { randomName } from '../settle-edit.ts';
import { type Sql, sql } from '../sql.ts';

export const MOST_EDITS = 10_000;

/** Puts an edit on the stack. */
export async function pushEdit(
  connection: Connection,
  scenarioId: string,
  edit: Edit,
  settled: Settled,
  who: Identity,
): Promise<StoredEdit> {
  const [last] = await connection.run<{ ordinal: number; count: number }>(
    sql`select coalesce(max(ordinal), 0) as ordinal, count(*) as count from twin.scenario_edit
      where scenario_id = ${scenarioId}::text`,
  );
  if ((last?.count ?? 0) >= MOST_EDITS) {
    throw invalidParameter('edits', `A scenario holds at most ${MOST_EDITS} edits; begin another one`);
  }
  const id = `e${randomName(12)}`;
  const [row] = await connection.run<EditRow>(
    sql`insert into twin.scenario_edit (scenario_id, ordinal, id, author, edit, settled)
      values (${scenarioId}::text, ${(last?.ordinal ?? 0) + 1}::integer, ${id}::text, ${who.who}::text,
        ${JSON.stringify(edit)}::jsonb, ${JSON.stringify(settled)}::jsonb)
      returning id, author, made_at, edit, settled`,
  );
  if (!row) throw new Error('insert returned no row');
  return storedEdit(row);
}

/** What was undone was undone from another stack: a new one drops it. @returns what is gone for good */
export const dropUndone = (connection: Connection, scenarioId: string): Promise<readonly StoredEdit[]> =>
  takeOut(connection, scenarioId, sql`is_undone`);

/** Takes edits out for good. @returns them in their order */
export async function takeOut(
  connection: Connection,
  scenarioId: string,
  which: Sql,
): Promise<readonly StoredEdit[]> {
  const rows = await connection.run<EditRow>(
    sql`with gone as (
        delete from twin.scenario_edit where scenario_id = ${scenarioId}::text and ${which}
        returning id, author, made_at, edit, settled, ordinal)
      select id, author, made_at, edit, settled from gone order by ordinal`,
  );
  return rows.map(storedEdit);
}

/** Marks the first edit of an order as undone, or not. @throws TwinError conflict when there is none */
export async function flipEdit(
  connection: Connection,
  scenarioId: string,
  isUndone: boolean,
  which: Sql,
  ifNone: string,
): Promise<StoredEdit> {
  const [row] = await connection.run<EditRow>(
    sql`update twin.scenario_edit set is_undone = ${isUndone}::boolean
      where scenario_id = ${scenarioId}::text and ordinal = (
        select ordinal from twin.scenario_edit where scenario_id = ${scenarioId}::text and ${which} limit 1)
      returning id, author, made_at, edit, settled`,
  );
  if (!row) throw conflict(ifNone, 'edits');
  return storedEdit(row);
}

/** What a later edit changes cannot be taken out from under it. */
export function refuseBuiltUpon(edit: StoredEdit, later: readonly StoredEdit[]): void {
  const made = new Set(edit.objects.map(({ layer, id }) => `${layer} ${id}`));
  const follower = later.find(({ objects }) => objects.some(({ layer, id }) => made.has(`${layer} ${id}`)));
  if (!follower) return;
  throw conflict(
    `Edit ${follower.id} (${follower.edit.kind}) builds on edit ${edit.id}; take that one out first`,
    'edit',
  );
}
