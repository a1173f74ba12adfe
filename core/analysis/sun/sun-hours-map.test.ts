import { describe, expect, it } from 'vitest';
import { blockAt, sampleStreet } from '../../../test/support/sample-street.ts';
import { heightRaster } from './height-raster.ts';
import { obstaclesOf } from './obstacles.ts';
import { sunDay } from './sun-day.ts';
import { momentsOf, sunHoursMap } from './sun-hours-map.ts';
import { sunlightOn } from './sunlight.ts';

const HERE = [6_426_900, 5_808_700] as const;
const PLACE = { srid: 2177, position: HERE };
const day = (name: string) => sunDay(PLACE, { day: name });

describe('heights of cells', () => {
  it('are those of roofs over their middles, and of the feet of buildings between them', () => {
    const frame = { origin: HERE, cellM: 1, columns: 40, rows: 30 };
    const { heights, roofed } = heightRaster(frame, [
      blockAt('b', [HERE[0] + 10, HERE[1] + 5], [8, 4], 12, 70),
      blockAt('low', [HERE[0] + 14, HERE[1] + 5], [8, 4], 5, 70),
    ]);
    const at = (x: number, y: number) => y * 40 + x;
    expect(roofed.reduce((sum, one) => sum + one, 0)).toBe(12 * 4);
    expect(heights[at(10, 5)]).toBeCloseTo(82, 3);
    // Where two overlap the higher one is seen.
    expect(heights[at(15, 6)]).toBeCloseTo(82, 3);
    expect(heights[at(20, 6)]).toBeCloseTo(75, 3);
    expect(heights[at(0, 0)]).toBeCloseTo(70, 3);
    expect(roofed[at(9, 5)]).toBe(0);
  });

  it('follow the slope of a roof', () => {
    const [shape] = [sampleStreet({ houses: 12, sizeM: 1, seed: 'slopes' })];
    const frame = { origin: [HERE[0] - 40, HERE[1] - 40] as const, cellM: 0.5, columns: 160, rows: 160 };
    for (const house of shape ?? []) {
      const { heights, roofed } = heightRaster(frame, [house]);
      const tops = house.surfaces.flatMap((rings, i) =>
        house.surfaceKinds[i] === 'R' ? (rings[0] ?? []) : [],
      );
      const highest = Math.max(...tops.map(([, , z]) => z));
      const seen = Math.max(...heights.filter((_, i) => roofed[i] === 1));
      expect(seen).toBeLessThanOrEqual(highest + 1e-3);
      // Within half a cell of the ridge, at the steepest slope of the samples.
      expect(highest - seen).toBeLessThan(0.9);
    }
  });
});

describe('a map of sun hours', () => {
  it('is full of sun where nothing stands', () => {
    const frame = { origin: HERE, cellM: 1, columns: 50, rows: 40 };
    const sun = day('2026-06-21');
    const { minutes, mostMinutes } = sunHoursMap(heightRaster(frame, []), sun, { stepMin: 5 });
    expect(new Set(minutes)).toEqual(new Set([mostMinutes]));
    expect(mostMinutes / 60).toBeCloseTo(16.7, 0);
  });

  it.each(['2026-03-20', '2026-06-21', '2026-12-22'])(
    'agrees with exact shadows on %s, but for cells at their edges',
    (name) => {
      const shapes = sampleStreet({ houses: 40, sizeM: 150, seed: 'map' });
      const margin = 40;
      const frame = {
        origin: [HERE[0] - margin, HERE[1] - margin] as const,
        cellM: 1,
        columns: 150 + 2 * margin,
        rows: 150 + 2 * margin,
      };
      const raster = heightRaster(frame, shapes);
      const sun = day(name);
      const { minutes, columns } = sunHoursMap(raster, sun, { stepMin: 10, margin });
      const light = sunlightOn(sun, obstaclesOf(shapes));
      const moments = momentsOf(sun, 10);
      const errors: number[] = [];
      for (let n = 0; n < 150 * 150; n += 13) {
        const [column, row] = [n % 150, Math.floor(n / 150)];
        if (raster.roofed[(row + margin) * frame.columns + column + margin]) continue;
        const stretches = light({
          easting: HERE[0] + column + 0.5,
          northing: HERE[1] + row + 0.5,
          heightM: 0.001,
        });
        const exact = moments.filter((moment) =>
          stretches.some(([from, to]) => moment >= from && moment <= to),
        );
        errors.push((minutes[row * columns + column] ?? 0) - exact.length * 10);
      }
      expect(errors.length).toBeGreaterThan(500);
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const size = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
      // No leaning to either side, and on average less than one step wrong.
      expect(Math.abs(mean)).toBeLessThan(8);
      expect(size).toBeLessThan(12);
    },
  );

  it('leaves a shadow north of a wall, as long as the noon has it', () => {
    const frame = { origin: HERE, cellM: 1, columns: 200, rows: 100 };
    const noon = sunDay(PLACE, { day: '2026-03-20', clock: 'solar', fromMinute: 719, toMinute: 721 });
    const raster = heightRaster(frame, [blockAt('wall', [HERE[0], HERE[1] + 20], [200, 5], 20)]);
    const { minutes } = sunHoursMap(raster, noon, { stepMin: 1 });
    const column = 100;
    const shaded = Array.from({ length: 100 }, (_, row) => row).filter(
      (row) => (minutes[row * 200 + column] ?? 0) === 0,
    );
    // 20 m / tan(37.5°) from the far side of the wall, whose own roof is in the sun.
    expect(shaded.length).toBeGreaterThanOrEqual(Math.floor(20 / (noon.slope[1] ?? 1)) - 1);
    expect(shaded.length).toBeLessThanOrEqual(Math.ceil(20 / (noon.slope[1] ?? 1)) + 1);
    expect(shaded[0]).toBe(25);
  });
});
