/**
 * Maximal covering (Church and ReVelle 1974): which p sites to open so that as much demand as can be has one within
 * reach. It is a p-median in which a customer costs nothing when covered and all its demand when not.
 */
import { invalidParameter } from '../../errors.ts';
import { solvePMedian } from './p-median.ts';
import type { SiteCosts } from './site-costs.ts';
import { relativeGap, type SitingAnswer, type SitingWatch } from './siting-answer.ts';

/** Who has which sites within reach. */
export interface Coverage {
  readonly siteCount: number;
  /** By customer, 0 or more: how many people live there. */
  readonly demand: ArrayLike<number>;
  /** The sites within reach of customer c are `site[start[c]]` up to, without, `site[start[c + 1]]`. */
  readonly start: ArrayLike<number>;
  readonly site: ArrayLike<number>;
}

export interface MaximalCoverQuestion {
  readonly coverage: Coverage;
  /** How many sites are open in the end. */
  readonly p: number;
  /** Sites that are there and stay, counted in p. */
  readonly existing?: readonly number[];
  readonly seed?: number;
}

/**
 * @returns the demand covered, the bound being no less
 * @throws TwinError invalid-parameter when p does not go with the sites or a demand is negative
 */
export function solveMaximalCover(
  { coverage, p, existing = [], seed = 1 }: MaximalCoverQuestion,
  watch: SitingWatch,
): SitingAnswer {
  const { costs, reachable } = costsOfCover(coverage, new Set(existing));
  const answer = solvePMedian(
    { costs, p, existing, seed },
    {
      isWanted: () => watch.isWanted(),
      onBetter: (left, bound) => watch.onBetter?.(reachable - left, reachable - Math.max(0, bound)),
    },
  );
  const [objective, bound] = [reachable - answer.objective, reachable - answer.bound];
  const { runnerUp } = answer;
  return {
    ...answer,
    objective,
    bound,
    gap: answer.isProven ? 0 : relativeGap(objective, bound),
    runnerUp: runnerUp && { sites: runnerUp.sites, objective: reachable - runnerUp.objective },
  };
}

/**
 * Customers with the same sites within reach are one; those that a site covers which stays anyway cost nothing whatever
 * is opened, those that no site covers are left out.
 * @returns what it costs not to cover them, and the demand that can be covered at all
 */
function costsOfCover(
  { siteCount, demand, start, site }: Coverage,
  stays: ReadonlySet<number>,
): { readonly costs: SiteCosts; readonly reachable: number } {
  const groups = new Map<string, { readonly sites: readonly number[]; weight: number }>();
  let reachable = 0;
  for (let customer = 0; customer < demand.length; customer++) {
    const weight = demand[customer] as number;
    if (!(weight >= 0)) {
      throw invalidParameter(
        'demand',
        `The demand of customer ${customer + 1} is ${weight}; it must be 0 or more`,
      );
    }
    const sites: number[] = [];
    for (let k = start[customer] as number; k < (start[customer + 1] as number); k++) {
      sites.push(site[k] as number);
    }
    if (weight === 0 || sites.length === 0) continue;
    reachable += weight;
    if (sites.some((one) => stays.has(one))) continue;
    const key = sites.sort((a, b) => a - b).join();
    const group = groups.get(key);
    if (group) group.weight += weight;
    else groups.set(key, { sites, weight });
  }
  const list = [...groups.values()];
  const cost = new Float64Array(siteCount * list.length);
  for (const [customer, { sites, weight }] of list.entries()) {
    for (let s = 0; s < siteCount; s++) cost[s * list.length + customer] = weight;
    for (const s of sites) cost[s * list.length + customer] = 0;
  }
  return { costs: { customerCount: list.length, siteCount, cost }, reachable };
}
