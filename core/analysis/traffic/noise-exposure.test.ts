import { expect, it } from 'vitest';
import { type NoiseLimit, noiseLimitOf, type ProtectedUse } from '../noise/noise-class.ts';
import { exposureOf, type HeardBuilding, noiseChange } from './noise-exposure.ts';

const DAY = '2026-11-23';
const limitOf = (use: ProtectedUse | null, ...planSymbols: string[]) =>
  noiseLimitOf({ use, planSymbols }, DAY);
const home = (
  id: string,
  residents: number,
  ldwnDb: number | null,
  limit: NoiseLimit | undefined = limitOf('dwelling', 'MW'),
): HeardBuilding => ({
  ...{ id, use: 'dwelling', at: [0, 0], residents, ldwnDb, limit },
  nightDb: ldwnDb === null ? null : ldwnDb - 8,
});

it('counts as a change only what is beyond rounding and what the solution leaves open of flows', () => {
  const before = [home('a', 104, 60), home('b', 50, 60), home('c', 30, 60), home('new', 90, null)];
  const after = [home('a', 104, 61), home('b', 50, 60.2), home('c', 30, 59.7), home('new', 90, 62)];
  expect(noiseChange(before, after, 0)).toEqual({ boundDb: 0.2, residentsLouder: 100, residentsQuieter: 30 });
  const loose = noiseChange(before, after, 20);
  expect(loose).toEqual({ boundDb: 1, residentsLouder: 0, residentsQuieter: 0 });
});

it('takes the limit of each building from the local plan, without one from its use', () => {
  const [houses, flats] = [
    { strictestDb: 64, mildestDb: 64, nightDb: 59 },
    { strictestDb: 68, mildestDb: 68, nightDb: 59 },
  ];
  expect(limitOf('dwelling', 'MN')).toMatchObject({ basis: 'plan', provision: 'HAL-2', ...houses });
  expect(limitOf('dwelling', 'MW/U')).toMatchObject({ basis: 'plan', provision: 'HAL-3', ...flats });
  expect(limitOf('dwelling', 'MW', 'MN')).toMatchObject(houses);
  expect(limitOf('children')).toMatchObject({ basis: 'use', provision: 'HAL-2', ...houses, nightDb: null });
  expect(limitOf('hospital')).toMatchObject(houses);
  // A register that does not tell houses from blocks of flats.
  expect(limitOf('dwelling')).toMatchObject({ provision: null, strictestDb: 64, mildestDb: 68, nightDb: 59 });
  // The plan has another use for the ground: which class it is, is for a court and not for us.
  expect(limitOf('dwelling', 'U')).toBeUndefined();
  expect(limitOf(null, 'MN')).toBeUndefined();
  expect(noiseLimitOf({ use: 'dwelling', planSymbols: ['MN'] }, '2011-01-01')).toMatchObject({
    mildestDb: 55,
  });
});

it('tells residents in tens by bands and above their own limit, and those whose limit is not known apart', () => {
  const told = exposureOf([
    home('block', 104, 66),
    home('house', 30, 66, limitOf('dwelling', 'MN')),
    home('loud', 20, 74.1),
    home('between', 50, 66, limitOf('dwelling')),
    home('over both', 40, 69, limitOf('dwelling')),
    { ...home('in a shop', 60, 52), limit: undefined },
    { ...home('quiet', 500, null), limit: undefined },
    { ...home('nursery', 0, 65, limitOf('children')), use: 'children' },
    { ...home('hospital', 0, 60), use: 'hospital', limit: limitOf('hospital', 'P') },
  ]);
  expect(told.residentsByLdwn.map(({ residents }) => residents)).toEqual([60, 0, 0, 220, 20, 0]);
  expect(told.residentsOverLdwn).toBe(90);
  expect(told.residentsByExcess).toEqual([
    { fromDb: 0, residents: 70 },
    { fromDb: 5, residents: 20 },
    { fromDb: 10, residents: 0 },
  ]);
  expect(told.residentsOverNight).toBe(60);
  expect(told.residentsNotAssessed).toBe(110);
  expect([told.sensitiveBuildings, told.sensitiveOverLdwn, told.sensitiveNotAssessed]).toEqual([2, 1, 1]);
});

it('tells of fewer than ten residents nothing', () => {
  expect(exposureOf([home('hut', 9, 72)]).residentsOverLdwn).toBe(0);
});
