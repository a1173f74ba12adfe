import type { SelectedLink } from '../../wire/traffic-link.ts';
import { type PathsByClass, pathsByPair } from './packed-paths.ts';

const MOST_PAIRS = 200;

/** A link or zone at its place among all of them. */
export interface Named {
  readonly id: string;
}

/**
 * The trips that use a link: their pairs of zones, and where else they drive. At equilibrium flows are unique and paths
 * are not: this is one of the ways in which the same flows come about.
 */
export function selectLink(
  id: string,
  links: readonly Named[],
  zones: readonly Named[],
  firstStreet: number,
  paths: PathsByClass,
): SelectedLink {
  const wanted = new Set(links.flatMap((link, index) => (link.id === id ? [firstStreet + index] : [])));
  const pairs = new Map<number, number>();
  const flows = new Float64Array(links.length);
  let sum = 0;
  for (const ofClass of paths) {
    for (const [pair, own] of pathsByPair(ofClass.paths)) {
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
  return told(id, sum, pairs, flows, links, zones);
}

/** The paths of a state, and the first link that is a street. */
export interface LedTrips {
  readonly firstStreet: number;
  readonly paths: PathsByClass;
}

/**
 * Where the trips drive that used a link before it was closed: of each pair as large a part of its ways as drove over the
 * link. As with links, one of the ways in which the same flows come about.
 */
export function selectDetours(
  id: string,
  links: readonly Named[],
  zones: readonly Named[],
  before: LedTrips,
  after: LedTrips,
): SelectedLink {
  const wanted = new Set(
    links.flatMap((link, index) => (link.id === id ? [before.firstStreet + index] : [])),
  );
  const pairs = new Map<number, number>();
  const flows = new Float64Array(links.length);
  let sum = 0;
  for (const [k, { paths }] of before.paths.entries()) {
    const onward = after.paths[k];
    const ways = new Map(onward ? pathsByPair(onward.paths) : []);
    for (const [pair, own] of pathsByPair(paths)) {
      const all = own.reduce((trips, path) => trips + path.trips, 0);
      const over = own.reduce(
        (trips, path) => (path.links.some((at) => wanted.has(at)) ? trips + path.trips : trips),
        0,
      );
      if (over === 0) continue;
      sum += over;
      pairs.set(pair, (pairs.get(pair) ?? 0) + over);
      for (const path of ways.get(pair) ?? []) {
        for (const at of path.links) {
          const street = at - after.firstStreet;
          if (street >= 0 && street < flows.length) {
            flows[street] = (flows[street] as number) + (path.trips * over) / all;
          }
        }
      }
    }
  }
  return told(id, sum, pairs, flows, links, zones);
}

function told(
  id: string,
  sum: number,
  pairs: ReadonlyMap<number, number>,
  flows: Float64Array,
  links: readonly Named[],
  zones: readonly Named[],
): SelectedLink {
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
