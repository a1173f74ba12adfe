import { describe, expect, it } from 'vitest';
import { ROADS } from '../catalogue/base-map.ts';
import { BUILDINGS } from '../catalogue/buildings.ts';
import { PARCELS } from '../catalogue/parcels.ts';
import { classOf, labelOf } from './symbol.ts';

describe('the symbol of an object', () => {
  it.each([
    ['dr', 'drogi'],
    ['RIIIa', 'grunty orne, sady, nieużytki'],
    ['Bz', 'rekreacja i zieleń'],
    ['B', 'zabudowane i zurbanizowane'],
    ['Br-RIVa', 'zabudowane i zurbanizowane'],
    ['ŁIV, Bz', 'łąki i pastwiska'],
    ['Wsr', 'wody'],
  ])('puts the use %s among „%s”', (value, label) => {
    expect(classOf(PARCELS.style, { land_use: value })?.label.pl).toBe(label);
  });

  it.each([
    [{ class: 'main' }, 'main'],
    [{ class: 'main', closed: false }, 'main'],
    [{ class: 'main', closed: true }, 'closed to traffic'],
    [{ class: 'main', closed: true, closed_from_m: 0 }, 'closed in part'],
  ])('lets a flag go before the class of a road: %o', (properties, label) => {
    expect(classOf(ROADS.style, properties)?.label.en).toBe(label);
  });

  it('leaves an unknown value to the plain fill', () => {
    expect(classOf(PARCELS.style, { land_use: 'xyz' })).toBeUndefined();
    expect(classOf(PARCELS.style, { land_use: null })).toBeUndefined();
  });

  it('writes kind and storeys into a building only at the scale of the register map', () => {
    expect(labelOf(BUILDINGS.style, { kind: 'm', storeys_above: 2 }, 1000)).toBe('m2');
    expect(labelOf(BUILDINGS.style, { kind: 'm' }, 500)).toBe('m');
    expect(labelOf(BUILDINGS.style, { kind: 'm', storeys_above: 2 }, 1001)).toBeUndefined();
  });
});
