import type { Edit } from '../../../core/wire/scenario.ts';
import { settleAddBuilding, settleRemoveBuilding } from './building.ts';
import { settleChangeBuilding, settleMoveBuilding } from './changed-building.ts';
import type { EditedCity, SettledEdit } from './edited-city.ts';
import { settleAddFacility, settleChangeFacility, settleCloseFacility } from './facility.ts';
import { settleMergeParcels, settleSplitParcel } from './parcel.ts';
import { settleChangePlanZone } from './plan-zone.ts';
import { settleShapeTerrain } from './terrain.ts';
import { settleFellTree, settlePlantTree } from './tree.ts';

/**
 * What an edit means in the city as the scenario has it: the objects that it touches, and what a planner should know.
 * @throws TwinError invalid-parameter when the edit cannot be made in this city
 */
export function settleEdit(city: EditedCity, edit: Edit): Promise<SettledEdit> {
  switch (edit.kind) {
    case 'add-building':
      return settleAddBuilding(city, edit);
    case 'remove-building':
      return settleRemoveBuilding(city, edit);
    case 'move-building':
      return settleMoveBuilding(city, edit);
    case 'change-building':
      return settleChangeBuilding(city, edit);
    case 'split-parcel':
      return settleSplitParcel(city, edit);
    case 'merge-parcels':
      return settleMergeParcels(city, edit);
    case 'change-plan-zone':
      return settleChangePlanZone(city, edit);
    case 'shape-terrain':
      return settleShapeTerrain(city, edit);
    case 'plant-tree':
      return settlePlantTree(city, edit);
    case 'fell-tree':
      return settleFellTree(city, edit);
    case 'add-facility':
      return settleAddFacility(city, edit);
    case 'close-facility':
      return settleCloseFacility(city, edit);
    case 'change-facility':
      return settleChangeFacility(city, edit);
  }
}
