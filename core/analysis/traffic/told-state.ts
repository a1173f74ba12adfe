/** What is told of a solved state: its convergence, zones, trips without a way and purposes, rounded. */
import type { TrafficResult } from '../../wire/traffic.ts';
import type { CalibratedPurpose } from './calibrated-gravity.ts';
import { cityTotals } from './city-totals.ts';
import type { CityTrips } from './city-trips.ts';
import type { CityZone } from './city-zones.ts';
import type { LostTrips } from './equilibrium.ts';
import type { SolvedState } from './solved-state.ts';
import { GAP_DEFINITION } from './traffic-words.ts';

const MOST_LOST_TOLD = 100;
const S_PER_H = 3600;

export const toldState = ({ city, settled, made }: SolvedState) => ({
  convergence: {
    relativeGap: settled.equilibrium.relativeGap,
    definition: GAP_DEFINITION,
    isReached: settled.isReached,
    iterations: settled.iterations,
    noiseVehPerH: settled.noise,
    objectiveVehH: settled.equilibrium.objective / S_PER_H,
  },
  totals: cityTotals(city, settled.equilibrium, made),
});

export function toldZone(
  { id, at, district, street, isGate, before, after }: CityZone,
  index: number,
  { car, truck }: CityTrips,
  isScenario: boolean,
): TrafficResult['zones'][number] {
  const { residents, jobs } = isScenario ? after : before;
  const starts = [car, truck].reduce(
    (sum, { start, trips }) =>
      sum + trips.subarray(start[index], start[index + 1]).reduce((all, each) => all + each, 0),
    0,
  );
  let ends = 0;
  for (const { destination, trips } of [car, truck]) {
    for (const [od, to] of destination.entries()) if (to === index) ends += trips[od] as number;
  }
  return {
    id,
    position: [Math.round(at[0]), Math.round(at[1])],
    district,
    street,
    residents: Math.round(residents),
    jobs: Math.round(jobs),
    isGate,
    startsPerH: tenth(starts),
    endsPerH: tenth(ends),
  };
}

export function lostOf({ settled }: SolvedState, zones: readonly CityZone[]) {
  const idOf = (zone: number) => zones[zone]?.id ?? '';
  return settled.equilibrium.lost
    .toSorted((a: LostTrips, b: LostTrips) => b.trips - a.trips)
    .slice(0, MOST_LOST_TOLD)
    .map(({ origin, destination, trips }) => ({
      from: idOf(origin),
      to: idOf(destination),
      trips: tenth(trips),
    }));
}

export const toldPurpose = ({
  personTripsPerDay,
  perMinute,
  meanMinutes,
  ...purpose
}: CalibratedPurpose) => ({
  ...purpose,
  personTripsPerDay: Math.round(personTripsPerDay),
  perMinute: Math.round(perMinute * 1e4) / 1e4,
  meanMinutes: meanMinutes === null ? null : Math.round(meanMinutes * 100) / 100,
});

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
