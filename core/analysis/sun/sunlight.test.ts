import { describe, expect, it } from 'vitest';
import { blockAt, sampleStreet } from '../../../test/support/sample-street.ts';
import { facetsOf, isClear } from '../../../test/support/sun-by-rays.ts';
import { randomOf } from '../../demo-city/random.ts';
import type { BuildingShape } from './building-shape.ts';
import { equinoxDays } from './equinoxes.ts';
import { obstaclesOf } from './obstacles.ts';
import { convergenceDeg, type Place, sunDay } from './sun-day.ts';
import { sunlightOn, sunMinutes, type WindowPoint } from './sunlight.ts';

/** On the axis of the zone, where grid north is true north. */
const ON_AXIS: Place = { srid: 2177, position: [6_500_000, 5_808_700] };
const POZNAN: Place = { srid: 2177, position: [6_426_900, 5_808_700] };
const AIRLESS = { pressureHPa: 0, temperatureC: 10 };
const DEG = Math.PI / 180;

/** The spring equinox from 7 to 17 by the true sun, without air: within 0.2° of the great circle of the closed forms. */
const spring = (place = ON_AXIS, toMinute = 1020) =>
  sunDay(place, { day: equinoxDays(2026).spring, clock: 'solar', fromMinute: 420, toMinute, air: AIRLESS });

const LATITUDE = 52.4;
const [SIN, COS] = [Math.sin(LATITUDE * DEG), Math.cos(LATITUDE * DEG)];
/** On the equator of the sky: minutes from noon at which the sun is so far from due south (degrees). */
const minutesToAzimuth = (offSouth: number): number => (Math.atan(Math.tan(offSouth * DEG) * SIN) / DEG) * 4;

const at = (x: number, y: number, heightM: number, outward?: readonly [number, number]): WindowPoint => ({
  easting: ON_AXIS.position[0] + x,
  northing: ON_AXIS.position[1] + y,
  heightM,
  ...(outward && { outward }),
});
const block = (x: number, y: number, width: number, depth: number, height: number): BuildingShape =>
  blockAt('block', [ON_AXIS.position[0] + x, ON_AXIS.position[1] + y], [width, depth], height);
const minutes = (point: WindowPoint, ...shapes: BuildingShape[]): number =>
  sunMinutes(sunlightOn(spring(), obstaclesOf(shapes))(point)).summed;

describe('sun on a window', () => {
  it('is there all day where nothing stands', () => {
    expect(minutes(at(0, 0, 5))).toBeCloseTo(600, 6);
  });

  it.each([
    // Due south, east and west at an equinox; north gets none.
    ['south', 0, -1, 600],
    ['east', 1, 0, 300],
    ['west', -1, 0, 300],
    ['north', 0, 1, 0],
  ])('on a free wall that looks %s', (_, east, north, expected) => {
    expect(Math.abs(minutes(at(0, 0, 5, [east, north])) - expected)).toBeLessThan(1);
  });

  it.each([10, 30, 55, 80])('on a free wall turned %d° from south', (turned) => {
    const outward = [Math.sin(turned * DEG), -Math.cos(turned * DEG)] as const;
    // The sun leaves such a wall when it is 90° from its axis: on the far side of south.
    const expected = 300 + Math.min(300, minutesToAzimuth(90 - turned));
    expect(Math.abs(minutes(at(0, 0, 5, outward)) - expected)).toBeLessThan(1);
  });

  it.each([
    [20, 16],
    [20, 15],
    [20, 10],
  ])(
    'before an endless wall %d m south, %d m higher: all day or never, as the meridian has it',
    (away, rise) => {
      // A wall from east to west lies in a plane through the place, as the equator does: at an angle from the ground of
      // its own, against 90° - latitude. Over it the sun stands all day or never.
      const isOpen = Math.atan2(rise, away) / DEG < 90 - LATITUDE;
      const wall = block(-20_000, -away - 10, 40_000, 10, 5 + rise);
      expect(Math.abs(minutes(at(0, 0, 5), wall) - (isOpen ? 600 : 0))).toBeLessThan(1);
    },
  );

  it.each([
    [15, 10],
    [25, 12],
    [40, 6],
  ])('before an endless wall %d m east, %d m higher: until the sun is over it', (away, rise) => {
    const wall = block(away, -20_000, 10, 40_000, 5 + rise);
    // Hour angle h before noon: up = cos φ cos h, east = sin h; over the wall when up / east > rise / away.
    const before = Math.min(300, (Math.atan((COS * away) / rise) / DEG) * 4);
    expect(Math.abs(minutes(at(0, 0, 5), wall) - (300 + before))).toBeLessThan(1);
  });

  it.each([
    [12, 30, 8],
    [30, 40, -5],
    [10, 25, -30],
  ])(
    'beside a high box %d m wide, %d m south, its middle %d m east: a gap as wide as its corners',
    (width, away, middle) => {
      // High enough to reach over the sun: shade lasts from one near corner to the other, or to a far one.
      const box = block(middle - width / 2, -away - 0.05, width, 0.05, 200);
      const [west, east] = [middle - width / 2, middle + width / 2].map((x) =>
        minutesToAzimuth(Math.atan2(-x, away) / DEG),
      );
      expect(Math.abs(minutes(at(0, 0, 5), box) - (600 - Math.abs((east ?? 0) - (west ?? 0))))).toBeLessThan(
        1,
      );
    },
  );

  it('falls into stretches on both sides of a tower, the longer of which is the unbroken one', () => {
    const stretches = sunlightOn(spring(), obstaclesOf([block(-3, -30, 6, 6, 100)]))(at(0, 0, 5));
    expect(stretches).toHaveLength(2);
    const { summed, unbroken } = sunMinutes(stretches);
    expect(summed).toBeGreaterThan(unbroken);
    expect(unbroken).toBeGreaterThan(summed / 2 - 1);
  });

  it('is taken by one building what another has not taken already', () => {
    const one = block(-3, -30, 6, 6, 100);
    const behind = block(-4, -60, 8, 6, 100);
    expect(minutes(at(0, 0, 5), one, behind)).toBeCloseTo(minutes(at(0, 0, 5), one), 6);
  });

  it.each([equinoxDays(2026).autumn, '2026-06-21', '2026-12-22'])(
    'agrees with rays against every surface among houses on %s',
    (day) => {
      const shapes = sampleStreet({ houses: 60, sizeM: 160, seed: day });
      const facets = facetsOf(shapes);
      const sun = sunDay(POZNAN, { day });
      const light = sunlightOn(sun, obstaclesOf(shapes));
      const { between } = randomOf('windows', day);
      let [lit, dark] = [0, 0];
      const wrong: unknown[] = [];
      for (let n = 0; n < 60; n++) {
        const eye = [
          POZNAN.position[0] + between(0, 160),
          POZNAN.position[1] + between(0, 160),
          between(0.5, 12),
        ] as const;
        // Not inside a house: from there every way up is barred.
        if (!isClear(facets, eye, [1e-3, 2e-3, 1])) continue;
        const stretches = light({ easting: eye[0], northing: eye[1], heightM: eye[2] });
        for (let k = 0; k < sun.count; k += 3) {
          const isLit = stretches.some(([from, to]) => k >= from && k <= to);
          const nearEdge = stretches.some(
            ([from, to]) => Math.abs(from - k) < 0.02 || Math.abs(to - k) < 0.02,
          );
          const byRay = isClear(facets, eye, [sun.east[k] ?? 0, sun.north[k] ?? 0, sun.up[k] ?? 0]);
          if (byRay) lit++;
          else dark++;
          if (byRay !== isLit && !nearEdge) wrong.push([n, k, byRay, stretches]);
        }
      }
      expect(wrong).toEqual([]);
      expect(Math.min(lit, dark)).toBeGreaterThan(500);
    },
  );

  it('turns with the grid: the same houses elsewhere in the zone have the convergence between them', () => {
    const wall = (place: Place) =>
      blockAt('wall', [place.position[0] - 3, place.position[1] - 30], [6, 6], 100);
    const stretches = (place: Place) =>
      sunlightOn(
        spring(place),
        obstaclesOf([wall(place)]),
      )({
        easting: place.position[0],
        northing: place.position[1],
        heightM: 5,
      });
    const shift = (stretches(POZNAN)[0]?.[1] ?? 0) - (stretches(ON_AXIS)[0]?.[1] ?? 0);
    // Grid north points west of true north by 0.85°, so the same wall stands that much further on.
    expect(shift).toBeCloseTo(minutesToAzimuth(convergenceDeg(POZNAN)), 0);
    expect(Math.abs(shift)).toBeGreaterThan(2);
  });

  it('is where it is without buildings, and in a city of one', () => {
    expect(obstaclesOf([]).ids).toEqual([]);
    expect(minutes(at(0, 0, 5))).toBeCloseTo(600, 6);
    expect(minutes(at(0, 0, 50), block(-3, -30, 6, 6, 40))).toBeCloseTo(600, 6);
  });
});
