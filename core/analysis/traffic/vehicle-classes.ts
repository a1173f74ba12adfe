/** Groups of vehicles as the classes of an assignment, and its flows as those of cars and lorries again. */
import type { CityNetwork } from './city-network.ts';
import type { CityTrips } from './city-trips.ts';
import type { OdDemand } from './demand.ts';
import type { Equilibrium } from './equilibrium.ts';
import type { TrafficClass } from './traffic-class.ts';
import { groupDemands, type VehicleGroup } from './vehicle-groups.ts';

const TRUCK_PCU = 2;

/** One class for each group, cars before lorries. */
export function classesOf(
  city: CityNetwork,
  trips: CityTrips,
  groups: readonly VehicleGroup[],
): readonly TrafficClass[] {
  return (['car', 'truck'] as const).flatMap((name) => {
    const own = groups.filter((group) => group.name === name);
    const demands = groupDemands(trips[name], own, city.cutOff);
    return own.map((group, n): TrafficClass => {
      const fixedCost = city.fixedCostOf(group);
      return { name, demand: demands[n] as OdDemand, fixedCost, pcu: name === 'car' ? 1 : TRUCK_PCU };
    });
  });
}

/** Flows of cars and of lorries, each of all their groups. */
export function byVehicle(equilibrium: Equilibrium, groups: readonly VehicleGroup[]): Equilibrium {
  const sumOf = (name: VehicleGroup['name']) => {
    const own = equilibrium.classFlow.filter((_, k) => groups[k]?.name === name);
    return equilibrium.flow.map((_, at) => own.reduce((sum, flow) => sum + (flow[at] as number), 0));
  };
  return { ...equilibrium, classFlow: [sumOf('car'), sumOf('truck')] };
}
