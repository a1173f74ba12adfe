/** The 1 km grid of a census, from a table of a country and from a GeoPackage of Europe. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { squareOf } from '../../core/formats/population/grid-cell.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

const MAPPING = {
  layer: 'census_cells',
  place: { cell: 'GRD_ID' },
  properties: {
    ...{ residents: 'T', age_0_14: 'Y_LT15', age_15_64: 'Y_1564', age_65_plus: 'Y_GE65' },
    counted_on: { value: '2021-03-31' },
  },
};
const idAt = (n: number, e: number) => `CRS3035RES1000mN${n}000E${e}000`;

describe('a grid of the census', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'blizniak-grid-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (path: string, mapping: object = MAPPING, more: { readonly allowOutside?: boolean } = {}) =>
    loadFile({ pool: database.pool, path, mapping: JSON.stringify(mapping), source: 'NSP 2021', ...more });
  const table = (lines: readonly string[], name = 'siatka.csv') => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\r\n')}\r\n`);
    return path;
  };
  const cells = () =>
    database.pool.read(
      sql`select id, residents, age_0_14, age_65_plus, withheld, counted_on::text as day from city.census_cell
        where valid_to is null order by id`,
    );

  it('of a country gives the cells that meet the city, and tells of the others by their number', async () => {
    const report = await load(
      table([
        'GRD_ID;T;Y_LT15;Y_1564;Y_GE65',
        '1kmN3277E4792;12000;1500;8500;2000',
        '1kmN3277E4793;9;-9999;-9999;-9999',
        '1kmN3278E4792;#;#;#;#',
        '1kmN3278E4793;12,5;1;1;1',
        '1kmN3277E4792;5;1;2;2',
        '1kmN3100E4900;700;100;500;100',
        '1kmN2900E5200;50;10;30;10',
      ]),
    );
    expect(report).toMatchObject({
      ...{ format: 'census-grid', dataset: 'city', crs: 'EPSG:3035' },
      ...{ read: 5, written: 3, rejected: 2, refused: false },
    });
    expect(report.problems.map(({ code, objectId }) => [code, objectId]).toSorted()).toEqual([
      ['duplicate-id', idAt(3277, 4792)],
      ['invalid-value', idAt(3278, 4793)],
    ]);
    expect(report.problems.find(({ line }) => line === 5)?.message).toMatch(/^Line 5, as of 2021-03-31: /);
    expect(report.notes.find(({ code }) => code === 'cells-outside')?.message).toMatch(/^2 cells /);
    const day = '2021-03-31';
    const secret = { age_0_14: null, age_65_plus: null, day };
    const ages = 'age_0_14, age_15_64, age_65_plus';
    expect(await cells()).toEqual([
      { id: idAt(3277, 4792), residents: 12000, age_0_14: 1500, age_65_plus: 2000, withheld: null, day },
      { id: idAt(3277, 4793), residents: 9, ...secret, withheld: ages },
      { id: idAt(3278, 4792), residents: null, ...secret, withheld: `residents, ${ages}` },
    ]);
  });

  it('lies where PROJ puts its squares, edge to edge', async () => {
    const [found] = await database.pool.read<{ off: number; apart: number }>(
      sql`select ST_HausdorffDistance(ST_Transform(ST_MakeEnvelope(4792000, 3277000, 4793000, 3278000, 3035), 2177), a.geom) as off,
          ST_Area(ST_Intersection(a.geom, b.geom)) + ST_Distance(a.geom, b.geom) as apart
        from city.census_cell as a, city.census_cell as b
        where a.id = ${idAt(3277, 4792)}::text and b.id = ${idAt(3277, 4793)}::text`,
    );
    expect(found?.off).toBeLessThan(0.002);
    expect(found?.apart).toBeLessThan(0.01);
  });

  it('from a GeoPackage is the same, and a shape that is not at its code is told', async () => {
    const square = (n: number, e: number, shiftM = 0) => {
      const { coordinates } = squareOf({ id: '', minE: e * 1000 + shiftM, minN: n * 1000 });
      return `"MULTIPOLYGON(((${coordinates[0]?.[0]?.map((at) => at.join(' ')).join(',')})))"`;
    };
    const csv = table(
      [
        'GRD_ID,T,Y_LT15,Y_1564,Y_GE65,WKT',
        `${idAt(3277, 4792)},12000,1500,8500,2000,${square(3277, 4792)}`,
        `${idAt(3277, 4793)},9,-9999,-9999,-9999,${square(3277, 4793, 2_000)}`,
      ],
      'grid.csv',
    );
    const path = join(folder, 'grid.gpkg');
    const typed = ['-oo', 'AUTODETECT_TYPE=YES', '-oo', 'GEOM_POSSIBLE_NAMES=WKT', '-a_srs', 'EPSG:3035'];
    execFileSync('ogr2ogr', ['-q', '-f', 'GPKG', ...typed, path, csv]);
    const report = await load(path);
    expect(report).toMatchObject({ read: 2, unchanged: 2, written: 0, rejected: 0 });
    const told = report.notes.find(({ code }) => code === 'cell-not-at-its-code')?.message;
    expect(told).toContain(`${idAt(3277, 4793)} lies 2000 m outside`);
  });

  it('needs its own kind of mapping, with a column of codes and a day', async () => {
    const path = table(['GRD_ID;T', '1kmN3277E4792;5']);
    const { counted_on: _, ...undated } = MAPPING.properties;
    for (const [mapping, words] of [
      [{ ...MAPPING, properties: undated }, /properties\.counted_on/],
      [{ ...MAPPING, place: { building: 'ID' } }, /place/],
      [{ layer: 'census_cells', id: '{GRD_ID}', properties: {} }, /place/],
      [{ ...MAPPING, properties: { ...MAPPING.properties, withheld: 'T' } }, /withheld/],
    ] as const)
      await expect(load(path, mapping)).rejects.toThrow(words);
  });
});
