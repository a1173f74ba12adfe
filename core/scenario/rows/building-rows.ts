import type { MultiPolygon } from '../../geo/geometry.ts';
import type { AddBuilding, RemoveBuilding } from '../../wire/edits/building.ts';
import type { AddModel } from '../../wire/edits/building-model.ts';
import type { Settled } from '../../wire/scenario.ts';
import { modelFeatures } from '../placed-model.ts';
import { plannedFeatures, planSolid } from '../planned-building.ts';
import { removedRows, rowOf, type ScenarioRow } from '../scenario-row.ts';

/** Rows of `buildings` and `buildings_3d`. */
export function buildingRows(
  edit: AddBuilding | AddModel | RemoveBuilding,
  settled: Settled,
): readonly ScenarioRow[] {
  if (edit.kind === 'remove-building') return removedRows(settled);
  const { objects, groundHeightM = 0, parcelIds = [], shapes = [] } = settled;
  const [first] = objects;
  if (!first) return [];
  if (edit.kind === 'add-building') {
    return plannedFeatures(edit, planSolid(edit), first.id, groundHeightM, parcelIds).map(rowOf);
  }
  const footprint = shapes.find(({ layer }) => layer === 'buildings')?.geometry;
  if (footprint?.type !== 'MultiPolygon')
    throw new Error('A placed model was settled without what it covers');
  return modelFeatures(edit, first.id, groundHeightM, footprint as MultiPolygon, parcelIds).map(rowOf);
}
