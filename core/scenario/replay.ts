/** What a stack of edits makes of the city: the rows in which it differs from its base. */
import type { StoredEdit } from '../wire/scenario.ts';
import { rowsOfEdit } from './rows-of-edit.ts';
import { objectKey, type ScenarioRow } from './scenario-row.ts';

/**
 * Replays edits in their order. The same edits always give the same rows; an object that the scenario itself had
 * added and removed again leaves none. The rows of an object depend on the first and the last edit that touch it:
 * the first says whether the base has it, the last how it is, since it was made over all before it.
 */
export function replay(edits: readonly StoredEdit[]): ReadonlyMap<string, ScenarioRow> {
  const rows = new Map<string, ScenarioRow>();
  const addedHere = new Set<string>();
  for (const edit of edits) {
    for (const object of edit.objects) {
      const key = objectKey(object);
      if (object.change === 'added' && !rows.has(key)) addedHere.add(key);
    }
    for (const row of rowsOfEdit(edit)) {
      const key = objectKey(row);
      if (row.feature === undefined && addedHere.has(key)) rows.delete(key);
      else rows.set(key, row);
    }
  }
  return rows;
}
