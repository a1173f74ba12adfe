import { describe, expect, it } from 'vitest';
import { asTwinError } from '../../core/errors.ts';
import type { GeoPackageLayer } from '../services/geo-packages.ts';
import { geoPackages } from './geo-packages.ts';
import { openSqlite } from './open-sqlite.ts';

const LAYER: GeoPackageLayer = {
  name: 'ustalenia "pilne"',
  title: 'Ustalenia',
  geometryType: 'GEOMETRY',
  srid: 2177,
  columns: [
    { name: 'parcel_id', type: 'TEXT' },
    { name: 'area_m2', type: 'REAL' },
    { name: 'count', type: 'INTEGER' },
  ],
  rows: [
    { geometry: { type: 'Point', coordinates: [6_427_000.25, 5_808_000.5] }, values: ["Łąka 'x'", 1.5, 3] },
    {
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        ],
      },
      values: [null, null, null],
    },
    { geometry: undefined, values: ['nothing', 0, 0] },
  ],
};
const DATE = new Date('2026-06-30T10:00:00Z');

describe('a GeoPackage', () => {
  it('is read again as it was written', async () => {
    const [layer, ...others] = await geoPackages.read(await geoPackages.write([LAYER], DATE), 10);
    expect(others).toEqual([]);
    expect(layer).toMatchObject({ name: LAYER.name, srid: 2177 });
    const rows = [...(LAYER.rows as Iterable<never>)] as { geometry: unknown; values: unknown[] }[];
    expect(layer?.rows).toEqual(
      rows.map(({ geometry, values }, index) => ({
        geometry,
        values: {
          fid: index + 1,
          ...(geometry === undefined && { geom: null }),
          parcel_id: values[0],
          area_m2: values[1],
          count: values[2],
        },
      })),
    );
  });

  it('has the same bytes each time', async () => {
    const [one, two] = [await geoPackages.write([LAYER], DATE), await geoPackages.write([LAYER], DATE)];
    expect(Buffer.compare(one, two)).toBe(0);
  });

  const madeOf = async (statements: string): Promise<Uint8Array> => {
    const database = await openSqlite();
    database.exec(statements);
    return database.export();
  };
  const endless =
    'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n where i < 0';

  it.each([
    ['letters', async () => Buffer.from('no database at all'), 'no GeoPackage'],
    ['nothing', async () => new Uint8Array(), 'no GeoPackage'],
    [
      'a file cut short',
      async () => (await geoPackages.write([LAYER], DATE)).subarray(0, 9_000),
      'no GeoPackage',
    ],
    ['another database', async () => madeOf('create table a (b)'), 'no such table: gpkg_contents'],
    [
      'a view that never ends',
      async () => madeOf(`create view gpkg_contents as ${endless}`),
      'no plain table',
    ],
  ])('is refused when it is %s', async (_, file, reason) => {
    const refused = await geoPackages.read(await file(), 10).catch(asTwinError);
    expect(refused).toMatchObject({ kind: 'invalid-parameter', message: expect.stringContaining(reason) });
  });

  it('is read as far as rows are taken, and says that there are more', async () => {
    const file = await geoPackages.write([LAYER], DATE);
    const [cut] = await geoPackages.read(file, 2);
    expect(cut?.rows).toHaveLength(2);
    expect(cut?.hasMore).toBe(true);
    const [whole] = await geoPackages.read(file, 99);
    expect(whole?.hasMore).toBe(false);
  });
});
