import { invalidParameter } from '../../errors.ts';
import type { SelectedZone } from '../../wire/traffic-link.ts';
import { type PathsByClass, pathsByPair } from './packed-paths.ts';
import type { Named } from './select-link.ts';

/**
 * Where the trips of a zone drive: those that begin there and those that end there. As with links, one of the ways in
 * which the same flows come about.
 * @throws TwinError invalid-parameter for a zone that is none
 */
export function selectZone(
  id: string,
  links: readonly Named[],
  zones: readonly Named[],
  firstStreet: number,
  paths: PathsByClass,
): SelectedZone {
  const wanted = zones.findIndex((zone) => zone.id === id);
  if (wanted < 0) {
    throw invalidParameter(
      'selectZones',
      `There is no zone "${id}"; the zones of a run are its \`zones\`, with their ids and positions`,
    );
  }
  const [starting, ending] = [new Float64Array(links.length), new Float64Array(links.length)];
  let [starts, ends] = [0, 0];
  for (const ofClass of paths) {
    for (const [pair, own] of pathsByPair(ofClass.paths)) {
      const isStart = Math.floor(pair / zones.length) === wanted;
      if (!isStart && pair % zones.length !== wanted) continue;
      const flows = isStart ? starting : ending;
      for (const path of own) {
        // Links behind those of the city carry trips that are not made.
        if (path.links.some((at) => at >= firstStreet + links.length)) continue;
        if (isStart) starts += path.trips;
        else ends += path.trips;
        for (const at of path.links) {
          const street = at - firstStreet;
          if (street >= 0 && street < flows.length) flows[street] = (flows[street] as number) + path.trips;
        }
      }
    }
  }
  return {
    zone: id,
    startsPerH: tenth(starts),
    endsPerH: tenth(ends),
    links: links.flatMap((link, index) => {
      const [from, to] = [tenth(starting[index] as number), tenth(ending[index] as number)];
      return from > 0 || to > 0 ? [{ id: link.id, fromVehPerH: from, toVehPerH: to }] : [];
    }),
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
