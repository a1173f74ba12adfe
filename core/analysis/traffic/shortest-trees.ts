import { nodeHeap } from '../network/node-heap.ts';
import type { RoadNetwork } from './road-network.ts';

/** More bytes of remembered trees are not kept; then every tree is grown anew. */
const MOST_TREE_BYTES = 400_000_000;
const NONE = -1;

/** The tree of cheapest paths from one origin, overwritten by the next `from`. */
export interface ShortestTrees {
  /** Cost from the origin by node; Infinity where no path leads. */
  readonly distance: Float64Array;
  /**
   * Finds the cheapest paths from a zone at these link costs (≥ 0, Infinity closes a link).
   * @returns the last link of the path by node, −1 at the origin and where no path leads
   */
  from(origin: number, cost: Float64Array): Int32Array;
  /** The last trees by origin, for another run to start from; not to be written to. */
  remembered(): RememberedTrees;
}

/** By origin: the last link of the path to each node. */
export type RememberedTrees = ReadonlyMap<number, Int32Array>;

/**
 * Cheapest paths of a network by Dijkstra's algorithm on a 4-ary heap. The tree of an origin is remembered and mended
 * when costs have changed: its labels are computed anew along its branches, links that now undercut a label enter
 * the heap, and only what they change is settled again. Between iterations of an assignment most branches stay.
 */
export function shortestTrees(network: RoadNetwork, before: RememberedTrees = new Map()): ShortestTrees {
  const { nodeCount, zoneCount, firstThruNode, tail, head, outStart, outLink } = network;
  const distance = new Float64Array(nodeCount);
  const { rise, takeFirst, isEmpty } = nodeHeap(distance);
  const keepsTrees = zoneCount * nodeCount * Int32Array.BYTES_PER_ELEMENT <= MOST_TREE_BYTES;
  const trees = new Map<number, Int32Array>();
  const scratch = new Int32Array(keepsTrees ? 0 : nodeCount);
  const firstChild = new Int32Array(nodeCount);
  const nextSibling = new Int32Array(nodeCount);
  const stack = new Int32Array(nodeCount);

  /** Offers the links that leave a node to the nodes where they end. */
  const relax = (node: number, cost: Float64Array, pred: Int32Array) => {
    const from = distance[node] as number;
    const end = outStart[node + 1] as number;
    for (let at = outStart[node] as number; at < end; at++) {
      const link = outLink[at] as number;
      const through = from + (cost[link] as number);
      const to = head[link] as number;
      if (through < (distance[to] as number)) {
        distance[to] = through;
        pred[to] = link;
        rise(to);
      }
    }
  };
  const settle = (origin: number, cost: Float64Array, pred: Int32Array) => {
    while (!isEmpty()) {
      const node = takeFirst();
      if (node >= firstThruNode || node === origin) relax(node, cost, pred);
    }
  };
  const grow = (origin: number, cost: Float64Array, pred: Int32Array) => {
    distance.fill(Number.POSITIVE_INFINITY);
    pred.fill(NONE);
    distance[origin] = 0;
    rise(origin);
    settle(origin, cost, pred);
    pred[origin] = NONE;
  };
  const relabel = (origin: number, cost: Float64Array, pred: Int32Array) => {
    firstChild.fill(NONE);
    for (let node = 0; node < nodeCount; node++) {
      const link = pred[node] as number;
      if (link === NONE) {
        distance[node] = Number.POSITIVE_INFINITY;
        continue;
      }
      const parent = tail[link] as number;
      nextSibling[node] = firstChild[parent] as number;
      firstChild[parent] = node;
    }
    distance[origin] = 0;
    let height = 0;
    stack[height++] = origin;
    while (height > 0) {
      const node = stack[--height] as number;
      const from = distance[node] as number;
      for (let child = firstChild[node] as number; child !== NONE; child = nextSibling[child] as number) {
        distance[child] = from + (cost[pred[child] as number] as number);
        stack[height++] = child;
      }
    }
  };
  const mend = (origin: number, cost: Float64Array, pred: Int32Array) => {
    relabel(origin, cost, pred);
    relax(origin, cost, pred);
    for (let node = firstThruNode; node < nodeCount; node++) {
      if ((distance[node] as number) < Number.POSITIVE_INFINITY) relax(node, cost, pred);
    }
    settle(origin, cost, pred);
    for (let node = 0; node < nodeCount; node++) {
      if (distance[node] === Number.POSITIVE_INFINITY) pred[node] = NONE;
    }
  };

  return {
    distance,
    from(origin, cost) {
      // A tree of another run is copied, for it may still start others; of a smaller network it is of no use.
      const known = trees.get(origin) ?? (keepsTrees ? copyOf(before.get(origin), nodeCount) : undefined);
      if (known !== undefined) {
        mend(origin, cost, known);
        trees.set(origin, known);
        return known;
      }
      const pred = keepsTrees ? new Int32Array(nodeCount) : scratch;
      grow(origin, cost, pred);
      if (keepsTrees) trees.set(origin, pred);
      return pred;
    },
    remembered: () => trees,
  };
}

const copyOf = (tree: Int32Array | undefined, nodeCount: number): Int32Array | undefined =>
  tree?.length === nodeCount ? tree.slice() : undefined;
