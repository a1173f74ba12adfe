import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import type { Search } from '../services/catalogue.ts';
import { layersOf } from './layers.ts';
import { storeSearch } from './search.ts';

const never = new AbortController().signal;

const ADDRESSES: readonly Feature[] = [
  ['Żurawia', '2'],
  ['Żurawia', '12A'],
  ['Żurawia', '12'],
  ['Żurawinowa', '1'],
  ['os. Piastowskie', '7'],
].map(([street = '', house_number = ''], n) => ({
  layer: 'addresses',
  id: `A-${street}-${house_number}`,
  geometry: { type: 'Point', coordinates: [SAMPLE_ORIGIN.easting + n, SAMPLE_ORIGIN.northing] },
  properties: { street, house_number },
}));

const PRECINCTS: readonly Feature[] = [
  ['0021', 'Żabikowo'],
  ['0022', 'Dębiec'],
].map(([number = '', name = ''], n) => {
  const [e, north] = [SAMPLE_ORIGIN.easting + 1000 * n, SAMPLE_ORIGIN.northing];
  const ring = [
    [e, north],
    [e + 1000, north],
    [e + 1000, north + 1000],
    [e, north],
  ] as const;
  return {
    layer: 'precincts',
    id: `306401_1.${number}`,
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    properties: { name, precinct_number: number, unit_id: '306401_1' },
  };
});

describe('storeSearch', () => {
  let database: TestDatabase;
  let search: Search;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [...sampleFeatures(120), ...ADDRESSES, ...PRECINCTS]);
    search = storeSearch(database.pool, layersOf(database.pool));
  });
  afterAll(() => database.drop());

  const find = async (text: string, limit = 5) => (await search.find(text, limit, never)).map(({ id }) => id);

  it('gives layer, label and box of a parcel', async () => {
    const { easting: e, northing: n } = SAMPLE_ORIGIN;
    expect(await search.find('306401_1.0021.AR_10.1/4', 5, never)).toEqual([
      {
        layer: 'parcels',
        id: '306401_1.0021.AR_10.1/4',
        label: '306401_1.0021.AR_10.1/4',
        bbox: [e, n, e + 20, n + 20],
        srid: 2177,
      },
    ]);
  });

  it.each([
    ['an id', '306401_1.0021.AR_10.22', ['306401_1.0021.AR_10.22']],
    ['an id in small letters with blanks', '  306401_1.0021.ar_10.22 ', ['306401_1.0021.AR_10.22']],
    [
      'the beginning of an id',
      '306401_1.0021.AR_10.11',
      ['306401_1.0021.AR_10.11/4', '306401_1.0021.AR_10.110'],
    ],
    ['precinct and number', '0021 22', ['306401_1.0021.AR_10.22']],
    ['a short precinct and number', '21, 22', ['306401_1.0021.AR_10.22']],
    ['unit, precinct and number', '306401_1.0021 22', ['306401_1.0021.AR_10.22']],
    ['a number alone', '22', ['306401_1.0021.AR_10.22']],
    ['sheet and number', '10.22', ['306401_1.0021.AR_10.22']],
    ['precinct, sheet and number', '0021 AR_10.22', ['306401_1.0021.AR_10.22']],
    ['another sheet', '11.22', []],
    ['the name of a precinct and a number', 'żaBIkowo 22', ['306401_1.0021.AR_10.22']],
    ['the beginning of that name', 'obręb Żab 10.22', ['306401_1.0021.AR_10.22']],
    ['the name of another precinct', 'Dębiec 22', []],
    ['a precinct', 'żabikowo', ['306401_1.0021']],
    ['a building', '306401_1.0021.22.1_BUD', ['306401_1.0021.22.1_BUD']],
    ['another precinct', '0022 22', []],
    ['a street, in small letters', 'żurawia', ['A-Żurawia-2', 'A-Żurawia-12', 'A-Żurawia-12A']],
    [
      'the beginning of streets',
      'ul. Żura',
      ['A-Żurawia-2', 'A-Żurawia-12', 'A-Żurawia-12A', 'A-Żurawinowa-1'],
    ],
    ['street and number', 'Żurawia 12', ['A-Żurawia-12', 'A-Żurawia-12A']],
    ['street and number with a letter', 'Żurawia 12 a', ['A-Żurawia-12A']],
    ['nothing', '   ', []],
    ['what is not there', 'Rynek 1', []],
    ['wildcards', '306401%', []],
    ['SQL', "' or 1=1 --", []],
    ['a NUL', '22\0', ['306401_1.0021.AR_10.22']],
  ])('finds %s', async (_, text, expected) => {
    expect((await find(text)).slice(0, Math.max(1, expected.length))).toEqual(expected);
  });

  it('puts the exact id first and short ids before long ones', async () => {
    expect(await find('306401_1.0021.AR_10.2', 4)).toEqual([
      '306401_1.0021.AR_10.2',
      '306401_1.0021.AR_10.20',
      '306401_1.0021.AR_10.21/4',
      '306401_1.0021.AR_10.22',
    ]);
  });

  it('keeps to the limit', async () => {
    expect(await find('306401_1', 7)).toHaveLength(7);
    expect(await find('306401_1', 0)).toEqual([]);
  });

  it('rejects with the reason when aborted', async () => {
    await expect(search.find('22', 5, AbortSignal.abort('gone'))).rejects.toBe('gone');
  });
});
