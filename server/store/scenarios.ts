import { invalidParameter, notFound, TwinError } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import { replay } from '../../core/scenario/replay.ts';
import type { Edit, Settled, StoredEdit } from '../../core/wire/scenario.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import type { Scenarios } from '../services.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import {
  activeEdits,
  type EditRow,
  readScenario,
  type ScenarioHead,
  scenarioHeadSql,
  stateOf,
  storedEdit,
  summariesOf,
} from './scenario-reading.ts';
import { writeScenarioRows } from './scenario-rows.ts';
import { type EditedCity, type Ground, randomName, settleEdit } from './settle-edit.ts';
import { type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const MOST_EDITS = 10_000;
/** Layers that edits can change; each has a sister table. */
const CHANGEABLE = ['buildings', 'buildings_3d'];
const SCENARIO_ID = /^[a-z2-7]{20}$/;

/**
 * The scenarios of the store. The pool is that of the owner: the role of public requests reads rows of scenarios, not
 * who wrote them. A change locks its scenario, so that of two people at one revision the second hears a conflict.
 */
export function storeScenarios(pool: Pool, layers: LayersProvider, ground: Ground): Scenarios {
  const headOf = async (id: string, who: Identity): Promise<ScenarioHead | undefined> => {
    if (!SCENARIO_ID.test(id)) return undefined;
    const [head] = await pool.read<ScenarioHead>(scenarioHeadSql(id));
    return head && (head.access !== 'staff' || isStaff(who)) ? head : undefined;
  };
  const read: Scenarios['read'] = async (id, who) => {
    const head = await headOf(id, who);
    if (!head) throw noSuch(id);
    return readScenario(pool, head);
  };
  const cityLayers = async (): Promise<readonly Layer[]> =>
    (await layers()).filter(({ dataset }) => dataset === CITY);
  const changeable = async () => (await cityLayers()).filter(({ name }) => CHANGEABLE.includes(name));
  const cityOf = async (connection: Connection, head: ScenarioHead, who: Identity): Promise<EditedCity> => ({
    connection,
    view: { who, scenario: stateOf(head) },
    layers: await cityLayers(),
    ground,
  });

  /** One change of the stack under the lock of the scenario; `work` tells which edit it was about. */
  const changeStack = async (
    id: string,
    revision: number,
    who: Identity,
    work: (connection: Connection, head: ScenarioHead) => Promise<StoredEdit>,
  ): Promise<void> => {
    const known = await changeable();
    await inTransaction(pool, async (connection) => {
      const head = await lock(connection, id, revision);
      const { objects } = await work(connection, head);
      const next = { id, base: new Date(head.base_at), revision: revision + 1 };
      const made = replay(await activeEdits(connection, id, objects));
      await writeScenarioRows(connection, next, made, objects, known);
      await connection.run(touchHeadSql(id, who));
    });
  };

  return {
    state: async (id, who) => {
      const head = await headOf(id, who);
      return head && stateOf(head);
    },
    list: (who) => summariesOf(pool, isStaff(who)),
    read,

    async create({ title, reason, access, at }, who) {
      const moment = at === undefined ? undefined : parseRecordedMoment(at, 'at', new Date());
      const id = randomName(20);
      // The moment of a load that is committed: one that is under way gets a later one.
      await pool.read(sql`insert into twin.scenario (id, title, reason, access, author, updated_by, base_version, base_at)
        select ${id}::text, ${title}::text, ${reason}::text, ${access}::text, ${who.who}::text, ${who.who}::text,
          coalesce(max(version), 0), coalesce(max(recorded_at), ${moment?.toISOString() ?? null}::timestamptz, now())
        from twin.dataset_version where dataset = ${CITY}::text
          and recorded_at <= coalesce(${moment?.toISOString() ?? null}::timestamptz, 'infinity')`);
      return read(id, who);
    },

    async change(id, revision, { title, reason, access }, who) {
      await inTransaction(pool, async (connection) => {
        await lock(connection, id, revision);
        await connection.run(sql`update twin.scenario set title = coalesce(${title ?? null}::text, title),
          reason = coalesce(${reason ?? null}::text, reason), access = coalesce(${access ?? null}::text, access)
          where id = ${id}::text`);
        await connection.run(touchHeadSql(id, who));
      });
      return read(id, who);
    },

    async remove(id, revision) {
      await inTransaction(pool, async (connection) => {
        await lock(connection, id, revision);
        await connection.run(sql`delete from twin.scenario where id = ${id}::text`);
      });
    },

    async tryOut(id, edit, who) {
      const head = await headOf(id, who);
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
        const settled = await settleEdit(await cityOf(connection, head, who), edit);
        findings = settled.findings;
        stored = await push(connection, id, edit, settled.settled, who);
        return stored;
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
        // What was undone was undone from another stack.
        await connection.run(sql`delete from twin.scenario_edit
          where scenario_id = ${id}::text and (id = ${editId}::text or is_undone)`);
        return edit;
      });
      return read(id, who);
    },

    async undo(id, revision, who) {
      await changeStack(id, revision, who, (connection) =>
        flip(connection, id, true, sql`not is_undone order by ordinal desc`, 'There is no edit to take back'),
      );
      return read(id, who);
    },

    async redo(id, revision, who) {
      await changeStack(id, revision, who, (connection) =>
        flip(connection, id, false, sql`is_undone order by ordinal`, 'There is no edit to bring back'),
      );
      return read(id, who);
    },
  };
}

const noSuch = (id: string): TwinError =>
  notFound(
    `There is no scenario "${id.slice(0, 100)}" that you may read; it may have been deleted`,
    'scenario',
  );

/** Waits for whoever is changing it, then looks whether it is still as the caller knew it. */
async function lock(connection: Connection, id: string, revision: number): Promise<ScenarioHead> {
  if (!SCENARIO_ID.test(id)) throw noSuch(id);
  const [head] = await connection.run<ScenarioHead>(sql`${scenarioHeadSql(id)} for update`);
  if (!head) throw noSuch(id);
  if (head.revision === revision) return head;
  throw new TwinError(
    'conflict',
    `${head.updated_by} has changed the scenario at ${head.updated_at}: it is at revision ${head.revision}, you changed revision ${revision}. Read it again and repeat your change with If-Match: "${head.revision}"`,
    { parameter: 'if-match' },
  );
}

const touchHeadSql = (id: string, { who }: Identity): Sql =>
  sql`update twin.scenario set revision = revision + 1, updated_by = ${who}::text,
    updated_at = date_trunc('milliseconds', clock_timestamp()) where id = ${id}::text`;

/** Puts an edit on the stack; what had been undone is gone for good. */
async function push(
  connection: Connection,
  scenarioId: string,
  edit: Edit,
  settled: Settled,
  who: Identity,
): Promise<StoredEdit> {
  await connection.run(
    sql`delete from twin.scenario_edit where scenario_id = ${scenarioId}::text and is_undone`,
  );
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

/** Marks the first edit of an order as undone, or not. */
async function flip(
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
  if (!row) throw new TwinError('conflict', ifNone, { parameter: 'edits' });
  return storedEdit(row);
}

/** A building that a later edit removes cannot be taken out from under it. */
function refuseBuiltUpon(edit: StoredEdit, later: readonly StoredEdit[]): void {
  const made = new Set(edit.objects.map(({ layer, id }) => `${layer} ${id}`));
  const follower = later.find(({ objects }) => objects.some(({ layer, id }) => made.has(`${layer} ${id}`)));
  if (!follower) return;
  throw new TwinError(
    'conflict',
    `Edit ${follower.id} (${follower.edit.kind}) builds on edit ${edit.id}; take that one out first`,
    { parameter: 'edit' },
  );
}
