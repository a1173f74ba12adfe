/** What closed stretches cut off from the rest of the road network. */
import { lengthOf } from '../geo/polyline.ts';
import { type Edge, graphOf } from './road-graph.ts';
import type { RoadSection } from './road-section.ts';

/** A closed stretch of a section. */
export interface Closed {
  readonly road: string;
  readonly fromM: number;
  readonly toM: number;
}

/** A part of the network that no way leads to any more. */
export interface CutOff {
  readonly lengthM: number;
  readonly streets: readonly string[];
  /** Sections of which a part or all is cut off. */
  readonly roads: readonly string[];
}

/** Ends of sections nearer to a closed place than this are closed with it. */
const AT_END_M = 1;

/**
 * What closures cut off from the rest, beyond what was apart before.
 * @param roads the surroundings; what leaves them is taken to lead on
 * @param isRim whether a junction lies at the rim of the surroundings, where the network goes on
 */
export function cutOff(
  roads: readonly RoadSection[],
  closed: readonly Closed[],
  isRim: (node: string) => boolean,
): CutOff {
  const before = reachable(roads, new Map(), isRim);
  const byRoad = new Map<string, Closed[]>();
  for (const each of closed) byRoad.set(each.road, [...(byRoad.get(each.road) ?? []), each]);
  const after = reachable(roads, byRoad, isRim);
  let lengthM = 0;
  const streets = new Set<string>();
  const lost: string[] = [];
  for (const road of roads) {
    const gone = openPieces(road, byRoad.get(road.id) ?? []).filter(
      ({ nodes }) =>
        [road.fromNode, road.toNode].some((node) => before.has(node)) &&
        !nodes.some((node) => after.has(node)),
    );
    const goneM = gone.reduce((sum, piece) => sum + piece.lengthM, 0);
    if (goneM < AT_END_M) continue;
    lengthM += goneM;
    lost.push(road.id);
    if (road.street) streets.add(road.street);
  }
  return { lengthM: Math.round(lengthM), streets: [...streets].toSorted(), roads: lost };
}

/** The pieces of a section that stay open, each with the junctions that it touches. */
function openPieces(road: RoadSection, closed: readonly Closed[]) {
  const totalM = lengthOf(road.path);
  const pieces: { readonly lengthM: number; readonly nodes: readonly string[] }[] = [];
  let atM = 0;
  for (const { fromM, toM } of closed.toSorted((a, b) => a.fromM - b.fromM)) {
    if (fromM - atM >= AT_END_M) {
      pieces.push({ lengthM: fromM - atM, nodes: atM === 0 ? [road.fromNode] : [] });
    }
    atM = Math.max(atM, toM);
  }
  if (totalM - atM >= AT_END_M) {
    pieces.push({
      lengthM: totalM - atM,
      nodes: atM === 0 ? [road.fromNode, road.toNode] : [road.toNode],
    });
  }
  return pieces;
}

/** Junctions that can be reached from the rim; where there is no rim, the largest part of the network. */
function reachable(
  roads: readonly RoadSection[],
  closed: ReadonlyMap<string, readonly Closed[]>,
  isRim: (node: string) => boolean,
): ReadonlySet<string> {
  const open = roads.filter(({ id }) => !closed.has(id));
  const graph = graphOf(open);
  const nodes = new Set(roads.flatMap(({ fromNode, toNode }) => [fromNode, toNode]));
  const rim = [...nodes].filter(isRim);
  if (rim.length > 0) return spread(graph, rim);
  let largest: ReadonlySet<string> = new Set();
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node)) continue;
    const part = spread(graph, [node]);
    for (const each of part) seen.add(each);
    if (part.size > largest.size) largest = part;
  }
  return largest;
}

function spread(graph: ReadonlyMap<string, readonly Edge[]>, from: readonly string[]): ReadonlySet<string> {
  const found = new Set(from);
  const open = [...from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { to } of graph.get(node) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}
