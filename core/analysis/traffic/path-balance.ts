import type { CancelSignal } from '../../cancel.ts';
import type { LoadedLinks } from './loaded-links.ts';
import { NONE, type PathStore } from './path-store.ts';

const MOST_SWEEPS = 120;
/** Sweeps go on until the excess left among known paths is this part of the whole. */
const SWEEP_UNTIL = 0.01;

/** One sweep of so many looks at all pairs, the others only at those whose excess was so many times the mean. */
const WHOLE_EVERY = 12;
const LARGE = 4;

/** Links of a path for which there is room from the start. */
const USUAL_LENGTH = 64;

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
  /** Moves trips of a pair with a choice from its dearer paths to its cheapest. */
  equalise(pair: number, cost: Float64Array, pcu: number): void;
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

  const cheapestOf = (pair: number, cost: Float64Array): number => {
    const { links, start, length } = store;
    const [head, tail] = [store.sharedHead[pair] as number, store.sharedTail[pair] as number];
    let basic = NONE;
    let least = Number.POSITIVE_INFINITY;
    for (let path = store.firstPath[pair] as number; path !== NONE; path = store.nextPath[path] as number) {
      const begin = start[path] as number;
      const end = begin + (length[path] as number) - tail;
      let c = 0;
      for (let at = begin + head; at < end; at++) c += cost[links[at] as number] as number;
      if (c < least || basic === NONE) {
        basic = path;
        least = c;
      }
    }
    return basic;
  };

  const equalise = (pair: number, cost: Float64Array, pcu: number): void => {
    const { links, start, length, trips } = store;
    const basic = cheapestOf(pair, cost);
    // What all paths share changes no difference.
    const [head, tail] = [store.sharedHead[pair] as number, store.sharedTail[pair] as number];
    const basicBegin = (start[basic] as number) + head;
    const basicEnd = basicBegin + (length[basic] as number) - head - tail;
    const ofBasic = ++lastMark;
    for (let at = basicBegin; at < basicEnd; at++) mark[links[at] as number] = ofBasic;
    let excess = 0;
    let before = NONE;
    let following = NONE;
    for (let path = store.firstPath[pair] as number; path !== NONE; path = following) {
      following = store.nextPath[path] as number;
      if (path === basic) {
        before = path;
        continue;
      }
      const shared = ++lastMark;
      const begin = (start[path] as number) + head;
      const end = begin + (length[path] as number) - head - tail;
      let difference = 0;
      let steepness = 0;
      ownCount = 0;
      otherCount = 0;
      if (end - begin > own.length) own = new Int32Array(2 * (end - begin));
      if (basicEnd - basicBegin > others.length) others = new Int32Array(2 * (basicEnd - basicBegin));
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
      const here = trips[path] as number;
      if (difference > 0 && here > 0) {
        excess += here * difference;
        const newton = steepness > 0 ? difference / (steepness * pcu) : here;
        const moved = Math.min(newton, here);
        move(moved * pcu);
        trips[path] = here - moved;
        trips[basic] = (trips[basic] as number) + moved;
      }
      if (trips[path] === 0 && !balance.keepsEmpty) store.drop(pair, before, path);
      else before = path;
    }
    excessOf[pair] = excess;
  };

  const sweep: PathBalance['sweep'] = (choices, excess, signal) => {
    let left = 0;
    let pairCount = 0;
    for (const { pairs } of choices) {
      pairCount += pairs.length;
      for (const pair of pairs) left += excessOf[pair] as number;
    }
    for (let n = 1; n <= MOST_SWEEPS && left > SWEEP_UNTIL * excess; n++) {
      signal?.throwIfAborted();
      const isWhole = n % WHOLE_EVERY === 0;
      const least = (LARGE * left) / pairCount;
      left = 0;
      for (const { pairs, cost, pcu } of choices) {
        for (let at = 0; at < pairs.length; at++) {
          const pair = pairs[at] as number;
          // Most pairs are soon left with one path.
          if (store.nextPath[store.firstPath[pair] as number] === NONE) continue;
          if (isWhole || (excessOf[pair] as number) >= least) equalise(pair, cost, pcu);
          left += excessOf[pair] as number;
        }
      }
    }
  };

  const balance: PathBalance = { excessOf, keepsEmpty: false, equalise, sweep };
  return balance;
}
