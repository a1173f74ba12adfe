import { describe, expect, it } from 'vitest';
import type { Feature } from '../feature/feature.ts';
import { differenceOf } from './difference.ts';

const house = (storeys: number | null, x = 1): Feature => ({
  layer: 'buildings',
  id: 'a',
  geometry: { type: 'Point', coordinates: [x, 2] },
  properties: { storeys, name: null },
});

describe('differenceOf', () => {
  it('tells what is new and what is gone', () => {
    expect(differenceOf(undefined, house(2))).toMatchObject({ change: 'added', id: 'a', differs: [] });
    expect(differenceOf(house(2), undefined)).toMatchObject({ change: 'removed', layer: 'buildings' });
  });

  it('names what differs in what has changed', () => {
    expect(differenceOf(house(2), house(3))).toMatchObject({ change: 'changed', differs: ['storeys'] });
    expect(differenceOf(house(2), house(null, 5))?.differs).toEqual(['storeys', 'geometry']);
  });

  it('is none where the same stands on both sides, also as something left out', () => {
    expect(differenceOf(house(null), { ...house(null), properties: {} })).toBeUndefined();
    expect(differenceOf(undefined, undefined)).toBeUndefined();
  });
});
