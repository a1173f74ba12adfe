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
  /** The same along the tree that was remembered of the origin. */
  readonly along: Float64Array;
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
  const { nodeCount, zoneCount, linkCount, firstThruNode, tail, head, outStart, outLink } = network;
  const distance = new Float64Array(nodeCount);
  const along = new Float64Array(nodeCount);
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
  // Links that may be driven on from anywhere, in the order of the nodes that they leave.
  const firstThru = outStart[firstThruNode] as number;

  /**
   * Offers links, `outLink[begin]` up to, without, `outLink[end]`, to the nodes where they end. Behind a node that
   * became nearer its branch moves with it, also where rounding leaves the distance as it was.
   */
  const relax = (begin: number, end: number, cost: Float64Array, pred: Int32Array, isNearer: boolean) => {
    for (let at = begin; at < end; at++) {
      const link = outLink[at] as number;
      const through = (distance[tail[link] as number] as number) + (cost[link] as number);
      const to = head[link] as number;
      const known = distance[to] as number;
      if (through < known || (isNearer && through === known && pred[to] === link && through < CLOSED)) {
        distance[to] = through;
        pred[to] = link;
        rise(to);
      }
    }
  };
  /** @returns how many nodes came out of the heap, into `settled` */
  const settle = (origin: number, cost: Float64Array, pred: Int32Array): number => {
    let count = 0;
    while (!isEmpty()) {
      const node = takeFirst();
      settled[count++] = node;
      if (node >= firstThruNode || node === origin) {
        relax(outStart[node] as number, outStart[node + 1] as number, cost, pred, true);
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
    along.set(distance);
    isMoved.fill(1);
  };
  const relabel = (cost: Float64Array, { pred, order, reached }: Tree) => {
    distance.fill(CLOSED);
    distance[order[0] as number] = 0;
    for (let place = 1; place < reached; place++) {
      const node = order[place] as number;
      const link = pred[node] as number;
      distance[node] = (distance[tail[link] as number] as number) + (cost[link] as number);
    }
    along.set(distance);
  };
  const mend = (origin: number, cost: Float64Array, tree: Tree) => {
    const { pred, order } = tree;
    relabel(cost, tree);
    if (origin < firstThruNode) {
      relax(outStart[origin] as number, outStart[origin + 1] as number, cost, pred, false);
    }
    relax(firstThru, linkCount, cost, pred, false);
    const count = settle(origin, cost, pred);
    isMoved.fill(0);
    for (let at = 0; at < count; at++) isMoved[settled[at] as number] = 1;
    // A node whose path stayed comes after one whose path stayed, so that the others may follow all of these.
    let kept = 0;
    for (let place = 0; place < tree.reached; place++) {
      const node = order[place] as number;
      if (isMoved[node] === 1) continue;
      if (distance[node] === CLOSED) pred[node] = NONE;
      else order[kept++] = node;
    }
    for (let at = 0; at < count; at++) order[kept++] = settled[at] as number;
    tree.reached = kept;
  };

  return {
    isRemembering,
    isKnown: (origin) => isRemembering && (trees.has(origin) || isOfSize(before.get(origin), nodeCount)),
    distance,
    along,
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

const isOfSize = (tree: Tree | undefined, nodeCount: number): tree is Tree => tree?.pred.length === nodeCount;

const copyOf = (tree: Tree | undefined, nodeCount: number): Tree | undefined =>
  isOfSize(tree, nodeCount)
    ? { pred: tree.pred.slice(), order: tree.order.slice(), reached: tree.reached }
    : undefined;
