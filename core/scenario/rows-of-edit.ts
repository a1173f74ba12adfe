import type { StoredEdit } from '../wire/scenario.ts';
import { buildingRows } from './rows/building-rows.ts';
import { changedBuildingRows } from './rows/changed-building-rows.ts';
import { facilityRows } from './rows/facility-rows.ts';
import { parcelRows } from './rows/parcel-rows.ts';
import { planZoneRows } from './rows/plan-zone-rows.ts';
import { roadRows } from './rows/road-rows.ts';
import { trafficRuleRows } from './rows/traffic-rule-rows.ts';
import { treeRows } from './rows/tree-rows.ts';
import { utilityRows } from './rows/utility-rows.ts';
import type { ScenarioRow } from './scenario-row.ts';

/**
 * What one edit says of the objects that it touches: a pure function of the edit and of what was settled when it was
 * made.
 */
export function rowsOfEdit({ edit, ...settled }: StoredEdit): readonly ScenarioRow[] {
  switch (edit.kind) {
    case 'add-building':
    case 'add-model':
    case 'remove-building':
      return buildingRows(edit, settled);
    case 'move-building':
    case 'change-building':
      return changedBuildingRows(edit, settled);
    case 'split-parcel':
    case 'merge-parcels':
      return parcelRows(edit, settled);
    case 'change-plan-zone':
      return planZoneRows(edit, settled);
    // The ground is in no register: `server/store/scenario-shapes.ts` reads it from the stack.
    case 'shape-terrain':
      return [];
    case 'plant-tree':
    case 'fell-tree':
      return treeRows(edit, settled);
    case 'add-facility':
    case 'close-facility':
    case 'change-facility':
      return facilityRows(edit, settled);
    case 'close-road':
    case 'open-road':
    case 'change-road':
    case 'add-road':
      return roadRows(edit, settled);
    case 'ban-turn':
    case 'allow-turn':
    case 'set-signal':
    case 'remove-signal':
    case 'slow-zone':
    case 'low-emission-zone':
      return trafficRuleRows(edit, settled);
    case 'add-utility-line':
    case 'remove-utility-line':
      return utilityRows(edit, settled);
    case 'scale-demand':
      return [];
  }
}
