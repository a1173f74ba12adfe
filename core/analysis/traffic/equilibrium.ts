/**
 * Static traffic assignment to equilibrium: nobody can reach the destination at less cost by another path (Wardrop
 * 1952). Path-based gradient projection (Jayakrishnan et al. 1994): cheapest paths join the set of their pair, and
 * Newton steps move trips from dearer to cheaper paths, link costs being brought up to date at once.
 */
import type { CancelSignal } from '../../cancel.ts';
import { invalidParameter } from '../../errors.ts';
import { delayObjective, linkCosts, type Principle } from './link-delay.ts';
import { pathBalance } from './path-balance.ts';
import { NONE, PathStore } from './path-store.ts';
import type { RoadNetwork } from './road-network.ts';
import { type RememberedTrees, type ShortestTrees, shortestTrees } from './shortest-trees.ts';
import { firstPairs, type Pair, pairsOf, type TrafficClass } from './traffic-class.ts';

/** Where a run ended and another may start, by class. */
export type AssignmentState = readonly ClassState[];

interface ClassState {
  /** Paths that trips use, by origin × zones of the network + destination. */
  readonly paths: ReadonlyMap<number, readonly PathFlow[]>;
  readonly trees: RememberedTrees;
}

interface PathFlow {
  readonly links: Int32Array;
  readonly trips: number;
}

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
  /** Beckmann's sum with fixed costs, or the total cost under `system`. */
  readonly objective: number;
  /** Σ flow · time. */
  readonly totalTravelTime: number;
  /** Trips that no path leads to their destination; they are in no flow. */
  readonly lost: readonly LostTrips[];
  state(): AssignmentState;
}

const MOST_ITERATIONS = 500;
/** A path joins a pair only if it is cheaper than the known ones by more than rounding. */
const CHEAPER = 1 - 1e-14;
/** Costs stand still for a certain gap when the estimate, taken while they change, is this near to the target. */
const NEAR = 2;
/** A moving search passes once over origins whose excess was less than this part of the mean. */
const LITTLE = 0.5;
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
  const { linkCount, tail, zoneCount } = network;
  const flow = new Float64Array(linkCount);
  const link = linkCosts(network, flow, principle);
  const costs = classes.map(() => new Float64Array(linkCount));
  const refresh = (at: number) => {
    link.refresh(at);
    const time = link.time[at] as number;
    for (let k = 0; k < costs.length; k++) {
      (costs[k] as Float64Array)[at] = time + ((classes[k] as TrafficClass).fixedCost[at] as number);
    }
  };
  const refreshAll = () => {
    for (let at = 0; at < linkCount; at++) refresh(at);
  };
  const firstPair = firstPairs(classes);
  const pairs = [...pairsOf(classes)];
  const store = new PathStore(pairs.length);
  const isLost = new Uint8Array(pairs.length);
  // Classes may drive on different links, so each has trees of its own.
  const trees = classes.map((_, k) => shortestTrees(network, start?.[k]?.trees));
  const balance = pathBalance({ store, flow, slope: link.slope, refresh, linkCount });

  /** Puts today's trips on the paths of an earlier run, in its shares. */
  const takeUp = (before: AssignmentState) => {
    for (const { pair, k, origin, destination, trips } of pairs) {
      const { fixedCost } = classes[k] as TrafficClass;
      const known = before[k]?.paths.get(origin * zoneCount + destination);
      if (known === undefined) continue;
      let sum = 0;
      for (const path of known) if (isOpen(path.links, fixedCost)) sum += path.trips;
      if (!(sum > 0)) continue;
      for (const path of known) {
        if (isOpen(path.links, fixedCost)) store.add(pair, path.links, (trips * path.trips) / sum);
      }
    }
  };
  /** Loads pairs without a path on the cheapest, origin after origin, each seeing what those before it load. */
  const loadRest = () => {
    let pred: Int32Array | undefined;
    let from = NONE;
    let ofClass = NONE;
    for (const { pair, k, origin, destination, trips } of pairs) {
      if (store.firstPath[pair] !== NONE) continue;
      if (pred === undefined || from !== origin || ofClass !== k) {
        signal?.throwIfAborted();
        pred = (trees[k] as ShortestTrees).from(origin, costs[k] as Float64Array);
        [from, ofClass] = [origin, k];
      }
      if (pred[destination] === NONE) {
        isLost[pair] = 1;
        continue;
      }
      const path = store.addFromTree(pair, destination, pred, tail, trips);
      const volume = trips * (classes[k] as TrafficClass).pcu;
      const begin = store.start[path] as number;
      for (let at = begin; at < begin + (store.length[path] as number); at++) {
        const on = store.links[at] as number;
        flow[on] = (flow[on] as number) + volume;
        refresh(on);
      }
    }
  };
  /** Sums flows anew from the paths, so that rounding does not pile up. */
  const sumFlows = () => {
    flow.fill(0);
    for (const { pair, k } of pairs) addPaths(store, pair, (classes[k] as TrafficClass).pcu, flow);
    refreshAll();
  };

  // By class and origin: excess and least cost when it was last searched, and whether it was passed over since.
  const excessFrom = new Float64Array(classes.length * zoneCount);
  const leastFrom = new Float64Array(classes.length * zoneCount);
  const isPassed = new Uint8Array(classes.length * zoneCount);
  let meanExcess = 0;
  /**
   * Looks for cheaper paths from every origin. Moving, it shifts trips to them at once, so that the next origin sees
   * it and the gap is an estimate; standing, costs do not change and the gap is certain.
   */
  const search = (isMoving: boolean): { relativeGap: number; excess: number; choices: number[][] } => {
    let excess = 0;
    let least = 0;
    const choices: number[][] = classes.map(() => []);
    for (const [k, { demand, pcu }] of classes.entries()) {
      const cost = costs[k] as Float64Array;
      const tree = trees[k] as ShortestTrees;
      const chosen = choices[k] as number[];
      for (let origin = 0; origin < demand.zoneCount; origin++) {
        const firstOd = demand.start[origin] as number;
        const endOd = demand.start[origin + 1] as number;
        if (firstOd === endOd) continue;
        const place = k * zoneCount + origin;
        if (isMoving && isPassed[place] === 0 && (excessFrom[place] as number) < LITTLE * meanExcess) {
          isPassed[place] = 1;
          excess += excessFrom[place] as number;
          least += leastFrom[place] as number;
          for (let od = firstOd; od < endOd; od++) {
            const pair = (firstPair[k] as number) + od;
            const path = store.firstPath[pair] as number;
            if (path !== NONE && store.nextPath[path] !== NONE) chosen.push(pair);
          }
          continue;
        }
        isPassed[place] = 0;
        const [excessBefore, leastBefore] = [excess, least];
        signal?.throwIfAborted();
        const pred = tree.from(origin, cost);
        const firstChosen = chosen.length;
        for (let od = firstOd; od < endOd; od++) {
          const pair = (firstPair[k] as number) + od;
          if (isLost[pair] === 1) continue;
          const destination = demand.destination[od] as number;
          const bound = tree.distance[destination] as number;
          let cheapest = Number.POSITIVE_INFINITY;
          for (
            let path = store.firstPath[pair] as number;
            path !== NONE;
            path = store.nextPath[path] as number
          ) {
            const c = store.costOf(path, cost);
            if (c < cheapest) cheapest = c;
            excess += (store.trips[path] as number) * (c - bound);
          }
          least += (demand.trips[od] as number) * bound;
          if (bound < cheapest * CHEAPER) store.addFromTree(pair, destination, pred, tail, 0);
          if (store.nextPath[store.firstPath[pair] as number] !== NONE) chosen.push(pair);
        }
        excessFrom[place] = excess - excessBefore;
        leastFrom[place] = least - leastBefore;
        if (!isMoving) continue;
        for (let at = firstChosen; at < chosen.length; at++)
          balance.equalise(chosen[at] as number, cost, pcu);
      }
    }
    meanExcess = excess / (classes.length * zoneCount);
    return { relativeGap: least > 0 ? Math.max(0, excess) / least : 0, excess, choices };
  };

  if (start !== undefined) {
    takeUp(start);
    sumFlows();
  } else refreshAll();
  loadRest();
  let iteration = 0;
  let relativeGap = Number.POSITIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  let idle = 0;
  // The first search may move trips at once: a gap with all costs standing still comes at the end.
  let isMoving = maxIterations > 0;
  for (;;) {
    sumFlows();
    const found = search(isMoving);
    onIteration?.({ iteration, relativeGap: found.relativeGap, isCertain: !isMoving });
    if (!isMoving) {
      relativeGap = found.relativeGap;
      idle = relativeGap < best || best > ROUNDING ? 0 : idle + 1;
      best = Math.min(best, relativeGap);
      if (relativeGap <= targetGap || iteration >= maxIterations || idle >= MOST_IDLE) break;
    }
    iteration++;
    balance.sweep(
      found.choices.map((chosen, k) => ({
        pairs: chosen,
        cost: costs[k] as Float64Array,
        pcu: (classes[k] as TrafficClass).pcu,
      })),
      found.excess,
      signal,
    );
    // Where standing still did not do, another moving search does more.
    isMoving = (!isMoving || found.relativeGap > NEAR * targetGap) && iteration < maxIterations;
  }

  const classFlow = classes.map(() => new Float64Array(linkCount));
  for (const { pair, k } of pairs) addPaths(store, pair, 1, classFlow[k] as Float64Array);
  const time = principle === 'user' ? link.time : linkCosts(network, flow).time;
  return {
    flow,
    classFlow,
    time,
    relativeGap,
    isReached: relativeGap <= targetGap,
    iterations: iteration,
    objective: delayObjective(network, flow, principle) + fixedCostOf(classes, classFlow),
    totalTravelTime: flow.reduce((sum, v, at) => sum + v * (time[at] as number), 0),
    lost: pairs.filter(({ pair }) => isLost[pair] === 1).map((pair) => lostTrips(pair, classes)),
    state: () => stateOf(store, pairs, trees, zoneCount),
  };
}

function isOpen(links: Int32Array, fixedCost: Float64Array): boolean {
  for (let at = 0; at < links.length; at++) {
    if (fixedCost[links[at] as number] === Number.POSITIVE_INFINITY) return false;
  }
  return true;
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

/** Adds the trips of a pair, each worth `weight`, to the flows of the links that they use. */
function addPaths(store: PathStore, pair: number, weight: number, flow: Float64Array): void {
  const { links } = store;
  for (let path = store.firstPath[pair] as number; path !== NONE; path = store.nextPath[path] as number) {
    const volume = (store.trips[path] as number) * weight;
    const begin = store.start[path] as number;
    const end = begin + (store.length[path] as number);
    for (let at = begin; at < end; at++) {
      const link = links[at] as number;
      flow[link] = (flow[link] as number) + volume;
    }
  }
}

/** Σ flow · fixed cost; a closed link without flow costs nothing. */
function fixedCostOf(classes: readonly TrafficClass[], classFlow: readonly Float64Array[]): number {
  let sum = 0;
  for (const [k, { fixedCost }] of classes.entries()) {
    for (const [at, volume] of (classFlow[k] as Float64Array).entries()) {
      if (volume > 0) sum += volume * (fixedCost[at] as number);
    }
  }
  return sum;
}

const lostTrips = ({ k, origin, destination, trips }: Pair, classes: readonly TrafficClass[]): LostTrips => ({
  className: classes[k]?.name ?? '',
  origin,
  destination,
  trips,
});

function stateOf(
  store: PathStore,
  pairs: readonly Pair[],
  trees: readonly ShortestTrees[],
  zoneCount: number,
): AssignmentState {
  const byClass = trees.map((tree) => ({
    paths: new Map<number, readonly PathFlow[]>(),
    trees: tree.remembered(),
  }));
  for (const { pair, k, origin, destination } of pairs) {
    const own: PathFlow[] = [];
    for (let path = store.firstPath[pair] as number; path !== NONE; path = store.nextPath[path] as number) {
      own.push({ links: store.linksOf(path), trips: store.trips[path] as number });
    }
    if (own.length > 0) byClass[k]?.paths.set(origin * zoneCount + destination, own);
  }
  return byClass;
}
