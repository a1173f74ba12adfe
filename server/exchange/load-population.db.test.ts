/** Tables of residents, by building and by address: counts at buildings, cells for the public, never people. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { beginLoad } from '../store/load.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

const BY_BUILDING = {
  layer: 'building_residents',
  place: { building: 'ID_BUDYNKU' },
  properties: {
    ...{ residents: 'OSOBY', age_0_2: 'W0_2', age_3_6: 'W3_6', age_7_14: 'W7_14', age_15_18: 'W15_18' },
    ...{ age_19_64: 'W19_64', age_65_plus: 'W65', counted_on: { value: '2026-01-01' } },
  },
};
const BY_ADDRESS = {
  ...BY_BUILDING,
  place: { street: 'ULICA', number: 'NR' },
  properties: { residents: 'OSOBY', households: 'GOSPODARSTWA' },
};

describe('a table of residents', () => {
  let database: TestDatabase;
  let folder: string;
  const buildings = sampleFeatures(30).filter(({ layer }) => layer === 'buildings');
  const [one, two] = buildings.map(({ id }) => id) as [string, string];
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'blizniak-population-'));
    const load = await beginLoad(database.pool, {
      ...{ dataset: 'city', srid: 2177, fileName: 'city', format: 'test', source: 'test' },
      ...{ synthetic: true, dryRun: false, allowOutside: true },
    });
    for (const building of buildings) await load.write(building, 2177, false);
    const address = (n: number, street: string, house_number: string, building_id: string | null) => ({
      layer: 'addresses',
      id: `A${n}`,
      geometry: {
        type: 'Point' as const,
        coordinates: [SAMPLE_ORIGIN.easting + n, SAMPLE_ORIGIN.northing] as const,
      },
      properties: { street, house_number, building_id, town: 'Poznań' },
    });
    for (const each of [
      address(1, 'Łąkowa', '5', one),
      address(2, 'Łąkowa', '5a', one),
      address(3, 'Plac Wolny', '1', two),
      address(4, 'Łąkowa', '9', null),
    ])
      await load.write(each, 2177, false);
    await load.finish();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (lines: readonly string[], mapping: object, scope?: string) => {
    const path = join(folder, 'residents.csv');
    writeFileSync(path, `${lines.join('\r\n')}\r\n`);
    return loadFile({ pool: database.pool, path, mapping: JSON.stringify(mapping), scope });
  };
  const residents = () =>
    database.pool.read(
      sql`select r.id, residents, age_0_2, age_65_plus, households, counted_on::text as day,
          ST_Within(r.geom, b.geom) as inside
        from personal.building_residents as r join city.building as b on b.id = r.id and b.valid_to is null
        where r.valid_to is null order by residents`,
    );

  it('by building counts people by age at it, and makes the cells of the grid', async () => {
    const report = await load(
      [
        'ID_BUDYNKU;OSOBY;W0_2;W3_6;W7_14;W15_18;W19_64;W65',
        `${one};120;10;11;12;13;50;24`,
        `${two};7;1;;;;4;2`,
        '306401_1.0021.AR_99.1.1_BUD;3;0;0;0;0;3;0',
        `${buildings[2]?.id};5;9;0;0;0;0;0`,
        `${buildings[3]?.id};kilka;0;0;0;0;0;0`,
      ],
      BY_BUILDING,
    );
    expect(report).toMatchObject({
      format: 'population-table',
      dataset: 'city',
      read: 5,
      written: 2,
      rejected: 3,
    });
    expect(report.problems.map(({ code, line }) => [code, line]).toSorted()).toEqual([
      ['invalid-value', 5],
      ['invalid-value', 6],
      ['unknown-reference', 4],
    ]);
    const day = '2026-01-01';
    expect(await residents()).toEqual([
      { id: two, residents: 7, age_0_2: 1, age_65_plus: 2, households: null, day, inside: true },
      { id: one, residents: 120, age_0_2: 10, age_65_plus: 24, households: null, day, inside: true },
    ]);
    const [cells] = await database.pool.read(
      sql`select sum(residents)::integer as residents from city.population_cell where valid_to is null`,
    );
    expect(cells).toEqual({ residents: 127 });
  });

  it('by address adds the addresses of a building up, however street and number are written', async () => {
    const report = await load(
      [
        'ULICA,NR,OSOBY,GOSPODARSTWA',
        'ul. Łąkowa,5,3,2',
        'ŁĄKOWA,5 A,4,1',
        'pl. Wolny,1,5,',
        'Łąkowa,9,2,1',
        ',1,2,1',
      ],
      BY_ADDRESS,
      'all',
    );
    expect(report.problems.map(({ code }) => code).toSorted()).toEqual(['missing-id', 'unknown-reference']);
    expect((await residents()).map((row) => [row['id'], row['residents'], row['households']])).toEqual([
      [two, 5, null],
      [one, 7, 3],
    ]);
  });

  it.each([
    ['PESEL', '44051401359'],
    ['Imię', 'Jan'],
    ['NAZWISKO RODOWE', 'Kowalski'],
    ['Telefon kontaktowy', '600100200'],
    ['identyfikator', '44051401359'],
  ])('with %s is refused as a whole, and the column is named', async (column, value) => {
    const before = await residents();
    const report = await load([`ID_BUDYNKU;OSOBY;${column}`, `${two};9;${value}`], {
      ...BY_BUILDING,
      properties: { residents: 'OSOBY' },
    });
    expect(report).toMatchObject({ refused: true, written: 0 });
    expect(report.problems[0]?.message).toContain(`personal data in "${column}"`);
    expect(JSON.stringify(report)).not.toContain(value);
    expect(await residents()).toEqual(before);
  });

  it('needs the columns of its places, and takes no geometry of a plan', async () => {
    const report = await load(['BUDYNEK;OSOBY', `${two};9`], BY_BUILDING);
    expect(report.problems[0]?.message).toContain('has no column "ID_BUDYNKU"');
    await expect(load(['a'], { layer: 'building_residents', id: '{a}', properties: {} })).rejects.toThrow(
      'The mapping cannot be used: place',
    );
  });
});
