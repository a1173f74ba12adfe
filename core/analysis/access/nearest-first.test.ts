import { describe, expect, it } from 'vitest';
import { randomOf } from '../../demo-city/random.ts';
import { nearestFirst } from './nearest-first.ts';
import { type Edges, pathGraph } from './path-graph.ts';

const edgesOf = (rows: readonly (readonly [number, number, number])[]): Edges => ({
  from: Int32Array.from(rows, ([from]) => from),
  to: Int32Array.from(rows, ([, to]) => to),
  cost: Float64Array.from(rows, ([, , cost]) => cost),
});

/** All cheapest paths by Floyd's algorithm, which shares nothing with Dijkstra's. */
function byFloyd(nodeCount: number, rows: readonly (readonly [number, number, number])[]): number[][] {
  const distance = Array.from({ length: nodeCount }, (_, a) =>
    Array.from({ length: nodeCount }, (_, b) => (a === b ? 0 : Number.POSITIVE_INFINITY)),
  );
  const at = (a: number, b: number) => distance[a]?.[b] ?? Number.NaN;
  const put = (a: number, b: number, cost: number) => {
    (distance[a] as number[])[b] = Math.min(at(a, b), cost);
  };
  for (const [a, b, cost] of rows) {
    put(a, b, cost);
    put(b, a, cost);
  }
  for (let k = 0; k < nodeCount; k++) {
    for (let a = 0; a < nodeCount; a++) {
      for (let b = 0; b < nodeCount; b++) put(a, b, at(a, k) + at(k, b));
    }
  }
  return distance;
}

describe('nearest nodes first', () => {
  it('are as far as Floyd says, from every node, within every bound, search after search', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { integer } = randomOf('nearest', seed);
      const nodeCount = integer(1, 30);
      const rows = Array.from(
        { length: integer(0, 60) },
        () => [integer(0, nodeCount - 1), integer(0, nodeCount - 1), integer(0, 9)] as const,
      );
      const expected = byFloyd(nodeCount, rows);
      const search = nearestFirst(pathGraph(nodeCount, edgesOf(rows)));
      for (let from = 0; from < nodeCount; from++) {
        const bound = integer(0, 25);
        const count = search.from([from], bound);
        const wanted = expected[from]?.map((cost) => (cost <= bound ? cost : Number.POSITIVE_INFINITY));
        expect([...search.distance]).toEqual(wanted);
        const order = [...search.reached.subarray(0, count)].map(
          (node) => search.distance[node] ?? Number.NaN,
        );
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        expect(count).toBe(wanted?.filter(Number.isFinite).length);
      }
    }
  });

  it('start at the nearer of several sources, each with the way to it', () => {
    const search = nearestFirst(
      pathGraph(
        4,
        edgesOf([
          [0, 1, 5],
          [1, 2, 5],
          [2, 3, 5],
        ]),
      ),
    );
    search.from([0, 3], 20, [7, 1]);
    expect([...search.distance]).toEqual([7, 11, 6, 1]);
    expect(search.from([0, 3], 6, [7, 1])).toBe(2);
  });

  it('refuse an edge that costs less than nothing or ends nowhere', () => {
    expect(() => pathGraph(2, edgesOf([[0, 1, -1]]))).toThrow('cost of edge 1 is -1');
    expect(() =>
      pathGraph(
        2,
        edgesOf([
          [0, 1, 1],
          [0, 2, 1],
        ]),
      ),
    ).toThrow('Edge 2 ends at a node');
  });
});
