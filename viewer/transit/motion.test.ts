import { expect, it } from 'vitest';
import { Motions } from './motion.ts';

const report = (lon: number, atMs: number, id = 'a') => ({ id, lonLat: [lon, 52] as const, atMs });

it('drives from one report to the next in the time that lies between them, and no farther', () => {
  const motions = new Motions();
  motions.take([report(16, 0)], 1_000);
  expect(motions.placeOf('a', 50_000)).toEqual([16, 52]);
  motions.take([report(16.001, 10_000)], 11_000);
  expect(motions.placeOf('a', 11_000)).toEqual([16, 52]);
  expect(motions.placeOf('a', 16_000)?.[0]).toBeCloseTo(16.0005, 9);
  expect(motions.placeOf('a', 60_000)).toEqual([16.001, 52]);
});

it('goes on from where it is drawn when a report comes early', () => {
  const motions = new Motions();
  motions.take([report(16, 0)], 0);
  motions.take([report(16.001, 10_000)], 10_000);
  motions.take([report(16.002, 15_000)], 15_000);
  expect(motions.placeOf('a', 15_000)?.[0]).toBeCloseTo(16.0005, 9);
  expect(motions.placeOf('a', 20_000)?.[0]).toBeCloseTo(16.002, 9);
});

it('puts a vehicle down after a leap, does not creep after a silence, and forgets who is gone', () => {
  const motions = new Motions();
  motions.take([report(16, 0), report(16, 0, 'b')], 0);
  motions.take([report(16.5, 10_000), report(16.001, 600_000, 'b')], 600_000);
  expect(motions.placeOf('a', 600_001)).toEqual([16.5, 52]);
  expect(motions.placeOf('b', 615_000)).toEqual([16.001, 52]);
  motions.take([report(16.5, 10_000)], 620_000);
  expect(motions.placeOf('b', 620_000)).toBeUndefined();
});
