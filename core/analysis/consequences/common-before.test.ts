import { expect, it } from 'vitest';
import { commonBefore } from './common-before.ts';

const cell = (before: number | undefined, afterBound?: number) => ({
  scenario: 's',
  state: 'computed' as const,
  ...(before !== undefined && { before }),
  ...(afterBound !== undefined && { afterBound }),
});

it('is told where all scenarios start from the same value', () => {
  expect(commonBefore({ cells: [cell(undefined), cell(5, 1), cell(5, 2)] })).toEqual({ value: 5, bound: 1 });
});

it('is not told where each scenario speaks of its own land, or nobody measured it', () => {
  expect(commonBefore({ cells: [cell(0.642), cell(1.024)] })).toBeUndefined();
  expect(commonBefore({ cells: [cell(undefined)] })).toBeUndefined();
});
