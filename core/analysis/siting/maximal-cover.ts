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
  const stays = new Set(existing);
  refuseBadCount(p, stays.size, coverage.siteCount);
  const others = Array.from({ length: coverage.siteCount }, (_, site) => site).filter(
    (one) => !stays.has(one),
  );
  const { costs, reachable, open } = costsOfCover(coverage, stays, others);
  if (p === stays.size || open === 0) {
    const sites = [...stays, ...others.slice(0, p - stays.size)].sort((a, b) => a - b);
    return { sites, objective: reachable - open, bound: reachable - open, isProven: true, gap: 0 };
  }
  const answer = solvePMedian(
    { costs, p: p - stays.size, seed },
    {
      isWanted: () => watch.isWanted(),
      onBetter: (left, bound) => watch.onBetter?.(reachable - left, reachable - Math.max(0, bound)),
    },
  );
  const whole = (chosen: readonly number[]) =>
    [...stays, ...chosen.map((one) => others[one] as number)].sort((a, b) => a - b);
  const [objective, bound] = [reachable - answer.objective, reachable - answer.bound];
  const { runnerUp } = answer;
  return {
    sites: whole(answer.sites),
    objective,
    bound,
    isProven: answer.isProven,
    gap: answer.isProven ? 0 : relativeGap(objective, bound),
    runnerUp: runnerUp && { sites: whole(runnerUp.sites), objective: reachable - runnerUp.objective },
  };
}

/**
 * Customers with the same sites within reach are one; those that a site covers which stays anyway cost nothing whatever
 * is opened, those that no site covers are left out.
 * @param others the sites that may be opened; the costs count them from 0
 * @returns what it costs not to cover them, the demand that can be covered at all, and how much of it none that stays covers
 */
function costsOfCover(
  { demand, start, site }: Coverage,
  stays: ReadonlySet<number>,
  others: readonly number[],
): { readonly costs: SiteCosts; readonly reachable: number; readonly open: number } {
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
  const place = new Map(others.map((one, index) => [one, index]));
  const cost = new Float64Array(others.length * list.length);
  let open = 0;
  for (const [customer, { sites, weight }] of list.entries()) {
    open += weight;
    for (let s = 0; s < others.length; s++) cost[s * list.length + customer] = weight;
    for (const one of sites) cost[(place.get(one) as number) * list.length + customer] = 0;
  }
  return { costs: { customerCount: list.length, siteCount: others.length, cost }, reachable, open };
}

function refuseBadCount(p: number, staying: number, siteCount: number): void {
  if (!Number.isInteger(p) || p < 1) throw invalidParameter('p', `p is ${p}; open at least one site`);
  if (p > siteCount) {
    throw invalidParameter('p', `p is ${p} and there are ${siteCount} sites; open fewer or offer more sites`);
  }
  if (staying > p) {
    throw invalidParameter('p', `p is ${p} and ${staying} sites stay; count those that stay in p`);
  }
}
