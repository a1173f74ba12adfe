import { describe, expect, it } from 'vitest';
import { barPlaces } from './bar-places.ts';
import { lengthText, scaleBarM } from './scale-bar.ts';

describe('bars', () => {
  it('share one scale that holds every doubt and the zero', () => {
    const bars = [
      { label: 'a', value: -3, bound: 1, text: '' },
      { label: 'b', value: 6, bound: 0, text: '' },
    ];
    expect(barPlaces(bars, 0, 100)).toEqual([
      { zero: 40, from: 10, to: 40, low: 0, high: 20 },
      { zero: 40, from: 40, to: 100, low: 100, high: 100 },
    ]);
  });

  it('that are all nothing stand at the zero', () => {
    expect(barPlaces([{ label: 'a', value: 0, bound: 0, text: '' }], 0, 100)).toEqual([
      { zero: 0, from: 0, to: 0, low: 0, high: 0 },
    ]);
  });
});

it.each([
  [43, '20 m'],
  [87, '50 m'],
  [100, '100 m'],
  [4_300, '2 km'],
])('the bar of a scale within %d m is round: %s', (mostM, text) => {
  expect(lengthText(scaleBarM(mostM))).toBe(text);
});
