/**
 * What stands between a window and the sky: edges of roofs. A building without overhangs (LOD1, LOD2) covers, seen
 * from outside, exactly what lies below the edges of its roof, so a passage through it counts as wall.
 */

import type { BuildingShape } from './building-shape.ts';
import type { GroundGrid } from './ground-grid.ts';
import { type ReliefEdge, reliefEdges } from './relief-edges.ts';

/** Edges as numbers, sorted into a tree of boxes. */
export interface Obstacles {
  readonly ids: readonly string[];
  /** Added to the coordinates of edges and boxes to make those of the city. */
  readonly origin: readonly [number, number];
  /** x, y, z of one end and of the other. */
  readonly edges: Float64Array;
  /** For each edge, the index of its building; that of none for ground, -1 for an empty place. */
  readonly owner: Int32Array;
  /**
   * For each node west, south, east, north, top. Node n has the children 2n + 1 and 2n + 2; the leaves are the last
   * ones and hold `LEAF` edges each.
   */
  readonly boxes: Float64Array;
  readonly leafStart: number;
}

export const LEAF = 4;

/**
 * Makes the tree; the order of buildings does not change it but for ties.
 * @param relief ground that hides, too: what lies below an edge of it, seen from above the ground, is behind ground
 * @param covers what else hides as buildings do; the ground beside it stays
 */
export function obstaclesOf(
  shapes: readonly BuildingShape[],
  relief?: GroundGrid,
  covers: readonly BuildingShape[] = [],
): Obstacles {
  const all = [...shapes, ...covers];
  const origin = shapes.length > 0 ? originOf(shapes) : (relief?.origin ?? originOf(covers));
  const drafts = [
    ...all.flatMap((shape, owner) => roofEdges(shape, origin).map((ends) => ({ ends, owner }))),
    ...(relief ? reliefEdges(relief, shapes) : []).map((ends) => ({
      ends: fromOrigin(ends, origin),
      owner: all.length,
    })),
  ];
  const leaves = Math.max(1, 2 ** Math.ceil(Math.log2(Math.max(1, drafts.length / LEAF))));
  const middleOn = (axis: number) =>
    Float64Array.from(drafts, ({ ends }) => ((ends[axis] ?? 0) + (ends[axis + 3] ?? 0)) / 2);
  const order = sortIntoLeaves([middleOn(0), middleOn(1)], leaves);
  const edges = new Float64Array(leaves * LEAF * 6).fill(Number.NaN);
  const owner = new Int32Array(leaves * LEAF).fill(-1);
  for (const [leaf, from, to] of leavesOf(drafts.length, leaves)) {
    for (let i = from; i < to; i++) {
      const draft = drafts[order[i] ?? 0];
      const slot = leaf * LEAF + i - from;
      if (draft) edges.set(draft.ends, slot * 6);
      owner[slot] = draft?.owner ?? -1;
    }
  }
  return {
    ids: all.map(({ id }) => id),
    origin,
    edges,
    owner,
    boxes: boxesOf(edges, leaves),
    leafStart: leaves - 1,
  };
}

/** The south-western corner of the buildings, whole metres: products of coordinates in millions would eat the digits. */
function originOf(shapes: readonly BuildingShape[]): readonly [number, number] {
  let [west, south] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { surfaces } of shapes)
    for (const rings of surfaces)
      for (const [x, y] of rings[0] ?? []) {
        west = Math.min(west, x);
        south = Math.min(south, y);
      }
  return west === Number.POSITIVE_INFINITY ? [0, 0] : [Math.floor(west), Math.floor(south)];
}

const fromOrigin = ([ax, ay, az, bx, by, bz]: ReliefEdge, [x0, y0]: readonly [number, number]): number[] => [
  ax - x0,
  ay - y0,
  az,
  bx - x0,
  by - y0,
  bz,
];

/** Edges of everything but walls and floors, each once; a building of unnamed surfaces gives all its edges. */
function roofEdges(
  { surfaceKinds, surfaces }: BuildingShape,
  [x0, y0]: readonly [number, number],
): number[][] {
  const hasRoof = surfaceKinds.includes('R');
  const edges = new Map<string, number[]>();
  for (const [index, rings] of surfaces.entries()) {
    const kind = surfaceKinds[index];
    if (hasRoof && (kind === 'W' || kind === 'G')) continue;
    for (const ring of rings) {
      for (const [i, a] of ring.entries()) {
        const b = ring[(i + 1) % ring.length] ?? a;
        // An upright edge covers nothing that its neighbours do not.
        if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 0.005) continue;
        const [one, other] = a < b ? [a, b] : [b, a];
        const ends = [one[0] - x0, one[1] - y0, one[2], other[0] - x0, other[1] - y0, other[2]];
        edges.set(ends.map((value) => Math.round(value * 1000)).join(), ends);
      }
    }
  }
  return [...edges.values()];
}

/**
 * Halves edges by the longer side of their middles until each leaf has its share. Both orders, by easting and by
 * northing, are made once and kept through every halving.
 * @returns edges in the order of their leaves
 */
function sortIntoLeaves(middle: readonly [Float64Array, Float64Array], leaves: number): Int32Array {
  const count = middle[0].length;
  const sorted = middle.map((key) =>
    Int32Array.from(key.keys()).sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0) || a - b),
  );
  const [byEasting = new Int32Array(), byNorthing = new Int32Array()] = sorted;
  const order = byEasting.slice();
  const isFirstHalf = new Uint8Array(count);
  const rest = new Int32Array(count);
  const halve = (from: number, to: number, parts: number, last: Int32Array): void => {
    if (parts === 1 || to - from < 2) {
      order.set(last.subarray(from, to), from);
      return;
    }
    const along = extentOf(byEasting, middle[0], from, to) >= extentOf(byNorthing, middle[1], from, to);
    const [halved, other] = along ? [byEasting, byNorthing] : [byNorthing, byEasting];
    const cut = from + Math.ceil((to - from) / 2);
    for (let i = from; i < to; i++) isFirstHalf[halved[i] ?? 0] = i < cut ? 1 : 0;
    let [kept, left] = [from, 0];
    for (let i = from; i < to; i++) {
      const edge = other[i] ?? 0;
      if (isFirstHalf[edge]) other[kept++] = edge;
      else rest[left++] = edge;
    }
    other.set(rest.subarray(0, left), kept);
    halve(from, cut, parts / 2, halved);
    halve(cut, to, parts / 2, halved);
  };
  halve(0, count, leaves, order);
  return order;
}

const extentOf = (sorted: Int32Array, key: Float64Array, from: number, to: number): number =>
  (key[sorted[to - 1] ?? 0] ?? 0) - (key[sorted[from] ?? 0] ?? 0);

/** Which edges of the sorted ones each leaf holds: leaf, from, to. */
function* leavesOf(count: number, leaves: number): Generator<readonly [number, number, number]> {
  const spans: [number, number][] = [[0, count]];
  while (spans.length < leaves)
    spans.splice(
      0,
      spans.length,
      ...spans.flatMap(([from, to]): [number, number][] => {
        const cut = from + Math.ceil((to - from) / 2);
        return [
          [from, cut],
          [cut, to],
        ];
      }),
    );
  for (const [leaf, [from, to]] of spans.entries()) yield [leaf, from, to];
}

/** An empty node has an empty box, which nothing meets. */
function boxesOf(edges: Float64Array, leaves: number): Float64Array {
  const boxes = new Float64Array((2 * leaves - 1) * 5);
  const [inf, none] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let node = 2 * leaves - 2; node >= 0; node--) {
    const box = [inf, inf, none, none, none];
    const widen = (west: number, south: number, east: number, north: number, top: number) => {
      box[0] = Math.min(box[0] ?? inf, west);
      box[1] = Math.min(box[1] ?? inf, south);
      box[2] = Math.max(box[2] ?? none, east);
      box[3] = Math.max(box[3] ?? none, north);
      box[4] = Math.max(box[4] ?? none, top);
    };
    if (node >= leaves - 1) {
      const first = (node - leaves + 1) * LEAF * 6;
      for (let at = first; at < first + LEAF * 6; at += 6) {
        const [x0 = inf, y0 = 0, z0 = 0, x1 = 0, y1 = 0, z1 = 0] = edges.subarray(at, at + 6);
        if (Number.isNaN(x0)) continue;
        widen(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), Math.max(z0, z1));
      }
    } else {
      for (const child of [2 * node + 1, 2 * node + 2]) {
        const [west = inf, south = inf, east = none, north = none, top = none] = boxes.subarray(
          child * 5,
          child * 5 + 5,
        );
        widen(west, south, east, north, top);
      }
    }
    boxes.set(box, node * 5);
  }
  return boxes;
}

/** Indices of edges that may be nearer than so far; x and y from the origin of the obstacles. */
export function edgesNear({ boxes, leafStart }: Obstacles, x: number, y: number, withinM: number): number[] {
  const near: number[] = [];
  const nodes = [0];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const [west = 0, south = 0, east = 0, north = 0] = boxes.subarray(node * 5, node * 5 + 4);
    const [dx, dy] = [Math.max(west - x, x - east, 0), Math.max(south - y, y - north, 0)];
    if (!(dx * dx + dy * dy < withinM * withinM)) continue;
    if (node < leafStart) nodes.push(2 * node + 1, 2 * node + 2);
    else for (let n = 0; n < LEAF; n++) near.push((node - leafStart) * LEAF + n);
  }
  return near;
}
