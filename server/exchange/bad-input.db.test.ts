/** Bad files, one of each kind that offices send: what is told of each, and that nothing of it is stored. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { parcelMember, registerFile } from '../../test/support/register-gml.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';
import { terrainInUse } from './terrain-shelf.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const TREES = JSON.stringify({
  ...{ layer: 'trees', id: '{nr}' },
  properties: { species: 'gatunek', last_inspection: 'data' },
});

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-bad-input-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (place: string, date = '2015-05-01'): string => `nr;gatunek;x;y;data\n1;Dąb;${place};${date}\n`;
const IN_CITY = `${E + 10};${N + 10}`;
/** As windows-1250 has it. */
const in1250 = (text: string): Uint8Array => Buffer.from(text.replaceAll('ą', '\u00b9'), 'latin1');
const collection = (...coordinates: readonly (readonly number[])[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: coordinates.map((each) => ({
      ...{ type: 'Feature', properties: { nr: 1, gatunek: 'Dąb' } },
      geometry: { type: 'Point', coordinates: each },
    })),
  });
const sheet = `ncols 3\nnrows 3\nxllcorner ${E}\nyllcorner ${N}\ncellsize 10\n${'61 62 63\n'.repeat(3)}`;

function shapefileIn1250(): Uint8Array {
  const table = join(folder, 'table.csv');
  writeFileSync(table, `nr,gatunek,x,y\n1,Dąb,${E},${N}\n`);
  const places = ['-oo', 'X_POSSIBLE_NAMES=x', '-oo', 'Y_POSSIBLE_NAMES=y', '-a_srs', 'EPSG:2177'];
  const shape = ['-f', 'ESRI Shapefile', '-lco', 'ENCODING='];
  execFileSync('ogr2ogr', ['-q', ...shape, ...places, join(folder, 'table.shp'), table]);
  const part = (ending: string) => readFileSync(join(folder, `table.${ending}`));
  const dbf = part('dbf');
  // Two bytes of UTF-8 become the one of windows-1250, and a blank keeps the width.
  Buffer.from([0x44, 0xb9, 0x62, 0x20]).copy(dbf, dbf.indexOf('Dąb'));
  return zipSync({ 't.shp': part('shp'), 't.shx': part('shx'), 't.prj': part('prj'), 't.dbf': dbf });
}

interface Bad {
  readonly what: string;
  readonly name: string;
  readonly content: () => string | Uint8Array;
  readonly crs?: string;
  readonly mapping?: string;
  readonly code: string;
  readonly says: string;
}

const trees = { mapping: TREES } as const;
const CASES: readonly Bad[] = [
  {
    ...{ what: 'a CSV in another encoding', name: 'a.csv', ...trees, crs: 'EPSG:2177' },
    content: () => in1250(rows(IN_CITY)),
    ...{
      code: 'broken-file',
      says: 'Line 2 is not UTF-8, which the file declares or implies; it may be windows-1250',
    },
  },
  {
    ...{ what: 'a Shapefile in an encoding that nothing names', name: 'b.zip', ...trees },
    content: shapefileIn1250,
    ...{ code: 'broken-file', says: 'with the ending .cpg beside the table' },
  },
  {
    ...{ what: 'a GML without srsName', name: 'c.gml' },
    content: () => registerFile([parcelMember({ n: 1 }).replaceAll(/ srsName="[^"]*"/g, '')]),
    ...{ code: 'unknown-crs', says: 'CRS' },
  },
  {
    ...{ what: 'metres in a table that names no CRS', name: 'd.csv', ...trees },
    content: () => rows(IN_CITY),
    ...{ code: 'invalid-geometry', says: 'is none in degrees, as EPSG:4326 wants them' },
  },
  {
    ...{ what: 'metres in a GML that says degrees', name: 'e.gml' },
    content: () => registerFile([parcelMember({ n: 1 }).replaceAll('EPSG::2177', 'EPSG::4326')]),
    ...{
      code: 'invalid-geometry',
      says: 'the file is in another CRS, which must be given, or its axes are swapped',
    },
  },
  {
    ...{ what: 'a position of one number', name: 'f.geojson', ...trees },
    content: () => collection([16.93]),
    ...{ code: 'missing-geometry', says: 'no geometry that can be read' },
  },
  {
    ...{ what: 'a date of what has been done that lies ahead', name: 'g.csv', ...trees, crs: 'EPSG:2177' },
    content: () => rows(IN_CITY, '2999-05-01'),
    ...{ code: 'future-date', says: 'last_inspection lies in the future: 2999-05-01' },
  },
  {
    ...{ what: 'a year of what has been done that lies ahead', name: 'y.csv', crs: 'EPSG:2177' },
    mapping: TREES.replace('last_inspection', 'planted_year'),
    content: () => rows(IN_CITY, '2999'),
    ...{ code: 'future-date', says: 'planted_year lies in the future: 2999' },
  },
  {
    ...{ what: 'a file of another city', name: 'h.geojson', ...trees },
    content: () => collection([21.01, 52.23]),
    ...{ code: 'outside-city', says: 'outside the area of the dataset' },
  },
  {
    ...{ what: 'an archive of sheets that unpacks without end', name: 'i.zip' },
    content: () => zipSync({ 'sheet.asc': strToU8(`${sheet}${' '.repeat(20_000_000)}`) }),
    ...{ code: 'broken-file', says: 'The archive unpacks to more than 100 times its size' },
  },
  {
    ...{ what: 'an archive with two sheets of one name', name: 'j.zip' },
    content: () => zipSync({ 'a/sheet.asc': strToU8(sheet), 'b/sheet.asc': strToU8(sheet) }),
    ...{ code: 'broken-file', says: 'holds sheet.asc twice' },
  },
  {
    ...{ what: 'a GeoJSON that is cut off', name: 'k.geojson', ...trees },
    content: () => collection([16.93, 52.41], [16.94, 52.41]).slice(0, 180),
    ...{ code: 'broken-file', says: 'cut off' },
  },
];

function load(
  name: string,
  content: string | Uint8Array,
  more: Partial<Parameters<typeof loadFile>[0]> = {},
) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return loadFile({ pool: database.pool, path, dataDir: join(folder, 'data'), ...more });
}

describe('nothing is stored, and it is told why, of', () => {
  it.each(CASES)('$what', async ({ name, content, crs, mapping, code, says }) => {
    const report = await load(name, content(), { crs, mapping });
    expect(report).toMatchObject({ written: 0, unchanged: 0, version: undefined });
    expect(report.problems).toEqual([
      expect.objectContaining({ code, message: expect.stringContaining(says) }),
    ]);
    const [stored] = await database.pool.read<{ trees: number; parcels: number }>(
      sql`select (select count(*) from city.tree)::integer as trees, (select count(*) from city.parcel)::integer as parcels`,
    );
    expect(stored).toEqual({ trees: 0, parcels: 0 });
    expect(await terrainInUse(join(folder, 'data'))).toBeUndefined();
  });
});

describe('of good files of the same kind', () => {
  it('sheets in an archive are one model', async () => {
    const east = sheet.replace(`xllcorner ${E}`, `xllcorner ${E + 30}`);
    const archive = zipSync({
      'nmt/west.asc': strToU8(sheet),
      'nmt/east.asc': strToU8(east),
      'about.txt': strToU8('?'),
    });
    const report = await load('sheets.zip', archive, { crs: 'EPSG:2177' });
    expect(report).toMatchObject({ format: 'terrain', read: 2, written: 2, problems: [], refused: false });
    expect(await terrainInUse(join(folder, 'data'))).toMatchObject({ version: report.version });
  });

  it('objects that two files claim are one each, with a history', async () => {
    await load('first.csv', rows(IN_CITY), { mapping: TREES, crs: 'EPSG:2177' });
    const second = await load('second.csv', rows(`${E + 20};${N + 10}`), {
      mapping: TREES,
      crs: 'EPSG:2177',
    });
    expect(second).toMatchObject({ written: 1, added: 0, changed: 1 });
  });
});
