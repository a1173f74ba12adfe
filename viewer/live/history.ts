import { effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import { LOADING, type Load } from '../state/load.ts';
import { TIME_STEP_MS } from '../state/shown-time.ts';
import { arrived } from './live-state.ts';
import { fetchSeries } from './series.ts';

/** Milliseconds since 1970 and value. */
export interface Reading {
  readonly atMs: number;
  readonly value: number;
}

/** Oldest first. */
export type History = Load<readonly Reading[]>;

export const HISTORY_MS = 86_400_000;

/**
 * What a datastream measured from a day before a stretch of time to its end, growing with what comes in.
 * Returns the signal and how to stop.
 */
export function openHistory(
  datastream: number,
  [fromMs, toMs]: readonly [number, number],
): {
  readonly history: { readonly value: History };
  stop(): void;
} {
  const history = signal<History>(LOADING);
  const leaving = new AbortController();
  const add = (more: readonly Reading[]) => {
    const before = history.peek();
    const known = before.kind === 'ready' ? before.value : [];
    const byTime = new Map([...known, ...more].map((reading) => [reading.atMs, reading]));
    history.value = { kind: 'ready', value: [...byTime.values()].toSorted((a, b) => a.atMs - b.atMs) };
  };
  const early: Reading[] = [];
  const stopArrivals = effect(() => {
    const fresh = arrived.value
      .filter((one) => one.datastream === datastream)
      .map(({ phenomenonTime, result }) => ({ atMs: Date.parse(phenomenonTime), value: result }));
    if (fresh.length === 0) return;
    if (history.peek().kind === 'ready') add(fresh);
    else early.push(...fresh);
  });
  const points = Math.ceil((toMs - fromMs + HISTORY_MS) / TIME_STEP_MS) + 1;
  fetchSeries([datastream], fromMs - HISTORY_MS, toMs, points, leaving.signal).then(
    ([series]) => {
      const known = (series?.times ?? []).flatMap((atMs, index): Reading[] => {
        const value = series?.values[index];
        return value === null || value === undefined ? [] : [{ atMs, value }];
      });
      add([...known, ...early]);
    },
    (error: unknown) => {
      if (leaving.signal.aborted) return;
      history.value = { kind: 'failed', reason: reasonOf(error) };
    },
  );
  return {
    history,
    stop: () => {
      stopArrivals();
      leaving.abort();
    },
  };
}
