import { transformBetween } from '../../core/geo/crs.ts';
import type { WireVehicle } from '../../core/wire/transit.ts';
import type { PlanBox } from '../state/twin-state.ts';

const toCity = transformBetween(4326, 2177);
/** What is round a vehicle is worth seeing too. */
const AROUND_M = 150;

/** The neighbourhood of a vehicle on the plan. */
export function vehicleBox({ lonLat }: WireVehicle): PlanBox {
  const [e = 0, n = 0] = toCity(lonLat);
  return [e - AROUND_M, n - AROUND_M, e + AROUND_M, n + AROUND_M];
}
