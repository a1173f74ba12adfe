import { nodeHeap } from '../network/node-heap.ts';
import type { RoadNetwork } from './road-network.ts';

/** More bytes of remembered trees are not kept; then every tree is grown anew. */
const MOST_TREE_BYTES = 400_000_000;
const NONE = -1;
const CLOSED = Number.POSITIVE_INFINITY;

/** The tree of cheapest paths from one origin, overwritten by the next `from`. */
export interface ShortestTrees {
  /** Whether trees are kept from call to call. */
  readonly isRemembering: boolean;
  /** Whether a tree of the origin is remembered, of this run or of the one before. */
  isKnown(origin: number): boolean;
  /** Cost from the origin by node; Infinity where no path leads. */
  readonly distance: Float64Array;
  /** By node: 0 where the path is still that of the remembered tree. Distances may be equal where it is not, by rounding. */
  readonly isMoved: Uint8Array;
  /**
   * Finds the cheapest paths from a zone at these link costs (≥ 0, Infinity closes a link).
   * @returns the last link of the path by node, −1 at the origin and where no path leads
   */
  from(origin: number, cost: Float64Array): Int32Array;
  /** The last trees by origin, for another run to start from; not to be written to. */
  remembered(): RememberedTrees;
}

export type RememberedTrees = ReadonlyMap<number, Tree>;

interface Tree {
  /** By node: the last link of the path to it. */
  readonly pred: Int32Array;
  /** The nodes that are reached, each after the one before it on its path. */
  readonly order: Int32Array;
  reached: number;
}

/**
 * Cheapest paths of a network by Dijkstra's algorithm on a 4-ary heap. The tree of an origin is remembered and mended
 * when costs have changed: its labels are computed anew along its branches, links that now undercut a label enter
 * the heap, and only what they change is settled again. Between iterations of an assignment most branches stay.
 */
export function shortestTrees(network: RoadNetwork, before: RememberedTrees = new Map()): ShortestTrees {
  const { nodeCount, zoneCount, firstThruNode, tail, head, outStart, outLink } = network;
  const distance = new Float64Array(nodeCount);
  const { rise, takeFirst, isEmpty } = nodeHeap(distance);
  const isRemembering = 2 * zoneCount * nodeCount * Int32Array.BYTES_PER_ELEMENT <= MOST_TREE_BYTES;
  const trees = new Map<number, Tree>();
  const newTree = (): Tree => ({
    pred: new Int32Array(nodeCount),
    order: new Int32Array(nodeCount),
    reached: 0,
  });
  const scratch = isRemembering ? undefined : newTree();
  const settled = new Int32Array(nodeCount);
  const isMoved = new Uint8Array(nodeCount);
  const thru = thruLinks(network);
  const undercut = new Int32Array(thru.link.length);

  const offer = (link: number, through: number, pred: Int32Array) => {
    const to = head[link] as number;
    if (!(through < (distance[to] as number))) return;
    distance[to] = through;
    pred[to] = link;
    rise(to);
  };
  /** @returns how many nodes came out of the heap, into `settled` */
  const settle = (origin: number, cost: Float64Array, pred: Int32Array): number => {
    let count = 0;
    while (!isEmpty()) {
      const node = takeFirst();
      settled[count++] = node;
      if (node < firstThruNode && node !== origin) continue;
      const here = distance[node] as number;
      const end = outStart[node + 1] as number;
      for (let at = outStart[node] as number; at < end; at++) {
        const link = outLink[at] as number;
        const through = here + (cost[link] as number);
        const to = head[link] as number;
        const known = distance[to] as number;
        // Behind a node that became nearer its branch moves with it, also where rounding leaves the distance as it was.
        if (through < known || (through === known && pred[to] === link && through < CLOSED)) {
          distance[to] = through;
          pred[to] = link;
          rise(to);
        }
      }
    }
    return count;
  };
  const grow = (origin: number, cost: Float64Array, tree: Tree) => {
    distance.fill(CLOSED);
    tree.pred.fill(NONE);
    distance[origin] = 0;
    rise(origin);
    tree.reached = settle(origin, cost, tree.pred);
    tree.order.set(settled.subarray(0, tree.reached));
    isMoved.fill(1);
  };
  const mend = (origin: number, cost: Float64Array, tree: Tree) => {
    relabel(tree, tail, cost, distance);
    if (origin < firstThruNode) {
      for (let at = outStart[origin] as number; at < (outStart[origin + 1] as number); at++) {
        const link = outLink[at] as number;
        offer(link, cost[link] as number, tree.pred);
      }
    }
    const cheaper = undercutting(thru, cost, distance, undercut);
    for (let at = 0; at < cheaper; at++) {
      const link = undercut[at] as number;
      offer(link, (distance[tail[link] as number] as number) + (cost[link] as number), tree.pred);
    }
    const count = settle(origin, cost, tree.pred);
    isMoved.fill(0);
    for (let at = 0; at < count; at++) isMoved[settled[at] as number] = 1;
    reorder(tree, isMoved, distance, settled, count);
  };

  return {
    isRemembering,
    isKnown: (origin) => isRemembering && (trees.has(origin) || isOfSize(before.get(origin), nodeCount)),
    distance,
    isMoved,
    from(origin, cost) {
      // A tree of another run is copied, for it may still start others; of a smaller network it is of no use.
      const known = trees.get(origin) ?? (isRemembering ? copyOf(before.get(origin), nodeCount) : undefined);
      const tree = known ?? scratch ?? newTree();
      if (known === undefined) grow(origin, cost, tree);
      else mend(origin, cost, tree);
      if (isRemembering) trees.set(origin, tree);
      return tree.pred;
    },
    remembered: () => trees,
  };
}

// Most of a run is spent in these loops over all nodes or links: they stand alone, without a call in them.

interface ThruLinks {
  readonly link: Int32Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
}

/** Links that may be driven on from anywhere, in the order of the nodes that they leave. */
function thruLinks({ outStart, outLink, firstThruNode, tail, head }: RoadNetwork): ThruLinks {
  const link = outLink.subarray(outStart[firstThruNode]);
  return {
    link,
    tail: link.map((each) => tail[each] as number),
    head: link.map((each) => head[each] as number),
  };
}

/** Labels all nodes along the branches of a tree. */
function relabel(
  { pred, order, reached }: Tree,
  tail: Int32Array,
  cost: Float64Array,
  distance: Float64Array,
): void {
  distance.fill(CLOSED);
  distance[order[0] as number] = 0;
  for (let place = 1; place < reached; place++) {
    const node = order[place] as number;
    const link = pred[node] as number;
    distance[node] = (distance[tail[link] as number] as number) + (cost[link] as number);
  }
}

/** Gathers the links over which the node where they end is nearer than its label; @returns how many there are. */
function undercutting(
  { link, tail, head }: ThruLinks,
  cost: Float64Array,
  distance: Float64Array,
  into: Int32Array,
): number {
  let count = 0;
  for (let at = 0; at < link.length; at++) {
    const through = (distance[tail[at] as number] as number) + (cost[link[at] as number] as number);
    if (through < (distance[head[at] as number] as number)) into[count++] = link[at] as number;
  }
  return count;
}

/** A node whose path stayed comes after one whose path stayed, so that the others may follow all of these. */
function reorder(
  tree: Tree,
  isMoved: Uint8Array,
  distance: Float64Array,
  settled: Int32Array,
  count: number,
): void {
  const { pred, order, reached } = tree;
  let kept = 0;
  for (let place = 0; place < reached; place++) {
    const node = order[place] as number;
    if (isMoved[node] === 1) continue;
    if (distance[node] === CLOSED) pred[node] = NONE;
    else order[kept++] = node;
  }
  for (let at = 0; at < count; at++) order[kept++] = settled[at] as number;
  tree.reached = kept;
}

const isOfSize = (tree: Tree | undefined, nodeCount: number): tree is Tree => tree?.pred.length === nodeCount;

const copyOf = (tree: Tree | undefined, nodeCount: number): Tree | undefined =>
  isOfSize(tree, nodeCount)
    ? { pred: tree.pred.slice(), order: tree.order.slice(), reached: tree.reached }
    : undefined;
