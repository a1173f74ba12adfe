/** What a stack of edits makes of the city: the rows in which it differs from its base. */
import type { Feature } from '../feature/feature.ts';
import type { StoredEdit } from '../wire/scenario.ts';
import { plannedFeatures, planSolid } from './planned-building.ts';

/** An object of the city as the scenario has it; without a feature it is gone. */
export interface ScenarioRow {
  readonly layer: string;
  readonly id: string;
  readonly feature: Feature | undefined;
}

/** One name for an object across layers. */
export const objectKey = ({ layer, id }: { readonly layer: string; readonly id: string }): string =>
  `${layer} ${id}`;

/**
 * Replays edits in their order. The same edits always give the same rows; an object that the scenario itself had
 * added and removed again leaves none.
 */
export function replay(edits: readonly StoredEdit[]): ReadonlyMap<string, ScenarioRow> {
  const rows = new Map<string, ScenarioRow>();
  for (const edit of edits) {
    for (const row of rowsOfEdit(edit)) {
      const key = objectKey(row);
      const isAddedHere = rows.get(key)?.feature !== undefined;
      if (row.feature === undefined && isAddedHere) rows.delete(key);
      else rows.set(key, row);
    }
  }
  return rows;
}

/** What one edit says of the objects that it touches. */
export function rowsOfEdit({
  edit,
  objects,
  groundHeightM = 0,
  parcelIds = [],
}: StoredEdit): readonly ScenarioRow[] {
  switch (edit.kind) {
    case 'add-building': {
      const [first] = objects;
      if (!first) return [];
      const features = plannedFeatures(edit, planSolid(edit), first.id, groundHeightM, parcelIds);
      return features.map((feature) => ({ layer: feature.layer, id: feature.id, feature }));
    }
    case 'remove-building':
      return objects.map(({ layer, id }) => ({ layer, id, feature: undefined }));
  }
}
