/** Trips that the city has, and what a scenario adds to them. */
import type { StoredDemand, StoredMatrix } from './city-facts.ts';
import type { CityZone, Generators } from './city-zones.ts';
import type { PurposeTrips } from './trip-matrix.ts';

/**
 * The stored trips; in a scenario with what the generator makes more or less of its buildings than of those of the base
 * (pivoting), purpose by purpose and never below 0. What has no stored purpose of its own joins `other`.
 * @param generated trips of a state by the generator, as many purposes in the same order for both
 */
export function withNewTrips(
  stored: StoredDemand,
  zones: readonly CityZone[],
  state: 'before' | 'after',
  generated: (state: 'before' | 'after') => readonly PurposeTrips[],
): readonly PurposeTrips[] {
  const own = stored.matrices.map((matrix) => denseTrips(matrix, zones.length));
  if (state === 'before' || zones.every(({ before, after }) => isSame(before, after))) return own;
  const was = generated('before');
  for (const [at, { purpose, truckShare, trips }] of generated('after').entries()) {
    const base = was[at]?.trips ?? new Float64Array(trips.length);
    const more = trips.map((each, pair) => each - (base[pair] as number));
    const known =
      own.find((each) => each.purpose === purpose) ??
      (truckShare === 1 ? undefined : own.find((each) => each.purpose === 'other'));
    if (known) addAboveZero(known.trips, more);
    else own.push({ purpose, truckShare, trips: more.map((each) => Math.max(0, each)) });
  }
  return own;
}

function denseTrips({ purpose, origins, destinations, vehPerH }: StoredMatrix, zones: number): PurposeTrips {
  const trips = new Float64Array(zones * zones);
  for (const [at, origin] of origins.entries()) {
    const pair = origin * zones + (destinations[at] as number);
    trips[pair] = (trips[pair] as number) + (vehPerH[at] as number);
  }
  return { purpose, truckShare: purpose === 'freight' ? 1 : 0, trips };
}

function addAboveZero(trips: Float64Array, more: Float64Array): void {
  for (let pair = 0; pair < trips.length; pair++) {
    trips[pair] = Math.max(0, (trips[pair] as number) + (more[pair] as number));
  }
}

const isSame = (before: Generators, after: Generators): boolean =>
  before.residents === after.residents &&
  before.jobs === after.jobs &&
  before.shopM2 === after.shopM2 &&
  before.schoolPlaces === after.schoolPlaces &&
  before.nurseryPlaces === after.nurseryPlaces;
