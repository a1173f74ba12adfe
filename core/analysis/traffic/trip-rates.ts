/**
 * How many trips by car people make, why and when: assumptions of the size that surveys of Polish cities find, to be
 * replaced by a matrix of the city's own survey, or fitted to counts.
 */
import type { Purpose } from './city-facts.ts';
import type { Generators } from './city-zones.ts';

export interface TripRate {
  readonly purpose: Purpose;
  readonly isTruck: boolean;
  /** Vehicles a working day that set out from here, and come back: trips of people, times car share, by people in a car. */
  readonly starts: (here: Generators) => number;
  /** Part of these trips that is made by car (of freight: by lorry), and people in one. */
  readonly carShare: number;
  readonly peopleInCar: number;
  /** How much a place draws. */
  readonly draws: (there: Generators) => number;
  /** Falling off of trips: exp(−this · minutes). */
  readonly perMinute: number;
  /** Share of the day's trips out and back by hour. */
  readonly out: readonly number[];
  readonly back: readonly number[];
}

/** Normalised, so that only proportions matter. */
function day(...hours: readonly number[]): readonly number[] {
  const sum = hours.reduce((total, each) => total + each, 0);
  return hours.map((each) => each / sum);
}

// biome-ignore format: one row a day, hours 0 to 23
const DAYS = {
  workOut:   day(1, 0, 0, 1, 3, 15, 45, 65, 42, 18, 9, 7, 8, 14, 8, 5, 3, 3, 2, 2, 4, 3, 2, 1),
  workBack:  day(3, 1, 1, 0, 0, 2, 6, 5, 4, 4, 5, 7, 9, 14, 32, 54, 58, 38, 18, 10, 6, 5, 9, 5),
  schoolOut: day(0, 0, 0, 0, 0, 1, 15, 70, 30, 6, 3, 2, 3, 3, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0),
  schoolBack:day(0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 3, 6, 12, 18, 26, 28, 20, 8, 4, 3, 2, 1, 0, 0),
  shopOut:   day(0, 0, 0, 0, 0, 1, 3, 6, 12, 18, 22, 22, 18, 16, 18, 22, 28, 30, 22, 14, 7, 3, 1, 0),
  shopBack:  day(0, 0, 0, 0, 0, 0, 2, 4, 8, 14, 20, 23, 20, 17, 17, 20, 26, 30, 27, 20, 12, 6, 2, 1),
  freeOut:   day(1, 0, 0, 0, 0, 1, 2, 4, 7, 9, 10, 10, 10, 10, 12, 15, 20, 26, 26, 18, 11, 6, 3, 2),
  freeBack:  day(5, 3, 1, 1, 0, 0, 1, 2, 3, 5, 7, 8, 9, 9, 10, 11, 13, 16, 20, 24, 25, 20, 14, 9),
  freight:   day(1, 1, 1, 2, 4, 8, 14, 20, 24, 25, 24, 23, 22, 21, 20, 17, 13, 9, 6, 4, 3, 2, 2, 1),
} as const;

export const TRIP_RATES: readonly TripRate[] = [
  {
    purpose: 'work',
    isTruck: false,
    carShare: 0.5,
    peopleInCar: 1.18,
    starts: ({ residents }) => 0.17 * residents,
    draws: ({ jobs }) => jobs,
    perMinute: 0.07,
    out: DAYS.workOut,
    back: DAYS.workBack,
  },
  {
    purpose: 'education',
    isTruck: false,
    carShare: 0.25,
    peopleInCar: 1.8,
    starts: ({ residents }) => 0.045 * residents,
    draws: ({ schoolPlaces }) => schoolPlaces,
    perMinute: 0.22,
    out: DAYS.schoolOut,
    back: DAYS.schoolBack,
  },
  {
    purpose: 'shopping',
    isTruck: false,
    carShare: 0.45,
    peopleInCar: 1.5,
    starts: ({ residents }) => 0.09 * residents,
    draws: ({ shopM2, residents }) => shopM2 + 0.05 * residents,
    perMinute: 0.15,
    out: DAYS.shopOut,
    back: DAYS.shopBack,
  },
  {
    purpose: 'leisure',
    isTruck: false,
    carShare: 0.45,
    peopleInCar: 1.7,
    starts: ({ residents }) => 0.06 * residents,
    draws: ({ residents, jobs }) => 0.5 * residents + 0.5 * jobs,
    perMinute: 0.09,
    out: DAYS.freeOut,
    back: DAYS.freeBack,
  },
  {
    purpose: 'other',
    isTruck: false,
    carShare: 0.5,
    peopleInCar: 1.4,
    starts: ({ residents }) => 0.07 * residents,
    draws: ({ residents, jobs }) => 0.4 * residents + jobs,
    perMinute: 0.1,
    out: DAYS.freeOut,
    back: DAYS.shopBack,
  },
  {
    purpose: 'freight',
    isTruck: true,
    carShare: 1,
    peopleInCar: 1,
    starts: ({ jobs, shopM2 }) => 0.04 * jobs + 0.0004 * shopM2,
    draws: ({ jobs, shopM2, residents }) => jobs + 0.02 * shopM2 + 0.05 * residents,
    perMinute: 0.05,
    out: DAYS.freight,
    back: DAYS.freight,
  },
];

/** Traffic of the working day by hour, as shares of it. */
export function hoursOfDay(): readonly number[] {
  const usual: Generators = { residents: 1, jobs: 0.5, shopM2: 1, schoolPlaces: 0.2, nurseryPlaces: 0.03 };
  const starts = TRIP_RATES.map((rate) => rate.starts(usual));
  const hours = Array.from({ length: 24 }, (_, hour) =>
    TRIP_RATES.reduce(
      (sum, { out, back }, at) => sum + (starts[at] ?? 0) * ((out[hour] ?? 0) + (back[hour] ?? 0)),
      0,
    ),
  );
  return day(...hours);
}

/** Traffic over the city's edge by hour, of that in the morning peak. */
export function edgeShares(hour: number): { readonly into: number; readonly outOf: number } {
  const [out, back] = [DAYS.workOut, DAYS.workBack];
  const peak = Math.max(...out);
  const steady = 0.35;
  return {
    into: steady + ((1 - steady) * (out[hour] ?? 0)) / peak,
    outOf: steady + ((1 - steady) * (back[hour] ?? 0)) / peak,
  };
}
/** Of what comes in at the edge: that goes through, and that is lorries. */
export const THROUGH_SHARE = 0.3;
export const TRUCK_SHARE_AT_EDGE = 0.08;
