import type { Feature } from '../../feature/feature.ts';
import { dot, subtract, unit, type Xy } from '../../geo/plane.ts';
import { ROAD_CLASSES } from '../../wire/edits/road.ts';

/**
 * Roads that have the main green at a junction: those of the highest class there; of more than two such, the two that
 * lead most straight on.
 * @returns their ids
 */
export function mainArms(roads: readonly Feature[], junction: string): ReadonlySet<string> {
  const ranks = roads.map(({ properties }) => rankOf(properties['class']));
  const best = Math.min(...ranks);
  const highest = roads.filter((_, index) => ranks[index] === best);
  if (highest.length <= 2) return new Set(highest.map(({ id }) => id));
  const ways = highest.map((road) => ({ id: road.id, towards: towardsOf(road, junction) }));
  const pairs = ways.flatMap((one, index) =>
    ways
      .slice(index + 1)
      .map((other) => ({ ids: [one.id, other.id], bend: dot(one.towards, other.towards) })),
  );
  const straightest = pairs.reduce((a, b) => (b.bend < a.bend ? b : a));
  return new Set(straightest.ids);
}

const rankOf = (roadClass: unknown): number => {
  const rank = ROAD_CLASSES.indexOf(roadClass as (typeof ROAD_CLASSES)[number]);
  return rank < 0 ? ROAD_CLASSES.indexOf('local') : rank;
};

/** The direction in which a road leaves a junction. */
function towardsOf({ geometry, properties }: Feature, junction: string): Xy {
  if (geometry?.type !== 'LineString') return [0, 0];
  const path = geometry.coordinates.map(([x, y]): Xy => [x, y]);
  const [first, second] = properties['from_node'] === junction ? path : path.toReversed();
  return first && second ? unit(subtract(second, first)) : [0, 0];
}
