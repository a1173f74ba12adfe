/** Local plans in whatever columns a planner keeps them: GeoJSON, GeoPackage and Shapefile by one mapping. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const square = (x: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [E + x, N],
      [E + x + 50, N],
      [E + x + 50, N + 40],
      [E + x, N + 40],
      [E + x, N],
    ],
  ],
});
const area = (x: number, properties: object) => ({ type: 'Feature', properties, geometry: square(x) });
const SOUND = [
  area(0, { SYMBOL: '4MW/U', WYS: '12,5 m', BIO: '30%', STAN: 'obow.', OD: '01.07.2015', TEKST: '§ 4' }),
  area(50, { SYMBOL: '2KD-L', WYS: null, BIO: null, STAN: 'obow.', OD: '01.07.2015', TEKST: null }),
];
const plan = (features: readonly object[]) => ({
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2177' } },
  features,
});
const MAPPING = {
  layer: 'plan_zones',
  id: '3064-MPZP_MALTA-{SYMBOL}',
  properties: {
    plan_kind: { value: 'local' },
    act_id: { value: '3064-MPZP_MALTA' },
    designation: 'SYMBOL',
    symbol: 'SYMBOL',
    zone_kind: { column: 'SYMBOL', take: 'main-use' },
    max_height_m: 'WYS',
    min_bioactive_share_pct: 'BIO',
    status: { column: 'STAN', codes: { 'obow.': 'legalForce' } },
    in_force_since: 'OD',
    provisions: 'TEKST',
  },
};

describe('a local plan in columns of its own', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'blizniak-mapped-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const written = (name: string, document: object): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(document));
    return path;
  };
  const load = (path: string, mapping: object = MAPPING) =>
    loadFile({ pool: database.pool, path, mapping: JSON.stringify(mapping) });

  it('becomes plan zones with numbers, days and codes, the same from GeoJSON, GeoPackage and Shapefile', async () => {
    const path = written('plan.geojson', plan(SOUND));
    expect(await load(path)).toMatchObject({ read: 2, written: 2, rejected: 0, crs: 'EPSG:2177' });
    const rows = await database.pool.read(
      sql`select id, zone_kind, max_height_m, min_bioactive_share_pct as bio, status, in_force_since::text as since,
        provisions, ST_Area(geom) as m2 from city.plan_zone where valid_to is null order by id`,
    );
    const both = { status: 'legalForce', since: '2015-07-01', m2: 2000 };
    expect(rows).toEqual([
      {
        id: '3064-MPZP_MALTA-2KD-L',
        zone_kind: 'KD',
        max_height_m: null,
        bio: null,
        provisions: null,
        ...both,
      },
      {
        id: '3064-MPZP_MALTA-4MW/U',
        zone_kind: 'MW',
        max_height_m: 12.5,
        bio: 30,
        provisions: '§ 4',
        ...both,
      },
    ]);
    for (const [format, name] of [
      ['GPKG', 'plan.gpkg'],
      ['ESRI Shapefile', 'plan.shp'],
      ['FlatGeobuf', 'plan.fgb'],
    ] as const) {
      const made = join(folder, name);
      execFileSync('ogr2ogr', ['-f', format, made, path, '-lco', 'ENCODING=UTF-8'], { stdio: 'ignore' });
      expect(await load(made), name).toMatchObject({ read: 2, written: 0, unchanged: 2, rejected: 0 });
    }
    const parts = ['shp', 'shx', 'dbf', 'prj', 'cpg'].map((ending) => `plan.${ending}`);
    writeFileSync(
      join(folder, 'zipped.zip'),
      zipSync(Object.fromEntries(parts.map((part) => [part, readFileSync(join(folder, part))]))),
    );
    expect(await load(join(folder, 'zipped.zip'))).toMatchObject({ read: 2, unchanged: 2, rejected: 0 });
    const csv = join(folder, 'plan.csv');
    execFileSync('ogr2ogr', ['-f', 'CSV', csv, path, '-lco', 'GEOMETRY=AS_WKT'], { stdio: 'ignore' });
    const fromCsv = await loadFile({
      ...{ pool: database.pool, path: csv, mapping: JSON.stringify(MAPPING), crs: 'EPSG:2177' },
    });
    expect(fromCsv).toMatchObject({ read: 2, written: 0, unchanged: 2, rejected: 0 });
  });

  it('is never a file by which GDAL would read other files, nor an archive that unpacks without end', async () => {
    const secret = join(folder, 'secret.geojson');
    writeFileSync(secret, JSON.stringify(plan(SOUND)));
    const led = `<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>${secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>`;
    for (const ending of ['gpkg', 'shp', 'fgb', 'csv', 'zip', 'vrt', 'gml']) {
      const path = join(folder, `led.${ending}`);
      writeFileSync(path, led);
      expect(await load(path), ending).toMatchObject({ refused: true, read: 0, written: 0 });
    }
    const within = join(folder, 'within.zip');
    writeFileSync(within, zipSync({ 'led.vrt': Buffer.from(led) }));
    expect(await load(within)).toMatchObject({ refused: true, written: 0 });
    const bomb = join(folder, 'bomb.zip');
    writeFileSync(bomb, zipSync({ 'plan.shp': new Uint8Array(60_000_000) }, { level: 9 }));
    const { refused, problems } = await load(bomb);
    expect([refused, problems[0]?.message]).toEqual([true, expect.stringContaining('100 times its size')]);
  });

  it('refuses by name what cannot be read, and keeps the rest', async () => {
    const faulty = [
      area(100, { SYMBOL: '5MN', WYS: 'wysoki', STAN: 'obow.' }),
      area(150, { SYMBOL: '6QQ', STAN: 'obow.' }),
      area(200, { SYMBOL: '7MN', STAN: 'może' }),
      area(250, { SYMBOL: null }),
      { type: 'Feature', properties: { SYMBOL: '8MN' }, geometry: null },
      area(300, { SYMBOL: '9MN', OD: '31.13.2015' }),
      area(350, { SYMBOL: '10MN' }),
    ];
    const report = await load(written('faulty.geojson', plan(faulty)));
    expect(report).toMatchObject({ read: 7, written: 1, rejected: 6 });
    const said = report.problems.map(({ message }) => message).join('\n');
    for (const words of [
      'WYS: "wysoki" is not a number',
      'no known use begins "6QQ"',
      'STAN: "może" is none of',
      'the id needs SYMBOL',
      'no geometry',
      '2015-13-31',
    ])
      expect(said).toContain(words);
  });

  it('is a table of any layer: each row at fault is told by its line, or refuses the file when it must be faultless', async () => {
    const rows = [
      'NR;GATUNEK;OBWOD;WYS;FORMA;SADZONE;X;Y;INNE',
      `1;lipa drobnolistna;1 20,5;12,5 m;liściaste;31.12.2015;${E + 10};${N + 10};a`,
      `2;"klon; ""zwykły""";80;950 cm;liściaste;2015-12-31;${E + 11};${N + 10};b`,
      `3;sosna;90;9;palma;2015-12-31;${E + 12};${N + 10};c`,
      `4;sosna;90;9;iglaste;wczoraj;${E + 13};${N + 10};d`,
      `5;sosna;90;9;iglaste;2015-12-31;;;e`,
      `6;"sosna; ""czarna""";90,0;9;iglaste;2015-12-31;${E + 14},125;${N + 10},5;f`,
    ];
    const path = join(folder, 'trees.csv');
    writeFileSync(path, `${rows.join('\r\n')}\r\n`);
    const mapping = {
      layer: 'trees',
      id: 'D-{NR}',
      properties: {
        ...{ species: 'GATUNEK', girth_cm: 'OBWOD', height_m: 'WYS', last_inspection: 'SADZONE' },
        form: { column: 'FORMA', codes: { liściaste: 'broadleaved', iglaste: 'coniferous' } },
        health: 'STAN',
      },
    };
    const given = { pool: database.pool, path, mapping: JSON.stringify(mapping), crs: 'EPSG:2177' };
    const strict = await loadFile({ ...given, strict: true });
    expect(strict).toMatchObject({ refused: true, written: 0, version: undefined });
    const report = await loadFile(given);
    expect(report).toMatchObject({ read: 6, written: 1, rejected: 5, refused: false });
    expect(report.problems.map(({ line, code }) => [line, code])).toEqual([
      ...[2, 3, 4, 5].map((line) => [line, 'invalid-value']),
      [6, 'missing-geometry'],
    ]);
    const said = report.problems.map(({ message }) => message);
    expect(said[0]).toContain('OBWOD: "1 20,5" is not a number');
    expect(said[1]).toContain('WYS: "950 cm" is in cm, m is needed');
    expect(said[2]).toContain('FORMA: "palma" is none of the codes of form (broadleaved, coniferous, shrub)');
    expect(said[3]).toContain('SADZONE: "wczoraj" is not a day');
    expect(report.notes.map(({ code }) => code)).toEqual(['axis:EPSG:2177', 'column:STAN', 'columns-unused']);
    const trees = await database.pool.read(
      sql`select id, species, girth_cm, form, ST_X(geom) as x, ST_Y(geom) as y from city.tree where valid_to is null`,
    );
    const place = { x: E + 14.125, y: N + 10.5 };
    expect(trees).toEqual([
      { id: 'D-6', species: 'sosna; "czarna"', girth_cm: 90, form: 'coniferous', ...place },
    ]);
    expect(await loadFile(given)).toMatchObject({ written: 0, unchanged: 1 });
  });

  it('names its CRS before its features, or has it given', async () => {
    const { crs, ...rest } = plan([area(400, { SYMBOL: '11MN' })]);
    const path = written('late.geojson', { ...rest, crs });
    const late = await load(path);
    expect(late).toMatchObject({ refused: true, written: 0 });
    expect(late.problems.at(-1)?.message).toContain('names its CRS behind its features');
    const mapping = JSON.stringify(MAPPING);
    const given = await loadFile({ pool: database.pool, path, mapping, crs: 'EPSG:2177', dryRun: true });
    expect(given).toMatchObject({ written: 1, crs: 'EPSG:2177' });
  });

  it('says what is wrong with a mapping or a file, and writes nothing', async () => {
    const path = written('again.geojson', plan(SOUND));
    await expect(load(path, { ...MAPPING, properties: { height: 'WYS' } })).rejects.toThrow(
      /plan_zones has no property "height"; it has plan_kind, /,
    );
    for (const [layer, words] of [
      ['population_cells', /made from building_residents/],
      ['obstructions', /workflow of the twin/],
      ['buildings_3d', /load CityGML/],
      ['dragons', /no layer "dragons"; there are parcels, /],
    ] as const)
      await expect(load(path, { ...MAPPING, layer })).rejects.toThrow(words);
    const broken = join(folder, 'broken.geojson');
    writeFileSync(broken, '{"type": "FeatureCollection", "features": [');
    expect(await load(broken)).toMatchObject({ refused: true, written: 0 });
    writeFileSync(join(folder, 'broken.gpkg'), 'SQLite format 3\0 and nothing behind it');
    const report = await load(join(folder, 'broken.gpkg'));
    expect(report).toMatchObject({ refused: true, written: 0 });
    expect(report.problems[0]?.message).toContain('GDAL cannot read the file');
  });
});
