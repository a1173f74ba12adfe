/** Putting edits on a stack, and keeping the rows of a scenario what its stack makes of them. */
import { TwinError } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { replay } from '../../../core/scenario/replay.ts';
import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import type { Edit, StoredEdit } from '../../../core/wire/scenario.ts';
import type { AddedEdit } from '../../services/scenarios.ts';
import type { Connection } from '../connection.ts';
import { decidingEdits, type HeadRow, stateOf } from '../scenario-reading.ts';
import { writeScenarioRows } from '../scenario-rows.ts';
import type { EditedCity } from '../settle/edited-city.ts';
import { pushEdit } from './edit-stack.ts';
import { waitingEdits } from './waiting-edits.ts';

/**
 * Puts edits on top, each made in the city that those before it leave. The connection of the city holds the lock.
 * @throws TwinError invalid-parameter naming the first one that cannot be made
 */
export async function addEdits(
  city: EditedCity,
  head: HeadRow,
  edits: readonly Edit[],
): Promise<readonly AddedEdit[]> {
  const { connection, view, layers } = city;
  const added: AddedEdit[] = [];
  let state = stateOf(head);
  const waiting = waitingEdits(
    () => ({ ...city, view: { ...view, scenario: state } }),
    async (objects) => {
      state = { ...state, layers: await refreshObjects(connection, head, objects, layers) };
    },
  );
  for (const [index, edit] of edits.entries()) {
    const { settled, findings } = await waiting.settle(edit).catch((error: unknown) => {
      throw edits.length > 1 ? placed(error, edit, index) : error;
    });
    const stored = await pushEdit(connection, head.id, edit, settled, view.who);
    await waiting.add(stored);
    added.push({ edit: stored, settled, findings });
  }
  await waiting.flush();
  return added;
}

/**
 * Brings the rows of some objects to what the stack makes of them now.
 * @param head the scenario before the change
 * @param layers of the city
 * @returns names of the layers in which the scenario now differs from its base
 */
export async function refreshObjects(
  connection: Connection,
  head: HeadRow,
  objects: StoredEdit['objects'],
  layers: readonly Layer[],
): Promise<readonly string[]> {
  const { id, base, revision } = stateOf(head);
  const made = replay(await decidingEdits(connection, id, objects));
  const changeable = layers.filter(({ name }) => isChangeable(name));
  return writeScenarioRows(connection, { id, base, revision: revision + 1 }, made, objects, changeable);
}

/** What is wrong with one of several edits, told with its place among them. */
function placed(error: unknown, { kind }: Edit, index: number): unknown {
  if (!(error instanceof TwinError)) return error;
  const parameter = error.parameter === undefined ? `${index}` : `${index}.${error.parameter}`;
  return new TwinError(error.kind, `Edit ${index} (${kind}): ${error.message}. None of the edits was made`, {
    parameter,
    cause: error,
  });
}
