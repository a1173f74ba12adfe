import type { NearLists, SiteCosts } from './site-costs.ts';
import { CLOSED, OPEN } from './site-state.ts';

/** What the dual is asked about: sites that a branch has opened or closed, and how many are open in all. */
export interface DualProblem {
  readonly costs: SiteCosts;
  readonly near: NearLists;
  readonly p: number;
}

/** Workings of one bound, kept for the next. */
export interface DualBound {
  /** Prices of customers at the best bound of the last `raise`. */
  readonly prices: Float64Array;
  /** Reduced cost of each site at those prices: 0 or less. */
  readonly reduced: Float64Array;
  /** How often a site was among the chosen in the last rounds, 0 to 1: near to what the linear relaxation says. */
  readonly share: Float64Array;
  /**
   * Raises the bound from the given prices.
   * @param state FREE, OPEN or CLOSED by site
   * @returns the bound
   */
  raise(prices: Float64Array, state: Int8Array, options: RaiseOptions): number;
}

export interface RaiseOptions {
  /** The cost of the best solution known, by which steps are measured. */
  readonly target: () => number;
  readonly rounds: number;
  readonly step: number;
  /** Told of each round's sites and the best bound so far; false ends the search. */
  readonly onRound: (round: number, chosen: Int32Array, best: number) => boolean;
}

/** Rounds without a better bound before the steps are shortened. */
const PATIENCE = 15;
const SHORTER = 0.7;
const SHORTEST = 1e-3;
/** How much of the last direction the next one keeps; a plain subgradient zigzags. */
const MEMORY = 0.3;
const SHARE_MEMORY = 0.95;

/**
 * Lower bound of a p-median by Lagrangian relaxation of "each customer is served once" (Cornuéjols, Fisher and
 * Nemhauser 1977), its prices moved along deflected subgradients.
 */
export function dualBound({ costs: { customerCount, siteCount }, near, p }: DualProblem): DualBound {
  const prices = new Float64Array(customerCount);
  const reduced = new Float64Array(siteCount);
  const share = new Float64Array(siteCount);
  const now = new Float64Array(customerCount);
  const direction = new Float64Array(customerCount);
  const worth = new Float64Array(siteCount);
  const isChosen = new Uint8Array(siteCount);
  const order = new Int32Array(siteCount);
  const chosen = new Int32Array(p);

  const priceSites = () => {
    worth.fill(0);
    let total = 0;
    for (let customer = 0; customer < customerCount; customer++) {
      const price = now[customer] as number;
      total += price;
      const end = (customer + 1) * siteCount;
      for (let k = customer * siteCount; k < end; k++) {
        const saving = (near.cost[k] as number) - price;
        if (saving >= 0) break;
        const site = near.site[k] as number;
        worth[site] = (worth[site] as number) + saving;
      }
    }
    return total;
  };
  /** The p sites that a solution under these prices opens. @returns their reduced cost */
  const choose = (state: Int8Array) => {
    isChosen.fill(0);
    let [count, free, total] = [0, 0, 0];
    for (let site = 0; site < siteCount; site++) {
      if (state[site] === OPEN) {
        chosen[count++] = site;
        isChosen[site] = 1;
        total += worth[site] as number;
      } else if (state[site] !== CLOSED) {
        order[free++] = site;
      }
    }
    const byWorth = order.subarray(0, free).sort((a, b) => (worth[a] as number) - (worth[b] as number));
    for (let k = 0; count < p && k < free; k++) {
      const site = byWorth[k] as number;
      chosen[count++] = site;
      isChosen[site] = 1;
      total += worth[site] as number;
    }
    return total;
  };
  /** Moves along what the chosen sites serve too little or too often. @returns its squared length */
  const turn = () => {
    let length = 0;
    for (let customer = 0; customer < customerCount; customer++) {
      const price = now[customer] as number;
      let lack = 1;
      const end = (customer + 1) * siteCount;
      for (let k = customer * siteCount; k < end; k++) {
        if ((near.cost[k] as number) >= price) break;
        lack -= isChosen[near.site[k] as number] as number;
      }
      const next = lack + MEMORY * (direction[customer] as number);
      direction[customer] = next;
      length += next * next;
    }
    return length;
  };

  return {
    prices,
    reduced,
    share,
    raise(from, state, { target, rounds, step, onRound }) {
      now.set(from);
      direction.fill(0);
      share.fill(0);
      let [best, factor, idle] = [Number.NEGATIVE_INFINITY, step, 0];
      for (let round = 0; round < rounds; round++) {
        const bound = priceSites() + choose(state);
        for (let site = 0; site < siteCount; site++) {
          const seen = isChosen[site] as number;
          share[site] =
            round === 0 ? seen : SHARE_MEMORY * (share[site] as number) + (1 - SHARE_MEMORY) * seen;
        }
        if (bound > best) {
          idle = bound > best + 1e-4 * Math.abs(best) ? 0 : idle + 1;
          best = bound;
          prices.set(now);
          reduced.set(worth);
        } else {
          idle++;
        }
        if (!onRound(round, chosen, best)) break;
        if (idle >= PATIENCE) {
          factor *= SHORTER;
          idle = 0;
          if (factor < SHORTEST) break;
        }
        const length = turn();
        if (length === 0) break;
        const stride = (factor * (target() - bound)) / length;
        for (let customer = 0; customer < customerCount; customer++) {
          const most = near.cost[(customer + 1) * siteCount - 1] as number;
          const moved = (now[customer] as number) + stride * (direction[customer] as number);
          now[customer] = Math.max(0, Math.min(most, moved));
        }
      }
      return best;
    },
  };
}
