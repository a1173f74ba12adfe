/** How many trips there must be so that the model drives as many vehicles past the counters as were counted. */

import type { TrafficCount } from './city-facts.ts';
import type { CityLink } from './city-links.ts';
import type { TripFit } from './city-trips.ts';
import type { CityZone } from './city-zones.ts';
import { geh } from './geh.ts';
import { type PathsByClass, pathsByPair } from './packed-paths.ts';

export interface FittedTrips {
  readonly fit: TripFit;
  readonly rounds: number;
  /** Roads whose counts were kept out of it, so that the fit can be judged by them. */
  readonly heldOut: ReadonlySet<string>;
  /** By link of the counts: vehicles an hour there before any fit, to three digits. */
  readonly unfitted: ReadonlyMap<string, number>;
}

/** The trips of a fit at equilibrium. */
export type Lead = (fit: TripFit) => { readonly firstStreet: number; readonly paths: PathsByClass };

const MOST_ROUNDS = 8;
/** A change of the factors no larger is none. */
const SETTLED = 0.005;
/** In one round a factor at most doubles or halves, and in all of them it stays within these. */
const [LEAST_STEP, MOST_STEP, LEAST, MOST] = [0.5, 2, 0.1, 10] as const;
/** Counters below it weigh no more. */
const LEAST_COUNT = 25;
/** Of so many roads one is held out; fewer roads than twice that are all needed. */
const HELD_OUT_OF = 3;

/**
 * Two factors, of trips within the city and of those over its edge, by weighted least squares, the ways being found anew
 * after each step. Of all steps that with the least GEH stands, so that no fit is worse than none.
 * @returns undefined when no count lies on a street of the network
 */
export function fitToCounts(
  counts: readonly TrafficCount[],
  links: readonly CityLink[],
  zones: readonly CityZone[],
  lead: Lead,
): FittedTrips | undefined {
  const usable = usableCounts(counts, links);
  const roads = [...new Set(usable.map(({ road }) => road))].toSorted();
  const heldOut = new Set(
    roads.length < 2 * HELD_OUT_OF ? [] : roads.filter((_, at) => at % HELD_OUT_OF === HELD_OUT_OF - 1),
  );
  const used = usable.flatMap(({ count, road }) => (heldOut.has(road) ? [] : [count]));
  if (used.length === 0) return undefined;
  const all = usable.map(({ count }) => count);
  let unfitted: FittedTrips['unfitted'] = new Map();
  let fit: TripFit = { inner: 1, edge: 1 };
  let best = { fit, error: Number.POSITIVE_INFINITY };
  let rounds = 0;
  while (rounds < MOST_ROUNDS) {
    rounds++;
    const { firstStreet, paths } = lead(fit);
    const found = shares(used, links, zones, firstStreet, paths);
    if (rounds === 1) unfitted = flowsAt(all, links, zones, firstStreet, paths);
    const error = errorOf(used, found);
    if (error < best.error) best = { fit, error };
    const step = bestStep(used, found);
    const next = { inner: within(fit.inner * step.inner), edge: within(fit.edge * step.edge) };
    const change = Math.max(Math.abs(next.inner / fit.inner - 1), Math.abs(next.edge / fit.edge - 1));
    if (change <= SETTLED) break;
    fit = next;
  }
  const { inner, edge } = best.fit;
  return { fit: { inner: rounded(inner), edge: rounded(edge) }, rounds, heldOut, unfitted };
}

/** Sum of the squares of GEH. */
const errorOf = (counts: readonly TrafficCount[], { inner, edge }: Shares): number =>
  counts.reduce(
    (sum, { vehPerH }, at) => sum + geh((inner[at] as number) + (edge[at] as number), vehPerH) ** 2,
    0,
  );

const within = (factor: number): number => Math.min(MOST, Math.max(LEAST, factor));
const rounded = (factor: number): number => Math.round(factor * 1e4) / 1e4;

interface Shares {
  /** By count: vehicles of the model there that stay in the city, and that come or go over its edge. */
  readonly inner: Float64Array;
  readonly edge: Float64Array;
}

/** Counts on streets of the network, each with its road. */
export function usableCounts(counts: readonly TrafficCount[], links: readonly CityLink[]) {
  const roadOf = new Map<string, string>();
  for (const { id, road, before } of links) {
    if (before) roadOf.set(id, road.id).set(road.id, road.id);
  }
  return counts.flatMap((count) => {
    const road = roadOf.get(count.link);
    return road === undefined ? [] : [{ count, road }];
  });
}

function shares(
  counts: readonly TrafficCount[],
  links: readonly CityLink[],
  zones: readonly CityZone[],
  firstStreet: number,
  paths: PathsByClass,
): Shares {
  const found = { inner: new Float64Array(counts.length), edge: new Float64Array(counts.length) };
  for (const { pair, count, vehPerH } of vehiclesAtCounts(
    counts,
    links,
    zones.length ** 2,
    firstStreet,
    paths,
  ).passing) {
    const isEdge = zones[Math.floor(pair / zones.length)]?.isGate || zones[pair % zones.length]?.isGate;
    const sums = isEdge ? found.edge : found.inner;
    sums[count] = (sums[count] as number) + vehPerH;
  }
  return found;
}

function flowsAt(
  counts: readonly TrafficCount[],
  links: readonly CityLink[],
  zones: readonly CityZone[],
  firstStreet: number,
  paths: PathsByClass,
): ReadonlyMap<string, number> {
  const { inner, edge } = shares(counts, links, zones, firstStreet, paths);
  return new Map(counts.map(({ link }, at) => [link, (inner[at] as number) + (edge[at] as number)]));
}

/** What drives past each counter, pair by pair of zones, and all trips of the pairs, vehicles an hour of both classes. */
export function vehiclesAtCounts(
  counts: readonly TrafficCount[],
  links: readonly CityLink[],
  pairCount: number,
  firstStreet: number,
  paths: PathsByClass,
) {
  const counted = new Map<string, number[]>();
  for (const [at, { link }] of counts.entries()) counted.set(link, [...(counted.get(link) ?? []), at]);
  const byLink = links.map(({ id, road }) => [...(counted.get(id) ?? []), ...(counted.get(road.id) ?? [])]);
  const total = new Float64Array(pairCount);
  const passing: { readonly pair: number; readonly count: number; readonly vehPerH: number }[] = [];
  for (const ofClass of paths) {
    for (const [pair, own] of pathsByPair(ofClass.paths)) {
      for (const path of own) {
        total[pair] = (total[pair] as number) + path.trips;
        for (const at of path.links) {
          for (const count of byLink[at - firstStreet] ?? [])
            passing.push({ pair, count, vehPerH: path.trips });
        }
      }
    }
  }
  return { total, passing };
}

/**
 * The factors of both parts that come nearest to the counts, each within its step. Weights are those of GEH, by the mean of
 * model and count: by the count alone too little traffic would be preferred to too much.
 */
function bestStep(counts: readonly TrafficCount[], { inner, edge }: Shares): TripFit {
  let [ii, ie, ee, ic, ec] = [0, 0, 0, 0, 0];
  for (const [at, { vehPerH }] of counts.entries()) {
    const [i, e] = [inner[at] as number, edge[at] as number];
    const weight = 2 / Math.max(LEAST_COUNT, i + e + vehPerH);
    ii += weight * i * i;
    ie += weight * i * e;
    ee += weight * e * e;
    ic += weight * i * vehPerH;
    ec += weight * e * vehPerH;
  }
  const clamp = (factor: number) => Math.min(MOST_STEP, Math.max(LEAST_STEP, factor));
  const determinant = ii * ee - ie * ie;
  // Counters that all see the same mix cannot tell the two apart.
  if (determinant <= 1e-9 * ii * ee) {
    const [sum, square] = [ic + ec, ii + 2 * ie + ee];
    const both = square > 0 ? clamp(sum / square) : 1;
    return { inner: both, edge: both };
  }
  const first = clamp((ic * ee - ec * ie) / determinant);
  // With the first held to its step the best of the second is another.
  const second = clamp((ec - ie * first) / ee);
  return { inner: clamp((ic - ie * second) / ii), edge: second };
}
