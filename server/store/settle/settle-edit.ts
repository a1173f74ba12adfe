import type { Edit } from '../../../core/wire/scenario.ts';
import { settleAddRoad } from './add-road.ts';
import { settleAddBuilding, settleRemoveBuilding } from './building.ts';
import { settleChangeBuilding, settleMoveBuilding } from './changed-building.ts';
import { settleScaleDemand } from './demand.ts';
import type { EditedCity, SettledEdit } from './edited-city.ts';
import { settleAddFacility, settleChangeFacility, settleCloseFacility } from './facility.ts';
import { settleAddModel } from './model.ts';
import { settleMergeParcels, settleSplitParcel } from './parcel.ts';
import { settleChangePlanZone } from './plan-zone.ts';
import { settleChangeRoad, settleCloseRoad, settleOpenRoad } from './road.ts';
import { settleShapeTerrain } from './terrain.ts';
import { settleAllowTurn, settleBanTurn, settleRemoveSignal, settleSetSignal } from './traffic-rules.ts';
import { settleLowEmissionZone, settleSlowZone } from './traffic-zones.ts';
import { settleFellTree, settlePlantTree } from './tree.ts';
import { settleAddUtilityLine, settleRemoveUtilityLine } from './utility.ts';

/**
 * What an edit means in the city as the scenario has it: the objects that it touches, and what a planner should know.
 * @throws TwinError invalid-parameter when the edit cannot be made in this city
 */
export function settleEdit(city: EditedCity, edit: Edit): Promise<SettledEdit> {
  switch (edit.kind) {
    case 'add-building':
      return settleAddBuilding(city, edit);
    case 'add-model':
      return settleAddModel(city, edit);
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
    case 'close-road':
      return settleCloseRoad(city, edit);
    case 'open-road':
      return settleOpenRoad(city, edit);
    case 'change-road':
      return settleChangeRoad(city, edit);
    case 'add-road':
      return settleAddRoad(city, edit);
    case 'ban-turn':
      return settleBanTurn(city, edit);
    case 'allow-turn':
      return settleAllowTurn(city, edit);
    case 'set-signal':
      return settleSetSignal(city, edit);
    case 'remove-signal':
      return settleRemoveSignal(city, edit);
    case 'slow-zone':
      return settleSlowZone(city, edit);
    case 'low-emission-zone':
      return settleLowEmissionZone(city, edit);
    case 'add-utility-line':
      return settleAddUtilityLine(city, edit);
    case 'remove-utility-line':
      return settleRemoveUtilityLine(city, edit);
    case 'scale-demand':
      return settleScaleDemand(city, edit);
  }
}
