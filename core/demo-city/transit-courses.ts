/** Where the lines of the demo city run: shortest ways along its streets between ends of the town. */
import { distance, type Xy } from '../geo/plane.ts';
import { lengthOf } from '../geo/polyline.ts';
import type { CorridorKind, Skeleton, SkeletonEdge } from './skeleton.ts';

export interface DemoCourse {
  /** Centre line, metres from `ORIGIN_M`. */
  readonly path: readonly Xy[];
  /** Junctions that have a stop, its ends included. */
  readonly junctions: readonly { readonly node: number; readonly alongM: number }[];
}

/** Apart at least so far that two junctions both get a stop. */
const STOPS_APART_M = 260;
/** A line shorter than this is none. */
const SHORTEST_M = 600;

/**
 * The way there and the way back between the two junctions that lie farthest in two directions.
 * @param ends degrees from east, counter-clockwise
 * @param streets kinds that may be used, the preferred one first
 */
export function planCourses(
  skeleton: Skeleton,
  ends: readonly [number, number],
  streets: readonly CorridorKind[],
): readonly [DemoCourse, DemoCourse] | undefined {
  const [from, to] = ends.map((degrees) => farthest(skeleton, degrees, streets));
  if (from === undefined || to === undefined || from === to) return undefined;
  const way = shortestWay(skeleton, from, to, streets);
  if (way === undefined || lengthOf(pathOf(way)) < SHORTEST_M) return undefined;
  const back = way.toReversed().map(({ edge, from: a, to: b }) => ({ edge, from: b, to: a }));
  return [courseOf(way), courseOf(back)];
}

interface Step {
  readonly edge: SkeletonEdge;
  readonly from: number;
  readonly to: number;
}

function farthest(skeleton: Skeleton, degrees: number, streets: readonly CorridorKind[]): number | undefined {
  const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  let best: number | undefined;
  let reach = Number.NEGATIVE_INFINITY;
  for (const { kind, from, to } of skeleton.edges) {
    if (!streets.includes(kind)) continue;
    for (const node of [from, to]) {
      const [x, y] = skeleton.nodes[node]?.at ?? [0, 0];
      const along = x * dx + y * dy - 0.3 * Math.abs(x * dy - y * dx);
      if (along > reach) {
        reach = along;
        best = node;
      }
    }
  }
  return best;
}

/** Whatever is not the preferred kind counts so much longer. */
const DETOUR = 1.5;

function shortestWay(
  skeleton: Skeleton,
  from: number,
  to: number,
  streets: readonly CorridorKind[],
): readonly Step[] | undefined {
  const leaving = new Map<number, Step[]>();
  for (const edge of skeleton.edges) {
    if (!streets.includes(edge.kind)) continue;
    for (const step of [
      { edge, from: edge.from, to: edge.to },
      { edge, from: edge.to, to: edge.from },
    ]) {
      const list = leaving.get(step.from);
      if (list) list.push(step);
      else leaving.set(step.from, [step]);
    }
  }
  const costs = new Map([[from, 0]]);
  const arrivals = new Map<number, Step>();
  const open = new Set([from]);
  while (open.size > 0) {
    let node = -1;
    for (const each of open) if (node === -1 || costOf(costs, each) < costOf(costs, node)) node = each;
    if (node === to) break;
    open.delete(node);
    for (const step of leaving.get(node) ?? []) {
      const cost =
        costOf(costs, node) + lengthOf(step.edge.path) * (step.edge.kind === streets[0] ? 1 : DETOUR);
      if (cost >= costOf(costs, step.to)) continue;
      costs.set(step.to, cost);
      arrivals.set(step.to, step);
      open.add(step.to);
    }
  }
  const way: Step[] = [];
  for (let node = to; node !== from; ) {
    const step = arrivals.get(node);
    if (step === undefined) return undefined;
    way.unshift(step);
    node = step.from;
  }
  return way;
}

const costOf = (costs: ReadonlyMap<number, number>, node: number): number =>
  costs.get(node) ?? Number.POSITIVE_INFINITY;

const walked = ({ edge, from }: Step): readonly Xy[] =>
  edge.from === from ? edge.path : edge.path.toReversed();

const pathOf = (way: readonly Step[]): readonly Xy[] =>
  way.flatMap((step, i) => walked(step).slice(i === 0 ? 0 : 1));

function courseOf(way: readonly Step[]): DemoCourse {
  const path = pathOf(way);
  const junctions: { node: number; alongM: number; at: Xy }[] = [];
  let alongM = 0;
  const meet = (node: number, at: Xy | undefined, isEnd: boolean) => {
    if (at === undefined) return;
    const last = junctions.at(-1);
    const isClose = last !== undefined && distance(last.at, at) < STOPS_APART_M;
    if (isClose && !isEnd) return;
    // The end is always there; a stop just before it gives way.
    if (isClose && junctions.length > 1) junctions.pop();
    junctions.push({ node, alongM, at });
  };
  for (const [i, step] of way.entries()) {
    const points = walked(step);
    if (i === 0) meet(step.from, points[0], true);
    alongM += lengthOf(points);
    meet(step.to, points.at(-1), i === way.length - 1);
  }
  return { path, junctions: junctions.map(({ node, alongM: at }) => ({ node, alongM: at })) };
}
