import type { Xy } from '../geo/plane.ts';
import { lengthOf } from '../geo/polyline.ts';
import { lineAlong } from './road-graph.ts';
import type { RoadSection } from './road-section.ts';

/**
 * The shortest way between the ends of a section that does not use it nor others that are closed.
 * @returns undefined where there is none: the section is a dead end, or the only way
 */
export function wayRound(
  section: RoadSection,
  roads: readonly RoadSection[],
  closed: ReadonlySet<string> = new Set(),
): readonly Xy[] | undefined {
  const open = roads.filter(({ id }) => id !== section.id && !closed.has(id));
  const [from, to] = [section.fromNode, section.toNode].map((node) => {
    const road = open.find(({ fromNode, toNode }) => fromNode === node || toNode === node);
    if (!road) return undefined;
    const alongM = road.fromNode === node ? 0 : lengthOf(road.path);
    return { road, alongM, at: (alongM === 0 ? road.path[0] : road.path.at(-1)) as Xy };
  });
  return from && to && lineAlong(from, to, open);
}
