import { describe, expect, it } from 'vitest';
import { commonSpans, hoursOf, spansOf } from './spans.ts';

const span = (from: string, to: string) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) });

describe('spansOf', () => {
  it('takes hours of the day by the Polish clock, over midnight and on chosen days', () => {
    // 1 June 2026 is a Monday; summer time is two hours ahead of UTC.
    const nights = spansOf([
      {
        from: '2026-06-01T00:00:00+02:00',
        to: '2026-06-08T00:00:00+02:00',
        daily: { from: '22:00', to: '06:00', days: [1, 5] },
      },
    ]);
    expect(nights).toEqual([
      span('2026-06-01T20:00:00Z', '2026-06-02T04:00:00Z'),
      span('2026-06-05T20:00:00Z', '2026-06-06T04:00:00Z'),
    ]);
  });

  it('knows the nights on which the clock is changed', () => {
    const night = (day: string, next: string) =>
      hoursOf(
        spansOf([
          { from: `${day}T12:00:00Z`, to: `${next}T12:00:00Z`, daily: { from: '22:00', to: '06:00' } },
        ]),
      );
    expect(night('2026-03-28', '2026-03-29')).toBe(7);
    expect(night('2026-10-24', '2026-10-25')).toBe(9);
    expect(night('2026-06-01', '2026-06-02')).toBe(8);
  });

  it('cuts hours at the ends of the window, and joins what touches', () => {
    const joined = spansOf([
      { from: '2026-06-01T08:00:00Z', to: '2026-06-01T10:00:00Z' },
      { from: '2026-06-01T10:00:00Z', to: '2026-06-01T12:00:00Z' },
    ]);
    expect(joined).toEqual([span('2026-06-01T08:00:00Z', '2026-06-01T12:00:00Z')]);
    const cut = spansOf([
      { from: '2026-06-01T10:00:00Z', to: '2026-06-02T07:00:00Z', daily: { from: '08:00', to: '16:00' } },
    ]);
    expect(cut).toEqual([
      span('2026-06-01T10:00:00Z', '2026-06-01T14:00:00Z'),
      span('2026-06-02T06:00:00Z', '2026-06-02T07:00:00Z'),
    ]);
  });

  it.each([
    [
      'that ends before it starts',
      { from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' },
      /must end after/,
    ],
    ['of six years', { from: '2026-06-02T00:00:00Z', to: '2032-06-02T00:00:00Z' }, /five years/],
    [
      'without one of its hours',
      { from: '2026-06-01T06:00:00Z', to: '2026-06-01T08:00:00Z', daily: { from: '20:00', to: '22:00' } },
      /no 20:00–22:00/,
    ],
  ])('refuses a window %s', (_, window, message) => {
    expect(() => spansOf([window])).toThrow(message);
  });
});

describe('commonSpans', () => {
  it('gives what two lists share, whichever comes first', () => {
    const a = [
      span('2026-06-01T00:00:00Z', '2026-06-03T00:00:00Z'),
      span('2026-06-05T00:00:00Z', '2026-06-06T00:00:00Z'),
    ];
    const b = [span('2026-06-02T00:00:00Z', '2026-06-05T12:00:00Z')];
    const common = [
      span('2026-06-02T00:00:00Z', '2026-06-03T00:00:00Z'),
      span('2026-06-05T00:00:00Z', '2026-06-05T12:00:00Z'),
    ];
    expect(commonSpans(a, b)).toEqual(common);
    expect(commonSpans(b, a)).toEqual(common);
    expect(hoursOf(common)).toBe(36);
  });
});
