/** What is asked about a solution of traffic: whose trips a link or a zone has, and all trips from zone to zone. */
import { invalidParameter } from '../../errors.ts';
import type { TrafficResult } from '../../wire/traffic.ts';
import type { TrafficLink } from '../../wire/traffic-link.ts';
import type { TrafficParameters } from '../../wire/traffic-parameters.ts';
import type { CityTrips } from './city-trips.ts';
import type { KeptSolution } from './kept-solution.ts';
import { type Named, selectDetours, selectLink } from './select-link.ts';
import { selectZone } from './select-zone.ts';

/**
 * @param links of the solution, as they are told; zones likewise
 * @throws TwinError invalid-parameter for a link or zone that is none
 */
export function answeredFrom(
  { before, after, trips }: KeptSolution,
  links: readonly Pick<TrafficLink, 'id' | 'state'>[],
  zones: readonly Named[],
  { selectLinks, selectZones, withMatrix }: TrafficParameters,
): Pick<TrafficResult, 'selected' | 'selectedZones' | 'matrix'> {
  const { firstStreet, paths } = after ?? before;
  return {
    selected: selectLinks.map((id) => {
      const own = linksOf(id, links);
      if (after && own.every(({ state }) => state === 'closed'))
        return selectDetours(id, links, zones, before, after);
      return selectLink(id, links, zones, firstStreet, paths);
    }),
    selectedZones: selectZones.map((id) => selectZone(id, links, zones, firstStreet, paths)),
    matrix: withMatrix ? matrixOf(zones, trips) : null,
  };
}

/** More than one where its section ends elsewhere in the scenario. @throws TwinError invalid-parameter */
function linksOf<Link extends Named>(id: string, links: readonly Link[]): readonly Link[] {
  const known = links.filter((link) => link.id === id);
  if (known.length > 0) return known;
  throw invalidParameter(
    'selectLinks',
    `There is no link "${id}"; a link is the id of an open road with + along its line or - against it`,
  );
}

function matrixOf(zones: readonly Named[], { car, truck }: CityTrips): TrafficResult['matrix'] {
  const trips = new Map<number, [car: number, truck: number]>();
  for (const [k, { zoneCount, start, destination, trips: own }] of [car, truck].entries()) {
    for (let origin = 0; origin < zoneCount; origin++) {
      for (let od = start[origin] as number; od < (start[origin + 1] as number); od++) {
        const pair = origin * zones.length + (destination[od] as number);
        const known = trips.get(pair) ?? [0, 0];
        known[k as 0 | 1] += own[od] as number;
        trips.set(pair, known);
      }
    }
  }
  const nameOf = (zone: number) => zones[zone]?.id ?? '';
  const pairs = [...trips].sort(([a], [b]) => a - b);
  const hundredth = (value: number) => Math.round(100 * value) / 100;
  return {
    from: pairs.map(([pair]) => nameOf(Math.floor(pair / zones.length))),
    to: pairs.map(([pair]) => nameOf(pair % zones.length)),
    carVehPerH: pairs.map(([, [each]]) => hundredth(each)),
    truckVehPerH: pairs.map(([, [, each]]) => hundredth(each)),
  };
}
