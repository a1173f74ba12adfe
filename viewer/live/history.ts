import { effect, signal } from '@preact/signals';
import { getJson } from '../api/city-api.ts';
import { arrived } from './live-state.ts';

/** Milliseconds since 1970 and value. */
export interface Reading {
  readonly atMs: number;
  readonly value: number;
}

export type History =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Oldest first. */
  | { readonly kind: 'ready'; readonly readings: readonly Reading[] };

export const HISTORY_MS = 86_400_000;
const MOST_READINGS = 1_000;

interface StaObservations {
  readonly value: readonly {
    readonly phenomenonTime: string;
    readonly result: number;
    readonly parameters: { readonly flags?: readonly string[] };
  }[];
}

/** The last day of a datastream, growing with what comes in. Returns the signal and how to stop. */
export function openHistory(datastream: number): {
  readonly history: { readonly value: History };
  stop(): void;
} {
  const history = signal<History>({ kind: 'loading' });
  const leaving = new AbortController();
  const add = (more: readonly Reading[]) => {
    const known =
      history.peek().kind === 'ready' ? (history.peek() as { readings: readonly Reading[] }).readings : [];
    const byTime = new Map([...known, ...more].map((reading) => [reading.atMs, reading]));
    const readings = [...byTime.values()].toSorted((a, b) => a.atMs - b.atMs);
    history.value = { kind: 'ready', readings };
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
  const query = new URLSearchParams({ $orderby: 'phenomenonTime desc', $top: String(MOST_READINGS) });
  getJson<StaObservations>(`sta/v1.1/Datastreams(${datastream})/Observations?${query}`, leaving.signal).then(
    ({ value }) => {
      const sound = value.filter(({ parameters }) => !parameters.flags?.includes('future'));
      add([
        ...sound.map(({ phenomenonTime, result }) => ({
          atMs: Date.parse(phenomenonTime.split('/')[0] ?? ''),
          value: result,
        })),
        ...early,
      ]);
    },
    (error: unknown) => {
      if (leaving.signal.aborted) return;
      history.value = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
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
