import { describe, expect, it } from 'vitest';
import { openingAt } from './opening-hours.ts';

const told = (text: string, at: string) => {
  const opening = openingAt(text, Date.parse(at));
  if (opening === undefined) return undefined;
  const { isOpen, untilMs } = opening;
  return [isOpen, untilMs === undefined ? undefined : new Date(untilMs).toISOString()];
};
/** A Friday in winter: 09:00 in Poland is 08:00 UTC. */
const FRIDAY = '2026-01-09T';

describe('opening hours', () => {
  it('never end where it is always open, however that is written', () => {
    for (const text of ['24/7', '00:00-24:00', 'Mo-Su 00:00-24:00'])
      expect([text, told(text, `${FRIDAY}12:00:00Z`)]).toEqual([text, [true, undefined]]);
  });

  it('say until when it is open, and when it opens again after the weekend', () => {
    const office = 'Mo-Fr 08:00-16:00';
    expect(told(office, `${FRIDAY}06:59:59Z`)).toEqual([false, '2026-01-09T07:00:00.000Z']);
    expect(told(office, `${FRIDAY}07:00:00Z`)).toEqual([true, '2026-01-09T15:00:00.000Z']);
    expect(told(office, `${FRIDAY}15:00:00Z`)).toEqual([false, '2026-01-12T07:00:00.000Z']);
  });

  it('follow several rules, breaks, and nights across midnight', () => {
    const school = 'Mo-Fr 07:00-20:00; Sa 08:00-14:00';
    expect(told(school, `${FRIDAY}20:00:00Z`)).toEqual([false, '2026-01-10T07:00:00.000Z']);
    const broken = 'Mo,Fr 08:00-12:00,13:00-16:00';
    expect(told(broken, `${FRIDAY}11:30:00Z`)).toEqual([false, '2026-01-09T12:00:00.000Z']);
    const night = 'Fr-Su 22:00-04:00';
    expect(told(night, '2026-01-12T02:00:00Z')).toEqual([true, '2026-01-12T03:00:00.000Z']);
    expect(told(night, '2026-01-12T03:00:00Z')).toEqual([false, '2026-01-16T21:00:00.000Z']);
  });

  it('go by the clock of Poland when it changes', () => {
    const office = 'Mo-Fr 08:00-16:00';
    // Closed from Friday in winter time to Monday in summer time, and back in autumn.
    expect(told(office, '2026-03-27T16:00:00Z')).toEqual([false, '2026-03-30T06:00:00.000Z']);
    expect(told(office, '2026-10-23T16:00:00Z')).toEqual([false, '2026-10-26T07:00:00.000Z']);
    expect(told('Su 00:00-24:00', '2026-03-29T10:00:00Z')).toEqual([true, '2026-03-29T22:00:00.000Z']);
  });

  it.each([
    'Mo-Fr 08:00-16:00; PH off',
    'Mo-Fr 08:00-16:00; Fr 10:00-12:00',
    'Mo-Fr 8-16',
    'Mo-Fr 08:00-25:00',
    'Mo-Xx 08:00-16:00',
    'sunrise-sunset',
    'pn.-pt. 8.00-16.00',
    '',
  ])('say nothing of %j', (text) => {
    expect(told(text, `${FRIDAY}12:00:00Z`)).toBeUndefined();
  });
});
