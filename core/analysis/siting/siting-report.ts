/** The effect of chosen or moved sites as it is told: before and after, by district, by place. */
import type { Sited, SitedDistrict, SitingPreviewReply } from '../../wire/siting-answer.ts';
import type { SiteKind } from '../../wire/siting-question.ts';
import type { WalkTable } from '../access/walk.ts';
import { assumptionsOf } from './siting-assumptions.ts';
import {
  BARS_MIN,
  quantile,
  type SitedState,
  stateOf,
  sumOf,
  tenth,
  tenthOrNull,
  walkBars,
} from './siting-effect.ts';
import type { SitingFacts } from './siting-facts.ts';
import { type SitingTerms, siteCostPln } from './siting-terms.ts';
import type { Demand, SitingWorld } from './siting-world.ts';

/** A site that is new. */
export interface NewSite {
  readonly id: string;
  readonly siteKind: SiteKind;
  readonly e: number;
  readonly n: number;
  readonly parcel: string | null;
  readonly areaM2: number | null;
  readonly offM: number;
  /** Its row in the table. */
  readonly row: number;
  readonly places: number | undefined;
}

export interface Choice {
  readonly sites: readonly NewSite[];
  /** Indices of existing facilities. */
  readonly closed: readonly number[];
  /** New places by existing facility. */
  readonly enlarged: ReadonlyMap<number, number>;
}

export interface EffectOptions {
  /** The state without the new sites, where it is known already. */
  readonly known?: SitedState;
  /** Places told one by one; `changed`: of which something is different afterwards. */
  readonly points?: 'all' | 'changed' | 'none';
}

export type SitingEffect = Omit<SitingPreviewReply, 'seconds'>;

/** @param table ways from the existing facilities, in their order, and from the new sites */
export function effectOf(
  world: SitingWorld,
  table: WalkTable,
  demand: Demand,
  { sites, closed, enlarged }: Choice,
  terms: SitingTerms,
  { known, points = 'all' }: EffectOptions = {},
): SitingEffect {
  const { facts, customers, existing } = world;
  const { people } = demand;
  const stays = facts.existing.map((_, row) => row);
  const open = stays.filter((row) => !closed.includes(row));
  const placesBefore = facts.existing.map(({ capacity }) => capacity ?? 0);
  const counted = terms.capacity !== undefined;
  const placesOpen = [
    ...open.map((row) => (placesBefore[row] as number) + (enlarged.get(row) ?? 0)),
    ...sites.map(({ places }) => places ?? 0),
  ];
  const before = known ?? stateOf(table, stays, counted ? placesBefore : undefined, people, terms);
  const rows = [...open, ...sites.map(({ row }) => row)];
  const after = stateOf(table, rows, counted ? placesOpen : undefined, people, terms);
  const newPlaces = [...enlarged.values()].reduce((sum, each) => sum + each, 0);
  const offNetwork = [...customers.offM.keys()].filter((c) => customers.offM[c] === Number.POSITIVE_INFINITY);
  const told = sites.map((site, k): Sited => {
    const cost = siteCostPln(terms, site.places, site.siteKind);
    return { ...siteOf(site, open.length + k, { table, before, after, people, terms }), costPln: cost };
  });
  return {
    demand: {
      from: facts.demandFrom,
      people: tenth(sumOf(people)),
      estimated: tenth(demand.estimated),
      planned: tenth(demand.planned),
      points: people.length,
      offNetwork: offNetwork.length,
      offNetworkPeople: tenth(offNetwork.reduce((sum, c) => sum + (people[c] as number), 0)),
      farthestOffM: tenth(farthestOf(customers.offM)),
      cutOffPeople: tenth(sumOf(people.map((each, c) => (world.cutOff[c] ? each : 0)))),
    },
    existing: {
      facilities: facts.existing.length,
      places: placesBefore.reduce((sum, each) => sum + each, 0),
      withoutCapacity: facts.existing.filter(({ capacity }) => capacity === null).length,
      offNetwork: existing.offM.filter((off) => off === Number.POSITIVE_INFINITY).length,
      waiting: waitingAt(facts),
      ...{ toOpen: facts.toOpen.facilities, toOpenPlaces: facts.toOpen.places },
      standing: facts.existing.map(({ id, name, e, n }, row) => ({
        ...{ id, name, e, n },
        offStreetM: tenthOrNull(existing.offM[row] as number),
      })),
    },
    forecast: forecastOf(facts),
    sites: told,
    closed: closed.map((row) => facts.existing[row]?.id ?? ''),
    enlarged: [...enlarged].map(([row, places]) => ({ facility: facts.existing[row]?.id ?? '', places })),
    costPln: told.reduce((sum, { costPln }) => sum + costPln, 0) + newPlaces * terms.costPerPlacePln,
    before: before.told,
    after: after.told,
    byDistrict: districtsOf(world, before, after, people, terms),
    histogram: {
      untilMinutes: [...BARS_MIN],
      before: walkBars(before.nearestM, people, terms.metresPerMin),
      after: walkBars(after.nearestM, people, terms.metresPerMin),
    },
    points: points === 'none' ? [] : pointsOf(world, before, after, people, terms, points),
    assumptions: assumptionsOf(terms, facts, demand),
  };
}

/** Of those who are on the network. */
const farthestOf = (offM: Float64Array): number =>
  offM.reduce((most, each) => (Number.isFinite(each) ? Math.max(most, each) : most), 0);

function waitingAt({ existing }: SitingFacts): number | null {
  const known = existing.flatMap(({ waiting }) => waiting ?? []);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
}

/** All districts together. */
function forecastOf({ forecasts }: SitingFacts): SitingEffect['forecast'] {
  const years = new Map<number, { births: number; people: number }>();
  for (const { year, births, people } of forecasts) {
    const sum = years.get(year) ?? { births: 0, people: 0 };
    years.set(year, { births: sum.births + births, people: sum.people + people });
  }
  return [...years].sort(([a], [b]) => a - b).map(([year, sums]) => ({ year, ...sums }));
}

interface Told {
  readonly table: WalkTable;
  readonly before: SitedState;
  readonly after: SitedState;
  readonly people: Float64Array;
  readonly terms: SitingTerms;
}

function siteOf(
  { id, siteKind, e, n, parcel, areaM2, offM, row, places }: NewSite,
  at: number,
  { table, before, after, people, terms }: Told,
): Omit<Sited, 'costPln'> {
  const around = (minutes: number) => {
    let found = 0;
    for (let k = table.start[row] as number; k < (table.start[row + 1] as number); k++) {
      if ((table.metres[k] as number) <= minutes * terms.metresPerMin) {
        found += people[table.customer[k] as number] as number;
      }
    }
    return tenth(found);
  };
  const own = people.map((each, c) =>
    after.nearest[c] === at && (after.nearestM[c] as number) <= terms.reachM ? each : 0,
  );
  let gained = 0;
  for (let k = table.start[row] as number; k < (table.start[row + 1] as number); k++) {
    const c = table.customer[k] as number;
    if ((table.metres[k] as number) <= terms.reachM && (before.nearestM[c] as number) > terms.reachM) {
      gained += people[c] as number;
    }
  }
  return {
    ...{ candidate: id, siteKind },
    place: { e, n },
    ...{ parcel, areaM2: areaM2 === null ? null : tenth(areaM2) },
    offStreetM: Number.isFinite(offM) ? tenth(offM) : -1,
    ...{ served5: around(5), served10: around(10), served15: around(15) },
    walkMinutesP50: tenthOrNull(quantile(after.nearestM, own, 0.5) / terms.metresPerMin),
    gained: tenth(gained),
    capacity: places ?? null,
    checkStates: null,
  };
}

/** Places of demand points and planned homes, in the order of customers. */
function* customersOf({ facts: { demand, planned } }: SitingWorld) {
  for (const [k, id] of demand.id.entries()) {
    yield { id, e: demand.e[k] as number, n: demand.n[k] as number, district: demand.district[k] as number };
  }
  yield* planned;
}

function pointsOf(
  world: SitingWorld,
  before: SitedState,
  after: SitedState,
  people: Float64Array,
  { metresPerMin }: SitingTerms,
  which: 'all' | 'changed',
): SitingEffect['points'] {
  const minutes = (metres: number | undefined) => tenthOrNull((metres ?? Number.NaN) / metresPerMin);
  const access = (state: SitedState, c: number) =>
    state.access ? Math.round((state.access[c] as number) * 1000) / 1000 : null;
  const isTold = (c: number) =>
    which === 'all' ||
    before.nearestM[c] !== after.nearestM[c] ||
    Math.abs((before.access?.[c] ?? 0) - (after.access?.[c] ?? 0)) > 5e-4;
  const points: SitingEffect['points'] = [];
  let c = -1;
  for (const { id, e, n } of customersOf(world)) {
    c++;
    if (!isTold(c)) continue;
    points.push({
      ...{ id, e, n, people: tenth(people[c] as number) },
      walkBefore: minutes(before.nearestM[c]),
      walkAfter: minutes(after.nearestM[c]),
      accessBefore: access(before, c),
      accessAfter: access(after, c),
    });
  }
  return points;
}

function districtsOf(
  world: SitingWorld,
  before: SitedState,
  after: SitedState,
  people: Float64Array,
  { reachM }: SitingTerms,
): SitedDistrict[] {
  const sums = world.facts.districts.map(() => ({
    ...{ people: 0, servedBefore: 0, servedAfter: 0, placedBefore: 0, placedAfter: 0 },
    ...{ accessBefore: 0, accessAfter: 0 },
  }));
  let c = -1;
  for (const { district } of customersOf(world)) {
    c++;
    const sum = sums[district];
    const own = people[c] as number;
    if (!sum) continue;
    sum.people += own;
    if ((before.nearestM[c] as number) <= reachM) sum.servedBefore += own;
    if ((after.nearestM[c] as number) <= reachM) sum.servedAfter += own;
    sum.placedBefore += before.placed?.[c] ?? 0;
    sum.placedAfter += after.placed?.[c] ?? 0;
    sum.accessBefore += own * (before.access?.[c] ?? 0);
    sum.accessAfter += own * (after.access?.[c] ?? 0);
  }
  return world.facts.districts.flatMap(({ id, name }, k) => {
    const sum = sums[k];
    if (!sum || sum.people === 0) return [];
    const per100 = (access: number) => (before.access ? tenth((100 * access) / sum.people) : null);
    return {
      ...{ district: id, name, people: tenth(sum.people) },
      ...{ servedBefore: tenth(sum.servedBefore), servedAfter: tenth(sum.servedAfter) },
      leftBefore: before.placed ? tenth(sum.people - sum.placedBefore) : null,
      leftAfter: after.placed ? tenth(sum.people - sum.placedAfter) : null,
      ...{ placesPer100Before: per100(sum.accessBefore), placesPer100After: per100(sum.accessAfter) },
    };
  });
}
