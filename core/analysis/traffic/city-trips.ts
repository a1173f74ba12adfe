/** Trips of an hour by class, stored or generated from what stands in the zones, and what edits make of them. */
import { isInside, type Xy } from '../../geo/plane.ts';
import type { ScaleDemand } from '../../wire/edits/demand.ts';
import { type CalibratedPurpose, minutesBetween } from './calibrated-gravity.ts';
import type { Purpose, StoredDemand } from './city-facts.ts';
import type { CityZone, Generators } from './city-zones.ts';
import { type OdDemand, odDemand } from './demand.ts';
import { withNewTrips } from './stored-trips.ts';
import { addTrips, gravityMatrix, type PurposeTrips } from './trip-matrix.ts';
import { edgeShares, THROUGH_SHARE, TRIP_RATES, TRUCK_SHARE_AT_EDGE } from './trip-rates.ts';

export interface HourOfTrips {
  readonly hour: number;
  readonly externalVehPerHPerLane: number;
  /** Seconds from zone to zone on the empty network. */
  readonly freeS: Float64Array;
  readonly factor: number;
  /** Trips that are led instead of generated ones; those generated tell only what a scenario adds to them. */
  readonly stored: StoredDemand | undefined;
  readonly fit: TripFit;
  /** In the order of `TRIP_RATES`. */
  readonly purposes: readonly CalibratedPurpose[];
}

/** What counts make of the trips: those within the city, and those over its edge, times this. */
export interface TripFit {
  readonly inner: number;
  readonly edge: number;
  /** Besides, each pair of zones times its own factor, row by row. */
  readonly pairs?: Float64Array | undefined;
}

/** Of cars and of lorries, vehicles an hour. */
export interface CityTrips {
  readonly car: OdDemand;
  readonly truck: OdDemand;
}

/** Fewer vehicles an hour from one zone to another are not led over the network; what they sum up to is spread. */
const LEAST_VEH_PER_H = 0.01;
export function cityTrips(
  zones: readonly CityZone[],
  state: 'before' | 'after',
  edits: readonly ScaleDemand[],
  asked: HourOfTrips,
): CityTrips {
  const { stored, fit } = asked;
  const ofState = (which: 'before' | 'after') => generatedTrips(zones, which, asked);
  const purposes = stored ? withNewTrips(stored, zones, state, ofState) : ofState(state);
  const sums = { car: new Float64Array(zones.length ** 2), truck: new Float64Array(zones.length ** 2) };
  for (const { purpose, truckShare, trips } of purposes) {
    scale(trips, zones, edits, purpose);
    if (truckShare < 1) addTrips(sums.car, trips, 1 - truckShare, false);
    if (truckShare > 0) addTrips(sums.truck, trips, truckShare, false);
  }
  return { car: kept(fitted(sums.car, zones, fit)), truck: kept(fitted(sums.truck, zones, fit)) };
}

function generatedTrips(
  zones: readonly CityZone[],
  state: 'before' | 'after',
  asked: HourOfTrips,
): readonly PurposeTrips[] {
  const n = zones.length;
  const here = zones.map((zone) => zone[state]);
  const minutes = minutesBetween(asked.freeS, n);
  const own = TRIP_RATES.map((rate, at): PurposeTrips => {
    const perMinute = asked.purposes[at]?.perMinute ?? rate.perMinute;
    const starts = here.map((each) => rate.starts(each));
    const draws = here.map((each) => rate.draws(each));
    const day = gravityMatrix(starts, draws, (from, to) => Math.exp(-perMinute * minutes(from, to)));
    const trips = new Float64Array(n * n);
    addTrips(trips, day, asked.factor * (rate.out[asked.hour] ?? 0), false);
    addTrips(trips, day, asked.factor * (rate.back[asked.hour] ?? 0), true);
    return { purpose: rate.purpose, truckShare: rate.isTruck ? 1 : 0, trips };
  });
  const edge = edgeTrips(zones, here, asked);
  return [...own, { purpose: 'other', truckShare: TRUCK_SHARE_AT_EDGE, trips: edge }];
}

/** In place. */
function fitted(
  trips: Float64Array,
  zones: readonly CityZone[],
  { inner, edge, pairs }: TripFit,
): Float64Array {
  if (inner === 1 && edge === 1 && !pairs) return trips;
  const n = zones.length;
  for (let at = 0; at < trips.length; at++) {
    const isEdge = zones[Math.floor(at / n)]?.isGate || zones[at % n]?.isGate;
    trips[at] = (trips[at] as number) * (isEdge ? edge : inner) * (pairs?.[at] ?? 1);
  }
  return trips;
}

/** In at the gates and out again, or through. */
function edgeTrips(
  zones: readonly CityZone[],
  here: readonly Generators[],
  asked: HourOfTrips,
): Float64Array {
  const n = zones.length;
  const trips = new Float64Array(n * n);
  const { into, outOf } = edgeShares(asked.hour);
  const lanes = zones.map(({ lanesIn }) => lanesIn);
  const allLanes = lanes.reduce((sum, each) => sum + each, 0);
  const weights = here.map(({ jobs, residents }) => jobs + 0.3 * residents);
  const allWeights = weights.reduce((sum, each) => sum + each, 0);
  if (allLanes === 0 || allWeights === 0) return trips;
  for (const [gate, own] of lanes.entries()) {
    if (own === 0) continue;
    const volume = own * asked.externalVehPerHPerLane * asked.factor;
    for (let zone = 0; zone < n; zone++) {
      const share = (weights[zone] ?? 0) / allWeights;
      const through = zone === gate ? 0 : (lanes[zone] ?? 0) / Math.max(1, allLanes - own);
      const [inAt, outAt] = [gate * n + zone, zone * n + gate];
      trips[inAt] =
        (trips[inAt] ?? 0) + volume * into * ((1 - THROUGH_SHARE) * share + THROUGH_SHARE * through);
      trips[outAt] = (trips[outAt] ?? 0) + volume * outOf * (1 - THROUGH_SHARE) * share;
    }
  }
  return trips;
}

/** One edit after the other; a trip that both begins and ends in the area is scaled once. */
function scale(
  trips: Float64Array,
  zones: readonly CityZone[],
  edits: readonly ScaleDemand[],
  purpose: Purpose,
): void {
  const n = zones.length;
  for (const edit of edits) {
    if (edit.purpose !== undefined && edit.purpose !== purpose) continue;
    const { area } = edit;
    const isIn = zones.map(({ at }) => !area || isInside(area as readonly Xy[], at));
    for (let at = 0; at < trips.length; at++) {
      if (isIn[Math.floor(at / n)] || isIn[at % n]) trips[at] = (trips[at] as number) * edit.factor;
    }
  }
}

/** Without tiny pairs; the others grow so that the sum stays. */
function kept(trips: Float64Array): OdDemand {
  const zoneCount = Math.round(Math.sqrt(trips.length));
  let [all, large] = [0, 0];
  for (let at = 0; at < trips.length; at++) {
    if (Math.floor(at / zoneCount) === at % zoneCount) continue;
    const each = trips[at] as number;
    all += each;
    if (each >= LEAST_VEH_PER_H) large += each;
  }
  const growth = large > 0 ? all / large : 1;
  return odDemand(zoneCount, pairsOf(trips, zoneCount, growth));
}

function* pairsOf(trips: Float64Array, zoneCount: number, growth: number) {
  for (let at = 0; at < trips.length; at++) {
    const each = trips[at] as number;
    const [origin, destination] = [Math.floor(at / zoneCount), at % zoneCount];
    if (origin !== destination && each < LEAST_VEH_PER_H) continue;
    yield { origin, destination, trips: origin === destination ? each : each * growth };
  }
}
