/** The stack of edits of a scenario, under its lock: what is put on it, taken back and taken out. */
import { conflict, invalidParameter, notFound } from '../../../core/errors.ts';
import type { Edit, Settled, StoredEdit } from '../../../core/wire/scenario.ts';
import type { Identity } from '../../access/identity.ts';
import type { Connection } from '../connection.ts';
import { randomName } from '../random-name.ts';
import { type EditRow, storedEdit } from '../scenario-reading.ts';
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
  const [last] = await connection.run<{ ordinal: number }>(
    sql`select ordinal from twin.scenario_edit where scenario_id = ${scenarioId}::text order by ordinal desc limit 1`,
  );
  const ordinal = (last?.ordinal ?? 0) + 1;
  // Counted only where there may be too many: the places of edits that were taken out stay empty.
  if (ordinal > MOST_EDITS && (await countEdits(connection, scenarioId)) >= MOST_EDITS) {
    throw invalidParameter('edits', `A scenario holds at most ${MOST_EDITS} edits; begin another one`);
  }
  const id = `e${randomName(12)}`;
  const [row] = await connection.run<EditRow>(
    sql`insert into twin.scenario_edit (scenario_id, ordinal, id, author, edit, settled)
      values (${scenarioId}::text, ${ordinal}::integer, ${id}::text, ${who.who}::text,
        ${JSON.stringify(edit)}::jsonb, ${JSON.stringify(settled)}::jsonb)
      returning id, author, made_at, edit, settled`,
  );
  if (!row) throw new Error('insert returned no row');
  return storedEdit(row);
}

async function countEdits(connection: Connection, scenarioId: string): Promise<number> {
  const [row] = await connection.run<{ count: number }>(
    sql`select count(*) as count from twin.scenario_edit where scenario_id = ${scenarioId}::text`,
  );
  return row?.count ?? 0;
}

/** What was undone was undone from another stack: a new one drops it. @returns what is gone for good */
export const dropUndone = (connection: Connection, scenarioId: string): Promise<readonly StoredEdit[]> =>
  takeOut(connection, scenarioId, sql`is_undone`);

/**
 * Takes edits out for good, and remembers that they were there.
 * @param mergedFrom the scenario that had taken them out, where a merge follows it
 * @returns them in their order
 */
export async function takeOut(
  connection: Connection,
  scenarioId: string,
  which: Sql,
  mergedFrom: string | null = null,
): Promise<readonly StoredEdit[]> {
  const rows = await connection.run<EditRow>(
    sql`with gone as (
        delete from twin.scenario_edit where scenario_id = ${scenarioId}::text and ${which}
        returning id, author, made_at, edit, settled, ordinal),
      remembered as (
        insert into twin.scenario_gone (scenario_id, edit_id, merged_from)
        select ${scenarioId}::text, id, ${mergedFrom}::text from gone
        on conflict (scenario_id, edit_id) do update set merged_from = excluded.merged_from)
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

/**
 * Takes one edit out of the stack.
 * @throws TwinError not-found; conflict when a later edit changes or removes what it made
 */
export async function takeOutEdit(
  connection: Connection,
  scenarioId: string,
  editId: string,
): Promise<StoredEdit> {
  const [found] = await connection.run<{ ordinal: number }>(
    sql`select ordinal from twin.scenario_edit
      where scenario_id = ${scenarioId}::text and id = ${editId.replaceAll('\0', '')}::text and not is_undone`,
  );
  if (!found) throw notFound(`There is no edit "${editId.slice(0, 100)}" in the stack`, 'edit');
  const [follower] = await connection.run<{ id: string; kind: string }>(
    sql`select later.id, later.edit ->> 'kind' as kind
      from twin.scenario_edit_object as made
      join twin.scenario_edit_object as spoken using (scenario_id, layer, object_id)
      join twin.scenario_edit as later on later.scenario_id = made.scenario_id and later.ordinal = spoken.ordinal
      where made.scenario_id = ${scenarioId}::text and made.ordinal = ${found.ordinal}::integer
        and spoken.ordinal > made.ordinal and not later.is_undone
      order by later.ordinal limit 1`,
  );
  if (follower) {
    throw conflict(
      `Edit ${follower.id} (${follower.kind}) builds on edit ${editId}; take that one out first`,
      'edit',
    );
  }
  const [gone] = await takeOut(connection, scenarioId, sql`ordinal = ${found.ordinal}::integer`);
  if (!gone) throw new Error('the edit was not deleted');
  return gone;
}
