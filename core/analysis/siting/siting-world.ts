/** The facts of a siting question made ready to compute with: who lives where by the streets, and how one walks. */
import { pathGraph } from '../access/path-graph.ts';
import { type Footing, type StreetFinder, streetFinder } from '../access/street-finder.ts';
import { type Doors, type WalkNetwork, type WalkTable, walkTable } from '../access/walk.ts';
import type { SitingFacts } from './siting-facts.ts';

/** Farther from any street, nobody and nothing is on the network. */
export const MOST_OFF_M = 400;
export const METRES_PER_MIN_AT_1_KMH = 1000 / 60;

export interface SitingWorld {
  readonly facts: SitingFacts;
  readonly network: WalkNetwork;
  readonly finder: StreetFinder;
  /** Demand points and planned homes. */
  readonly customers: Doors;
  readonly existing: Doors;
  readonly candidates: Doors;
  readonly customerCount: number;
}

export function sitingWorld(facts: SitingFacts): SitingWorld {
  const { streets, demand, planned } = facts;
  const finder = streetFinder(streets, MOST_OFF_M);
  const { nodeCount, from, to, lengthM } = streets;
  const network = { graph: pathGraph(nodeCount, { from, to, cost: lengthM }), from, to, lengthM };
  const homes = [
    ...demand.id.map((_, k) => ({ e: demand.e[k] as number, n: demand.n[k] as number })),
    ...planned,
  ];
  return {
    ...{ facts, network, finder },
    customers: doorsAt(finder, homes),
    existing: doorsAt(finder, facts.existing),
    candidates: doorsAt(finder, facts.candidates),
    customerCount: homes.length,
  };
}

const OFF_NETWORK: Footing = { section: 0, along: 0, offM: Number.POSITIVE_INFINITY };

/** Places too far from any street have a way of Infinity to theirs: nothing is ever reached from there. */
export function doorsAt(
  finder: StreetFinder,
  places: readonly { readonly e: number; readonly n: number }[],
): Doors {
  const section = new Int32Array(places.length);
  const along = new Float64Array(places.length);
  const offM = new Float64Array(places.length);
  for (const [k, { e, n }] of places.entries()) {
    const footing = finder.nearest(e, n) ?? OFF_NETWORK;
    section[k] = footing.section;
    along[k] = footing.along;
    offM[k] = footing.offM;
  }
  return { section, along, offM };
}

/** Ways from these sites to everybody, no longer than a bound. */
export const waysFrom = ({ network, customers }: SitingWorld, sites: Doors, boundM: number): WalkTable =>
  network.from.length === 0
    ? noWays(sites.section.length, customers.section.length)
    : walkTable(network, sites, customers, boundM);

const noWays = (siteCount: number, customerCount: number): WalkTable => ({
  ...{ siteCount, customerCount, start: new Int32Array(siteCount + 1) },
  ...{ customer: new Int32Array(0), metres: new Float64Array(0) },
});

export interface Demand {
  /** People by customer: demand points, then planned homes. */
  readonly people: Float64Array;
  readonly estimated: number;
  readonly planned: number;
}

/** Where ages are not published the share of the published places is taken. */
export function demandOf(
  { demand, planned }: SitingFacts,
  { demandFactor, growthPerDwelling }: { readonly demandFactor: number; readonly growthPerDwelling: number },
): Demand {
  let [known, residents] = [0, 0];
  for (const [k, each] of demand.people.entries()) {
    if (Number.isNaN(each)) continue;
    known += each;
    residents += demand.residents[k] as number;
  }
  const share = residents > 0 ? known / residents : 0;
  const people = new Float64Array(demand.people.length + planned.length);
  let [estimated, added] = [0, 0];
  for (const [k, each] of demand.people.entries()) {
    const own = Number.isNaN(each) ? (demand.residents[k] as number) * share : each;
    people[k] = own * demandFactor;
    if (Number.isNaN(each)) estimated += own * demandFactor;
  }
  for (const [k, { dwellings }] of planned.entries()) {
    people[demand.people.length + k] = dwellings * growthPerDwelling * demandFactor;
    added += dwellings * growthPerDwelling * demandFactor;
  }
  return { people, estimated, planned: added };
}
