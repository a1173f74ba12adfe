/**
 * How far people drive: of each purpose the falling off of trips with minutes, as it is assumed, or found so that the mean
 * trip is as long as is asked for (Hyman 1969).
 */
import type { Purpose } from './city-facts.ts';
import type { CityZone } from './city-zones.ts';
import { gravityMatrix } from './trip-matrix.ts';
import { TRIP_RATES, type TripRate } from './trip-rates.ts';

/** Minutes of a trip that stays in its zone. */
const WITHIN_MIN = 2.5;
/** Where no way leads people want to go as if it took so long, so that what is lost comes to light. */
const APART_MIN = 45;
/** A mean this near to what is asked for is that. */
const NEAR = 0.005;
const MOST_STEPS = 30;
/** Trips fall off no faster, and never grow with distance. */
const STEEPEST_PER_MIN = 2;

/** What the generator does for a purpose. */
export interface CalibratedPurpose {
  readonly purpose: Purpose;
  /** Trips of people on a working day that set out from home or from work, there and back counted once. */
  readonly personTripsPerDay: number;
  readonly carShare: number;
  readonly peopleInCar: number;
  readonly perMinute: number;
  /** Of the empty network; null without trips. */
  readonly meanMinutes: number | null;
  /** Null where none was asked for. */
  readonly targetMinutes: number | null;
}

export type TripMinutes = Readonly<Partial<Record<Purpose, number>>>;

/** Minutes from zone to zone as people weigh them who choose where to go. */
export function minutesBetween(freeS: Float64Array, zones: number): (from: number, to: number) => number {
  return (from, to) =>
    from === to ? WITHIN_MIN : Math.min(APART_MIN, (freeS[from * zones + to] as number) / 60);
}

/**
 * Purposes in the order of `TRIP_RATES`, by what stands in the base. A target beyond what the city can give is not met:
 * then the mean that comes nearest to it is told.
 */
export function calibratedPurposes(
  zones: readonly CityZone[],
  freeS: Float64Array,
  targets: TripMinutes,
): readonly CalibratedPurpose[] {
  const minutes = minutesBetween(freeS, zones.length);
  return TRIP_RATES.map((rate): CalibratedPurpose => {
    const starts = zones.map(({ before }) => rate.starts(before));
    const draws = zones.map(({ before }) => rate.draws(before));
    const meanOf = (perMinute: number) => meanMinutes(starts, draws, minutes, perMinute);
    const targetMinutes = targets[rate.purpose] ?? null;
    const perMinute = targetMinutes === null ? rate.perMinute : decayFor(targetMinutes, rate, meanOf);
    return {
      ...{ purpose: rate.purpose, carShare: rate.carShare, peopleInCar: rate.peopleInCar },
      personTripsPerDay: starts.reduce((sum, each) => sum + each, 0) * (rate.peopleInCar / rate.carShare),
      ...{ perMinute, targetMinutes, meanMinutes: meanOf(perMinute) },
    };
  });
}

/** The mean falls with the decay, so that the target lies between two decays or beyond the last. */
function decayFor(
  target: number,
  { perMinute }: TripRate,
  meanOf: (perMinute: number) => number | null,
): number {
  let [flat, steep] = [0, STEEPEST_PER_MIN];
  if ((meanOf(flat) ?? 0) <= target) return flat;
  if ((meanOf(steep) ?? target) >= target) return steep;
  let tried = perMinute;
  for (let step = 0; step < MOST_STEPS; step++) {
    const mean = meanOf(tried) ?? target;
    if (Math.abs(mean / target - 1) <= NEAR) break;
    if (mean > target) flat = tried;
    else steep = tried;
    // Hyman's step, where it stays between the two; else half way.
    const next = (tried * mean) / target;
    tried = next > flat && next < steep ? next : (flat + steep) / 2;
  }
  return tried;
}

function meanMinutes(
  starts: readonly number[],
  draws: readonly number[],
  minutes: (from: number, to: number) => number,
  perMinute: number,
): number | null {
  const n = starts.length;
  const day = gravityMatrix(starts, draws, (from, to) => Math.exp(-perMinute * minutes(from, to)));
  let [all, weighted] = [0, 0];
  for (const [at, trips] of day.entries()) {
    all += trips;
    weighted += trips * minutes(Math.floor(at / n), at % n);
  }
  return all > 0 ? weighted / all : null;
}
