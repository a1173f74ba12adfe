import { invalidParameter } from '../../errors.ts';

/**
 * A graph to walk along, in typed arrays: from node n one comes to `to[k]` at `cost[k]` for k from `start[n]` up to,
 * without, `start[n + 1]`. Nodes count from 0; costs are 0 or more, in one unit (metres, seconds).
 */
export interface PathGraph {
  readonly nodeCount: number;
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
}

/** Of each edge, in three lists of one length. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
}

/**
 * A graph whose edges are gone both ways.
 * @throws TwinError invalid-parameter when an end is no node or a cost is negative or no number
 */
export function pathGraph(nodeCount: number, edges: Edges): PathGraph {
  const edgeCount = edges.from.length;
  const start = new Int32Array(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) {
    refuseBadEdge(edges, edge, nodeCount);
    for (const node of [edges.from[edge] as number, edges.to[edge] as number]) {
      start[node + 1] = (start[node + 1] as number) + 1;
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    start[node + 1] = (start[node + 1] as number) + (start[node] as number);
  }
  const next = start.slice();
  const to = new Int32Array(2 * edgeCount);
  const cost = new Float64Array(2 * edgeCount);
  const put = (from: number, end: number, price: number) => {
    const place = next[from] as number;
    next[from] = place + 1;
    to[place] = end;
    cost[place] = price;
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    const [a, b] = [edges.from[edge] as number, edges.to[edge] as number];
    put(a, b, edges.cost[edge] as number);
    put(b, a, edges.cost[edge] as number);
  }
  return { nodeCount, start, to, cost };
}

function refuseBadEdge({ from, to, cost }: Edges, edge: number, nodeCount: number): void {
  for (const node of [from[edge], to[edge]]) {
    if (node === undefined || node < 0 || node >= nodeCount) {
      throw invalidParameter('edges', `Edge ${edge + 1} ends at a node that is none of the ${nodeCount}`);
    }
  }
  const price = cost[edge] as number;
  if (!(price >= 0 && Number.isFinite(price))) {
    throw invalidParameter('edges', `The cost of edge ${edge + 1} is ${price}; it must be 0 or more`);
  }
}
