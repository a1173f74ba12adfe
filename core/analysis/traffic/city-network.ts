/** The network of one state of the city, with zones hung onto its streets. */
import { invalidParameter } from '../../errors.ts';
import type { CityLink, Passage } from './city-links.ts';
import type { CityZone } from './city-zones.ts';
import { type DelayKind, type LinkDraft, type RoadNetwork, roadNetwork } from './road-network.ts';
import { supplyOf } from './street-supply.ts';

/** Seconds from the door to the street, and metres a second on the way to it. */
const DOOR_S = 20;
const DOOR_M_PER_S = 7;

export interface CityNetwork {
  readonly network: RoadNetwork;
  /** Links from here on are those of `cityLinks`, in their order; before it, ways from and to zones. */
  readonly firstStreet: number;
  /** Seconds; infinite where closed. */
  readonly fixedCost: Float64Array;
}

/**
 * @param links of both states; those that the base lacks come last and are left out of it
 * @throws TwinError invalid-parameter when the city has no street or no zone
 */
export function cityNetwork(
  links: readonly CityLink[],
  zones: readonly CityZone[],
  state: 'before' | 'after',
  { delay, distanceCostSPerKm }: { readonly delay: DelayKind; readonly distanceCostSPerKm: number },
): CityNetwork {
  const own = state === 'before' ? links.filter(({ before }) => before) : links;
  if (own.length === 0) throw invalidParameter('model', 'The city has no open roads in the layer roads');
  if (zones.length === 0) {
    throw invalidParameter('model', 'The city has no population_cells and no buildings: nobody drives');
  }
  const nodes = new Map<string, number>();
  const nodeOf = (name: string) => {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const node = zones.length + nodes.size;
    nodes.set(name, node);
    return node;
  };
  for (const { from, to } of own) {
    nodeOf(from);
    nodeOf(to);
  }
  const connectors = zones.flatMap(({ doors }, zone) =>
    doors.flatMap(({ node, awayM }): readonly LinkDraft[] => {
      const freeFlowTime = DOOR_S + awayM / DOOR_M_PER_S;
      const draft = { freeFlowTime, capacity: 1, b: 0, power: 0, length: awayM, toll: 0 };
      const door = nodeOf(node);
      return [
        { ...draft, tail: zone, head: door },
        { ...draft, tail: door, head: zone },
      ];
    }),
  );
  const streets = own.map((link): LinkDraft => {
    const passage = (link[state] ?? link.before) as Passage;
    const { b, power, alpha } = supplyOf(link.road.class);
    return {
      tail: nodeOf(link.from),
      head: nodeOf(link.to),
      freeFlowTime: passage.freeS,
      capacity: passage.capacityPcuPerH,
      b: delay === 'bpr' ? b : 0,
      power: delay === 'bpr' ? power : alpha,
      length: link.road.lengthM,
      toll: 0,
    };
  });
  const drafts =
    delay === 'bpr' ? connectors : connectors.map((draft) => ({ ...draft, capacity: ENDLESS, power: 2 }));
  const fixedCost = Float64Array.from([
    ...connectors.map(() => 0),
    ...own.map((link) =>
      link[state] ? (distanceCostSPerKm * link.road.lengthM) / 1000 : Number.POSITIVE_INFINITY,
    ),
  ]);
  return {
    network: roadNetwork({
      nodeCount: zones.length + nodes.size,
      zoneCount: zones.length,
      firstThruNode: zones.length,
      links: [...drafts, ...streets],
      delay,
    }),
    firstStreet: connectors.length,
    fixedCost,
  };
}

/** Ways from zones to streets never fill up. */
const ENDLESS = 1e9;
