import { nodeHeap } from '../network/node-heap.ts';
import type { PathGraph } from './path-graph.ts';

/** The nodes around one or more sources, overwritten by the next search. */
export interface NearestFirst {
  /** Cost by node; right for the nodes that the last search reached, and Infinity for all others. */
  readonly distance: Float64Array;
  /** The nodes that the last search reached, nearest first: the first `count` of them. */
  readonly reached: Int32Array;
  /**
   * Reaches every node within the bound, the sources first.
   * @param startCost what each source costs to begin with (the way from a door to the street); 0 where not given
   * @returns how many nodes were reached
   */
  from(sources: ArrayLike<number>, bound?: number, startCost?: ArrayLike<number>): number;
}

/**
 * Cheapest paths by Dijkstra's algorithm on a 4-ary heap, no farther than a bound. Only what a search touched is
 * cleared before the next one, so that many short searches on a large graph cost what they reach.
 */
export function nearestFirst({ nodeCount, start, to, cost }: PathGraph): NearestFirst {
  const distance = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY);
  const reached = new Int32Array(nodeCount);
  const { rise, takeFirst, isEmpty } = nodeHeap(distance);
  let count = 0;

  return {
    distance,
    reached,
    from(sources, bound = Number.POSITIVE_INFINITY, startCost) {
      for (let k = 0; k < count; k++) distance[reached[k] as number] = Number.POSITIVE_INFINITY;
      count = 0;
      for (let k = 0; k < sources.length; k++) {
        const source = sources[k] as number;
        const first = startCost?.[k] ?? 0;
        if (first <= bound && first < (distance[source] as number)) {
          distance[source] = first;
          rise(source);
        }
      }
      while (!isEmpty()) {
        const node = takeFirst();
        reached[count++] = node;
        const from = distance[node] as number;
        for (let k = start[node] as number; k < (start[node + 1] as number); k++) {
          const through = from + (cost[k] as number);
          const end = to[k] as number;
          if (through <= bound && through < (distance[end] as number)) {
            distance[end] = through;
            rise(end);
          }
        }
      }
      return count;
    },
  };
}
