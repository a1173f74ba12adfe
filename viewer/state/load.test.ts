import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LOADING, type Load, lastOf, loadAlong } from './load.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A question that changes every 20 ms; which of its states are asked, and when. */
async function askedOf(
  pace: 'rested' | 'steady',
): Promise<readonly (readonly [ms: number, state: number])[]> {
  const state = signal(0);
  const answer = signal<Load<number>>(LOADING);
  const asked: [number, number][] = [];
  const beganMs = performance.now();
  const stop = loadAlong(
    answer,
    () => {
      const now = state.value;
      return async () => {
        asked.push([Math.round(performance.now() - beganMs), now]);
        return now;
      };
    },
    100,
    pace,
  );
  for (let change = 1; change <= 12; change++) {
    await vi.advanceTimersByTimeAsync(20);
    state.value = change;
  }
  await vi.advanceTimersByTimeAsync(500);
  expect(lastOf(answer.value)).toBe(12);
  stop();
  return asked;
}

it('asks a question that goes on changing when it rests', async () => {
  expect(await askedOf('rested')).toEqual([[340, 12]]);
});

it('asks it steadily on the way, at once at first, and always what it came to at last', async () => {
  expect(await askedOf('steady')).toEqual([
    [0, 0],
    [100, 4],
    [200, 9],
    [300, 12],
  ]);
});
