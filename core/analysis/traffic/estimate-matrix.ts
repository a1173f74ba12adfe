/**
 * Trips from zone to zone that agree with counts and keep to a prior matrix: generalised least squares with bounds
 * (Cascetta 1984), by gradient with the ways of the equilibrium held for a step and found anew after it (Spiess 1990).
 *
 * Each pair has a factor x on its prior trips g. Sought is the least of Σ (flow − count)² · 2/(flow + count), which is
 * GEH², plus weight · Σ g (x − 1)²: with a weight of 1 a vehicle an hour is believed alike in the matrix and at a counter.
 */
import type { TrafficCount } from './city-facts.ts';
import type { CityLink } from './city-links.ts';
import type { CityZone } from './city-zones.ts';
import { type FittedTrips, type Lead, usableCounts, vehiclesAtCounts } from './fit-to-counts.ts';
import { geh } from './geh.ts';

export interface MatrixEstimate extends FittedTrips {
  readonly change: MatrixChange;
}

/** What became of the prior matrix, of vehicles an hour between different zones. */
export interface MatrixChange {
  readonly priorWeight: number;
  readonly tripsBefore: number;
  readonly tripsAfter: number;
  /** Sum of the changes of all pairs, whether up or down, percent of the trips before. */
  readonly movedPct: number;
  /** Percent of the trips before in pairs that no counter sees; these stay as they were. */
  readonly unseenPct: number;
  /** Percent of the trips before in pairs that came to one of the bounds. */
  readonly atBoundPct: number;
  readonly leastFactor: number;
  readonly largestFactor: number;
}

const MOST_ROUNDS = 4;
const MOST_STEPS = 60;
/** No pair becomes less or more than this times its prior. */
const [LEAST, LARGEST] = [0.25, 4] as const;
/** A step that betters the sum by a smaller part of it is the last. */
const SETTLED = 1e-4;
/** Counters below it weigh no more. */
const LEAST_COUNT = 25;

/** What one pair of zones sends past one counter for each vehicle of its prior. */
interface Passing {
  readonly pair: number;
  readonly count: number;
  readonly vehPerH: number;
}

/**
 * From the fit of two factors on; of all rounds that with the least sum stands, so that none is worse than the prior.
 * @param priorWeight above 0
 */
export function estimateMatrix(
  counts: readonly TrafficCount[],
  links: readonly CityLink[],
  zones: readonly CityZone[],
  lead: Lead,
  prior: FittedTrips,
  priorWeight: number,
): MatrixEstimate {
  const used = usableCounts(counts, links).filter(({ road }) => !prior.heldOut.has(road));
  const observed = used.map(({ count }) => count);
  const pairCount = zones.length ** 2;
  let factors = new Float64Array(pairCount).fill(1);
  let trips = new Float64Array(pairCount);
  let best = { factors, sum: Number.POSITIVE_INFINITY };
  const seen = new Set<number>();
  let rounds = 0;
  while (rounds < MOST_ROUNDS) {
    rounds++;
    const { firstStreet, paths } = lead({ ...prior.fit, pairs: factors });
    const { total, passing } = vehiclesAtCounts(observed, links, pairCount, firstStreet, paths);
    if (rounds === 1) trips = total;
    const own: Passing[] = passing.map(({ pair, count, vehPerH }) => {
      seen.add(pair);
      return { pair, count, vehPerH: vehPerH / (factors[pair] as number) };
    });
    const sum =
      gehSum(observed, flowsOf(own, factors, observed.length)) + priorWeight * strain(trips, factors);
    const isBetter = sum < best.sum * (1 - SETTLED);
    if (sum < best.sum) best = { factors, sum };
    if (!isBetter || rounds === MOST_ROUNDS) break;
    factors = descended(observed, own, trips, factors, priorWeight);
  }
  const pairs = best.factors.map((factor) => Math.round(factor * 1e4) / 1e4);
  return {
    ...prior,
    fit: { ...prior.fit, pairs },
    rounds: prior.rounds + rounds,
    change: changeOf(trips, pairs, seen, priorWeight),
  };
}

function flowsOf(passing: readonly Passing[], factors: Float64Array, counts: number): Float64Array {
  const flows = new Float64Array(counts);
  for (const { pair, count, vehPerH } of passing) {
    flows[count] = (flows[count] as number) + vehPerH * (factors[pair] as number);
  }
  return flows;
}

const gehSum = (counts: readonly TrafficCount[], flows: Float64Array): number =>
  counts.reduce((sum, { vehPerH }, at) => sum + geh(flows[at] as number, vehPerH) ** 2, 0);

const strain = (trips: Float64Array, factors: Float64Array): number =>
  trips.reduce((sum, own, pair) => sum + own * ((factors[pair] as number) - 1) ** 2, 0);

/** Down the gradient, each pair by its own trips, with weights of the counts as they are at the start. */
function descended(
  counts: readonly TrafficCount[],
  passing: readonly Passing[],
  trips: Float64Array,
  from: Float64Array,
  priorWeight: number,
): Float64Array<ArrayBuffer> {
  let factors = Float64Array.from(from);
  const start = flowsOf(passing, factors, counts.length);
  const weights = counts.map(({ vehPerH }, at) => 2 / Math.max(LEAST_COUNT, (start[at] as number) + vehPerH));
  const sumOf = (x: Float64Array) => {
    const flows = flowsOf(passing, x, counts.length);
    const misses = counts.reduce(
      (sum, { vehPerH }, at) => sum + (weights[at] as number) * ((flows[at] as number) - vehPerH) ** 2,
      0,
    );
    return misses + priorWeight * strain(trips, x);
  };
  let sum = sumOf(factors);
  for (let step = 0; step < MOST_STEPS; step++) {
    const flows = flowsOf(passing, factors, counts.length);
    const misses = counts.map(
      ({ vehPerH }, at) => (weights[at] as number) * ((flows[at] as number) - vehPerH),
    );
    const way = factors.map((factor) => priorWeight * (1 - factor));
    for (const { pair, count, vehPerH } of passing) {
      way[pair] =
        (way[pair] as number) - ((misses[count] as number) * vehPerH) / Math.max(1e-9, trips[pair] as number);
    }
    for (const [pair, each] of way.entries()) {
      const factor = factors[pair] as number;
      if ((factor <= LEAST && each < 0) || (factor >= LARGEST && each > 0)) way[pair] = 0;
    }
    const next = alongWay(
      factors,
      way,
      bestStep(passing, counts.length, weights, trips, way, factors, misses, priorWeight),
      sumOf,
      sum,
    );
    if (!next) break;
    const gained = sum - next.sum;
    [factors, sum] = [next.factors, next.sum];
    if (gained <= SETTLED * sum) break;
  }
  return factors;
}

/** Where the sum is least along the way, as long as no bound is met. */
function bestStep(
  passing: readonly Passing[],
  counts: number,
  weights: readonly number[],
  trips: Float64Array,
  way: Float64Array,
  factors: Float64Array,
  misses: readonly number[],
  priorWeight: number,
): number {
  const flows = flowsOf(passing, way, counts);
  let [slope, bend] = [0, 0];
  for (const [at, flow] of flows.entries()) {
    slope += (misses[at] as number) * flow;
    bend += (weights[at] as number) * flow * flow;
  }
  for (const [pair, each] of way.entries()) {
    slope += priorWeight * (trips[pair] as number) * ((factors[pair] as number) - 1) * each;
    bend += priorWeight * (trips[pair] as number) * each * each;
  }
  return bend > 0 ? -slope / bend : 0;
}

/** Within the bounds; half as far for as long as the sum is not less. */
function alongWay(
  factors: Float64Array,
  way: Float64Array,
  longest: number,
  sumOf: (factors: Float64Array) => number,
  before: number,
) {
  for (let step = longest; step > 1e-6 * longest && step > 0; step /= 2) {
    const tried = factors.map((factor, pair) =>
      Math.min(LARGEST, Math.max(LEAST, factor + step * (way[pair] as number))),
    );
    const sum = sumOf(tried);
    if (sum < before) return { factors: tried, sum };
  }
  return undefined;
}

function changeOf(
  trips: Float64Array,
  pairs: Float64Array,
  seen: ReadonlySet<number>,
  priorWeight: number,
): MatrixChange {
  let [before, after, moved, unseen, atBound, leastFactor, largestFactor] = [0, 0, 0, 0, 0, 1, 1];
  for (const [pair, own] of trips.entries()) {
    const factor = pairs[pair] as number;
    before += own;
    after += own * factor;
    moved += own * Math.abs(factor - 1);
    if (!seen.has(pair)) unseen += own;
    if (factor <= LEAST || factor >= LARGEST) atBound += own;
    if (own > 0)
      [leastFactor, largestFactor] = [Math.min(leastFactor, factor), Math.max(largestFactor, factor)];
  }
  const percent = (part: number) => (before > 0 ? Math.round((1000 * part) / before) / 10 : 0);
  return {
    priorWeight,
    tripsBefore: Math.round(before * 10) / 10,
    tripsAfter: Math.round(after * 10) / 10,
    movedPct: percent(moved),
    unseenPct: percent(unseen),
    atBoundPct: percent(atBound),
    leastFactor,
    largestFactor,
  };
}
