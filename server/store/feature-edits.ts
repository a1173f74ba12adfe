import { notSupported } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { requireStaff } from '../access/require-staff.ts';
import type { View } from '../access/view.ts';
import {
  type EditDoor,
  EditFault,
  type FeatureAction,
  type FeatureEdits,
} from '../services/feature-edits.ts';
import type { Connection } from './connection.ts';
import { CITY, datasetLock } from './dataset.ts';
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
    async apply(actions, { view, door }) {
      requireStaff(view.who);
      refuseOtherStates(view);
      const known = await layers();
      const layerOf = (name: string, action: number) => editableLayer(known, name, action);
      return inTransaction(pool, async (connection) => {
        // Of two that change the same object the second one sees the first.
        await connection.run(datasetLock(CITY));
        const pending = new PendingEdits(connection, { who: view.who }, layerOf);
        const done = { insert: 0, update: 0, replace: 0, delete: 0 };
        const results: Awaited<ReturnType<PendingEdits['take']>>[] = [];
        for (const [index, action] of actions.entries()) {
          const objects = await pending.take(action, index);
          done[action.op] += objects.length;
          results.push(objects);
        }
        const version = await write(connection, pending);
        if (version !== undefined) {
          const touched = pending.changes().map(({ layer }) => layer.name);
          await record(connection, { version, who: view.who.who, door, done, layers: touched });
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

function refuseOtherStates({ at, scenario }: View): void {
  if (scenario) {
    throw notSupported(
      'A scenario is changed by its own edits (/api/scenarios/{id}/edits), not here',
      'scenario',
    );
  }
  if (at) throw notSupported('What was cannot be changed; leave the moment out', 'at');
}

function editableLayer(layers: readonly Layer[], name: string, action: number): Layer {
  const layer = layers.find((each) => each.name === name);
  if (layer?.editable && layer.dataset === CITY) return layer;
  const open = layers
    .filter(({ editable, dataset }) => editable && dataset === CITY)
    .map((each) => each.name);
  if (!layer) {
    const message = `There is no layer "${name.slice(0, 100)}" to edit; there are: ${open.join(', ')}`;
    throw new EditFault('value', action, message, name.slice(0, 100));
  }
  const message = `${name} is kept in a register of its own and taken over from there; edited here are: ${open.join(', ')}`;
  throw new EditFault('read-only', action, message, name);
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

async function record(connection: Connection, { version, who, door, done, layers }: Tally): Promise<void> {
  await connection.run(
    sql`insert into twin.feature_edit (version, who, door, layers, inserted, updated, replaced, deleted)
      values (${version}::bigint, ${who}::text, ${door}::text, ${layers}::text[], ${done.insert}::integer,
        ${done.update}::integer, ${done.replace}::integer, ${done.delete}::integer)`,
  );
}
