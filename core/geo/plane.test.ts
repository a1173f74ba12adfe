import { expect, it } from 'vitest';
import { clipConvex, type Xy } from './plane.ts';

const SQUARE: readonly Xy[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];

it('cuts a square in two along a line between its corners', () => {
  expect(clipConvex(SQUARE, 1, 0, -4)).toEqual([
    [4, 0],
    [10, 0],
    [10, 10],
    [4, 10],
  ]);
});

it.each([
  ['along a side', [1, 0, 0], 4],
  ['through two corners', [1, -1, 0], 3],
  ['through one corner from outside', [-1, -1, 20], 4],
] as const)('keeps no corner twice when the line runs %s', (_, [a, b, c], corners) => {
  const kept = clipConvex(SQUARE, a, b, c);
  expect(kept).toHaveLength(corners);
  expect(new Set(kept.map(String)).size).toBe(corners);
});

it('does not lose a corner that lies behind the line by a rounding', () => {
  const kept = clipConvex(SQUARE, 1, 0, -1e-17 - Number.EPSILON);
  expect(kept.length).toBeGreaterThanOrEqual(4);
});
