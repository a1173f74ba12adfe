import { expect, it } from 'vitest';
import { mapSheet } from './map-sheet.ts';

/**
 * By the rule of the division: row = (northing − 4920 km) / 5 km, column = (easting without its zone − 332 km) / 8 km,
 * both cut to whole numbers; 4, 25, 4 and 4 parts, from the upper left.
 */
const sheetOf = (zone: number, eastingM: number, northingM: number): string =>
  `${zone}.${Math.floor((northingM / 1000 - 4920) / 5)}.${String(
    Math.floor(((eastingM % 1_000_000) / 1000 - 332) / 8),
  ).padStart(2, '0')}`;

it.each([
  ['6.177.11', [6_420_000, 5_805_000, 6_428_000, 5_810_000]],
  ['6.177.11.1', [6_420_000, 5_807_500, 6_424_000, 5_810_000]],
  ['6.177.11.4', [6_424_000, 5_805_000, 6_428_000, 5_807_500]],
  ['6.177.11.01', [6_420_000, 5_809_000, 6_421_600, 5_810_000]],
  ['6.177.11.25', [6_426_400, 5_805_000, 6_428_000, 5_806_000]],
  ['6.177.11.17', [6_421_600, 5_806_000, 6_423_200, 5_807_000]],
  ['6.177.11.17.2', [6_422_400, 5_806_500, 6_423_200, 5_807_000]],
  ['6.177.11.17.2.3', [6_422_400, 5_806_500, 6_422_800, 5_806_750]],
])('sheet %s', (name, box) => {
  const { minX, minY, maxX, maxY, srid } = mapSheet(name);
  expect([minX, minY, maxX, maxY, srid]).toEqual([...box, 2177]);
});

it('the sheet that a place lies on by the rule holds the place', () => {
  for (const [zone, e, n] of [
    [5, 5_512_345, 5_690_001],
    [6, 6_427_000, 5_809_000],
    [8, 8_390_123, 5_480_999],
  ] as const) {
    const { minX, minY, maxX, maxY } = mapSheet(sheetOf(zone, e, n));
    expect([minX <= e, e < maxX, minY <= n, n < maxY]).toEqual([true, true, true, true]);
  }
});

it.each(['6.177', '4.177.11', '6.177.11.26', '6.177.11.00', '6.177.11.5', '6.177.11.17.5', 'AR_10'])(
  '%s is no sheet',
  (name) => {
    expect(() => mapSheet(name)).toThrow('is no sheet of PL-2000');
  },
);
