/** What becomes of the rules of a street that a new junction cuts in two, and of those that name it. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { RoadSplit } from '../../wire/scenario.ts';
import { bannedFrom } from './traffic-rule-rows.ts';

type Rules = Readonly<Record<string, PropertyValue>>;

/**
 * Turns that nobody may make out of a road, after others were cut. Both halves of what was banned are banned, so that the
 * ban holds at whichever of its ends the two meet; of a ban on turning round each half of the road keeps its own.
 * @param own id of the road, or of its rest
 */
export function bansAfter(
  { id, properties }: Feature,
  splits: readonly RoadSplit[],
  own = id,
): string | null {
  const banned = bannedFrom({ properties }).flatMap((to) => {
    if (to === id) return [own];
    const split = splits.find(({ road }) => road === to);
    return split ? [to, split.restId] : [to];
  });
  return [...new Set(banned)].toSorted().join(',') || null;
}

/** The closed stretch of a road on the part of it from one place to another, metres along it. */
export function closureOn(
  { closed, closed_from_m: from, closed_to_m: to }: Rules,
  fromM: number,
  toM: number,
): Rules {
  if (closed !== true || (typeof from !== 'number' && typeof to !== 'number')) return {};
  const [start, end] = [
    typeof from === 'number' ? from : 0,
    typeof to === 'number' ? to : Number.POSITIVE_INFINITY,
  ];
  if (start >= toM || end <= fromM) return { closed: null, closed_from_m: null, closed_to_m: null };
  if (start <= fromM && end >= toM) return { closed_from_m: null, closed_to_m: null };
  return { closed_from_m: Math.max(0, start - fromM), closed_to_m: Math.min(end, toM) - fromM };
}
