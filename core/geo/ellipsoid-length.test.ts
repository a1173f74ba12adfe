import { describe, expect, it } from 'vitest';
import { ellipsoidLengthM, scaleFactorAt } from './ellipsoid-length.ts';

describe('length on the ellipsoid', () => {
  it('is that of the plane divided by 0.999923 on the axis of a zone of PL-2000, by 0.9993 on that of PL-1992', () => {
    expect(scaleFactorAt([6_500_000, 5_800_000], 2177)).toBeCloseTo(0.999923, 8);
    expect(scaleFactorAt([500_000, 500_000], 2180)).toBeCloseTo(0.9993, 8);
  });

  it('grows with the square of the way from the axis, as the textbook has it', () => {
    const fromAxisM = 73_000;
    const [radius, onAxis] = [6_382_000, 0.999923];
    expect(scaleFactorAt([6_500_000 - fromAxisM, 5_800_000], 2177)).toBeCloseTo(
      onAxis * (1 + (fromAxisM / onAxis) ** 2 / (2 * radius ** 2)),
      7,
    );
  });

  it('gives a degree of latitude the length of the series for the meridian', () => {
    const lat = (52 * Math.PI) / 180;
    const seriesM = 111_132.954 - 559.822 * Math.cos(2 * lat) + 1.175 * Math.cos(4 * lat);
    expect(ellipsoidLengthM([19, 51.5], [19, 52.5], 4258)).toBeCloseTo(seriesM, 1);
  });
});
