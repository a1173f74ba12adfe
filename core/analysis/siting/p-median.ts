/**
 * p-median: which p sites to open so that all customers together are as near as can be to theirs. A swap search finds a
 * solution, Lagrangian prices prove how good it is and which sites must or cannot be in a better one, and a best-first
 * search branches on what they leave open.
 */
import { randomOf } from '../../demo-city/random.ts';
import { invalidParameter } from '../../errors.ts';
import { dualBound } from './dual-bound.ts';
import { nearLists, type SiteCosts } from './site-costs.ts';
import { CLOSED, countOf, FREE, OPEN, settleSites } from './site-state.ts';
import { type RunnerUp, relativeGap, type SitingAnswer, type SitingWatch } from './siting-answer.ts';
import { type SwapSearch, swapSearch } from './swap-search.ts';

export interface PMedianQuestion {
  readonly costs: SiteCosts;
  /** How many sites are open in the end. */
  readonly p: number;
  /** Sites that are there and stay, counted in p. */
  readonly existing?: readonly number[];
  /** Of the random exchanges: the same seed gives the same answer. */
  readonly seed?: number;
}

/** A part of the solutions: what is decided about sites, and what is proven of all that go with it. */
interface Branch {
  readonly state: Int8Array;
  readonly prices: Float64Array;
  readonly bound: number;
  /** What to decide next. */
  readonly site: number;
}

const ROOT_ROUNDS = 2000;
const BRANCH_ROUNDS = 60;
const ROOT_STEP = 1.5;
const BRANCH_STEP = 0.3;
/** The root is priced again as long as that decides at least this part of its free sites. */
const WORTH_AGAIN = 0.05;
/** Solutions are sought among the sites of every so many rounds. */
const ROUNDS_PER_DESCENT = 25;
/** Only from sites that together are no dearer than this multiple of the best. */
const PROMISING = 1.1;
const SHAKES_WITHOUT_GAIN = 60;
const MOST_SHAKEN = 8;
/** Bounds and costs are sums of some thousand floats. */
const ROUNDING = 1e-9;

/**
 * @throws TwinError invalid-parameter when p does not go with the sites, or p sites cannot reach all customers
 */
export function solvePMedian(question: PMedianQuestion, watch: SitingWatch): SitingAnswer {
  const { p, existing = [], seed = 1 } = question;
  refuseBadCount(question);
  const { costs, far } = withoutInfinities(question.costs);
  const isWhole = costs.cost.every(Number.isInteger);
  const state = new Int8Array(costs.siteCount);
  for (const site of existing) state[site] = OPEN;
  const search = swapSearch(costs, state);
  let best: { readonly sites: Int32Array; readonly objective: number } = {
    sites: new Int32Array(0),
    objective: Number.POSITIVE_INFINITY,
  };
  let proven = Number.NEGATIVE_INFINITY;

  const slack = () => ROUNDING * Math.max(1, best.objective);
  /** What is proven of costs that are whole numbers is at least the next one. */
  const lifted = (bound: number) => Math.min(best.objective, isWhole ? Math.ceil(bound - slack()) : bound);
  /** A branch with this bound holds nothing better than the best known. */
  const isSpent = (bound: number) => lifted(bound) >= best.objective - slack();
  const keep = ({ objective, sites }: Pick<SwapSearch, 'objective' | 'sites'>) => {
    if (objective >= best.objective - slack()) return false;
    best = { sites: sites(), objective };
    watch.onBetter?.(best.objective, proven);
    return true;
  };
  const prove = (bound: number) => {
    if (lifted(bound) <= proven) return;
    proven = lifted(bound);
    watch.onBetter?.(best.objective, proven);
  };

  const random = randomOf('p-median', seed);
  search.open(spread(costs, state, p));
  search.descend();
  keep(search);
  for (let idle = 0; idle < SHAKES_WITHOUT_GAIN && watch.isWanted(); idle++) {
    search.open(best.sites);
    search.shake(random.integer(1, Math.max(1, Math.min(MOST_SHAKEN, p >> 1))), random);
    search.descend();
    if (keep(search)) idle = 0;
  }

  const dual = dualBound({ costs, near: nearLists(costs), p });
  const raise = (branch: Branch, rounds: number, step: number): number =>
    dual.raise(branch.prices, branch.state, {
      rounds,
      step,
      target: () => best.objective,
      onRound: (round, chosen, reached) => {
        if (round % ROUNDS_PER_DESCENT === 0) {
          search.open(chosen);
          if (search.objective < PROMISING * best.objective) search.descend();
          keep(search);
        }
        return watch.isWanted() && !isSpent(reached);
      },
    });
  /**
   * Decides what follows from the prices. @returns what is left to search, if anything
   * @param bound that goes with the prices, for only that goes with the reduced costs
   */
  const reduce = (branchState: Int8Array, bound: number, known: number): Branch | undefined => {
    if (isSpent(Math.max(bound, known))) return undefined;
    settleSites(branchState, p, dual.reduced, (change) => isSpent(bound + change));
    const [isOpen, free] = [countOf(branchState, OPEN), countOf(branchState, FREE)];
    if (isOpen + free < p || isOpen > p) return undefined;
    if (isOpen === p || isOpen + free === p) {
      search.open(leafSites(branchState, p));
      keep(search);
      return undefined;
    }
    return {
      state: branchState,
      prices: dual.prices.slice(),
      bound: Math.max(bound, known),
      site: leastSure(branchState, dual.share),
    };
  };

  let root: Branch | undefined = { state, prices: firstPrices(costs, best.sites), bound: 0, site: 0 };
  for (let free = countOf(state, FREE); root !== undefined && watch.isWanted(); ) {
    const bound: number = raise(root, ROOT_ROUNDS, ROOT_STEP);
    prove(bound);
    root = reduce(state, bound, root.bound);
    const left = countOf(state, FREE);
    if (free - left < WORTH_AGAIN * free) break;
    free = left;
  }
  const open: Branch[] = root ? [root] : [];
  for (;;) {
    const branch = open.shift();
    if (branch === undefined || isSpent(branch.bound)) {
      prove(best.objective);
      break;
    }
    prove(branch.bound);
    for (const decision of [OPEN, CLOSED]) {
      const child = { ...branch, state: branch.state.slice() };
      child.state[branch.site] = decision;
      const bound = raise(child, BRANCH_ROUNDS, BRANCH_STEP);
      const left = reduce(child.state, bound, branch.bound);
      if (left) insert(open, left);
    }
    if (!watch.isWanted()) break;
  }
  if (best.objective >= far) throw unreachable(question);
  const bound = Math.max(0, proven);
  const rival = bestRival(costs, existing, best.sites);
  return {
    sites: [...best.sites].sort((a, b) => a - b),
    objective: best.objective,
    bound,
    isProven: bound >= best.objective,
    gap: relativeGap(best.objective, bound),
    runnerUp: rival && rival.objective < far ? rival : undefined,
  };
}

function bestRival(costs: SiteCosts, existing: readonly number[], sites: Int32Array): RunnerUp | undefined {
  const state = new Int8Array(costs.siteCount);
  for (const site of existing) state[site] = OPEN;
  const search = swapSearch(costs, state);
  search.open(sites);
  const swap = search.bestSwap();
  return (
    swap && {
      sites: [...sites.filter((site) => site !== swap.remove), swap.insert].sort((a, b) => a - b),
      objective: search.objective + swap.change,
    }
  );
}

/** By rising bound. */
function insert(open: Branch[], branch: Branch): void {
  const at = open.findIndex((other) => other.bound > branch.bound);
  open.splice(at === -1 ? open.length : at, 0, branch);
}

function leafSites(state: Int8Array, p: number): number[] {
  const isOpen = [...state.keys()].filter((site) => state[site] === OPEN);
  return isOpen.length === p ? isOpen : [...state.keys()].filter((site) => state[site] !== CLOSED);
}

/** The free site that rounds were most at odds about. */
function leastSure(state: Int8Array, share: Float64Array): number {
  let [found, sure] = [-1, Number.POSITIVE_INFINITY];
  for (const [site, decision] of state.entries()) {
    const away = Math.abs((share[site] as number) - 0.5);
    if (decision === FREE && away < sure) [found, sure] = [site, away];
  }
  return found;
}

/** Each further site is the one that lowers the cost most (greedy), after those that must be open. */
function spread({ customerCount, siteCount, cost }: SiteCosts, state: Int8Array, p: number): number[] {
  const chosen = [...state.keys()].filter((site) => state[site] === OPEN);
  const least = new Float64Array(customerCount).fill(Number.POSITIVE_INFINITY);
  const take = (site: number) => {
    for (let c = 0; c < customerCount; c++) {
      least[c] = Math.min(least[c] as number, cost[site * customerCount + c] as number);
    }
  };
  chosen.forEach(take);
  const isTaken = new Set(chosen);
  while (chosen.length < p) {
    let [found, lowest] = [-1, Number.POSITIVE_INFINITY];
    for (let site = 0; site < siteCount; site++) {
      if (isTaken.has(site)) continue;
      let total = 0;
      for (let c = 0; c < customerCount; c++) {
        total += Math.min(least[c] as number, cost[site * customerCount + c] as number);
      }
      if (total < lowest) [found, lowest] = [site, total];
    }
    chosen.push(found);
    isTaken.add(found);
    take(found);
  }
  return chosen;
}

/** Between the nearest and the second nearest of these sites: at the best prices just one open site is cheaper. */
function firstPrices({ customerCount, cost }: SiteCosts, sites: Int32Array): Float64Array {
  const prices = new Float64Array(customerCount);
  for (let c = 0; c < customerCount; c++) {
    let [least, next] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const site of sites) {
      const price = cost[site * customerCount + c] as number;
      if (price < least) [least, next] = [price, least];
      else next = Math.min(next, price);
    }
    prices[c] = next < Number.POSITIVE_INFINITY ? (least + next) / 2 : least;
  }
  return prices;
}

/** With a cost in place of Infinity that no solution pays that can avoid it. */
function withoutInfinities(costs: SiteCosts): { readonly costs: SiteCosts; readonly far: number } {
  const { customerCount, siteCount, cost } = costs;
  let far = 1;
  let isConnected = true;
  for (let c = 0; c < customerCount; c++) {
    let most = 0;
    for (let site = 0; site < siteCount; site++) {
      const price = cost[site * customerCount + c] as number;
      if (price === Number.POSITIVE_INFINITY) isConnected = false;
      else most = Math.max(most, price);
    }
    far += Math.ceil(most);
  }
  if (isConnected) return { costs, far: Number.POSITIVE_INFINITY };
  return { costs: { ...costs, cost: cost.map((price) => Math.min(price, far)) }, far };
}

function refuseBadCount({ costs, p, existing = [] }: PMedianQuestion): void {
  if (!Number.isInteger(p) || p < 1) throw invalidParameter('p', `p is ${p}; open at least one site`);
  if (p > costs.siteCount) {
    throw invalidParameter(
      'p',
      `p is ${p} and there are ${costs.siteCount} sites; open fewer or offer more sites`,
    );
  }
  if (existing.length > p) {
    throw invalidParameter('p', `p is ${p} and ${existing.length} sites stay; count those that stay in p`);
  }
}

const unreachable = ({ p }: PMedianQuestion) =>
  invalidParameter(
    'p',
    `${p} sites cannot reach every customer: the network falls into parts. Open more sites, or join the parts`,
  );
