import { expect, it } from 'vitest';
import { aligned, axesOf, valueAt } from './chart-data.ts';
import type { Series } from './series.ts';

const series = (datastream: number, ...points: readonly [number, number | null][]): Series => ({
  datastream,
  step: 'raw',
  times: points.map(([at]) => at),
  values: points.map(([, value]) => value),
  lows: points.map(([, value]) => value && value - 1),
  highs: points.map(([, value]) => value && value + 1),
  counts: points.map(([, value]) => (value === null ? 0 : 1)),
});

it('puts curves on one axis of time, where a gap is null and a foreign time is nothing', () => {
  const { times, curves } = aligned([series(1, [10, 5], [30, null], [50, 7]), series(2, [20, 8], [30, 9])]);
  expect(times).toEqual([10, 20, 30, 50]);
  expect(curves.map(({ values }) => values)).toEqual([
    [5, undefined, null, 7],
    [undefined, 8, 9, undefined],
  ]);
  expect(curves[0]?.lows).toEqual([4, undefined, null, 6]);
  expect(curves[1]?.highs).toEqual([undefined, 9, 10, undefined]);
});

it('tells the value of a moment: that of the step it lies in, and none in a gap', () => {
  const one = series(1, [10, 5], [30, null], [50, 7]);
  expect([9, 10, 29, 30, 49, 50, 99].map((atMs) => valueAt(one, atMs))).toEqual([
    null,
    5,
    5,
    null,
    null,
    7,
    7,
  ]);
});

it('gives each unit one axis, in the order of the curves', () => {
  expect(axesOf(['µg/m³', '°C', 'µg/m³'])).toEqual(['µg/m³', '°C']);
});
