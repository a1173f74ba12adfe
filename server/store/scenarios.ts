import { conflict } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { checkIsDraft } from '../../core/scenario/life.ts';
import { parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import type { StoredEdit } from '../../core/wire/scenario.ts';
import { DEFAULT_LAW_DATE } from '../../core/wire/scenario-head.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import type { AddedEdit, Scenarios } from '../services/scenarios.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { randomName } from './random-name.ts';
import { sayWho } from './say-who.ts';
import { type HeadRow, readScenario, stateOf, summariesOf } from './scenario-reading.ts';
import { addEdits, refreshObjects } from './scenarios/add-edits.ts';
import { baseAt } from './scenarios/base-moment.ts';
import { dropUndone, flipEdit, takeOutEdit } from './scenarios/edit-stack.ts';
import { lockDraft, lockScenario, noSuch, readableHead, refuseLostBase } from './scenarios/lock-scenario.ts';
import { kept, type LoggedChange, logBeginning, logChange, named } from './scenarios/scenario-log.ts';
import { type EditedCity, type Ground, groundOf } from './settle/edited-city.ts';
import { settleEdit } from './settle/settle-edit.ts';
import { sql } from './sql.ts';
import { inTransaction, inTrial } from './transaction.ts';

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
  const cityOf = async (connection: Connection, head: HeadRow, who: Identity): Promise<EditedCity> => ({
    connection,
    view: { who, scenario: stateOf(head) },
    layers: await cityLayers(),
    ground: groundOf(ground, connection, head.id),
  });

  /** One change of the stack under the lock of the scenario; `work` tells which objects and what the log says. */
  const changeStack = async (
    id: string,
    revision: number,
    who: Identity,
    work: (connection: Connection, head: HeadRow) => Promise<StackChange>,
  ): Promise<void> => {
    const known = await cityLayers();
    await inTransaction(pool, async (connection) => {
      const head = await lockDraft(connection, id, revision);
      const { objects, ...change } = await work(connection, head);
      await refreshObjects(connection, head, objects, known);
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

    async remove(id, revision, who) {
      await inTransaction(pool, async (connection) => {
        await sayWho(connection, who);
        refuseRemoval(await lockScenario(connection, id, revision));
        await connection.run(sql`delete from twin.scenario where id = ${id}::text`);
      });
    },

    tryOut: (id, edits, who) =>
      inTrial(pool, async (connection) => {
        const head = await readableHead(pool, id, who);
        if (!head) throw noSuch(id);
        const [only, ...others] = edits;
        if (only && others.length === 0) return [await settleEdit(await cityOf(connection, head, who), only)];
        // Several leave rows behind one another; nobody else may write those meanwhile.
        const held = await lockScenario(connection, id);
        return addEdits(await cityOf(connection, held, who), held, edits);
      }),

    async add(id, revision, edits, who) {
      const added: AddedEdit[] = [];
      await changeStack(id, revision, who, async (connection, head) => {
        await refuseLostBase(connection, head);
        const dropped = kept(await dropUndone(connection, id));
        added.push(...(await addEdits(await cityOf(connection, head, who), head, edits)));
        return { action: 'added', edits: named(added.map(({ edit }) => edit)), dropped, objects: [] };
      });
      return { revision: revision + 1, added };
    },

    async removeEdit(id, revision, editId, who) {
      await changeStack(id, revision, who, async (connection) => {
        const edit = await takeOutEdit(connection, id, editId);
        const dropped = kept(await dropUndone(connection, id));
        return { action: 'removed', edits: kept([edit]), dropped, objects: edit.objects };
      });
      return read(id, who);
    },

    async undo(id, revision, who, edits = 1) {
      await changeStack(id, revision, who, async (connection) => {
        const which = sql`not is_undone order by ordinal desc`;
        const taken: StoredEdit[] = [];
        while (taken.length < edits) {
          const ifNone =
            taken.length === 0
              ? 'There is no edit to take back'
              : `There are only ${taken.length} edits to take back`;
          taken.push(await flipEdit(connection, id, true, which, ifNone));
        }
        return { action: 'undone', edits: named(taken), objects: taken.flatMap(({ objects }) => objects) };
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
