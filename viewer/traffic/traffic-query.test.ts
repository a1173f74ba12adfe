import { expect, it } from 'vitest';
import {
  FIRST_TRAFFIC,
  gapOfProgress,
  parametersOf,
  reachedGap,
  readTraffic,
  type TrafficAsk,
  writeTraffic,
} from './traffic-query.ts';

const ASKED: TrafficAsk = {
  ...{
    hour: 16,
    gap: 1e-8,
    principle: 'system',
    delay: 'conical',
    elasticity: 0.5,
    demand: 1.2,
    fit: 'matrix',
    prior: 0.5,
    minutes: { work: 25, freight: 12.5 },
    isMapped: true,
  },
  ...{ obstructionsAt: '2026-11-22T07:00Z', map: 'difference', isRun: true, why: 'a;b:c/ż+' },
};

it('writes the question of traffic into the link and reads it back', () => {
  expect(readTraffic(writeTraffic(ASKED))).toEqual(ASKED);
  expect(readTraffic(writeTraffic(FIRST_TRAFFIC))).toEqual(FIRST_TRAFFIC);
  expect(writeTraffic(FIRST_TRAFFIC)).toBe('hour:7');
});

it('leaves out of a link what it does not understand', () => {
  expect(
    readTraffic(
      'hour:25;gap:5;aim:none;demand:-1;prior:1000;minutes:work~500,sleep~8;works:soon;map:heat;why:%E0%A4%A',
    ),
  ).toEqual(FIRST_TRAFFIC);
});

it('asks the model for nothing that is usual, so that equal questions are one run', () => {
  expect(parametersOf(FIRST_TRAFFIC)).toEqual({ hour: 7, targetGap: 1e-6 });
  expect(parametersOf(ASKED)).toMatchObject({
    ...{ principle: 'system', demandFactor: 1.2, fit: 'matrix', obstructionsAt: '2026-11-22T07:00:00Z' },
    ...{ priorWeight: 0.5, tripMinutes: { work: 25, freight: 12.5 } },
  });
  expect(parametersOf({ ...ASKED, fit: 'counts' })).not.toHaveProperty('priorWeight');
});

it('tells the gap from the progress of a run: the city is read, then each state falls to its target', () => {
  expect(gapOfProgress(8, 1e-6)).toBeUndefined();
  expect(gapOfProgress(10 + 36 / 2, 1e-6)).toEqual({ state: 'before', gap: expect.closeTo(1e-4, 8) });
  expect(gapOfProgress(46 + 36 * 0.75, 1e-6)).toEqual({ state: 'after', gap: expect.closeTo(1e-6, 10) });
});

it('answers whoever has seen enough with a gap that was reached', () => {
  expect(reachedGap(0.3)).toBe(1e-2);
  expect(reachedGap(4e-4)).toBe(1e-3);
  expect(reachedGap(1e-5)).toBe(1e-4);
});
