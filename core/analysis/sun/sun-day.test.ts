import { describe, expect, it } from 'vitest';
import { convergenceDeg, momentTowards, type Place, sunDay, turnOf } from './sun-day.ts';

const POZNAN: Place = { srid: 2177, position: [6_426_900, 5_808_700] };
const altitudeDeg = (up: number | undefined): number => (Math.asin(up ?? 0) * 180) / Math.PI;

describe('a day of the sun', () => {
  it('is read by Polish clocks: lower on an autumn morning than on a spring one', () => {
    const at = (day: string, fromMinute: number) => {
      const airless = { pressureHPa: 0, temperatureC: 10 };
      const sun = sunDay(POZNAN, { day, fromMinute, toMinute: fromMinute + 10, air: airless });
      return altitudeDeg(sun.up[0]);
    };
    // reference/what-if.md, finding 8: without refraction, over the middle of Poznań.
    expect(at('2026-03-20', 420)).toBeCloseTo(8.99, 1);
    expect(at('2026-09-23', 420)).toBeCloseTo(2.26, 1);
    expect(at('2026-03-20', 1020)).toBeCloseTo(9.05, 1);
    expect(at('2026-09-23', 1020)).toBeCloseTo(15.4, 1);
  });

  it('is read by the true sun: due south at noon, alike before and after', () => {
    const sun = sunDay(POZNAN, { day: '2026-09-23', clock: 'solar', fromMinute: 420, toMinute: 1020 });
    expect(sun.count).toBe(601);
    const trueNorth = Math.tan((-convergenceDeg(POZNAN) * Math.PI) / 180);
    // On the grid the meridian leans, so the sun at noon does too.
    expect((sun.east[300] ?? 0) / (sun.north[300] ?? 1)).toBeCloseTo(trueNorth, 3);
    // The declination falls a little on that day.
    expect(altitudeDeg(sun.up[0]) - altitudeDeg(sun.up[600])).toBeGreaterThan(0.05);
    expect(altitudeDeg(sun.up[0]) - altitudeDeg(sun.up[600])).toBeLessThan(0.2);
  });

  it('takes off the convergence of meridians', () => {
    // (λ - λ0) · sin φ
    const [longitude, latitude] = [16.9252, 52.4064];
    expect(convergenceDeg(POZNAN)).toBeCloseTo((longitude - 18) * Math.sin((latitude * Math.PI) / 180), 2);
  });

  it('finds the moment at which the sun is over a place', () => {
    const sun = sunDay(POZNAN, { day: '2026-06-21' });
    for (const moment of [0.001, 0.25, 17.5, 300, 481.75, sun.count - 2 + 0.5]) {
      const [before, part] = [Math.floor(moment), moment % 1];
      const on = (axis: Float64Array) => (axis[before] ?? 0) * (1 - part) + (axis[before + 1] ?? 0) * part;
      expect(momentTowards(sun, 120 * on(sun.east), 120 * on(sun.north))).toBeCloseTo(moment, 6);
    }
    expect(momentTowards(sun, 0, 1)).toBeNaN();
    expect(momentTowards(sun, -0.1, 1)).toBeNaN();
  });

  it('turns clockwise from north', () => {
    const turns = [0, 45, 90, 135, 180, 225, 270, 315, 359].map((azimuth) =>
      turnOf(Math.sin((azimuth * Math.PI) / 180), Math.cos((azimuth * Math.PI) / 180)),
    );
    expect(turns.map(Math.round)).toEqual([0, 1024, 2048, 3072, 4096, 5120, 6144, 7168, 8157]);
  });

  it.each(['2026-02-30', '20260320', 'today'])('refuses %s', (day) => {
    expect(() => sunDay(POZNAN, { day })).toThrow('is no day');
  });

  it('refuses hours of night', () => {
    expect(() => sunDay(POZNAN, { day: '2026-03-20', fromMinute: 60, toMinute: 120 })).toThrow('not up');
  });
});
