/** Trips of an hour by class, generated from what stands in the zones and what edits make of it. */
import { isInside, type Xy } from '../../geo/plane.ts';
import type { ScaleDemand } from '../../wire/edits/demand.ts';
import type { CityZone, Generators } from './city-zones.ts';
import { type OdDemand, odDemand } from './demand.ts';
import { addTrips, gravityMatrix } from './trip-matrix.ts';
import { edgeShares, type Purpose, THROUGH_SHARE, TRIP_RATES, TRUCK_SHARE_AT_EDGE } from './trip-rates.ts';

export interface HourOfTrips {
  readonly hour: number;
  readonly externalVehPerHPerLane: number;
  /** Seconds from zone to zone on the empty network. */
  readonly freeS: Float64Array;
  readonly factor: number;
}

/** Of cars and of lorries, vehicles an hour. */
export interface CityTrips {
  readonly car: OdDemand;
  readonly truck: OdDemand;
}

/** Fewer vehicles an hour from one zone to another are not led over the network; what they sum up to is spread. */
const LEAST_VEH_PER_H = 0.01;
/** Minutes of a trip that stays in its zone. */
const WITHIN_MIN = 2.5;
/** Where no way leads people want to go as if it took so long, so that what is lost comes to light. */
const APART_MIN = 45;

export function cityTrips(
  zones: readonly CityZone[],
  state: 'before' | 'after',
  edits: readonly ScaleDemand[],
  asked: HourOfTrips,
): CityTrips {
  const n = zones.length;
  const sums = { car: new Float64Array(n * n), truck: new Float64Array(n * n) };
  const here = zones.map((zone) => zone[state]);
  for (const rate of TRIP_RATES) {
    const starts = here.map((each) => rate.starts(each));
    const draws = here.map((each) => rate.draws(each));
    const minutes = (from: number, to: number) =>
      from === to ? WITHIN_MIN : Math.min(APART_MIN, (asked.freeS[from * n + to] as number) / 60);
    const day = gravityMatrix(starts, draws, (from, to) => Math.exp(-rate.perMinute * minutes(from, to)));
    const own = new Float64Array(n * n);
    addTrips(own, day, asked.factor * (rate.out[asked.hour] ?? 0), false);
    addTrips(own, day, asked.factor * (rate.back[asked.hour] ?? 0), true);
    scale(own, zones, edits, rate.purpose);
    addTrips(rate.isTruck ? sums.truck : sums.car, own, 1, false);
  }
  const edge = edgeTrips(zones, here, asked);
  scale(edge, zones, edits, 'other');
  addTrips(sums.car, edge, 1 - TRUCK_SHARE_AT_EDGE, false);
  addTrips(sums.truck, edge, TRUCK_SHARE_AT_EDGE, false);
  return { car: kept(sums.car, n), truck: kept(sums.truck, n) };
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
function kept(trips: Float64Array, zoneCount: number): OdDemand {
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
