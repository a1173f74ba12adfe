import { describe, expect, it } from 'vitest';
import { BUILDINGS } from '../../core/catalogue/buildings.ts';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import { inkFor } from './ink.ts';
import { classOf, labelOf } from './symbol.ts';

const parcelStyle = PARCELS.style as Parameters<typeof classOf>[0];
const buildings = { style: BUILDINGS.style as Parameters<typeof classOf>[0] };

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
    expect(classOf(parcelStyle, value)?.label.pl).toBe(label);
  });

  it('leaves an unknown value to the plain fill', () => {
    expect(classOf(parcelStyle, 'xyz')).toBeUndefined();
    expect(classOf(parcelStyle, null)).toBeUndefined();
  });

  it('writes kind and storeys into a building only at the scale of the register map', () => {
    expect(labelOf(buildings, { kind: 'm', storeys_above: 2 }, 1000)).toBe('m2');
    expect(labelOf(buildings, { kind: 'm' }, 500)).toBe('m');
    expect(labelOf(buildings, { kind: 'm', storeys_above: 2 }, 1001)).toBeUndefined();
  });
});

describe('ink', () => {
  it('turns paper tints deep and dark lines light in the dark theme, and leaves paper alone', () => {
    const lightness = (colour: string) => Number.parseInt(colour.slice(3, 5), 16);
    expect(inkFor('light', '#f1e8d6')).toBe('#f1e8d6');
    expect(lightness(inkFor('dark', '#f1e8d6'))).toBeLessThan(80);
    expect(lightness(inkFor('dark', '#1d1d1b'))).toBeGreaterThan(150);
  });
});
