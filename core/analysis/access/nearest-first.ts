import type { PathGraph } from './path-graph.ts';

const ARITY_BITS = 2;
const NOT_IN_HEAP = -1;

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
  const heap = new Int32Array(nodeCount);
  const placeInHeap = new Int32Array(nodeCount).fill(NOT_IN_HEAP);
  let heapSize = 0;
  let count = 0;

  const rise = (node: number) => {
    const key = distance[node] as number;
    let place = placeInHeap[node] as number;
    if (place === NOT_IN_HEAP) place = heapSize++;
    while (place > 0) {
      const above = (place - 1) >> ARITY_BITS;
      const parent = heap[above] as number;
      if ((distance[parent] as number) <= key) break;
      heap[place] = parent;
      placeInHeap[parent] = place;
      place = above;
    }
    heap[place] = node;
    placeInHeap[node] = place;
  };
  const takeFirst = () => {
    const first = heap[0] as number;
    placeInHeap[first] = NOT_IN_HEAP;
    heapSize--;
    if (heapSize === 0) return first;
    const node = heap[heapSize] as number;
    const key = distance[node] as number;
    let place = 0;
    for (;;) {
      const begin = (place << ARITY_BITS) + 1;
      if (begin >= heapSize) break;
      const end = Math.min(begin + (1 << ARITY_BITS), heapSize);
      let best = begin;
      let bestKey = distance[heap[begin] as number] as number;
      for (let child = begin + 1; child < end; child++) {
        const childKey = distance[heap[child] as number] as number;
        if (childKey < bestKey) {
          best = child;
          bestKey = childKey;
        }
      }
      if (bestKey >= key) break;
      const up = heap[best] as number;
      heap[place] = up;
      placeInHeap[up] = place;
      place = best;
    }
    heap[place] = node;
    placeInHeap[node] = place;
    return first;
  };

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
      while (heapSize > 0) {
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
