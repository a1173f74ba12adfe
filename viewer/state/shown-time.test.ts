import { beforeEach, expect, it } from 'vitest';
import { wantedCity } from './shown-city.ts';
import { cityDay, goTo, goToNow, shownTime, timeWindow, windowSpan } from './shown-time.ts';

/** 22 November 2026, 13:02 in Poznań. */
const NOW = Date.UTC(2026, 10, 22, 12, 2);
const HOUR = 3_600_000;

beforeEach(() => {
  goToNow();
  wantedCity.value = {};
});

it('lies on a grid of five minutes, and belongs to the day by the clock of the city', () => {
  goTo(Date.UTC(2026, 10, 22, 9, 58, 30), NOW);
  expect(shownTime.value).toBe(Date.UTC(2026, 10, 22, 9, 55));
  expect([cityDay(Date.UTC(2026, 10, 21, 22, 59)), cityDay(Date.UTC(2026, 10, 21, 23))]).toEqual([
    '2026-11-21',
    '2026-11-22',
  ]);
});

it('keeps the last 24 hours in reach until it leaves them, then a whole day', () => {
  expect(windowSpan({ kind: 'recent' }, NOW)).toEqual([
    Date.UTC(2026, 10, 21, 12, 5),
    Date.UTC(2026, 10, 22, 12),
  ]);
  goTo(NOW - 20 * HOUR, NOW);
  expect(timeWindow.value).toEqual({ kind: 'recent' });
  goTo(NOW - 50 * HOUR, NOW);
  expect(timeWindow.value).toEqual({ kind: 'day', day: '2026-11-20' });
  expect(windowSpan(timeWindow.value, NOW)).toEqual([
    Date.UTC(2026, 10, 19, 23),
    Date.UTC(2026, 10, 20, 22, 55),
  ]);
  goTo(NOW - HOUR, NOW);
  expect(timeWindow.value).toEqual({ kind: 'recent' });
});

it('knows that a day in which clocks change has 23 or 25 hours', () => {
  const [from, to] = windowSpan({ kind: 'day', day: '2026-10-25' }, NOW);
  expect([from, to]).toEqual([Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 22, 55)]);
});

it('leaves the registers alone, unless a day of theirs is shown: then they go along', () => {
  goTo(NOW - 50 * HOUR, NOW);
  expect(wantedCity.value).toEqual({});
  wantedCity.value = { at: '2026-11-20' };
  goTo(NOW - 80 * HOUR, NOW);
  expect(wantedCity.value).toEqual({ at: '2026-11-19' });
  goTo(NOW - HOUR, NOW);
  expect(wantedCity.value).toEqual({});
});
