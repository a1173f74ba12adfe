import { expect, it } from 'vitest';
import { latestIn } from './tracks.ts';

const MINUTE = 60_000;
const at = Date.UTC(2026, 10, 21, 12);
const track = { times: [0, 5, 10].map((minutes) => at + minutes * MINUTE), values: [4, null, 6] };

it('finds the newest value up to a moment, past a gap but not over a long silence', () => {
  const resultAt = (minutes: number) => latestIn(track, at + minutes * MINUTE)?.result;
  expect([-1, 0, 4, 7, 10, 360].map(resultAt)).toEqual([undefined, 4, 4, 4, 6, 6]);
  expect(resultAt(371)).toBeUndefined();
  expect(latestIn(track, at + 7 * MINUTE)?.phenomenonTime).toBe('2026-11-21T12:00:00.000Z');
  expect(latestIn(undefined, at)).toBeNull();
});
