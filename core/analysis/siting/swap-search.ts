import type { Random } from '../../demo-city/random.ts';
import type { SiteCosts } from './site-costs.ts';
import { CLOSED, OPEN } from './site-state.ts';

/** A set of open sites, and each customer's nearest two of them. */
export interface SwapSearch {
  /** The total cost now. */
  readonly objective: number;
  /** The open sites now, in no order. */
  sites(): Int32Array;
  /** Opens exactly these sites. */
  open(sites: ArrayLike<number>): void;
  /** Exchanges one site for another while that lowers the cost, each time the best exchange there is. */
  descend(): void;
  /** Exchanges some sites at random. */
  shake(exchanges: number, random: Random): void;
  /** The exchange that costs least, whether or not it lowers the cost; undefined when none is allowed. */
  bestSwap(): Swap | undefined;
}

export interface Swap {
  readonly insert: number;
  readonly remove: number;
  /** The cost afterwards less the cost before. */
  readonly change: number;
}

/** Cheaper only by this is rounding. */
const ROUNDING = 1e-9;

/**
 * Interchange of medians (Teitz and Bart 1968) with gains and losses of all exchanges of a site found in one pass over
 * the customers (Resende and Werneck 2003).
 * @param costs none of them Infinity
 * @param state FREE, OPEN (never removed) or CLOSED (never inserted) by site; may change between calls
 */
export function swapSearch({ customerCount, siteCount, cost }: SiteCosts, state: Int8Array): SwapSearch {
  let open = new Int32Array(0);
  const place = new Int32Array(siteCount).fill(-1);
  const first = new Int32Array(customerCount);
  const toFirst = new Float64Array(customerCount);
  const toSecond = new Float64Array(customerCount);
  let loss = new Float64Array(0);
  let extra = new Float64Array(0);
  let objective = 0;
  /** In place of the second nearest when there is only one: Infinity less Infinity is no number. */
  const nowhere = 1 + cost.reduce((most, price) => Math.max(most, price), 0);

  const settle = (customer: number) => {
    let [nearest, best, next] = [-1, nowhere, nowhere];
    for (let k = 0; k < open.length; k++) {
      const price = cost[(open[k] as number) * customerCount + customer] as number;
      if (price < best) {
        next = best;
        best = price;
        nearest = k;
      } else if (price < next) {
        next = price;
      }
    }
    objective += best - (toFirst[customer] as number);
    first[customer] = nearest;
    toFirst[customer] = best;
    toSecond[customer] = next;
  };
  const settleAll = () => {
    objective = 0;
    toFirst.fill(0);
    for (let customer = 0; customer < customerCount; customer++) settle(customer);
  };
  const swap = (insert: number, remove: number) => {
    const at = place[remove] as number;
    open[at] = insert;
    place[remove] = -1;
    place[insert] = at;
    const [removed, inserted] = [remove * customerCount, insert * customerCount];
    for (let customer = 0; customer < customerCount; customer++) {
      const second = toSecond[customer] as number;
      if (
        first[customer] === at ||
        (cost[inserted + customer] as number) < second ||
        (cost[removed + customer] as number) <= second
      ) {
        settle(customer);
      }
    }
  };
  const bestSwap = (): Swap | undefined => {
    loss.fill(0);
    for (let customer = 0; customer < customerCount; customer++) {
      const at = first[customer] as number;
      loss[at] = (loss[at] as number) + (toSecond[customer] as number) - (toFirst[customer] as number);
    }
    let found: Swap | undefined;
    for (let insert = 0; insert < siteCount; insert++) {
      if (place[insert] !== -1 || state[insert] === CLOSED) continue;
      extra.fill(0);
      let gain = 0;
      const row = insert * customerCount;
      for (let customer = 0; customer < customerCount; customer++) {
        const second = toSecond[customer] as number;
        const price = cost[row + customer] as number;
        if (price >= second) continue;
        const nearest = toFirst[customer] as number;
        const at = first[customer] as number;
        if (price < nearest) {
          gain += nearest - price;
          extra[at] = (extra[at] as number) + second - nearest;
        } else {
          extra[at] = (extra[at] as number) + second - price;
        }
      }
      for (let k = 0; k < open.length; k++) {
        if (state[open[k] as number] === OPEN) continue;
        const change = (loss[k] as number) - (extra[k] as number) - gain;
        if (found === undefined || change < found.change) {
          found = { insert, remove: open[k] as number, change };
        }
      }
    }
    return found;
  };

  return {
    get objective() {
      return objective;
    },
    sites: () => open.slice(),
    open(sites) {
      place.fill(-1);
      open = Int32Array.from(sites);
      loss = new Float64Array(open.length);
      extra = new Float64Array(open.length);
      for (const [at, site] of open.entries()) place[site] = at;
      settleAll();
    },
    descend() {
      for (;;) {
        const best = bestSwap();
        if (best === undefined || best.change >= -ROUNDING * Math.max(1, objective)) break;
        swap(best.insert, best.remove);
      }
      settleAll();
    },
    shake(exchanges, random) {
      const others = [...place.keys()].filter((site) => place[site] === -1 && state[site] !== CLOSED);
      const movable = [...open].filter((site) => state[site] !== OPEN);
      for (let k = 0; k < exchanges && others.length > 0 && movable.length > 0; k++) {
        const [insert] = others.splice(random.integer(0, others.length - 1), 1);
        const [remove] = movable.splice(random.integer(0, movable.length - 1), 1);
        swap(insert as number, remove as number);
      }
    },
    bestSwap,
  };
}
