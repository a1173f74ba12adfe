/** The road network as a graph, and ways along it. */
import type { Xy } from '../geo/plane.ts';
import { lengthOf, partOf } from '../geo/polyline.ts';
import type { RoadSection } from './road-section.ts';
import type { snapToRoad } from './stretches.ts';

type Snapped = NonNullable<ReturnType<typeof snapToRoad>>;

export interface Edge {
  readonly to: string;
  readonly lengthM: number;
  readonly road: RoadSection;
  readonly backward: boolean;
}

/**
 * The shortest line along the network between two places on it, whatever the direction of traffic: works lie on the
 * road, they do not drive. Undefined when the given sections do not join them.
 */
export function lineAlong(
  from: Snapped,
  to: Snapped,
  roads: readonly RoadSection[],
): readonly Xy[] | undefined {
  if (from.road.id === to.road.id) return directed(from.road, from.alongM, to.alongM);
  const graph = graphOf(roads);
  const costs = new Map<string, number>();
  const came = new Map<string, { readonly node: string; readonly edge: Edge } | undefined>();
  const fromM = lengthOf(from.road.path);
  const toM = lengthOf(to.road.path);
  relax(from.road.fromNode, from.alongM, undefined);
  relax(from.road.toNode, fromM - from.alongM, undefined);
  const done = new Set<string>();
  for (;;) {
    const node = cheapest(costs, done);
    if (node === undefined) break;
    done.add(node);
    const cost = costs.get(node) as number;
    for (const edge of graph.get(node) ?? []) relax(edge.to, cost + edge.lengthM, { node, edge });
  }
  const ends = [
    { node: to.road.fromNode, restM: to.alongM, startM: 0 },
    { node: to.road.toNode, restM: toM - to.alongM, startM: toM },
  ]
    .map((end) => ({ ...end, totalM: (costs.get(end.node) ?? Number.POSITIVE_INFINITY) + end.restM }))
    .toSorted((a, b) => a.totalM - b.totalM);
  const end = ends[0];
  if (!end || !Number.isFinite(end.totalM)) return undefined;
  const middle: Xy[][] = [];
  let node = end.node;
  for (let step = came.get(node); step; step = came.get(node)) {
    const { road, backward } = step.edge;
    middle.unshift(backward ? road.path.toReversed() : [...road.path]);
    node = step.node;
  }
  const first = directed(from.road, from.alongM, node === from.road.fromNode ? 0 : fromM);
  return withoutRepeats([...first, ...middle.flat(), ...directed(to.road, end.startM, to.alongM)]);

  function relax(
    node: string,
    cost: number,
    step: { readonly node: string; readonly edge: Edge } | undefined,
  ) {
    if (cost >= (costs.get(node) ?? Number.POSITIVE_INFINITY)) return;
    costs.set(node, cost);
    came.set(node, step);
  }
}

function cheapest(costs: ReadonlyMap<string, number>, done: ReadonlySet<string>): string | undefined {
  let best: string | undefined;
  for (const [node, cost] of costs) {
    if (
      !done.has(node) &&
      cost < (best === undefined ? Number.POSITIVE_INFINITY : (costs.get(best) as number))
    ) {
      best = node;
    }
  }
  return best;
}

export function graphOf(roads: readonly RoadSection[]): ReadonlyMap<string, readonly Edge[]> {
  const graph = new Map<string, Edge[]>();
  const put = (from: string, edge: Edge) => {
    const edges = graph.get(from);
    if (edges) edges.push(edge);
    else graph.set(from, [edge]);
  };
  for (const road of roads) {
    const lengthM = lengthOf(road.path);
    put(road.fromNode, { to: road.toNode, lengthM, road, backward: false });
    put(road.toNode, { to: road.fromNode, lengthM, road, backward: true });
  }
  return graph;
}

const directed = ({ path }: RoadSection, fromM: number, toM: number): Xy[] =>
  fromM <= toM ? partOf(path, fromM, toM) : partOf(path, toM, fromM).reverse();

const withoutRepeats = (line: readonly Xy[]): Xy[] =>
  line.filter(([x, y], i) => {
    const before = line[i - 1];
    return !before || Math.hypot(before[0] - x, before[1] - y) > 0.01;
  });
