/** Where new nurseries (or schools, care homes) serve most: sites with a proven bound, and who gains. */
import { z } from 'zod';
import { invalidParameter } from '../../errors.ts';
import { floatingCatchment } from '../access/floating-catchment.ts';
import { assignPlaces } from '../access/places.ts';
import { type WalkTable, walkTable } from '../access/walk.ts';
import type { Model } from '../model.ts';
import { solveMaximalCover } from './maximal-cover.ts';
import { doorsOf, type NurseryFacts, walkNetworkOf } from './nursery-facts.ts';
import { type NurseryResult, nurseryResultSchema, type ServedState } from './nursery-result.ts';
import { solvePMedian } from './p-median.ts';
import type { SitingAnswer } from './siting-answer.ts';

/** Ages of whom each kind of facility serves, as the population grid has them. */
export const SITED_KINDS = {
  nursery: '0_2',
  kindergarten: '3_6',
  primary_school: '7_14',
  secondary_school: '15_18',
  care_home: '65_plus',
} as const;
const KINDS = ['nursery', 'kindergarten', 'primary_school', 'secondary_school', 'care_home'] as const;

export const nurseryParametersSchema = z.strictObject({
  kind: z.enum(KINDS).default('nursery').describe('What is sited; the ages of whom it serves follow from it'),
  newSites: z.int().min(1).max(10).default(1).describe('How many sites are added to those that are there'),
  placesPerSite: z.int().min(1).max(2000).default(80).describe('Places of each new site'),
  goal: z
    .enum(['cover', 'distance'])
    .default('cover')
    .describe(
      'cover: as many people as can be have a facility within reach; distance: all together walk as little as can be',
    ),
  reachMin: z.number().min(1).max(60).default(15).describe('Within reach: minutes on foot'),
  speedKmh: z.number().min(1).max(7).default(4.5).describe('Walking speed, km/h'),
  minParcelM2: z
    .number()
    .min(100)
    .max(100_000)
    .default(1_500)
    .describe('Least area of a candidate parcel, m²'),
  maxParcelM2: z
    .number()
    .min(100)
    .max(1_000_000)
    .default(20_000)
    .describe('Greatest area of a candidate parcel, m²'),
  mostCandidates: z
    .int()
    .min(1)
    .max(500)
    .default(300)
    .describe('Of the municipal parcels that fit, so many of the largest are tried'),
});
export type NurseryParameters = z.infer<typeof nurseryParametersSchema>;

/** Ways longer than this count as this. */
const LONGEST_WALK_M = 8_000;
/** Farther from any street, a cell or parcel is not on the network. */
const MOST_OFF_M = 400;
const DESERT_PEOPLE_PER_PLACE = 3;
/** Questions to the watch before the search ends with what it has: a count, so that every machine ends at the same. */
const PATIENCE = 60_000;
const METRES_PER_MIN_AT_1_KMH = 1000 / 60;

export const NURSERY_SITING: Model<NurseryFacts, NurseryParameters, NurseryResult> = {
  name: 'nursery-siting',
  version: '1',
  title: { pl: 'Gdzie postawić żłobek', en: 'Where to put a nursery' },
  summary: {
    pl: 'Najlepsze działki gminne pod nowe żłobki (przedszkola, szkoły, domy opieki): ile osób ma placówkę w zasięgu dojścia ulicami albo jak mało idą wszyscy razem, z dowiedzioną granicą, drugim wyborem i miejscami na osobę (2SFCA). Mieszkańcy stoją w środku oczka siatki 250 m; ukryte roczniki są szacowane. Bez sprawdzenia działek, słońca, hałasu i kosztów.',
    en: 'The best municipal parcels for new nurseries (kindergartens, schools, care homes): how many people have one within a walk along streets, or how little all walk together, with a proven bound, the second choice and places for each person (2SFCA). People stand at the centre of their 250 m cell; hidden ages are estimated. Parcels, sun, noise and costs are not checked.',
  },
  parameters: nurseryParametersSchema,
  result: nurseryResultSchema,
  run(facts, parameters, watch) {
    const { newSites, placesPerSite, goal, reachMin, speedKmh } = parameters;
    const cells = facts.cells.filter(({ offM }) => offM <= MOST_OFF_M);
    const candidates = facts.candidates.filter(({ offM }) => offM <= MOST_OFF_M);
    refuseUnanswerable(cells.length, candidates.length, parameters);
    const { demand, estimated } = demandOf(cells);
    const existing = facts.existing.filter(({ offM }) => offM <= MOST_OFF_M);
    const all = walkTable(
      walkNetworkOf(facts.sections),
      doorsOf([...existing, ...candidates]),
      doorsOf(cells),
      LONGEST_WALK_M,
    );
    watch.progress(0.2);
    const reachM = reachMin * speedKmh * METRES_PER_MIN_AT_1_KMH;
    const stays = existing.map((_, site) => site);
    let asked = 0;
    const patience = { isWanted: () => asked++ < PATIENCE && watch.isWanted() };
    const question = { p: existing.length + newSites, existing: stays };
    const answer =
      goal === 'cover'
        ? solveMaximalCover({ coverage: coverageOf(within(all, reachM), demand), ...question }, patience)
        : solvePMedian({ costs: costsOf(all, demand), ...question }, patience);
    watch.progress(0.9);
    const places = [...existing.map(({ capacity }) => capacity ?? 0), ...candidates.map(() => placesPerSite)];
    const state = (sites: readonly number[]) => served(all, sites, { demand, places, reachM, speedKmh });
    const chosen = (sites: readonly number[]) => sites.filter((site) => site >= existing.length);
    const candidateAt = (site: number) =>
      candidates[site - existing.length] as NurseryFacts['candidates'][number];
    const [before, after] = [state(stays), state(answer.sites)];
    return {
      demand: {
        people: tenth(demand.reduce((sum, each) => sum + each, 0)),
        estimatedPeople: tenth(estimated),
        cells: cells.length,
        cellsOffNetwork: facts.cells.length - cells.length,
      },
      existing: {
        facilities: existing.length,
        places: places.slice(0, existing.length).reduce((sum, each) => sum + each, 0),
        withoutCapacity: existing.filter(({ capacity }) => capacity === null).length,
        offNetwork: facts.existing.length - existing.length,
      },
      candidates: { tried: candidates.length, fit: facts.parcelsThatFit },
      before: before.totals,
      after: after.totals,
      solution: {
        ...provenOf(answer, goal),
        sites: chosen(answer.sites).map((site) => ({
          parcel: candidateAt(site).id,
          position: [...candidateAt(site).position] as [number, number],
          areaM2: tenth(candidateAt(site).areaM2),
          offStreetM: tenth(candidateAt(site).offM),
          ...peopleAround(all, site, demand, speedKmh),
        })),
        runnerUp: answer.runnerUp && {
          parcels: chosen(answer.runnerUp.sites).map((site) => candidateAt(site).id),
          objective: tenth(answer.runnerUp.objective),
          difference: tenth(Math.abs(answer.objective - answer.runnerUp.objective)),
        },
      },
      cells: cells.map(({ id }, c) => ({
        id,
        people: tenth(demand[c] as number),
        walkMinBefore: minutes(before.nearestM[c], speedKmh),
        walkMinAfter: minutes(after.nearestM[c], speedKmh),
        placesPerPersonBefore: thousandth(before.access[c] as number),
        placesPerPersonAfter: thousandth(after.access[c] as number),
      })),
    };
  },
};

function refuseUnanswerable(cells: number, candidates: number, { newSites }: NurseryParameters): void {
  if (cells === 0) {
    throw invalidParameter(
      'kind',
      'The population grid has no cell near a street here: there is nobody to serve',
    );
  }
  if (candidates < newSites) {
    throw invalidParameter(
      'newSites',
      `${newSites} new sites are asked for and ${candidates} municipal parcels near a street fit; ask for fewer, or widen minParcelM2 and maxParcelM2`,
    );
  }
}

/** Where ages are not published the share of the published cells is taken. */
function demandOf(cells: NurseryFacts['cells']): {
  readonly demand: Float64Array;
  readonly estimated: number;
} {
  const known = cells.filter(({ people }) => people !== null);
  const people = known.reduce((sum, cell) => sum + (cell.people ?? 0), 0);
  const residents = known.reduce((sum, cell) => sum + cell.residents, 0);
  const share = residents > 0 ? people / residents : 0;
  let estimated = 0;
  const demand = Float64Array.from(cells, (cell) => {
    if (cell.people !== null) return cell.people;
    estimated += cell.residents * share;
    return cell.residents * share;
  });
  return { demand, estimated };
}

/** Those ways of a table that are no longer. */
function within(table: WalkTable, boundM: number): WalkTable {
  const start = new Int32Array(table.siteCount + 1);
  const kept: number[] = [];
  for (let site = 0; site < table.siteCount; site++) {
    for (let k = table.start[site] as number; k < (table.start[site + 1] as number); k++) {
      if ((table.metres[k] as number) <= boundM) kept.push(k);
    }
    start[site + 1] = kept.length;
  }
  return {
    ...table,
    start,
    customer: Int32Array.from(kept, (k) => table.customer[k] as number),
    metres: Float64Array.from(kept, (k) => table.metres[k] as number),
  };
}

/** The ways of some sites alone. */
function ofSites(table: WalkTable, sites: readonly number[]): WalkTable {
  const parts = sites.map((site) => [table.start[site] as number, table.start[site + 1] as number] as const);
  const start = new Int32Array(sites.length + 1);
  for (const [at, [from, to]] of parts.entries()) start[at + 1] = (start[at] as number) + to - from;
  return {
    customerCount: table.customerCount,
    siteCount: sites.length,
    start,
    customer: Int32Array.from(parts.flatMap(([from, to]) => [...table.customer.subarray(from, to)])),
    metres: Float64Array.from(parts.flatMap(([from, to]) => [...table.metres.subarray(from, to)])),
  };
}

/** By customer what the table has by site. */
function coverageOf({ siteCount, customerCount, start, customer }: WalkTable, demand: Float64Array) {
  const reach: number[][] = Array.from({ length: customerCount }, () => []);
  for (let site = 0; site < siteCount; site++) {
    for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
      (reach[customer[k] as number] as number[]).push(site);
    }
  }
  const starts = new Int32Array(customerCount + 1);
  for (const [c, sites] of reach.entries()) starts[c + 1] = (starts[c] as number) + sites.length;
  return { siteCount, demand, start: starts, site: reach.flat() };
}

/** People times metres. */
function costsOf({ siteCount, customerCount, start, customer, metres }: WalkTable, demand: Float64Array) {
  const cost = new Float64Array(siteCount * customerCount);
  for (let site = 0; site < siteCount; site++) {
    for (let c = 0; c < customerCount; c++) {
      cost[site * customerCount + c] = (demand[c] as number) * LONGEST_WALK_M;
    }
    for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
      const c = customer[k] as number;
      cost[site * customerCount + c] = (demand[c] as number) * (metres[k] as number);
    }
  }
  return { siteCount, customerCount, cost };
}

interface Circumstances {
  readonly demand: Float64Array;
  readonly places: readonly number[];
  readonly reachM: number;
  readonly speedKmh: number;
}

/** What these sites mean for everybody. */
function served(
  all: WalkTable,
  sites: readonly number[],
  { demand, places, reachM, speedKmh }: Circumstances,
) {
  const table = ofSites(all, sites);
  const near = within(table, reachM);
  const own = sites.map((site) => places[site] as number);
  const nearestM = new Float64Array(all.customerCount).fill(Number.POSITIVE_INFINITY);
  for (const [k, c] of table.customer.entries()) {
    nearestM[c] = Math.min(nearestM[c] as number, table.metres[k] as number);
  }
  const { access } = floatingCatchment(near, own, demand, [{ withinM: reachM, weight: 1 }]);
  let [within_, walked, walkers, desert] = [0, 0, 0, 0];
  for (const [c, people] of demand.entries()) {
    const way = nearestM[c] as number;
    if (way <= reachM) within_ += people;
    if (way < Number.POSITIVE_INFINITY) {
      walked += people * way;
      walkers += people;
    }
    if ((access[c] as number) < 1 / DESERT_PEOPLE_PER_PLACE) desert += people;
  }
  const withPlace = assignPlaces(near, own, demand).reduce((sum, each) => sum + each, 0);
  const totals: ServedState = {
    withinReach: tenth(within_),
    withPlace: tenth(withPlace),
    meanWalkMin: walkers > 0 ? minutes(walked / walkers, speedKmh) : null,
    inDesert: tenth(desert),
  };
  return { totals, nearestM, access };
}

function peopleAround(
  { start, customer, metres }: WalkTable,
  site: number,
  demand: Float64Array,
  speedKmh: number,
) {
  const around = (min: number) => {
    let people = 0;
    for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
      if ((metres[k] as number) <= min * speedKmh * METRES_PER_MIN_AT_1_KMH) {
        people += demand[customer[k] as number] as number;
      }
    }
    return tenth(people);
  };
  return { within5Min: around(5), within10Min: around(10), within15Min: around(15) };
}

const provenOf = ({ objective, bound, isProven, gap }: SitingAnswer, goal: NurseryParameters['goal']) => ({
  objective: tenth(objective),
  bound: tenth(bound),
  unit: goal === 'cover' ? ('people' as const) : ('people × m' as const),
  isProven,
  gap: isProven ? 0 : gap,
});

const minutes = (metres: number | undefined, speedKmh: number): number | null =>
  metres === undefined || metres === Number.POSITIVE_INFINITY
    ? null
    : tenth(metres / (speedKmh * METRES_PER_MIN_AT_1_KMH));
const tenth = (value: number) => Math.round(value * 10) / 10;
const thousandth = (value: number) => Math.round(value * 1000) / 1000;
