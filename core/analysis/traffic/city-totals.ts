import type { TrafficTotals } from '../../wire/traffic.ts';
import { POLLUTANTS } from '../emissions/emission-factors.ts';
import { exhaustGPerH } from '../emissions/hot-exhaust.ts';
import type { CityNetwork } from './city-network.ts';
import type { Equilibrium } from './equilibrium.ts';

const S_PER_H = 3600;
const EXHAUST = [...POLLUTANTS, 'CO2'] as const;

/**
 * Sums over the streets of the city; ways from doors to streets do not count. Lorries count as one vehicle.
 * @param made trips that are made, on a way or without one
 */
export function cityTotals(
  { network, firstStreet, fixedCost }: CityNetwork,
  { classFlow, time, flow, lost }: Equilibrium,
  made: number,
): TrafficTotals {
  let [vehicleM, vehicleS, freeS, overM] = [0, 0, 0, 0];
  const exhaust = { NOx: 0, CO: 0, NMHC: 0, PM: 0, CO2: 0 };
  const streetEnd = network.elastic?.first ?? network.linkCount;
  for (let at = firstStreet; at < streetEnd; at++) {
    const vehicles = classFlow.reduce((sum, each) => sum + (each[at] as number), 0);
    const lengthM = network.length[at] as number;
    const [carPerH = 0, truckPerH = 0] = classFlow.map((each) => each[at] as number);
    const speedKmH = (lengthM / (time[at] as number)) * 3.6;
    const grams = exhaustGPerH({ carPerH, truckPerH, speedKmH, lengthM });
    for (const name of EXHAUST) exhaust[name] += grams[name];
    vehicleM += vehicles * lengthM;
    vehicleS += vehicles * (time[at] as number);
    freeS += vehicles * (network.freeFlowTime[at] as number);
    if (
      fixedCost[at] !== Number.POSITIVE_INFINITY &&
      (flow[at] as number) > (network.capacity[at] as number)
    ) {
      overM += lengthM;
    }
  }
  return {
    trips: tenth(made),
    vehicleKm: tenth(vehicleM / 1000),
    vehicleHours: hundredth(vehicleS / S_PER_H),
    delayHours: hundredth((vehicleS - freeS) / S_PER_H),
    meanSpeedKmH: vehicleS > 0 ? hundredth((vehicleM / vehicleS) * 3.6) : 0,
    overCapacityKm: hundredth(overM / 1000),
    exhaustG: {
      NOx: tenth(exhaust.NOx),
      CO: tenth(exhaust.CO),
      NMHC: tenth(exhaust.NMHC),
      PM: hundredth(exhaust.PM),
      CO2: Math.round(exhaust.CO2),
    },
    lostTrips: tenth(lost.reduce((sum, each) => sum + each.trips, 0)),
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
const hundredth = (value: number) => Math.round(value * 100) / 100 + 0;
