import { conflict, notFound } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { checkIsDraft } from '../../core/scenario/life.ts';
import { parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import { replay } from '../../core/scenario/replay.ts';
import type { StoredEdit } from '../../core/wire/scenario.ts';
import { DEFAULT_LAW_DATE } from '../../core/wire/scenario-head.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import type { Scenarios } from '../services.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { activeEdits, type HeadRow, readScenario, stateOf, summariesOf } from './scenario-reading.ts';
import { writeScenarioRows } from './scenario-rows.ts';
import { baseAt } from './scenarios/base-moment.ts';
import { CHANGEABLE } from './scenarios/changeable-layers.ts';
import { dropUndone, flipEdit, pushEdit, refuseBuiltUpon, takeOut } from './scenarios/edit-stack.ts';
import { lockDraft, lockScenario, noSuch, readableHead, refuseLostBase } from './scenarios/lock-scenario.ts';
import { kept, type LoggedChange, logBeginning, logChange, named } from './scenarios/scenario-log.ts';
import { type EditedCity, type Ground, randomName, settleEdit } from './settle-edit.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/**
 * The scenarios of the store. The pool is that of the owner: the role of public requests reads rows of scenarios, not
 * who wrote them. A change locks its scenario, so that of two people at one revision the second hears a conflict.
 */
export function storeScenarios(pool: Pool, layers: LayersProvider, ground: Ground): Scenarios {
  const read: Scenarios['read'] = async (id, who) => {
    const head = await readableHead(pool, id, who);
    if (!head) throw noSuch(id);
    return readScenario(pool, head, isStaff(who));
  };
  const cityLayers = async (): Promise<readonly Layer[]> =>
    (await layers()).filter(({ dataset }) => dataset === CITY);
  const changeable = async () => (await cityLayers()).filter(({ name }) => CHANGEABLE.includes(name));
  const cityOf = async (connection: Connection, head: HeadRow, who: Identity): Promise<EditedCity> => ({
    connection,
    view: { who, scenario: stateOf(head) },
    layers: await cityLayers(),
    ground,
  });

  /** One change of the stack under the lock of the scenario; `work` tells which objects and what the log says. */
  const changeStack = async (
    id: string,
    revision: number,
    who: Identity,
    work: (connection: Connection, head: HeadRow) => Promise<StackChange>,
  ): Promise<void> => {
    const known = await changeable();
    await inTransaction(pool, async (connection) => {
      const head = await lockDraft(connection, id, revision);
      const { objects, ...change } = await work(connection, head);
      const next = { id, base: new Date(head.base_at), revision: revision + 1 };
      const made = replay(await activeEdits(connection, id, objects));
      await writeScenarioRows(connection, next, made, objects, known);
      await logChange(connection, id, who, change);
    });
  };

  return {
    state: async (id, who) => {
      const head = await readableHead(pool, id, who);
      return head && stateOf(head);
    },
    list: (who) => summariesOf(pool, isStaff(who)),
    read,

    async create({ title, reason, access, assumptions = [], lawDate = DEFAULT_LAW_DATE, at }, who) {
      const moment = at === undefined ? undefined : parseRecordedMoment(at, 'at', new Date());
      const id = randomName(20);
      await inTransaction(pool, async (connection) => {
        const base = await baseAt(connection, moment);
        await connection.run(sql`insert into twin.scenario (id, title, reason, access, assumptions, law_date, author,
            updated_by, base_version, base_at)
          values (${id}::text, ${title}::text, ${reason}::text, ${access}::text, ${assumptions}::text[],
            ${lawDate}::date, ${who.who}::text, ${who.who}::text, ${base.version}::bigint, ${base.at}::timestamptz)`);
        await logBeginning(connection, id, who, { action: 'created' });
      });
      return read(id, who);
    },

    async change(id, revision, changes, who) {
      await inTransaction(pool, async (connection) => {
        const head = await lockScenario(connection, id, revision);
        const { access, ...words } = changes;
        if (Object.values(words).some((word) => word !== undefined)) checkIsDraft(head.state);
        const { title, reason, assumptions, lawDate } = words;
        await connection.run(sql`update twin.scenario set title = coalesce(${title ?? null}::text, title),
          reason = coalesce(${reason ?? null}::text, reason), access = coalesce(${access ?? null}::text, access),
          assumptions = coalesce(${assumptions ?? null}::text[], assumptions),
          law_date = coalesce(${lawDate ?? null}::date, law_date)
          where id = ${id}::text`);
        const members = Object.entries(changes).flatMap(([name, value]) =>
          value === undefined ? [] : [name],
        );
        await logChange(connection, id, who, { action: 'changed', members });
      });
      return read(id, who);
    },

    async remove(id, revision) {
      await inTransaction(pool, async (connection) => {
        refuseRemoval(await lockScenario(connection, id, revision));
        await connection.run(sql`delete from twin.scenario where id = ${id}::text`);
      });
    },

    async tryOut(id, edit, who) {
      const head = await readableHead(pool, id, who);
      if (!head) throw noSuch(id);
      return inTransaction(pool, async (connection) => {
        const { settled, findings } = await settleEdit(await cityOf(connection, head, who), edit);
        return { settled, findings };
      });
    },

    async add(id, revision, edit, who) {
      let findings: Awaited<ReturnType<typeof settleEdit>>['findings'] = [];
      let stored: StoredEdit | undefined;
      await changeStack(id, revision, who, async (connection, head) => {
        await refuseLostBase(connection, head);
        const settled = await settleEdit(await cityOf(connection, head, who), edit);
        findings = settled.findings;
        const dropped = kept(await dropUndone(connection, id));
        stored = await pushEdit(connection, id, edit, settled.settled, who);
        return { action: 'added', edits: named([stored]), dropped, objects: stored.objects };
      });
      if (!stored) throw new Error('the edit was not stored');
      return { scenario: await read(id, who), edit: stored, findings };
    },

    async removeEdit(id, revision, editId, who) {
      await changeStack(id, revision, who, async (connection) => {
        const stack = await activeEdits(connection, id);
        const at = stack.findIndex((each) => each.id === editId);
        const edit = stack[at];
        if (!edit) throw notFound(`There is no edit "${editId.slice(0, 100)}" in the stack`, 'edit');
        refuseBuiltUpon(edit, stack.slice(at + 1));
        const dropped = kept(await dropUndone(connection, id));
        const edits = kept(await takeOut(connection, id, sql`id = ${editId}::text`));
        return { action: 'removed', edits, dropped, objects: edit.objects };
      });
      return read(id, who);
    },

    async undo(id, revision, who) {
      await changeStack(id, revision, who, async (connection) => {
        const which = sql`not is_undone order by ordinal desc`;
        const edit = await flipEdit(connection, id, true, which, 'There is no edit to take back');
        return { action: 'undone', edits: named([edit]), objects: edit.objects };
      });
      return read(id, who);
    },

    async redo(id, revision, who) {
      await changeStack(id, revision, who, async (connection) => {
        const which = sql`is_undone order by ordinal`;
        const edit = await flipEdit(connection, id, false, which, 'There is no edit to bring back');
        return { action: 'redone', edits: named([edit]), objects: edit.objects };
      });
      return read(id, who);
    },
  };
}

interface StackChange extends LoggedChange {
  readonly objects: StoredEdit['objects'];
}

/** What others look at, or what stands in the registers, is not thrown away with one key. */
function refuseRemoval({ published_at, applied_at }: HeadRow): void {
  if (published_at) {
    throw conflict('The scenario is published; withdraw the publication before you delete it', 'scenario');
  }
  if (applied_at) {
    throw conflict('The scenario was applied to the registers and is kept as the record of that', 'scenario');
  }
}
