import { expect, it } from 'vitest';
import { provisionAt } from '../../law/law.ts';
import { exposureOf, type HeardBuilding, LIMITS, noiseChange } from './street-noise.ts';

const home = (id: string, residents: number, ldwnDb: number | null): HeardBuilding => ({
  ...{ id, at: [0, 0], residents, ldwnDb, nightDb: ldwnDb === null ? null : ldwnDb - 8 },
});

it('counts as a change only what is beyond rounding and what the solution leaves open of flows', () => {
  const before = [home('a', 104, 60), home('b', 50, 60), home('c', 30, 60), home('new', 90, null)];
  const after = [home('a', 104, 61), home('b', 50, 60.2), home('c', 30, 59.7), home('new', 90, 62)];
  expect(noiseChange(before, after, 0)).toEqual({ boundDb: 0.2, residentsLouder: 100, residentsQuieter: 30 });
  const loose = noiseChange(before, after, 20);
  expect(loose).toEqual({ boundDb: 1, residentsLouder: 0, residentsQuieter: 0 });
});

it('holds homes against the limits of the law in force', () => {
  const [houses, flats] = ['HAL-2', 'HAL-3'].map((id) => provisionAt(id, '2026-11-23')?.values);
  const { houseDb, flatsDb, nightDb } = LIMITS;
  expect([houses, flats]).toEqual([
    { ldwnDb: houseDb, lnDb: nightDb },
    { ldwnDb: flatsDb, lnDb: nightDb },
  ]);
});

it('tells residents in tens, by bands and above limits', () => {
  const { residentsByLdwn, residentsOverHouseLimit, residentsOverFlatsLimit, residentsOverNightLimit } =
    exposureOf([home('a', 104, 66), home('b', 6, 69), home('c', 3, 49)]);
  expect(residentsByLdwn.map(({ residents }) => residents)).toEqual([0, 0, 0, 110, 0, 0]);
  expect([residentsOverHouseLimit, residentsOverFlatsLimit, residentsOverNightLimit]).toEqual([110, 10, 10]);
});
