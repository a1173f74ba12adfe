import type { SelectedLink } from '../../wire/traffic.ts';
import type { CityLink } from './city-links.ts';
import type { CityZone } from './city-zones.ts';
import type { AssignmentState } from './equilibrium.ts';

const MOST_PAIRS = 200;

/**
 * The trips that use a link: their pairs of zones, and where else they drive. At equilibrium flows are unique and paths
 * are not: this is one of the ways in which the same flows come about.
 */
export function selectLink(
  id: string,
  links: readonly CityLink[],
  zones: readonly CityZone[],
  firstStreet: number,
  paths: AssignmentState,
): SelectedLink {
  const wanted = new Set(links.flatMap((link, index) => (link.id === id ? [firstStreet + index] : [])));
  const pairs = new Map<number, number>();
  const flows = new Float64Array(links.length);
  let sum = 0;
  for (const ofClass of paths) {
    for (const [pair, own] of ofClass.paths) {
      for (const path of own) {
        if (!path.links.some((at) => wanted.has(at))) continue;
        sum += path.trips;
        pairs.set(pair, (pairs.get(pair) ?? 0) + path.trips);
        for (const at of path.links) {
          const street = at - firstStreet;
          if (street >= 0 && street < flows.length) flows[street] = (flows[street] as number) + path.trips;
        }
      }
    }
  }
  const nameOf = (zone: number) => zones[zone]?.id ?? '';
  return {
    link: id,
    vehPerH: tenth(sum),
    pairs: [...pairs]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_PAIRS)
      .map(([pair, trips]) => ({
        from: nameOf(Math.floor(pair / zones.length)),
        to: nameOf(pair % zones.length),
        vehPerH: tenth(trips),
      })),
    links: links.flatMap((link, index) => {
      const vehPerH = tenth(flows[index] as number);
      return vehPerH > 0 ? [{ id: link.id, vehPerH }] : [];
    }),
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
