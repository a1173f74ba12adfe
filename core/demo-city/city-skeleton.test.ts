import { describe, expect, it } from 'vitest';
import { signedArea } from '../geo/plane.ts';
import { citySkeleton } from './city-skeleton.ts';
import { districtSkeleton } from './district-skeleton.ts';
import { type PlannedParcel, planTown, type Town, townBoundaryCm, townOf } from './town-plan.ts';

function* parcelsOf(town: Town, seed: number, quarters: number): Generator<PlannedParcel> {
  let count = 0;
  for (const { parcels } of planTown(town, seed)) {
    yield* parcels;
    if (++count === quarters) return;
  }
}

describe('the skeleton of a larger town', () => {
  it.each([
    ['city', 1],
    ['city', 70],
    ['metropolis', 4],
  ] as const)('%s of seed %i: quarters and corridors fill its boundary exactly', (size, seed) => {
    const town = townOf(citySkeleton(size, seed));
    const { outlines, grounds } = town.corridors;
    const rings = [...outlines.slice(1), ...grounds].map(({ ringCm }) => signedArea(ringCm));
    expect(Math.min(...rings)).toBeGreaterThan(0);
    expect(Math.abs(rings.reduce((sum, area) => sum + area) - signedArea(townBoundaryCm(town)))).toBeLessThan(
      1,
    );
  });

  it('gives every map sheet to one quarter outside the district, and precincts numbers of their own', () => {
    const district = districtSkeleton(1).quarters.length;
    const outer = citySkeleton('city', 1).quarters.slice(district);
    const sheets = outer.map(({ precinct, sheet }) => `${precinct}.${sheet}`);
    expect(new Set(sheets).size).toBe(sheets.length);
    expect(outer.filter(({ precinct }) => precinct >= '0021' && precinct <= '0025')).toEqual([]);
    expect(new Set(outer.map(({ precinct }) => precinct)).size).toBeGreaterThan(40);
  });

  it('has the district at its heart: the same parcels with the same outlines', () => {
    const quarters = districtSkeleton(5).quarters.length;
    const inCity = new Map<string, PlannedParcel>();
    for (const parcel of parcelsOf(townOf(citySkeleton('city', 5)), 5, quarters))
      inCity.set(parcel.id, parcel);
    const own = [...parcelsOf(townOf(districtSkeleton(5)), 5, quarters)].filter(
      ({ buildings }) => buildings.length > 0,
    );
    expect(own.length).toBeGreaterThan(1500);
    const moved = own.filter(({ id, ringCm }) => String(inCity.get(id)?.ringCm) !== String(ringCm));
    expect(moved.map(({ id }) => id)).toEqual([]);
  });
});
