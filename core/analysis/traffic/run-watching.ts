/** A run's progress in parts, and its end when nobody waits for it any more. */
import type { CancelSignal } from '../../cancel.ts';
import { TwinError } from '../../errors.ts';
import type { RunWatch } from '../model.ts';

/** A part of the whole run, told from 0 to 1; its progress never falls back. */
export function part(watch: RunWatch, from: number, to: number): RunWatch {
  let told = 0;
  return {
    progress: (share) => {
      told = Math.max(told, share);
      watch.progress(from + (to - from) * told);
    },
    isWanted: () => watch.isWanted(),
  };
}

/** On the way from a gap of 1 to a hundredth of the target, by orders of magnitude. */
export const nearness = (gap: number, targetGap: number): number =>
  Math.min(1, Math.max(0, Math.log(Math.min(1, Math.max(gap, 1e-16))) / Math.log(targetGap / 100)));

/** Tells progress within a part of the run. @throws TwinError conflict when nobody waits any more */
export function whileHeard(watch: RunWatch): (part: number) => void {
  const signal = whileWanted(watch);
  return (part) => {
    signal.throwIfAborted();
    watch.progress(part);
  };
}

/** Aborts with a conflict when nobody waits any more. */
export function whileWanted(watch: RunWatch): CancelSignal {
  const reason = new TwinError('conflict', 'Nobody waits for this run any more');
  return {
    get aborted() {
      return !watch.isWanted();
    },
    reason,
    throwIfAborted() {
      if (!watch.isWanted()) throw reason;
    },
    addEventListener: () => {},
    removeEventListener: () => {},
  };
}
