import { NONE, type PathStore } from './path-store.ts';
import type { RememberedTrees, ShortestTrees } from './shortest-trees.ts';
import type { PairTable, TrafficClass } from './traffic-class.ts';

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

/** Puts today's trips on the paths of an earlier run that are still open, in its shares. */
export function takeUp(
  before: AssignmentState,
  store: PathStore,
  pairs: PairTable,
  classes: readonly TrafficClass[],
  zoneCount: number,
): void {
  for (const [k, { fixedCost }] of classes.entries()) {
    const known = before[k]?.paths;
    if (known === undefined) continue;
    for (let pair = pairs.first[k] as number; pair < (pairs.first[k + 1] as number); pair++) {
      const paths = known.get(
        (pairs.origin[pair] as number) * zoneCount + (pairs.destination[pair] as number),
      );
      if (paths === undefined) continue;
      const open = paths.filter(({ links }) => isOpen(links, fixedCost));
      const sum = open.reduce((trips, path) => trips + path.trips, 0);
      if (!(sum > 0)) continue;
      const scale = (pairs.trips[pair] as number) / sum;
      for (const path of open) store.add(pair, path.links, scale * path.trips);
    }
  }
}

function isOpen(links: Int32Array, fixedCost: Float64Array): boolean {
  for (let at = 0; at < links.length; at++) {
    if (fixedCost[links[at] as number] === Number.POSITIVE_INFINITY) return false;
  }
  return true;
}

export function stateOf(
  store: PathStore,
  pairs: PairTable,
  trees: readonly ShortestTrees[],
  zoneCount: number,
): AssignmentState {
  return trees.map((tree, k) => {
    const paths = new Map<number, readonly PathFlow[]>();
    for (let pair = pairs.first[k] as number; pair < (pairs.first[k + 1] as number); pair++) {
      const own: PathFlow[] = [];
      for (let path = store.firstPath[pair] as number; path !== NONE; path = store.nextPath[path] as number) {
        own.push({ links: store.linksOf(path), trips: store.trips[path] as number });
      }
      if (own.length === 0) continue;
      paths.set((pairs.origin[pair] as number) * zoneCount + (pairs.destination[pair] as number), own);
    }
    return { paths, trees: tree.remembered() };
  });
}
