import type { CancelSignal } from '../../cancel.ts';
import type { LoadedLinks } from './loaded-links.ts';
import type { PathBalance } from './path-balance.ts';
import { NONE, type PathStore } from './path-store.ts';
import type { RoadNetwork } from './road-network.ts';
import type { ShortestTrees } from './shortest-trees.ts';
import type { PairTable, TrafficClass } from './traffic-class.ts';

/** A path joins a pair only if it is cheaper than the known ones by more than rounding. */
const CHEAPER = 1 - 1e-14;
/** Moving searches pass over origins whose excess was below the mean, so often at most; each time it weighs more. */
const MOST_PASSED = 6;
const HEAVIER = 4;

interface Searched {
  readonly network: RoadNetwork;
  readonly classes: readonly TrafficClass[];
  readonly pairs: PairTable;
  readonly store: PathStore;
  readonly links: LoadedLinks;
  /** By class, which may drive on different links. */
  readonly trees: readonly ShortestTrees[];
  readonly balance: PathBalance;
  readonly signal: CancelSignal | undefined;
}

export interface Found {
  readonly relativeGap: number;
  /** Σ trips · (cost − least cost) */
  readonly excess: number;
  /** By class: pairs that have more than one path now. */
  readonly choices: readonly (readonly number[])[];
}

type SearchKind = 'moving' | 'standing' | 'mending';

export interface PathSearch {
  /** By pair: 1 where no path leads. */
  readonly isLost: Uint8Array;
  /** By pair: 1 where its only path is known to be that of the remembered tree of its origin. */
  readonly isOfTree: Uint8Array;
  /** Loads pairs without a path on the cheapest, origin after origin, each seeing what those before it load. */
  loadRest(): void;
  /**
   * Looks for cheaper paths from every origin. Moving, it shifts trips to them at once, so that the next origin sees
   * it and the gap is an estimate; standing, costs do not change and the gap is certain. Mending is moving, of the
   * pairs alone that `loadRest` loaded; their excess is told as a part of the whole cost.
   */
  search(how: SearchKind): Found;
}

export function pathSearch({
  network,
  classes,
  pairs,
  store,
  links,
  trees,
  balance,
  signal,
}: Searched): PathSearch {
  const { tail, zoneCount } = network;
  const { origin: originOf, destination: destinationOf, trips: tripsOf } = pairs;
  const isLost = new Uint8Array(pairs.count);
  const isLed = new Uint8Array(pairs.count);
  const ledFrom = new Uint8Array(classes.length * zoneCount);
  const isOfTree = new Uint8Array(pairs.count);
  // By class and origin: excess and least cost when it was last searched, and how often it was passed over since.
  const excessFrom = new Float64Array(classes.length * zoneCount);
  const leastFrom = new Float64Array(classes.length * zoneCount);
  const passed = new Uint8Array(classes.length * zoneCount);
  let meanExcess = 0;

  /** The tree of an origin was mended: the paths of pairs are its own only where it did not move. */
  const forgetMoved = (k: number, origin: number) => {
    const { start } = (classes[k] as TrafficClass).demand;
    const { isMoved } = trees[k] as ShortestTrees;
    const first = pairs.first[k] as number;
    for (let pair = first + (start[origin] as number); pair < first + (start[origin + 1] as number); pair++) {
      if (isMoved[destinationOf[pair] as number] === 1) isOfTree[pair] = 0;
    }
  };

  const loadRest = () => {
    for (const [k, { pcu }] of classes.entries()) {
      const tree = trees[k] as ShortestTrees;
      let pred: Int32Array | undefined;
      let from = NONE;
      for (let pair = pairs.first[k] as number; pair < (pairs.first[k + 1] as number); pair++) {
        if (store.firstPath[pair] !== NONE) continue;
        const origin = originOf[pair] as number;
        const destination = destinationOf[pair] as number;
        if (pred === undefined || from !== origin) {
          signal?.throwIfAborted();
          pred = tree.from(origin, links.costs[k] as Float64Array);
          from = origin;
          forgetMoved(k, origin);
        }
        if (pred[destination] === NONE) {
          isLost[pair] = 1;
          continue;
        }
        const trips = tripsOf[pair] as number;
        isLed[pair] = 1;
        ledFrom[k * zoneCount + origin] = 1;
        links.load(store.addFromTree(pair, destination, pred, tail, trips), trips * pcu);
        if (tree.isRemembering) isOfTree[pair] = 1;
      }
    }
  };

  /** Searches the pairs of one origin, `begin` up to, without, `end`; those with a choice go to `chosen`. */
  const searchFrom = (k: number, begin: number, end: number, chosen: number[], isMending: boolean) => {
    const tree = trees[k] as ShortestTrees;
    const { distance, isMoved } = tree;
    const cost = links.costs[k] as Float64Array;
    const pred = tree.from(originOf[begin] as number, cost);
    let excess = 0;
    let least = 0;
    for (let pair = begin; pair < end; pair++) {
      if (isLost[pair] === 1) continue;
      const destination = destinationOf[pair] as number;
      const bound = distance[destination] as number;
      if (isMending && isLed[pair] === 0) {
        if (isMoved[destination] === 1) isOfTree[pair] = 0;
        continue;
      }
      least += (tripsOf[pair] as number) * bound;
      const first = store.firstPath[pair] as number;
      let cheapest = Number.POSITIVE_INFINITY;
      let own = 0;
      if (isOfTree[pair] === 1) {
        if (isMoved[destination] === 0) continue;
        cheapest = store.costOf(first, cost);
        isOfTree[pair] = 0;
        own = (store.trips[first] as number) * (cheapest - bound);
      } else if (store.nextPath[first] === NONE && store.isOfTree(first, destination, pred, tail)) {
        if (tree.isRemembering) isOfTree[pair] = 1;
        continue;
      } else {
        for (let path = first; path !== NONE; path = store.nextPath[path] as number) {
          const c = store.costOf(path, cost);
          if (c < cheapest) cheapest = c;
          own += (store.trips[path] as number) * (c - bound);
        }
      }
      excess += own;
      if (bound < cheapest * CHEAPER) store.addFromTree(pair, destination, pred, tail, 0);
      if (store.nextPath[store.firstPath[pair] as number] === NONE) continue;
      chosen.push(pair);
      balance.excessOf[pair] = own;
    }
    return { excess, least };
  };

  /** The pairs of an origin that have a choice already. */
  const choose = (begin: number, end: number, chosen: number[]) => {
    for (let pair = begin; pair < end; pair++) {
      const path = store.firstPath[pair] as number;
      if (path !== NONE && store.nextPath[path] !== NONE) chosen.push(pair);
    }
  };

  const search = (how: SearchKind): Found => {
    let excess = 0;
    let least = 0;
    const choices: number[][] = classes.map(() => []);
    for (const [k, { demand, pcu }] of classes.entries()) {
      const cost = links.costs[k] as Float64Array;
      const chosen = choices[k] as number[];
      const firstPair = pairs.first[k] as number;
      for (let origin = 0; origin < demand.zoneCount; origin++) {
        const begin = firstPair + (demand.start[origin] as number);
        const end = firstPair + (demand.start[origin + 1] as number);
        const place = k * zoneCount + origin;
        if (begin === end || (how === 'mending' && ledFrom[place] === 0)) continue;
        const weight = HEAVIER ** (passed[place] as number);
        const isSmall =
          weight * (excessFrom[place] as number) < meanExcess && (passed[place] as number) < MOST_PASSED;
        if (how === 'moving' && isSmall) {
          passed[place] = (passed[place] as number) + 1;
          excess += excessFrom[place] as number;
          least += leastFrom[place] as number;
          choose(begin, end, chosen);
          continue;
        }
        signal?.throwIfAborted();
        const firstChosen = chosen.length;
        const found = searchFrom(k, begin, end, chosen, how === 'mending');
        excess += found.excess;
        least += found.least;
        if (how !== 'mending') {
          passed[place] = 0;
          excessFrom[place] = found.excess;
          leastFrom[place] = found.least;
        }
        if (how === 'standing') continue;
        for (let at = firstChosen; at < chosen.length; at++) {
          balance.equalise(chosen[at] as number, cost, pcu, 0);
        }
      }
    }
    if (how === 'mending') least = links.totalTime();
    else meanExcess = excess / (classes.length * zoneCount);
    return { relativeGap: least > 0 ? Math.max(0, excess) / least : 0, excess, choices };
  };

  return { isLost, isOfTree, loadRest, search };
}
