const ARITY_BITS = 2;
const NOT_IN_HEAP = -1;

/** Nodes that wait to be settled, the nearest first. */
export interface NodeHeap {
  /** Puts a node in, or moves it forward, after its distance has become smaller. */
  rise(node: number): void;
  /** Takes the nearest node out; the heap must not be empty. */
  takeFirst(): number;
  isEmpty(): boolean;
}

/**
 * A 4-ary heap over the nodes of a network that knows where each stands, so that a smaller distance moves it.
 * @param distance the key of each node; written by the caller, who calls `rise` after each change
 */
export function nodeHeap(distance: Float64Array): NodeHeap {
  const heap = new Int32Array(distance.length);
  const placeInHeap = new Int32Array(distance.length).fill(NOT_IN_HEAP);
  let heapSize = 0;

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

  return { rise, takeFirst, isEmpty: () => heapSize === 0 };
}
