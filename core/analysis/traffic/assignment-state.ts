import type { PackedPaths } from './packed-paths.ts';
import { NONE, type PathStore } from './path-store.ts';
import type { RememberedTrees, ShortestTrees } from './shortest-trees.ts';
import type { PairTable, TrafficClass } from './traffic-class.ts';

/** Where a run ended and another may start, by class. */
export type AssignmentState = readonly ClassState[];

interface ClassState {
  /** Paths that trips use. */
  readonly paths: PackedPaths;
  /** By pair of `paths`: 1 where its only path is that of the tree of its origin. */
  readonly isOfTree: Uint8Array;
  readonly trees: RememberedTrees;
}

interface Taken {
  readonly store: PathStore;
  readonly pairs: PairTable;
  readonly classes: readonly TrafficClass[];
  readonly trees: readonly ShortestTrees[];
  readonly zoneCount: number;
}

/**
 * Puts today's trips on the paths of an earlier run that are still open, in its shares.
 * @param isOfTree by pair: set to 1 where the only path is still that of the tree that the state remembers
 */
export function takeUp(
  before: AssignmentState,
  { store, pairs, classes, trees, zoneCount }: Taken,
  isOfTree: Uint8Array,
): void {
  for (const [k, { fixedCost }] of classes.entries()) {
    const own = before[k];
    if (own === undefined) continue;
    const isOpen = openPaths(own.paths, fixedCost);
    const added = store.addAll(own.paths);
    const isKnown = Uint8Array.from({ length: zoneCount }, (_, zone) => (trees[k]?.isKnown(zone) ? 1 : 0));
    const [begin, end] = [pairs.first[k] as number, pairs.first[k + 1] as number];
    const places = placesOf(own.paths.pairs, pairs, begin, end, zoneCount);
    for (let pair = begin; pair < end; pair++) {
      const place = places[pair - begin] as number;
      if (place === NONE || !chainOpen(store, added, own.paths, isOpen, place, pair, pairs)) continue;
      if (isKnown[pairs.origin[pair] as number] === 1) isOfTree[pair] = own.isOfTree[place] as number;
    }
    store.freeUnchained(added);
  }
}

// Each of these loops runs but once or twice in a run: they are small so that they are compiled soon.

/** By path: 1 where all its links are open. */
function openPaths({ firstLink, links }: PackedPaths, fixedCost: Float64Array): Uint8Array {
  const isClosed = Uint8Array.from(fixedCost, (cost) => (cost === Number.POSITIVE_INFINITY ? 1 : 0));
  const isOpen = new Uint8Array(firstLink.length - 1);
  let at = 0;
  for (let path = 0; path < isOpen.length; path++) {
    const end = firstLink[path + 1] as number;
    let closed = 0;
    for (; at < end; at++) closed |= isClosed[links[at] as number] as number;
    isOpen[path] = 1 - closed;
  }
  return isOpen;
}

/** By pair from `begin` up to, without, `end`: its place among those known, −1 where it is none of them. */
function placesOf(
  known: Int32Array,
  { origin, destination }: PairTable,
  begin: number,
  end: number,
  zoneCount: number,
): Int32Array {
  const places = new Int32Array(end - begin);
  let next = 0;
  for (let pair = begin; pair < end; pair++) {
    const key = (origin[pair] as number) * zoneCount + (destination[pair] as number);
    while ((known[next] as number) < key) next++;
    places[pair - begin] = known[next] === key ? next++ : NONE;
  }
  return places;
}

/** Gives a pair its open paths; @returns whether there are any that carried trips */
function chainOpen(
  store: PathStore,
  added: number,
  { firstPath, trips }: PackedPaths,
  isOpen: Uint8Array,
  place: number,
  pair: number,
  pairs: PairTable,
): boolean {
  const begin = firstPath[place] as number;
  const end = firstPath[place + 1] as number;
  let sum = 0;
  for (let path = begin; path < end; path++) if (isOpen[path] === 1) sum += trips[path] as number;
  if (!(sum > 0)) return false;
  const scale = (pairs.trips[pair] as number) / sum;
  // Each goes to the head of the chain: from the last to the first they keep their order.
  for (let path = end - 1; path >= begin; path--) {
    if (isOpen[path] === 1) store.chain(pair, added + path, scale * (trips[path] as number));
  }
  return true;
}

export function stateOf({ store, pairs, trees, zoneCount }: Taken, isOfTree: Uint8Array): AssignmentState {
  return trees.map((tree, k) => {
    const [begin, end] = [pairs.first[k] as number, pairs.first[k + 1] as number];
    let [pairCount, pathCount, linkCount] = [0, 0, 0];
    for (let pair = begin; pair < end; pair++) {
      const first = store.firstPath[pair] as number;
      if (first !== NONE) pairCount++;
      for (let path = first; path !== NONE; path = store.nextPath[path] as number) {
        pathCount++;
        linkCount += store.length[path] as number;
      }
    }
    const paths = {
      pairs: new Int32Array(pairCount),
      firstPath: new Int32Array(pairCount + 1),
      firstLink: new Int32Array(pathCount + 1),
      links: new Int32Array(linkCount),
      trips: new Float64Array(pathCount),
    };
    const ofTree = new Uint8Array(pairCount);
    let [place, at, link] = [0, 0, 0];
    for (let pair = begin; pair < end; pair++) {
      const first = store.firstPath[pair] as number;
      if (first === NONE) continue;
      paths.pairs[place] = (pairs.origin[pair] as number) * zoneCount + (pairs.destination[pair] as number);
      ofTree[place] = isOfTree[pair] as number;
      for (let path = first; path !== NONE; path = store.nextPath[path] as number) {
        const from = store.start[path] as number;
        const to = from + (store.length[path] as number);
        for (let own = from; own < to; own++) paths.links[link++] = store.links[own] as number;
        paths.trips[at++] = store.trips[path] as number;
        paths.firstLink[at] = link;
      }
      paths.firstPath[++place] = at;
    }
    return { paths, isOfTree: ofTree, trees: tree.remembered() };
  });
}
