/**
 * Questions in which each candidate may be opened beside any other: proven by prices and branches of our own. What is
 * there counts as one site that is always open, as near to everybody as its nearest facility.
 */
import { byCustomer, type SitesByCustomer } from '../access/walk-subsets.ts';
import { type FoundSites, NOTHING_ELSE } from './found-sites.ts';
import { solveCenter, solveFewestSites } from './full-cover.ts';
import { type Coverage, solveMaximalCover } from './maximal-cover.ts';
import { solvePMedian } from './p-median.ts';
import type { SitingAnswer, SitingWatch } from './siting-answer.ts';
import { LONGEST_WALK_M, type SitingTask } from './siting-task.ts';

/** Customers who count, and how far each is from what is there and from the candidates. */
interface Ways {
  readonly table: SitesByCustomer;
  /** Customers with people, near a street. */
  readonly customers: readonly number[];
  /** By customer of the table, metres to the nearest existing facility. */
  readonly existingM: Float64Array;
}

function waysOf({ table, demand, facts, world }: SitingTask): Ways {
  const lists = byCustomer(table);
  const existingM = new Float64Array(table.customerCount).fill(Number.POSITIVE_INFINITY);
  const customers: number[] = [];
  for (let c = 0; c < table.customerCount; c++) {
    const isOn = (world.customers.offM[c] as number) < Number.POSITIVE_INFINITY;
    if (isOn && (demand.people[c] as number) > 0) customers.push(c);
    for (let k = lists.start[c] as number; k < (lists.start[c + 1] as number); k++) {
      if ((lists.site[k] as number) < facts.existing.length) {
        existingM[c] = Math.min(existingM[c] as number, lists.metres[k] as number);
      }
    }
  }
  return { table: lists, customers, existingM };
}

/** The candidates within a way of a customer, as places in `candidateRows`. */
function* candidatesOf(task: SitingTask, { table }: Ways, c: number, boundM: number) {
  const place = placesOfRows(task);
  for (let k = table.start[c] as number; k < (table.start[c + 1] as number); k++) {
    const at = place[table.site[k] as number] as number;
    if (at !== -1 && (table.metres[k] as number) <= boundM) yield { at, metres: table.metres[k] as number };
  }
}

const knownPlaces = new WeakMap<SitingTask, Int32Array>();
function placesOfRows(task: SitingTask): Int32Array {
  const known = knownPlaces.get(task);
  if (known) return known;
  const places = new Int32Array(task.table.siteCount).fill(-1);
  for (const [at, row] of task.candidateRows.entries()) places[row] = at;
  knownPlaces.set(task, places);
  return places;
}

/** As many people as can be within reach. */
export function chooseReach(task: SitingTask, watch: SitingWatch): FoundSites {
  const { demand, terms, question, candidateRows, newSites } = task;
  const ways = waysOf(task);
  const served = ways.customers.filter((c) => (ways.existingM[c] as number) <= terms.reachM);
  const base = served.reduce((sum, c) => sum + (demand.people[c] as number), 0);
  const coverage = coverageOf(task, ways, terms.reachM);
  if (coverage.site.length === 0) {
    return { ...NOTHING_ELSE, ...ended([], base), unit: 'people', runnerUp: undefined };
  }
  const onBetter = (found: number, bound: number) => watch.onBetter?.(base + found, base + bound);
  const answer = solveMaximalCover({ coverage, p: newSites, seed: question.seed }, { ...watch, onBetter });
  const rows = (sites: readonly number[]) => sites.map((at) => candidateRows[at] as number);
  const { runnerUp } = answer;
  return {
    ...NOTHING_ELSE,
    ...told(answer),
    unit: 'people',
    sites: rows(answer.sites),
    objective: base + answer.objective,
    bound: base + answer.bound,
    gap: (answer.bound - answer.objective) / Math.max(1e-9, base + answer.objective),
    runnerUp: runnerUp && { sites: rows(runnerUp.sites), objective: base + runnerUp.objective },
  };
}

/** Whom which candidates reach of those whom nothing that is there reaches. */
function coverageOf(task: SitingTask, ways: Ways, reachM: number): Coverage {
  const left = ways.customers.filter((c) => (ways.existingM[c] as number) > reachM);
  const start = [0];
  const site: number[] = [];
  for (const c of left) {
    for (const { at } of candidatesOf(task, ways, c, reachM)) site.push(at);
    start.push(site.length);
  }
  const demand = left.map((c) => task.demand.people[c] as number);
  return { siteCount: task.candidateRows.length, demand, start, site };
}

/**
 * All together walk as little as can be.
 * @param reachWeight 0 to 1: how much it counts that somebody is out of reach, beside the walk
 */
export function chooseByCost(task: SitingTask, reachWeight: number, watch: SitingWatch): FoundSites {
  const { demand, terms, question, candidateRows, facts, newSites } = task;
  const ways = waysOf(task);
  const priceOf = (c: number, metres: number) => {
    const minutes = Math.min(metres, LONGEST_WALK_M) / terms.metresPerMin;
    const missed = metres <= terms.reachM ? 0 : LONGEST_WALK_M / terms.metresPerMin;
    return (demand.people[c] as number) * ((1 - reachWeight) * minutes + reachWeight * missed);
  };
  const cost = costMatrix(task, ways, priceOf);
  const existing = facts.existing.length > 0 ? 1 : 0;
  const answer = solvePMedian(
    {
      costs: { customerCount: ways.customers.length, siteCount: existing + candidateRows.length, cost },
      p: existing + newSites,
      existing: existing ? [0] : [],
      seed: question.seed,
    },
    watch,
  );
  return fromCollapsed(task, answer, 'people × min');
}

/** The longest walk is as short as can be. */
export function chooseCenter(task: SitingTask, watch: SitingWatch): FoundSites {
  const { newSites, candidateRows, facts, terms } = task;
  const whole = waysOf(task);
  const reachable = whole.customers.filter(
    (c) => (whole.existingM[c] as number) < Number.POSITIVE_INFINITY || anyOf(task, whole, c, LONGEST_WALK_M),
  );
  const ways = { ...whole, customers: reachable };
  const cost = costMatrix(task, ways, (_, metres) => metres / terms.metresPerMin);
  const existing = facts.existing.length > 0 ? 1 : 0;
  const answer = solveCenter(
    {
      costs: { customerCount: reachable.length, siteCount: existing + candidateRows.length, cost },
      p: existing + newSites,
      existing: existing ? [0] : [],
    },
    watch,
  );
  return fromCollapsed(task, answer, 'min');
}

/** As few new sites as can be, so that everybody whom any candidate reaches is within reach. */
export function chooseFewest(task: SitingTask, watch: SitingWatch): FoundSites {
  const { terms, candidateRows } = task;
  const ways = waysOf(task);
  const reachable = ways.customers.filter((c) => anyOf(task, ways, c, terms.reachM));
  const coverage = coverageOf(task, { ...ways, customers: reachable }, terms.reachM);
  if (coverage.demand.length === 0) {
    return { ...NOTHING_ELSE, ...ended([], 0), unit: 'sites', runnerUp: undefined };
  }
  const answer = solveFewestSites({ coverage }, watch);
  return {
    ...NOTHING_ELSE,
    ...told(answer),
    unit: 'sites',
    sites: answer.sites.map((at) => candidateRows[at] as number),
    runnerUp: undefined,
  };
}

function anyOf(task: SitingTask, ways: Ways, c: number, boundM: number): boolean {
  for (const _ of candidatesOf(task, ways, c, boundM)) return true;
  return false;
}

/** By site, first what is there when there is something, then the candidates; by customer. */
function costMatrix(
  task: SitingTask,
  ways: Ways,
  priceOf: (customer: number, metres: number) => number,
): Float64Array {
  const { candidateRows, facts } = task;
  const existing = facts.existing.length > 0 ? 1 : 0;
  const count = ways.customers.length;
  const cost = new Float64Array((existing + candidateRows.length) * count);
  for (const [k, c] of ways.customers.entries()) {
    const far = priceOf(c, Number.POSITIVE_INFINITY);
    for (let s = 0; s < existing + candidateRows.length; s++) cost[s * count + k] = far;
    if (existing) cost[k] = priceOf(c, ways.existingM[c] as number);
    for (const { at, metres } of candidatesOf(task, ways, c, Number.POSITIVE_INFINITY)) {
      cost[(existing + at) * count + k] = priceOf(c, metres);
    }
  }
  return cost;
}

function fromCollapsed(task: SitingTask, answer: SitingAnswer, unit: FoundSites['unit']): FoundSites {
  const existing = task.facts.existing.length > 0 ? 1 : 0;
  const rows = (sites: readonly number[]) =>
    sites.filter((site) => site >= existing).map((site) => task.candidateRows[site - existing] as number);
  return {
    ...NOTHING_ELSE,
    ...told(answer),
    unit,
    sites: rows(answer.sites),
    runnerUp: answer.runnerUp && {
      sites: rows(answer.runnerUp.sites),
      objective: answer.runnerUp.objective,
    },
  };
}

const told = ({ objective, bound, isProven, gap }: SitingAnswer) => ({ objective, bound, isProven, gap });
const ended = (sites: readonly number[], objective: number) => ({
  ...{ sites, objective, bound: objective, isProven: true, gap: 0 },
});
