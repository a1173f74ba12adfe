import { expect, it } from 'vitest';
import { moved, SPAN_MS, stretchOf, zoomed } from './chart-range.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = [NOW - SPAN_MS.day, NOW] as const;

it('lets a span end with the shown time', () => {
  expect(stretchOf({ span: 'week' }, NOW)).toEqual([NOW - 7 * SPAN_MS.day, NOW]);
  expect(stretchOf({ fromMs: 1, toMs: 2 }, NOW)).toEqual([1, 2]);
});

it('zooms about a moment, which stays where it is', () => {
  const about = NOW - SPAN_MS.day / 4;
  const range = zoomed(DAY, 0.5, about, NOW);
  const [from, to] = stretchOf(range, NOW);
  expect(to - from).toBe(SPAN_MS.day / 2);
  expect((about - from) / (to - from)).toBeCloseTo(0.75, 9);
});

it('neither zooms to nothing nor leaves what can be known', () => {
  const [near, nearEnd] = stretchOf(zoomed(DAY, 1e-9, NOW, NOW), NOW);
  expect(nearEnd - near).toBe(600_000);
  const [, far] = stretchOf(moved(DAY, 100 * SPAN_MS.day, NOW), NOW);
  expect(far).toBe(NOW + SPAN_MS.day / 10);
  expect(stretchOf(moved(DAY, -SPAN_MS.week, NOW), NOW)).toEqual([DAY[0] - SPAN_MS.week, NOW - SPAN_MS.week]);
});
