import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asTwinError } from '../../core/errors.ts';
import type { GeoPackageLayer, GeoPackageRow } from '../services/geo-packages.ts';
import { geoPackages } from './geo-packages.ts';
import { openSqlite } from './open-sqlite.ts';
import { PAGE_BYTES, SqlitePages } from './sqlite-pages.ts';

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
/** Before and after 1970 and 2000, with a part of a second and without. */
const MOMENTS = [
  '1918-11-11T11:00:00Z',
  '1999-12-31T23:59:59.999Z',
  '2026-06-30T10:00:00.050Z',
  '2000-01-01T00:00:00Z',
];
const DATE = new Date('2026-06-30T10:00:00Z');

describe('a GeoPackage', () => {
  it('is read again as it was written', async () => {
    const [layer, ...others] = await geoPackages.read(await geoPackages.writeSmall([LAYER], DATE), 10);
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
    const [one, two] = [
      await geoPackages.writeSmall([LAYER], DATE),
      await geoPackages.writeSmall([LAYER], DATE),
    ];
    expect(Buffer.compare(one, two)).toBe(0);
  });

  it('of rows beyond one page each, and of many, is whole by SQLite and read again as it was written', async () => {
    const values = Array.from({ length: 1_300 }, (_, index) =>
      index % 100 === 0 ? 'ż'.repeat(30_000 + index) : 'a'.repeat(15_000 + (index % 1_400)),
    );
    const layer: GeoPackageLayer = {
      ...{ name: 'long', title: 'Long', geometryType: 'POINT', srid: 2177 },
      columns: [
        { name: 'text', type: 'TEXT' },
        { name: 'count', type: 'INTEGER' },
        { name: 'is_odd', type: 'BOOLEAN' },
        { name: 'since', type: 'DATETIME' },
      ],
      rows: values.map((text, index) => ({
        geometry: { type: 'Point', coordinates: [6_427_000 + index, 5_808_000] },
        values: [text, (index - 650) * 7 ** (index % 18), index % 2, MOMENTS[index % MOMENTS.length] ?? null],
      })),
    };
    const file = await geoPackages.writeSmall([layer], DATE);
    const database = await openSqlite(file);
    const checked = database.exec('pragma integrity_check; select max(seq) from sqlite_sequence');
    expect(checked.map((answer) => answer.values)).toEqual([[['ok']], [[values.length]]]);
    database.close();
    const [read] = await geoPackages.read(file, 2_000);
    const wanted = [...(layer.rows as Iterable<GeoPackageRow>)];
    for (const [index, row] of (read?.rows ?? []).entries()) {
      const { text, count, is_odd, since } = row.values;
      expect([text, count, is_odd, since]).toEqual(wanted[index]?.values);
      expect(row.geometry).toEqual(wanted[index]?.geometry);
    }
    expect(read?.rows).toHaveLength(values.length);
  });

  it('leaves the page empty that SQLite locks by', async () => {
    const path = join(tmpdir(), `blizniak-pages-${process.pid}`);
    const file = await open(path, 'w+');
    try {
      const pages = new SqlitePages(file, 2, 4);
      const page = () => new Uint8Array(PAGE_BYTES).fill(7);
      expect([pages.append(page()), pages.append(page()), pages.append(page())]).toEqual([3, 5, 6]);
      await pages.letOut(1);
      const bytes = await file.readFile();
      expect([2, 3, 4, 5].map((index) => bytes[index * PAGE_BYTES])).toEqual([7, 0, 7, 7]);
    } finally {
      await file.close();
      await rm(path);
    }
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
      async () => (await geoPackages.writeSmall([LAYER], DATE)).subarray(0, 9_000),
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
    const file = await geoPackages.writeSmall([LAYER], DATE);
    const [cut] = await geoPackages.read(file, 2);
    expect(cut?.rows).toHaveLength(2);
    expect(cut?.hasMore).toBe(true);
    const [whole] = await geoPackages.read(file, 99);
    expect(whole?.hasMore).toBe(false);
  });
});
