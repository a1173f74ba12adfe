/**
 * Covering everybody: with how few sites (location set covering, Toregas et al. 1971), and within how short a way
 * (p-center, Hakimi 1964). Both ask again and again whether so many sites can cover all within so far.
 */
import { invalidParameter } from '../../errors.ts';
import { essentialCover } from './essential-cover.ts';
import { type Coverage, solveMaximalCover } from './maximal-cover.ts';
import type { SiteCosts } from './site-costs.ts';
import { relativeGap, type SitingAnswer, type SitingWatch } from './siting-answer.ts';

export interface FewestSitesQuestion {
  readonly coverage: Coverage;
  /** Sites that are there and stay. */
  readonly existing?: readonly number[];
}

/**
 * @returns the least number of sites, those that stay among them, that cover every customer
 * @throws TwinError invalid-parameter when a customer has no site within reach
 */
export function solveFewestSites(
  { coverage, existing = [] }: FewestSitesQuestion,
  watch: SitingWatch,
): SitingAnswer {
  refuseUncovered(coverage);
  const { siteCount } = coverage;
  const one = { ...coverage, demand: new Uint8Array(coverage.demand.length).fill(1) };
  const tried = (p: number) => canCover(one, p, existing, watch);
  return narrowed(
    Array.from(
      { length: siteCount + 1 - Math.max(1, existing.length) },
      (_, k) => Math.max(1, existing.length) + k,
    ),
    tried,
    Array.from({ length: siteCount }, (_, site) => site),
    watch,
  );
}

export interface CenterQuestion {
  readonly costs: SiteCosts;
  readonly p: number;
  readonly existing?: readonly number[];
}

/**
 * @returns the least cost that no customer has to exceed
 * @throws TwinError invalid-parameter when p does not go with the sites, or p sites cannot reach all customers
 */
export function solveCenter({ costs, p, existing = [] }: CenterQuestion, watch: SitingWatch): SitingAnswer {
  const radii = [...new Set(costs.cost)].filter(Number.isFinite).sort((a, b) => a - b);
  const widest = radii.at(-1) ?? 0;
  const all = canCover(within(costs, widest), p, existing, watch);
  if (all === undefined || all === 'unknown') {
    throw invalidParameter(
      'p',
      `${p} sites cannot reach every customer: the network falls into parts. Open more sites, or join the parts`,
    );
  }
  return narrowed(radii, (radius) => canCover(within(costs, radius), p, existing, watch), all, watch);
}

/** The sites that cover all, undefined when it is proven that none do. */
type Verdict = readonly number[] | undefined | 'unknown';

/** Whether p sites can cover everybody. */
function canCover(coverage: Coverage, p: number, existing: readonly number[], watch: SitingWatch): Verdict {
  const hard = essentialCover(coverage, existing);
  const everybody = hard.demand.length;
  let isDecided = false;
  const answer = solveMaximalCover(
    { coverage: hard, p, existing },
    {
      isWanted: () => !isDecided && watch.isWanted(),
      onBetter: (covered, bound) => {
        isDecided = covered === everybody || bound < everybody;
      },
    },
  );
  if (answer.objective === everybody) return answer.sites;
  return answer.bound < everybody ? undefined : 'unknown';
}

/**
 * The least of rising values at which all are covered, by bisection.
 * @param covering what covers all at the greatest value
 */
function narrowed(
  values: readonly number[],
  tried: (value: number) => Verdict,
  covering: readonly number[],
  watch: SitingWatch,
): SitingAnswer {
  let sites = covering;
  let [refuted, found] = [-1, values.length - 1];
  while (found - refuted > 1 && watch.isWanted()) {
    const middle = (refuted + found) >> 1;
    const verdict = tried(values[middle] as number);
    if (verdict === 'unknown') break;
    if (verdict === undefined) refuted = middle;
    else [found, sites] = [middle, verdict];
    watch.onBetter?.(values[found] as number, values[refuted + 1] as number);
  }
  const [objective, bound] = [values[found] as number, values[refuted + 1] as number];
  return { sites, objective, bound, isProven: objective === bound, gap: relativeGap(objective, bound) };
}

/** Whom each site covers within a cost. */
function within({ customerCount, siteCount, cost }: SiteCosts, radius: number): Coverage {
  const start = new Int32Array(customerCount + 1);
  const site: number[] = [];
  for (let customer = 0; customer < customerCount; customer++) {
    for (let s = 0; s < siteCount; s++) {
      if ((cost[s * customerCount + customer] as number) <= radius) site.push(s);
    }
    start[customer + 1] = site.length;
  }
  return { siteCount, demand: new Uint8Array(customerCount).fill(1), start, site };
}

function refuseUncovered({ demand, start }: Coverage): void {
  for (let customer = 0; customer < demand.length; customer++) {
    if (start[customer] === start[customer + 1]) {
      throw invalidParameter(
        'reach',
        `Customer ${customer + 1} has no site within reach; allow a longer way or offer more sites`,
      );
    }
  }
}
