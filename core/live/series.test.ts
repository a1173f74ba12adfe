import { describe, expect, it } from 'vitest';
import { type SeriesPoint, stepsFor, withGaps } from './series.ts';

const DAY_S = 86_400;
const keeps = { raw: true, fiveMinutes: true };
const best = (days: number, expectedIntervalS?: number, kept = keeps) =>
  stepsFor({ spanS: days * DAY_S, points: 800, expectedIntervalS, keeps: kept })[0];

describe('the step of a series', () => {
  it('is the finest that gives no more points than wanted', () => {
    expect([0.5, 2, 30, 400].map((days) => best(days, 300))).toEqual(['raw', 'raw', 'hour', 'day']);
    expect(best(2, 10)).toBe('5min');
    expect(best(10_000, 10)).toBe('day');
  });

  it('is never finer than the values, and never what is not kept any more', () => {
    expect(best(90, 6 * 3_600)).toBe('raw');
    expect(best(30, 7_200, { raw: false, fiveMinutes: true })).toBe('day');
    expect(best(2, 300, { raw: false, fiveMinutes: true })).toBe('5min');
    expect(best(2, 300, { raw: false, fiveMinutes: false })).toBe('hour');
  });

  it('tries single values where nobody knows how many there are', () => {
    expect(stepsFor({ spanS: 30 * DAY_S, points: 800, expectedIntervalS: undefined, keeps })).toEqual([
      'raw',
      'hour',
      'day',
    ]);
  });
});

describe('gaps', () => {
  const at = (...minutes: number[]): SeriesPoint[] =>
    minutes.map((minute) => ({ atMs: minute * 60_000, value: 1, min: 1, max: 1, count: 1, odd: 0 }));
  const emptyMinutes = (points: readonly SeriesPoint[]) =>
    points.filter(({ value }) => value === null).map(({ atMs }) => atMs / 60_000);

  it('are empty points, one for each missing stretch', () => {
    expect(emptyMinutes(withGaps(at(0, 60, 240), 'hour', 600))).toEqual([120, 180]);
    expect(emptyMinutes(withGaps(at(0, 1_440, 1_440 * 3 + 60), 'day', 600))).toEqual([2_880]);
  });

  it('are one empty point between single values', () => {
    expect(emptyMinutes(withGaps(at(0, 10, 60), 'raw', 600))).toEqual([20]);
  });

  it('are none where the next value may still come, or nobody knows when it should', () => {
    expect(emptyMinutes(withGaps(at(0, 21), 'raw', 600))).toEqual([]);
    expect(emptyMinutes(withGaps(at(0, 10), '5min', 300))).toEqual([]);
    expect(emptyMinutes(withGaps(at(0, 500), 'raw', undefined))).toEqual([]);
  });
});
