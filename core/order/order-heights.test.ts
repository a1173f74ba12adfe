import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../catalogue/catalogue.ts';
import type { Feature } from '../feature/feature.ts';
import type { Layer } from '../feature/layer.ts';
import { transformBetween } from '../geo/crs.ts';
import type { HeightShift } from '../geo/height-systems.ts';
import { skipOf } from './order-formats.ts';
import { heightMover, heightsNote, layerInHeights } from './order-heights.ts';

const layerNamed = (name: string): Layer => {
  const declared = REGISTERS.find((each) => each.name === name);
  if (!declared) throw new Error(name);
  return { ...declared, dataset: 'city', srid: 2177 };
};
const [E, N] = transformBetween(4258, 2177)([16.93, 52.41]);
/** A metre lower for each hundredth of a degree to the east; nothing is known east of 17°. */
const SLANTED: HeightShift = {
  ...{ to: 'PL-KRON86-NH', version: '1' },
  shiftM: (lon) => (lon > 17 ? Number.NaN : -(lon - 16.93) * 100 - 1),
};
const moved = (feature: Feature): Feature =>
  heightMover(layerNamed(feature.layer), 2177, SLANTED)?.(feature) ?? feature;
const east = (metres: number): number => SLANTED.shiftM(transformBetween(2177, 4258)([E + metres, N])[0], 0);

describe('objects in another height system', () => {
  it('are moved at each position, their attributes at the middle', () => {
    const shell = [
      [E, N, 70],
      [E + 200, N, 80],
      [E + 200, N + 1, 80],
      [E, N, 70],
    ] as const;
    const { geometry, properties } = moved({
      ...{ layer: 'buildings_3d', id: 'a', geometry: { type: 'MultiPolygon', coordinates: [[shell]] } },
      properties: { ground_height_m: 70, height_m: 10, lod: 2 },
    });
    const [first, second] = geometry?.type === 'MultiPolygon' ? (geometry.coordinates[0]?.[0] ?? []) : [];
    expect(first).toEqual([E, N, expect.closeTo(69, 6)]);
    expect(second).toEqual([E + 200, N, expect.closeTo(80 + east(200), 6)]);
    expect(properties).toEqual({
      ground_height_m: expect.closeTo(70 + east(100), 3),
      ...{ height_m: 10, lod: 2 },
    });
  });

  it('keep what is not measured, and heights that have a system of their own', () => {
    const geometry = { type: 'Point', coordinates: [E, N] } as const;
    const heights = { top_height_m: 71.25, bottom_height_m: null };
    expect(moved({ layer: 'utility_elevations', id: 'a', geometry, properties: heights })).toEqual({
      ...{ layer: 'utility_elevations', id: 'a', geometry },
      properties: { top_height_m: 70.25, bottom_height_m: null },
    });
    expect(heightMover(layerNamed('control_points'), 2177, SLANTED)).toBeUndefined();
    expect(heightsNote('PL-KRON86-NH', [layerNamed('control_points')]).join()).toContain(
      'control_points.height_m',
    );
    expect(heightMover(layerNamed('parcels'), 2177, SLANTED)).toBeUndefined();
  });

  it('are refused beyond the grids and without a place, by name', () => {
    const properties = { top_height_m: 71 };
    const away = { type: 'Point', coordinates: [E + 9_000, N] } as const;
    for (const geometry of [away, undefined]) {
      expect(() => moved({ layer: 'utility_elevations', id: 'R7', geometry, properties })).toThrow(
        /utility_elevations R7 cannot be said in PL-KRON86-NH/,
      );
    }
  });
});

it('every level above the sea is declared with its system', () => {
  const levels = REGISTERS.flatMap(({ name, properties }) =>
    properties.flatMap((each) => (/rzędna/i.test(each.label.pl) ? [{ layer: name, ...each }] : [])),
  );
  expect(levels.length).toBeGreaterThan(10);
  expect(levels.filter(({ heightSystem }) => heightSystem !== 'city')).toEqual([]);
});

it('formats that do not go through the objects are left out with the reason, and only then', () => {
  const old = { srid: 2177, heights: 'PL-KRON86-NH' } as const;
  const usual = { srid: 2177, heights: 'PL-EVRF2007-NH' } as const;
  for (const format of ['gml2021', 'pdf', 'map-tif'] as const) {
    const layer = layerNamed('utility_elevations');
    expect(skipOf(layer, format, old, 5)?.reason.en).toContain('PL-EVRF2007-NH');
    expect(skipOf(layer, format, usual, 5)).toBeUndefined();
  }
  expect(skipOf(layerNamed('parcels'), 'pdf', old, 5)).toBeUndefined();
});

it('a layer is described in the system in which it is handed out', () => {
  const { pl, en } = layerInHeights(layerNamed('buildings_3d'), 'PL-KRON86-NH').description;
  expect(`${pl} ${en}`).not.toContain('EVRF2007');
  expect(`${pl} ${en}`.match(/PL-KRON86-NH/g)).toHaveLength(2);
});
