import { describe, expect, it } from 'vitest';
import { randomOf } from '../demo-city/random.ts';
import { idOfMerged, idsOfDivided, parcelIdOf, shareRegisteredArea } from './parcel-numbers.ts';

const PLACE = '306401_1.0021.AR_10.';

describe('a divided parcel', () => {
  it.each([
    ['12', [], ['12/1', '12/2']],
    ['12/1', ['12/1', '12/2'], ['12/3', '12/4']],
    ['12/7', ['12/9', '123/40', '1/50'], ['12/10', '12/11']],
  ])('%s beside %j becomes %j', (id, known, wanted) => {
    const all = (numbers: readonly string[]) => numbers.map((number) => `${PLACE}${number}`);
    expect(idsOfDivided(`${PLACE}${id}`, 2, all(known))).toEqual(all(wanted));
  });

  it('of a place without sheets keeps its place, and one without a number gets one behind its id', () => {
    expect(idsOfDivided('306401_1.0021.5', 2, [])).toEqual(['306401_1.0021.5/1', '306401_1.0021.5/2']);
    expect(idsOfDivided('dz-A', 2, [])).toEqual(['dz-A/1', 'dz-A/2']);
  });
});

it('merged parcels get the next whole number of their sheet', () => {
  const first = parcelIdOf(`${PLACE}12/4`);
  expect(first).toEqual({ place: PLACE, number: 12, denominator: 4 });
  expect(first && idOfMerged(first, 87)).toBe(`${PLACE}88`);
});

it('shares of a registered area are whole square metres and together what it was (property)', () => {
  const random = randomOf(5, 'areas');
  for (let i = 0; i < 300; i++) {
    const parts = Array.from({ length: 2 + Math.floor(random.next() * 6) }, () => 1 + random.next() * 3_000);
    const totalHa = Math.round(random.next() * 40_000) / 10_000;
    const shares = shareRegisteredArea(totalHa, parts);
    const wholeM2 = shares.map((share) => Math.round(share * 10_000));
    expect(shares).toEqual(wholeM2.map((share) => share / 10_000));
    expect(wholeM2.reduce((sum, share) => sum + share, 0)).toBe(Math.round(totalHa * 10_000));
  }
});
