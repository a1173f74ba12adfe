/** The facts of a siting question made ready to compute with: who lives where by the streets, and how one walks. */
import { sectionsApart } from '../access/network-parts.ts';
import { pathGraph } from '../access/path-graph.ts';
import { type Footing, type StreetFinder, streetFinder } from '../access/street-finder.ts';
import { type Doors, type WalkNetwork, type WalkTable, walkTable } from '../access/walk.ts';
import type { SitingFacts } from './siting-facts.ts';
import { sitingRefusal } from './siting-refusal.ts';

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
  /** By customer whether its street has no way to the rest of the network. */
  readonly cutOff: Uint8Array;
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
  const customers = doorsAt(finder, homes);
  const apart = sectionsApart(streets);
  return {
    ...{ facts, network, finder, customers },
    cutOff: Uint8Array.from(customers.section, (section, k) =>
      customers.offM[k] === Number.POSITIVE_INFINITY ? 0 : (apart[section] ?? 0),
    ),
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

/**
 * What the people of a district are multiplied by, as their cohorts grow, come and leave; outside all districts, and
 * where a district has no forecast, as in the whole city.
 * @throws TwinError invalid-parameter for a year without a forecast
 */
function growthUntil(
  { forecasts, districts }: SitingFacts,
  year: number | undefined,
): (district: number) => number {
  if (year === undefined) return () => 1;
  const [counted, then] = [new Map<number, number>(), new Map<number, number>()];
  for (const each of forecasts) {
    if (!counted.has(each.district)) counted.set(each.district, each.people);
    if (each.year === year) then.set(each.district, each.people);
  }
  if (then.size === 0) {
    const years = forecasts.map((each) => each.year);
    const untold = `The forecast does not tell of ${year} here`;
    if (years.length === 0) {
      throw sitingRefusal(
        'no-forecast',
        `${untold}; there is none at all: load the layer population_forecasts, or leave forecastYear out`,
        { year: String(year) },
      );
    }
    const [first, last] = [Math.min(...years), Math.max(...years)];
    throw sitingRefusal('not-in-forecast', `${untold}; it tells of ${first} to ${last}`, {
      ...{ year: String(year), first: String(first), last: String(last) },
    });
  }
  const sum = (people: ReadonlyMap<number, number>) => [...people.values()].reduce((a, b) => a + b, 0);
  const ratio = (now: number, later: number) => (now > 0 ? later / now : 1);
  const whole = ratio(sum(counted), sum(then));
  const own = districts.map((_, d) => {
    const later = then.get(d);
    return later === undefined ? whole : ratio(counted.get(d) ?? 0, later);
  });
  return (district) => own[district] ?? whole;
}

/** Where ages are not published the share of the published places is taken. */
export function demandOf(
  facts: SitingFacts,
  {
    demandFactor,
    growthPerDwelling,
    forecastYear,
  }: {
    readonly demandFactor: number;
    readonly growthPerDwelling: number;
    readonly forecastYear: number | undefined;
  },
): Demand {
  const { demand, planned } = facts;
  const growth = growthUntil(facts, forecastYear);
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
    people[k] = own * growth(demand.district[k] as number) * demandFactor;
    if (Number.isNaN(each)) estimated += people[k] as number;
  }
  for (const [k, { dwellings }] of planned.entries()) {
    people[demand.people.length + k] = dwellings * growthPerDwelling * demandFactor;
    added += dwellings * growthPerDwelling * demandFactor;
  }
  return { people, estimated, planned: added };
}
