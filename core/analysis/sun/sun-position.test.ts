import { Body, Equator, Horizon, MakeTime, Observer, Seasons } from 'astronomy-engine';
import { describe, expect, it } from 'vitest';
import { equinoxDays, equinoxesOf } from './equinoxes.ts';
import { sunPosition } from './sun-position.ts';

/** Degrees between two directions. */
function apart(one: { azimuthDeg: number; altitudeDeg: number }, other: typeof one): number {
  const vector = ({ azimuthDeg, altitudeDeg }: typeof one) => {
    const [azimuth, altitude] = [(azimuthDeg * Math.PI) / 180, (altitudeDeg * Math.PI) / 180];
    return [
      Math.cos(altitude) * Math.sin(azimuth),
      Math.cos(altitude) * Math.cos(azimuth),
      Math.sin(altitude),
    ];
  };
  const [a, b] = [vector(one), vector(other)];
  return (Math.hypot(...a.map((value, i) => value - (b[i] ?? 0))) * 180) / Math.PI;
}

describe('the sun', () => {
  it('stands where the published case of SPA has it (Reda and Andreas, NREL/TP-560-34302, table A5.1)', () => {
    const seen = sunPosition(Date.parse('2003-10-17T12:30:30-07:00'), [-105.1786, 39.742476], {
      pressureHPa: 820,
      temperatureC: 11,
    });
    expect(apart(seen, { azimuthDeg: 194.34024, altitudeDeg: 90 - 50.11162 })).toBeLessThan(0.003);
  });

  // By spa.c of NREL (revision of 2014), published in klausbrunner/solarpositioning (MIT), spa_reference_testdata.csv.
  it.each([
    ['1910-03-15T03:30:00Z', 174.74, -36.840556, 298.894756, 53.637925],
    ['1910-06-15T21:30:00Z', 174.74, -36.840556, 40.884175, 72.370887],
    ['2010-03-15T03:30:00Z', 174.74, -36.840556, 299.087594, 53.909325],
    ['2010-09-15T03:30:00Z', 174.74, -36.840556, 300.55027, 60.088983],
    ['2010-12-15T00:30:00Z', 174.74, -36.840556, 346.427128, 13.92405],
    ['2010-12-15T06:30:00Z', 174.74, -36.840556, 249.12889, 78.8531],
    ['2010-03-15T12:30:00Z', -47.882778, -15.793889, 76.24963, 44.139862],
    ['2010-06-15T15:30:00Z', -47.882778, -15.793889, 353.486073, 39.348829],
    ['2010-09-15T18:30:00Z', -47.882778, -15.793889, 285.832743, 53.575069],
    ['2110-06-15T12:30:00Z', -47.882778, -15.793889, 46.301348, 55.642855],
    ['2110-12-15T18:30:00Z', -47.882778, -15.793889, 252.68614, 48.296335],
  ])('at %s over %d, %d', (instant, longitude, latitude, azimuthDeg, zenithDeg) => {
    const seen = sunPosition(Date.parse(instant), [longitude, latitude], {
      pressureHPa: 1000,
      temperatureC: 10,
    });
    expect(apart(seen, { azimuthDeg, altitudeDeg: 90 - zenithDeg })).toBeLessThan(0.005);
  });

  it('stands within 0.005° of astronomy-engine over Poznań through the years', () => {
    const observer = new Observer(52.4064, 16.9252, 0);
    const place = [16.9252, 52.4064] as const;
    let widest = 0;
    for (let hour = 0; hour < 24 * 365 * 30; hour += 1103) {
      const instant = Date.UTC(2015, 0, 1) + hour * 3_600_000;
      const time = MakeTime(new Date(instant));
      const { ra, dec } = Equator(Body.Sun, time, observer, true, true);
      const { azimuth, altitude } = Horizon(time, observer, ra, dec);
      // Without air: its refraction is another formula.
      const seen = sunPosition(instant, place, { pressureHPa: 0, temperatureC: 10 });
      widest = Math.max(widest, apart(seen, { azimuthDeg: azimuth, altitudeDeg: altitude }));
    }
    expect(widest).toBeLessThan(0.005);
  });

  it('has its hour angle at nought when it is due south', () => {
    const noon = sunPosition(Date.parse('2026-03-20T11:00:00Z'), [15, 52]);
    expect(noon.hourAngleDeg).toBeCloseTo(-1.86, 1);
    expect(noon.azimuthDeg).toBeLessThan(180);
  });
});

describe('equinoxes', () => {
  it('fall on the days and minutes that are known', () => {
    const near = (instant: Date, known: string) =>
      expect(Math.abs(instant.getTime() - Date.parse(known))).toBeLessThan(60_000);
    near(equinoxesOf(2026).spring, '2026-03-20T14:45:36Z');
    near(equinoxesOf(2026).autumn, '2026-09-23T00:05:39Z');
    near(equinoxesOf(2027).spring, '2027-03-20T20:24:43Z');
    near(equinoxesOf(2027).autumn, '2027-09-23T06:01:18Z');
    expect(equinoxDays(2026)).toEqual({ spring: '2026-03-20', autumn: '2026-09-23' });
  });

  it('fall on the Polish days of astronomy-engine from 1990 to 2080', () => {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Warsaw' });
    for (let year = 1990; year <= 2080; year++) {
      const { mar_equinox, sep_equinox } = Seasons(year);
      expect([year, equinoxDays(year)]).toEqual([
        year,
        { spring: day.format(mar_equinox.date), autumn: day.format(sep_equinox.date) },
      ]);
    }
  });
});
