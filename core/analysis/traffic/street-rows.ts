/** Streets by what changes on them, or by their load: a street is told by its link that is moved most. */
import type { TrafficLink } from '../../wire/traffic-link.ts';

export const STREET_ORDERS = ['more', 'less', 'slower', 'loaded'] as const;
export type StreetOrder = (typeof STREET_ORDERS)[number];

/** How much a link belongs into a table; undefined where it does not. */
function weightOf({ state, before, after, difference }: TrafficLink, order: StreetOrder): number | undefined {
  const now = state === 'closed' ? null : (after ?? before);
  if (order === 'loaded') return now?.vOverC;
  if (!difference?.isBeyondNoise) return undefined;
  const weight =
    order === 'slower' ? difference.delayS : difference.flowVehPerH * (order === 'more' ? 1 : -1);
  return weight > 0 ? weight : undefined;
}

/** The streets that come first, one link for each; without names each road is a street of its own. */
export function streetRows(
  links: readonly TrafficLink[],
  order: StreetOrder,
  most: number,
): readonly TrafficLink[] {
  const best = new Map<string, { readonly link: TrafficLink; readonly weight: number }>();
  for (const link of links) {
    const weight = weightOf(link, order);
    if (weight === undefined) continue;
    const street = link.name ?? link.road;
    if (weight > (best.get(street)?.weight ?? 0)) best.set(street, { link, weight });
  }
  return [...best.values()]
    .sort((a, b) => b.weight - a.weight || (a.link.id < b.link.id ? -1 : 1))
    .slice(0, most)
    .map(({ link }) => link);
}
