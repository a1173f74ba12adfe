import { describe, expect, it } from 'vitest';
import { parseRecordedMoment } from './recorded-moment.ts';

const NOW = new Date('2026-11-22T05:00:00Z');
const read = (text: string) => parseRecordedMoment(text, 'at', NOW).toISOString();

describe('parseRecordedMoment', () => {
  it('takes a day as its last millisecond by the clock of the city, in summer, in winter and when clocks change', () => {
    expect(read('2026-06-30')).toBe('2026-06-30T21:59:59.999Z');
    expect(read('2026-01-15')).toBe('2026-01-15T22:59:59.999Z');
    expect(read('2026-03-28')).toBe('2026-03-28T22:59:59.999Z');
    expect(read('2026-03-29')).toBe('2026-03-29T21:59:59.999Z');
    expect(read('2026-10-24')).toBe('2026-10-24T21:59:59.999Z');
    expect(read('2026-10-25')).toBe('2026-10-25T22:59:59.999Z');
  });

  it('takes an instant with its zone, also where the address turned a plus sign into a space', () => {
    expect(read('2026-06-30T10:00:00Z')).toBe('2026-06-30T10:00:00.000Z');
    expect(read('2026-06-30T10:00+02:00')).toBe('2026-06-30T08:00:00.000Z');
    expect(read('2026-06-30T10:00:00.250 02:00')).toBe('2026-06-30T08:00:00.250Z');
  });

  it('takes today, whose end is still to come', () => {
    expect(read('2026-11-22')).toBe('2026-11-22T22:59:59.999Z');
  });

  it.each([
    '',
    'yesterday',
    '2026-06-31',
    '2026-13-01',
    '2026-06-30T10:00:00',
    '2026-06-31T10:00:00Z',
    '20260630',
  ])('refuses %j and says what it takes', (text) => {
    expect(() => read(text)).toThrow(/at must be a day \(2026-06-30\) or a moment with its zone/);
  });

  it('refuses the future', () => {
    expect(() => read('2026-11-24')).toThrow(/lies in the future/);
  });
});
