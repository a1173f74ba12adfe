/** The network of one state of the city, with zones hung onto its streets. */
import { invalidParameter } from '../../errors.ts';
import type { CityLink, Passage } from './city-links.ts';
import type { CityZone } from './city-zones.ts';
import { junctionTurns } from './junction-turns.ts';
import { type DelayKind, type LinkDraft, type RoadNetwork, roadNetwork } from './road-network.ts';
import { supplyOf } from './street-supply.ts';
import { isLimited, type VehicleGroup } from './vehicle-groups.ts';

/** Seconds from the door to the street, and metres a second on the way to it. */
const DOOR_S = 20;
const DOOR_M_PER_S = 7;

export interface CityNetwork {
  readonly network: RoadNetwork;
  /** Links from here on are those of `cityLinks`, in their order; before it, ways from and to zones. */
  readonly firstStreet: number;
  /** Seconds, of vehicles that no zone limits; infinite where closed, and where a turn is banned. */
  readonly fixedCost: Float64Array;
  /** The same of a group of vehicles: infinite where it may not drive, with what it pays to enter a zone. */
  fixedCostOf(group: VehicleGroup): Float64Array;
  /** By zone: whether a group may not drive at any street where its trips begin, or end. */
  cutOff(group: VehicleGroup, end: 'start' | 'end'): readonly boolean[];
}

interface NetworkOptions {
  readonly delay: DelayKind;
  readonly distanceCostSPerKm: number;
  /** Turns charges into seconds. */
  readonly valueOfTimePlnPerH: number;
}

/**
 * @param links of both states; those that the base lacks come last and are left out of it
 * @throws TwinError invalid-parameter when the city has no street or no zone
 */
export function cityNetwork(
  links: readonly CityLink[],
  zones: readonly CityZone[],
  state: 'before' | 'after',
  { delay, distanceCostSPerKm, valueOfTimePlnPerH }: NetworkOptions,
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
  const turns = junctionTurns(links);
  const isDrawn = new Set(turns.map(({ node }) => node));
  /** Where a link comes to a junction, and where one leaves it; the same place where turns do not matter. */
  const endOf = (node: string, link: CityLink | undefined) =>
    nodeOf(isDrawn.has(node) ? `${link ? `${link.id} ${link.from}` : 'door'} > ${node}` : node);
  const startOf = (node: string, link: CityLink | undefined) =>
    nodeOf(isDrawn.has(node) ? `${node} > ${link ? `${link.id} ${link.to}` : 'door'}` : node);
  for (const link of own) {
    startOf(link.from, link);
    endOf(link.to, link);
  }
  const connectors = zones.flatMap(({ doors }, zone) =>
    doors.flatMap(({ node, awayM }): readonly LinkDraft[] => {
      const freeFlowTime = DOOR_S + awayM / DOOR_M_PER_S;
      const draft = { freeFlowTime, capacity: 1, b: 0, power: 0, length: awayM, toll: 0 };
      return [
        { ...draft, tail: zone, head: endOf(node, undefined) },
        { ...draft, tail: startOf(node, undefined), head: zone },
      ];
    }),
  );
  const streets = own.map((link): LinkDraft => {
    const passage = (link[state] ?? link.before) as Passage;
    const { b, power, alpha } = supplyOf(link.road.class);
    return {
      tail: startOf(link.from, link),
      head: endOf(link.to, link),
      freeFlowTime: passage.freeS,
      capacity: passage.capacityPcuPerH,
      b: delay === 'bpr' ? b : 0,
      power: delay === 'bpr' ? power : alpha,
      length: link.road.lengthM,
      toll: 0,
    };
  });
  const turning = turns.map(
    ({ node, from, to, seconds }): LinkDraft => ({
      tail: endOf(node, from === undefined ? undefined : links[from]),
      head: startOf(node, to === undefined ? undefined : links[to]),
      freeFlowTime: seconds,
      capacity: 1,
      b: 0,
      power: 0,
      length: 0,
      toll: 0,
    }),
  );
  const level = [...connectors, ...turning];
  const drafts = delay === 'bpr' ? level : level.map((draft) => ({ ...draft, capacity: ENDLESS, power: 2 }));
  const firstStreet = level.length;
  const isBarred = (group: VehicleGroup, link: CityLink) => {
    const limit = link[state]?.rules?.limit;
    return limit?.chargePln === null && isLimited(group, limit);
  };
  const fixedCost = Float64Array.from([
    ...connectors.map(() => 0),
    ...turns.map(({ isBanned }) => (isBanned[state] ? Number.POSITIVE_INFINITY : 0)),
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
    firstStreet,
    fixedCost,
    fixedCostOf(group) {
      const costs = fixedCost.slice();
      for (const [n, turn] of turns.entries()) {
        const limit = turn.enters[state];
        if (!limit || !isLimited(group, limit)) continue;
        const at = connectors.length + n;
        costs[at] = (costs[at] as number) + ((limit.chargePln ?? 0) / valueOfTimePlnPerH) * S_PER_H;
      }
      for (const [n, link] of own.entries()) {
        if (isBarred(group, link)) costs[firstStreet + n] = Number.POSITIVE_INFINITY;
      }
      return costs;
    },
    cutOff(group, end) {
      const open = own.filter((link) => link[state] && !isBarred(group, link));
      const nodesOpen = new Set(open.map(({ from, to }) => (end === 'start' ? from : to)));
      return zones.map(({ doors }) => doors.every(({ node }) => !nodesOpen.has(node)));
    },
  };
}

const S_PER_H = 3600;
/** Ways from zones to streets and turns never fill up. */
const ENDLESS = 1e9;
