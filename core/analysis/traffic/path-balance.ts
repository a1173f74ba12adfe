import type { CancelSignal } from '../../cancel.ts';
import type { LoadedLinks } from './loaded-links.ts';
import { NONE, type PathStore } from './path-store.ts';

const MOST_SWEEPS = 120;
/** Sweeps go on until the excess left among known paths is this part of the whole. */
const SWEEP_UNTIL = 0.02;

/** One sweep of so many, from the first on, looks at all pairs, the others only at those whose excess was so many times the mean. */
const WHOLE_EVERY = 12;
const LARGE = 4;
/** Trips of a pair stay where they are when its excess is below this part of the mean; together less than sweeps leave. */
const NEGLIGIBLE = 0.005;

/** Links of a path for which there is room from the start. */
const USUAL_LENGTH = 64;
const USUAL_PATHS = 16;

interface Balanced {
  readonly store: PathStore;
  readonly links: LoadedLinks;
}

/** Pairs of one class that have more than one path. */
interface Choices {
  readonly pairs: readonly number[];
  readonly cost: Float64Array;
  readonly pcu: number;
}

export interface PathBalance {
  /** By pair with a choice: Σ trips · (cost − cheapest) when it was last looked at. */
  readonly excessOf: Float64Array;
  /** While true, paths stay known when their last trips leave them. */
  keepsEmpty: boolean;
  /** Moves trips of a pair with a choice from its dearer paths to its cheapest, unless its excess is negligible. */
  equalise(pair: number, cost: Float64Array, pcu: number, negligible: number): void;
  /** Equalises pair after pair, mostly those with much to gain, until little is left of an excess over the cheapest paths. */
  sweep(choices: readonly Choices[], excess: number, signal: CancelSignal | undefined): void;
}

/**
 * Newton steps between the paths of a pair: what is moved is the difference of costs over the sum of slopes on the
 * links that the two paths do not share, and never more than there is.
 */
export function pathBalance({ store, links: { flow, slope, refresh } }: Balanced): PathBalance {
  // A link with a mark from `ofBasic` on is one of the cheapest path; with `shared`, also of the path at hand.
  const mark = new Float64Array(flow.length);
  let lastMark = 0;
  const excessOf = new Float64Array(store.firstPath.length);

  // The links of the path at hand that are none of the cheapest, and the other way round.
  let own = new Int32Array(USUAL_LENGTH);
  let others = new Int32Array(USUAL_LENGTH);
  let [ownCount, otherCount] = [0, 0];
  /** Moves volume from the one to the other. */
  const move = (volume: number): void => {
    for (let at = 0; at < ownCount; at++) {
      const link = own[at] as number;
      flow[link] = Math.max(0, (flow[link] as number) - volume);
      refresh(link);
    }
    for (let at = 0; at < otherCount; at++) {
      const link = others[at] as number;
      flow[link] = (flow[link] as number) + volume;
      refresh(link);
    }
  };

  // What the paths of the pair at hand cost between the links that all of them share.
  let pathCost = new Float64Array(USUAL_PATHS);

  const equalise = (pair: number, cost: Float64Array, pcu: number, negligible: number): void => {
    const { links, start, length, trips, nextPath } = store;
    const head = store.sharedHead[pair] as number;
    const tail = store.sharedTail[pair] as number;
    let basic = NONE;
    let least = Number.POSITIVE_INFINITY;
    let count = 0;
    for (let path = store.firstPath[pair] as number; path !== NONE; path = nextPath[path] as number) {
      const begin = (start[path] as number) + head;
      const end = (start[path] as number) + (length[path] as number) - tail;
      let c = 0;
      for (let at = begin; at < end; at++) c += cost[links[at] as number] as number;
      if (count === pathCost.length) pathCost = widened(pathCost);
      pathCost[count++] = c;
      if (c < least || basic === NONE) {
        basic = path;
        least = c;
      }
    }
    let excess = 0;
    count = 0;
    for (let path = store.firstPath[pair] as number; path !== NONE; path = nextPath[path] as number) {
      const here = trips[path] as number;
      if (here > 0) excess += here * ((pathCost[count] as number) - least);
      count++;
    }
    excessOf[pair] = excess;
    if (excess > negligible) moveTo(basic, pair, head, tail, cost, pcu);
    if (!balance.keepsEmpty) dropEmpty(pair, basic);
  };

  /** Forgets the paths of a pair without trips, but not the cheapest. */
  const dropEmpty = (pair: number, basic: number): void => {
    let before = NONE;
    let following = NONE;
    for (let path = store.firstPath[pair] as number; path !== NONE; path = following) {
      following = store.nextPath[path] as number;
      if (path !== basic && store.trips[path] === 0) store.drop(pair, before, path);
      else before = path;
    }
  };

  /** Newton steps from each path to the cheapest. */
  const moveTo = (
    basic: number,
    pair: number,
    head: number,
    tail: number,
    cost: Float64Array,
    pcu: number,
  ): void => {
    const { links, start, length, trips, nextPath } = store;
    const basicBegin = (start[basic] as number) + head;
    const basicEnd = (start[basic] as number) + (length[basic] as number) - tail;
    const ofBasic = ++lastMark;
    for (let at = basicBegin; at < basicEnd; at++) mark[links[at] as number] = ofBasic;
    if (basicEnd - basicBegin > others.length) others = new Int32Array(2 * (basicEnd - basicBegin));
    for (let path = store.firstPath[pair] as number; path !== NONE; path = nextPath[path] as number) {
      const here = trips[path] as number;
      if (path === basic || here === 0) continue;
      const shared = ++lastMark;
      const begin = (start[path] as number) + head;
      const end = (start[path] as number) + (length[path] as number) - tail;
      if (end - begin > own.length) own = new Int32Array(2 * (end - begin));
      let difference = 0;
      let steepness = 0;
      ownCount = 0;
      otherCount = 0;
      for (let at = begin; at < end; at++) {
        const link = links[at] as number;
        if ((mark[link] as number) >= ofBasic) mark[link] = shared;
        else {
          own[ownCount++] = link;
          difference += cost[link] as number;
          steepness += slope[link] as number;
        }
      }
      for (let at = basicBegin; at < basicEnd; at++) {
        const link = links[at] as number;
        if (mark[link] === shared) continue;
        others[otherCount++] = link;
        difference -= cost[link] as number;
        steepness += slope[link] as number;
      }
      if (!(difference > 0)) continue;
      const newton = steepness > 0 ? difference / (steepness * pcu) : here;
      const moved = Math.min(newton, here);
      move(moved * pcu);
      trips[path] = here - moved;
      trips[basic] = (trips[basic] as number) + moved;
    }
  };

  const sweep: PathBalance['sweep'] = (choices, excess, signal) => {
    let left = 0;
    let pairCount = 0;
    for (const { pairs } of choices) {
      pairCount += pairs.length;
      for (const pair of pairs) left += excessOf[pair] as number;
    }
    const negligible = (NEGLIGIBLE * excess) / pairCount;
    for (let n = 1; n <= MOST_SWEEPS && (n === 1 || left > SWEEP_UNTIL * excess); n++) {
      signal?.throwIfAborted();
      const isWhole = n % WHOLE_EVERY === 1;
      const least = (LARGE * left) / pairCount;
      left = 0;
      for (const { pairs, cost, pcu } of choices) {
        for (let at = 0; at < pairs.length; at++) {
          const pair = pairs[at] as number;
          // Most pairs are soon left with one path.
          if (store.nextPath[store.firstPath[pair] as number] === NONE) continue;
          if (isWhole || (excessOf[pair] as number) >= least) equalise(pair, cost, pcu, negligible);
          left += excessOf[pair] as number;
        }
      }
    }
  };

  const balance: PathBalance = { excessOf, keepsEmpty: false, equalise, sweep };
  return balance;
}

const widened = (array: Float64Array): Float64Array<ArrayBuffer> => {
  const wider = new Float64Array(2 * array.length);
  wider.set(array);
  return wider;
};
