/** What the service is asked for, as the screen knows it. */
import { effect, type Signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';

/** Not here yet, here, or why it is not. */
export type Load<T> =
  | {
      readonly kind: 'loading';
      /** What was read before, for who still shows it. */
      readonly before?: T | undefined;
    }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string };

export const LOADING = { kind: 'loading' } as const;

/** What was read last, also while the next answer is awaited. */
export const lastOf = <T>(load: Load<T>): T | undefined =>
  load.kind === 'ready' ? load.value : load.kind === 'loading' ? load.before : undefined;

/**
 * Reads into a signal. What was read before stays on the screen when a later reading fails.
 * @param isWanted whether the answer still is: one that was overtaken is dropped
 */
export async function loadInto<T>(
  into: Signal<Load<T>>,
  read: () => Promise<T>,
  isWanted: () => boolean = () => true,
): Promise<void> {
  try {
    const value = await read();
    if (isWanted()) into.value = { kind: 'ready', value };
  } catch (error) {
    if (!isWanted() || into.peek().kind === 'ready') return;
    into.value = { kind: 'failed', reason: reasonOf(error) };
  }
}

/**
 * Keeps an answer in step with a question: a new one ends the reading for the one before.
 * @param question what is to be read, from signals; undefined = nothing is asked
 * @param pauseMs how long a question must rest before it is asked
 * @param pace steady: the first is asked at once, and while it goes on changing one each `pauseMs`
 * @returns how to stop; nothing is known then
 */
export function loadAlong<T>(
  into: Signal<Load<T>>,
  question: () => ((abort: AbortSignal) => Promise<T>) | undefined,
  pauseMs = 0,
  pace: 'rested' | 'steady' = 'rested',
): () => void {
  let askedMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  const end = () => {
    clearTimeout(timer);
    reading?.abort();
    into.value = LOADING;
  };
  const ask = (read: (abort: AbortSignal) => Promise<T>) => {
    askedMs = performance.now();
    reading?.abort();
    const mine = new AbortController();
    reading = mine;
    into.value = { kind: 'loading', before: lastOf(into.peek()) };
    void loadInto(
      into,
      () => read(mine.signal),
      () => !mine.signal.aborted,
    );
  };
  const stop = effect(() => {
    const read = question();
    clearTimeout(timer);
    const waitMs = pace === 'rested' ? pauseMs : Math.max(0, askedMs + pauseMs - performance.now());
    if (read) timer = setTimeout(ask, waitMs, read);
    else end();
  });
  return () => {
    stop();
    end();
  };
}
