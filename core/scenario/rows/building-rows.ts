import type { AddBuilding, RemoveBuilding } from '../../wire/edits/building.ts';
import type { Settled } from '../../wire/scenario.ts';
import { plannedFeatures, planSolid } from '../planned-building.ts';
import { removedRows, rowOf, type ScenarioRow } from '../scenario-row.ts';

/** Rows of `buildings` and `buildings_3d`. */
export function buildingRows(edit: AddBuilding | RemoveBuilding, settled: Settled): readonly ScenarioRow[] {
  if (edit.kind === 'remove-building') return removedRows(settled);
  const { objects, groundHeightM = 0, parcelIds = [] } = settled;
  const [first] = objects;
  return first ? plannedFeatures(edit, planSolid(edit), first.id, groundHeightM, parcelIds).map(rowOf) : [];
}
