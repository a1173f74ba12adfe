/**
 * Static traffic assignment to equilibrium: nobody can reach the destination at less cost by another path (Wardrop
 * 1952). Path-based gradient projection (Jayakrishnan et al. 1994): cheapest paths join the set of their pair, and
 * Newton steps move trips from dearer to cheaper paths, link costs being brought up to date at once.
 */
import type { CancelSignal } from '../../cancel.ts';
import { invalidParameter } from '../../errors.ts';
import { type AssignmentState, stateOf, takeUp } from './assignment-state.ts';
import { delayObjective, linkCosts, type Principle } from './link-delay.ts';
import { addFlows, loadedLinks } from './loaded-links.ts';
import { pathBalance } from './path-balance.ts';
import { type Found, pathSearch } from './path-search.ts';
import { PathStore } from './path-store.ts';
import type { RoadNetwork } from './road-network.ts';
import { shortestTrees } from './shortest-trees.ts';
import { type PairTable, pairTable, type TrafficClass } from './traffic-class.ts';

export interface AssignOptions {
  /** Relative gap to reach: (Σ trips · cost − Σ trips · least cost) / Σ trips · least cost. */
  readonly targetGap: number;
  readonly maxIterations?: number;
  readonly principle?: Principle;
  /** End of an earlier run on a network whose first links are the same; trips on closed ones are led anew. */
  readonly start?: AssignmentState | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Told after each iteration. `isCertain` says that the gap was taken with all costs standing still. */
  readonly onIteration?: (report: IterationReport) => void;
}

export interface IterationReport {
  readonly iteration: number;
  readonly relativeGap: number;
  readonly isCertain: boolean;
}

export interface LostTrips {
  readonly className: string;
  readonly origin: number;
  readonly destination: number;
  readonly trips: number;
}

export interface Equilibrium {
  /** By link, in passenger car units. */
  readonly flow: Float64Array;
  /** By class and link, in vehicles. */
  readonly classFlow: readonly Float64Array[];
  /** By link: time at its flow, without fixed costs, whatever the principle. */
  readonly time: Float64Array;
  readonly relativeGap: number;
  /** Whether `targetGap` was reached; else iterations ended, or float arithmetic allows no better. */
  readonly isReached: boolean;
  readonly iterations: number;
  /** What the flows minimise: Beckmann's sum, or the total time under `system`, with fixed costs by car units. */
  readonly objective: number;
  /** Σ flow · time. */
  readonly totalTravelTime: number;
  /** Trips that no path leads to their destination; they are in no flow. */
  readonly lost: readonly LostTrips[];
  state(): AssignmentState;
}

const MOST_ITERATIONS = 500;
/** Costs stand still for a certain gap when the estimate, taken before trips moved, is this near to the target. */
const NEAR = 5;
/** In so many first iterations trips overshoot and come back: paths that they leave empty stay known. */
const UNSETTLED = 5;
/** Trips led anew settle among themselves in so many rounds, or until they could save no more of the whole cost. */
const MOST_MENDING = 3;
const MENDED = 1e-3;
/** Below this gap, so many certain ones without a lower one mean that rounding allows no better. */
const ROUNDING = 1e-9;
const MOST_IDLE = 10;

/**
 * Assigns the demand of all classes. The same input gives the same bits.
 * @throws TwinError invalid-parameter when zones of demand and network differ; the signal's reason when cancelled
 */
export function assignTraffic(
  network: RoadNetwork,
  classes: readonly TrafficClass[],
  {
    targetGap,
    maxIterations = MOST_ITERATIONS,
    principle = 'user',
    start,
    signal,
    onIteration,
  }: AssignOptions,
): Equilibrium {
  refuseForeignZones(network, classes);
  const { zoneCount } = network;
  const pairs = pairTable(classes);
  const store = new PathStore(pairs.count);
  const links = loadedLinks(network, classes, principle, store, pairs);
  const trees = classes.map((_, k) => shortestTrees(network, start?.[k]?.trees));
  const balance = pathBalance({ store, links });
  const { isLost, isOfTree, loadRest, search } = pathSearch({
    ...{ network, classes, pairs, store, links, trees, balance, signal },
  });
  if (start !== undefined) {
    takeUp(start, { store, pairs, classes, trees, zoneCount }, isOfTree);
    links.sumUp();
  }
  loadRest();
  const sweep = ({ choices, excess }: Found) =>
    balance.sweep(
      choices.map((chosen, k) => ({
        pairs: chosen,
        cost: links.costs[k] as Float64Array,
        pcu: (classes[k] as TrafficClass).pcu,
      })),
      excess,
      signal,
    );
  if (start !== undefined) {
    // What must go round settles among itself first: else it would drive the others off their paths, only for them to
    // come back.
    for (let round = 0; round < MOST_MENDING; round++) {
      const found = search('mending');
      sweep(found);
      if (found.relativeGap < MENDED) break;
    }
  }
  balance.keepsEmpty = true;
  let iteration = 0;
  let relativeGap = Number.POSITIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  let idle = 0;
  // The first search may move trips at once: a gap with all costs standing still comes at the end.
  let isMoving = maxIterations > 0;
  for (;;) {
    if (!isMoving) links.sumUp();
    const found = search(isMoving ? 'moving' : 'standing');
    onIteration?.({ iteration, relativeGap: found.relativeGap, isCertain: !isMoving });
    if (!isMoving) {
      relativeGap = found.relativeGap;
      idle = relativeGap < best || best > ROUNDING ? 0 : idle + 1;
      best = Math.min(best, relativeGap);
      if (relativeGap <= targetGap || iteration >= maxIterations || idle >= MOST_IDLE) break;
    }
    iteration++;
    sweep(found);
    balance.keepsEmpty = iteration < UNSETTLED;
    // Where standing still did not do, another moving search does more.
    isMoving = (!isMoving || found.relativeGap > NEAR * targetGap) && iteration < maxIterations;
  }

  const { flow } = links;
  const classFlow = classes.map(({ pcu }, k) => {
    if (classes.length === 1 && pcu === 1) return flow.slice();
    const own = new Float64Array(network.linkCount);
    addFlows(store, pairs, k, 1, own);
    return own;
  });
  const time = principle === 'user' ? links.time : linkCosts(network, flow).time;
  return {
    flow,
    classFlow,
    time,
    relativeGap,
    isReached: relativeGap <= targetGap,
    iterations: iteration,
    objective: delayObjective(network, flow, principle) + fixedCostOf(classes, classFlow),
    totalTravelTime: flow.reduce((sum, v, at) => sum + v * (time[at] as number), 0),
    lost: lostTrips(classes, pairs, isLost),
    state: () => stateOf({ store, pairs, classes, trees, zoneCount }, isOfTree),
  };
}

function refuseForeignZones({ zoneCount }: RoadNetwork, classes: readonly TrafficClass[]): void {
  for (const { name, demand } of classes) {
    if (demand.zoneCount <= zoneCount) continue;
    throw invalidParameter(
      'trips',
      `Trips of ${name} have ${demand.zoneCount} zones, the network has ${zoneCount}; both must be of one model`,
    );
  }
}

/**
 * Σ flow · fixed cost in car units: a vehicle of two units that weighs its time against a cost moves twice as much of
 * the integral of times. A closed link without flow costs nothing.
 */
function fixedCostOf(classes: readonly TrafficClass[], classFlow: readonly Float64Array[]): number {
  let sum = 0;
  for (const [k, { fixedCost, pcu }] of classes.entries()) {
    for (const [at, volume] of (classFlow[k] as Float64Array).entries()) {
      if (volume > 0) sum += volume * pcu * (fixedCost[at] as number);
    }
  }
  return sum;
}

function lostTrips(
  classes: readonly TrafficClass[],
  { first, origin, destination, trips }: PairTable,
  isLost: Uint8Array,
): readonly LostTrips[] {
  const lost: LostTrips[] = [];
  for (const [k, { name }] of classes.entries()) {
    for (let pair = first[k] as number; pair < (first[k + 1] as number); pair++) {
      if (isLost[pair] === 0) continue;
      lost.push({
        className: name,
        origin: origin[pair] as number,
        destination: destination[pair] as number,
        trips: trips[pair] as number,
      });
    }
  }
  return lost;
}
