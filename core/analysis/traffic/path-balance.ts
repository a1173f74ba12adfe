import type { CancelSignal } from '../../cancel.ts';
import type { LoadedLinks } from './loaded-links.ts';
import { NONE, type PathStore } from './path-store.ts';

/** Sweeps end with a whole one. */
const MOST_SWEEPS = 121;
/** Sweeps go on until the excess left among known paths is this part of the whole. */
const SWEEP_UNTIL = 0.01;

/** A sweep of so many looks at all pairs, the others only at those whose excess was so many times the mean. */
const WHOLE_EVERY = 12;
const LARGE = 4;

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
  /** Moves trips of a pair with a choice from its dearer paths to its cheapest. @returns Σ trips · (cost − cheapest) before */
  equalise(pair: number, cost: Float64Array, pcu: number): number;
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

  const equalise = (pair: number, cost: Float64Array, pcu: number): number => {
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
      for (let at = begin; at < end; at++) {
        const link = links[at] as number;
        if ((mark[link] as number) >= ofBasic) mark[link] = shared;
        else {
          difference += cost[link] as number;
          steepness += slope[link] as number;
        }
      }
      for (let at = basicBegin; at < basicEnd; at++) {
        const link = links[at] as number;
        if (mark[link] === shared) continue;
        difference -= cost[link] as number;
        steepness += slope[link] as number;
      }
      const here = trips[path] as number;
      if (difference > 0 && here > 0) {
        excess += here * difference;
        const newton = steepness > 0 ? difference / (steepness * pcu) : here;
        const moved = Math.min(newton, here);
        const volume = moved * pcu;
        for (let at = begin; at < end; at++) {
          const link = links[at] as number;
          if ((mark[link] as number) >= ofBasic) continue;
          flow[link] = Math.max(0, (flow[link] as number) - volume);
          refresh(link);
        }
        for (let at = basicBegin; at < basicEnd; at++) {
          const link = links[at] as number;
          if (mark[link] === shared) continue;
          flow[link] = (flow[link] as number) + volume;
          refresh(link);
        }
        trips[path] = here - moved;
        trips[basic] = (trips[basic] as number) + moved;
      }
      if (trips[path] === 0) store.drop(pair, before, path);
      else before = path;
    }
    return excess;
  };

  return {
    equalise,
    sweep(choices, excess, signal) {
      const known = choices.map(({ pairs }) => new Float64Array(pairs.length));
      const pairCount = choices.reduce((sum, { pairs }) => sum + pairs.length, 0);
      let least = 0;
      for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
        signal?.throwIfAborted();
        const isWhole = sweep % WHOLE_EVERY === 0;
        let left = 0;
        for (const [k, { pairs, cost, pcu }] of choices.entries()) {
          const own = known[k] as Float64Array;
          for (let at = 0; at < pairs.length; at++) {
            const pair = pairs[at] as number;
            // Most pairs are left with one path after the first sweep.
            if (store.nextPath[store.firstPath[pair] as number] === NONE) continue;
            if (isWhole || (own[at] as number) >= least) own[at] = equalise(pair, cost, pcu);
            left += own[at] as number;
          }
        }
        if (isWhole && left <= SWEEP_UNTIL * excess) return;
        least = (LARGE * left) / pairCount;
      }
    },
  };
}
