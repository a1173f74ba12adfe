import { expect, it } from 'vitest';
import { curveOf } from './chart-geometry.ts';

const BOX = { width: 100, height: 50, fromMs: 0, toMs: 1_000_000 };
const readings = (...pairs: readonly [number, number][]) =>
  pairs.map(([atS, value]) => ({ atMs: atS * 1000, value }));

it('draws values where their times are, the highest at the top', () => {
  const curve = curveOf(readings([0, 1], [500, 3], [1000, 2]), 600, BOX);
  expect(curve).toEqual({ low: 1, high: 3, stretches: ['M0.0 50.0L50.0 0.0L100.0 25.0'] });
});

it('leaves a gap where values are missing', () => {
  const curve = curveOf(readings([0, 1], [100, 1], [800, 3]), 100, BOX);
  expect(curve?.stretches).toEqual(['M0.0 50.0L10.0 50.0', 'M80.0 0.0h0.01']);
});

it('draws a value that never changes in the middle, and nothing of another day', () => {
  expect(curveOf(readings([0, 7], [100, 7]), 100, BOX)?.stretches).toEqual(['M0.0 25.0L10.0 25.0']);
  expect(curveOf(readings([-5, 7], [1001, 7]), 100, BOX)).toBeUndefined();
});
