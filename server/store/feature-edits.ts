import { requireRight } from '../access/require-right.ts';
import {
  type EditDoor,
  type EditedObject,
  EditFault,
  type FeatureAction,
  type FeatureEdits,
  type UsedLock,
} from '../services/feature-edits.ts';
import { LockFault } from '../services/feature-locks.ts';
import type { Connection } from './connection.ts';
import { CITY, datasetLock } from './dataset.ts';
import { editableLayer, refuseOtherStates } from './edited-layer.ts';
import { checkLock, lockedAmong, releaseLock } from './feature-locks.ts';
import type { LayersProvider } from './features.ts';
import { PendingEdits } from './pending-edits.ts';
import type { Pool } from './pool.ts';
import { changeRegister, RegisterFault } from './register-rows.ts';
import { tableOf } from './register-table.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** What a transaction did, for the record of changes. */
interface Tally {
  readonly version: number;
  readonly who: string;
  readonly door: EditDoor;
  readonly done: Readonly<Record<FeatureAction['op'], number>>;
  readonly layers: readonly string[];
}

/** @param pool of the owner: the role of public requests cannot write */
export function storeFeatureEdits(pool: Pool, layers: LayersProvider): FeatureEdits {
  return {
    async apply(actions, { view, door, lock }) {
      requireRight(view.who, 'edit');
      refuseOtherStates(view);
      const known = await layers();
      const layerOf = (name: string, action: number) => {
        const layer = editableLayer(known, name, action);
        requireRight(view.who, 'edit', name);
        return layer;
      };
      return inTransaction(pool, async (connection) => {
        // Of two that change the same object the second one sees the first.
        await connection.run(datasetLock(CITY));
        if (lock) await checkLock(connection, lock.id);
        const pending = new PendingEdits(connection, { who: view.who }, layerOf);
        const done = { insert: 0, update: 0, replace: 0, delete: 0 };
        const results: Awaited<ReturnType<PendingEdits['take']>>[] = [];
        for (const [index, action] of actions.entries()) {
          const objects = await pending.take(action, index);
          done[action.op] += objects.length;
          results.push(objects);
        }
        const touched = results.flat();
        const [other] = await lockedAmong(connection, touched, lock?.id);
        if (other) throw lockedElsewhere(other, lock);
        const version = await write(connection, pending);
        if (lock) await releaseLock(connection, lock.id, lock.release === 'all' ? 'all' : touched);
        if (version !== undefined) {
          const names = [...new Set(touched.map(({ layer }) => layer))];
          await recordEdit(connection, { version, who: view.who.who, door, done, layers: names });
        }
        return { version, actions: results };
      });
    },

    async versionOf(name, id, signal) {
      const layer = (await layers()).find((each) => each.name === name);
      if (!layer) return undefined;
      const [row] = await pool.read<{ version: number }>(
        sql`select dataset_version as version from ${tableOf(layer)}
          where id = ${id.replaceAll('\0', '')}::text and valid_to is null`,
        signal,
      );
      return row?.version;
    },
  };
}

function lockedElsewhere({ layer, id }: EditedObject, lock: UsedLock | undefined): LockFault {
  const message = lock
    ? `"${id}" of ${layer} is under another lock; wait until that has expired`
    : `"${id}" of ${layer} is locked; name the lock (lockId), or wait until it has expired`;
  return new LockFault('locked', message);
}

async function write(connection: Connection, pending: PendingEdits): Promise<number | undefined> {
  const changes = pending.changes().filter(({ features, ended }) => features.length + ended.length > 0);
  const source = { fileName: '', format: 'edit', source: 'Edited by the city', synthetic: false };
  try {
    return await changeRegister(connection, changes, { ...source, keepsSource: true });
  } catch (error) {
    if (!(error instanceof RegisterFault)) throw error;
    const { problem, layer } = error;
    const action = changes.find((change) => change.layer === layer)?.actionOf(problem.objectId) ?? 0;
    const isShape = problem.code === 'invalid-geometry' || problem.code === 'outside-city';
    throw new EditFault(
      isShape ? 'geometry' : 'value',
      action,
      `${layer.name} "${problem.objectId}" cannot be so: ${problem.code}, ${problem.message}`,
      isShape ? 'geom' : layer.name,
    );
  }
}

/** Who made a version by hand, when and through which door. */
export async function recordEdit(
  connection: Connection,
  { version, who, door, done, layers }: Tally,
): Promise<void> {
  await connection.run(
    sql`insert into twin.feature_edit (version, who, door, layers, inserted, updated, replaced, deleted)
      values (${version}::bigint, ${who}::text, ${door}::text, ${layers}::text[], ${done.insert}::integer,
        ${done.update}::integer, ${done.replace}::integer, ${done.delete}::integer)`,
  );
}
