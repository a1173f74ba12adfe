/** Files that contradict themselves, each other or the city: what is told of them, and that nothing false is stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fixtureParcelId, parcelMember, registerFile } from '../../test/support/register-gml.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-contradictions-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
function load(members: readonly string[], crs?: string) {
  const path = join(folder, `file${++files}.gml`);
  writeFileSync(path, registerFile(members));
  return loadFile({ pool: database.pool, path, ...(crs !== undefined && { crs }) });
}
const codes = (report: Awaited<ReturnType<typeof load>>) => report.problems.map(({ code }) => code);
const bare = (member: string) => member.replaceAll(/ srsName="[^"]*"/g, '');

it('positions without a CRS are refused by name, unless somebody says which it is', async () => {
  const members = [bare(parcelMember({ n: 1 })), parcelMember({ n: 2 })];
  const report = await load(members);
  expect(report).toMatchObject({ read: 2, written: 1 });
  expect(codes(report)).toEqual(['unknown-crs']);
  const given = await load(members, 'urn:ogc:def:crs:EPSG::2177');
  expect(given).toMatchObject({ written: 1, unchanged: 1, rejected: 0 });
  const [row] = await database.pool.read(
    sql`select round(ST_XMin(geom)) as e from city.parcel where id = ${fixtureParcelId(1)}::text and valid_to is null`,
  );
  expect(row).toEqual({ e: 6_427_040 });
});

it('a CRS that contradicts the positions puts nothing into the city', async () => {
  const swapped = parcelMember({
    n: 3,
    posList: '6427000 5810000 6427030 5810000 6427030 5810020 6427000 5810000',
  });
  const otherZone = parcelMember({ n: 4 }).replaceAll('EPSG::2177', 'EPSG::2176');
  const otherSystem = parcelMember({ n: 5 }).replaceAll('EPSG::2177', 'EPSG::2180');
  const degrees = parcelMember({ n: 6 }).replaceAll('EPSG::2177', 'EPSG::4326');
  const report = await load([swapped, otherZone, otherSystem, degrees]);
  expect(report).toMatchObject({ read: 4, written: 0, rejected: 4, version: undefined });
  expect(codes(report).every((code) => code === 'outside-city' || code === 'invalid-geometry')).toBe(true);
});

it('flat and spatial positions in one file are read each as they are, and one that mixes them is refused', async () => {
  const flat = parcelMember({ n: 7 });
  const spatial = parcelMember({
    ...{ n: 8, at: [6_428_000, 5_810_000] },
    posList: '5810000 6428000 0 5810020 6428000 0 5810020 6428030 0 5810000 6428030 0 5810000 6428000 0',
  }).replaceAll('<gml:posList>', '<gml:posList srsDimension="3">');
  const mixed = parcelMember({
    n: 9,
    posList: '5810000 6429000 5810020 6429000 0 5810020 6429030 5810000 6429000',
  });
  const report = await load([flat, spatial, mixed]);
  expect(report).toMatchObject({ read: 3, written: 2, rejected: 1 });
  expect(report.problems[0]).toMatchObject({ code: 'invalid-geometry', objectId: fixtureParcelId(9) });
});

it('an id that two files claim is one object with a history, never two', async () => {
  await load([parcelMember({ n: 20, areaHa: '0.06' })]);
  const second = await load([parcelMember({ n: 21, id: fixtureParcelId(20), areaHa: '0.09' })]);
  expect(second).toMatchObject({ written: 1, added: 0, changed: 1 });
  const rows = await database.pool.read(
    sql`select registered_area_ha as ha, valid_to is null as current from city.parcel
      where id = ${fixtureParcelId(20)}::text order by row_id`,
  );
  expect(rows).toEqual([
    { ha: 0.06, current: false },
    { ha: 0.09, current: true },
  ]);
});
