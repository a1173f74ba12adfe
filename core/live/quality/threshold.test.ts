import { expect, it } from 'vitest';
import { judgeThreshold, type ThresholdState } from './threshold.ts';

const ABOVE = { direction: 'above', enter: 100, leave: 80, afterS: 600 } as const;
const run = (limits: Parameters<typeof judgeThreshold>[0], values: readonly number[], tellFrom = 0) => {
  const state: ThresholdState = { sinceMs: undefined, stage: 'watching' };
  return values.map(
    (value, step) => judgeThreshold(limits, state, step * 300_000, value, step >= tellFrom) ?? '',
  );
};

it('tells once of an excess that lasts, and of its end only beyond the other value', () => {
  // Ten minutes are three values; 100 counts as beyond, 80 as left.
  expect(run(ABOVE, [99, 100, 120, 100, 90, 81, 105, 99, 80, 100])).toEqual([
    '',
    '',
    '',
    'raised',
    '',
    '',
    '',
    '',
    'over',
    '',
  ]);
});

it('does not tell of what did not last', () => {
  expect(run(ABOVE, [100, 100, 99, 100, 100, 79]).join('')).toBe('');
});

it('works downwards the same way, also without a time or a gap between the two values', () => {
  expect(run({ direction: 'below', enter: -15, leave: -13, afterS: 0 }, [-14, -15, -14, -13, -16])).toEqual([
    '',
    'raised',
    '',
    'over',
    'raised',
  ]);
  expect(run({ direction: 'above', enter: 5, leave: 5, afterS: 0 }, [5, 5, 4.9])).toEqual([
    'raised',
    '',
    'over',
  ]);
});

it('tells of what began long ago only when it still holds', () => {
  expect(run(ABOVE, [100, 100, 100, 70, 70, 70], 4).join('')).toBe('');
  expect(run(ABOVE, [100, 100, 100, 100, 90], 4)).toEqual(['', '', '', '', 'raised']);
});
