/** Models of the ground: sheets in any of the formats become one model that the service reads; what cannot be one is told. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shiftAt } from '../../core/geo/height-systems.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { openDtm } from '../../tiles/terrain/dem.ts';
import { readHeightGrids } from '../../tiles/terrain/height-grids.ts';
import { writeDtm } from '../../tiles/terrain/write-dtm.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';
import { type LoadTerrainOptions, loadTerrain } from './load-terrain.ts';
import { terrainInUse } from './terrain-shelf.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
/** A slope that no two places share, to the millimetre. */
const heightAt = (e: number, n: number): number => 60 + (e - E) * 0.1 + (n - N) * 0.003;

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-terrain-'));
  const extent = { minX: E, minY: N, maxX: E + 400, maxY: N + 300, srid: 2177 };
  writeFileSync(join(folder, 'whole.tif'), writeDtm({ extent, cellM: 2, heightM: heightAt }));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A part of the whole, in metres from its corner, by GDAL. */
function sheet(
  name: string,
  driver: string,
  [west, east]: readonly [number, number],
  more: readonly string[] = [],
): string {
  const path = join(folder, name);
  const window = [E + west, N + 300, E + east, N].map(String);
  execFileSync('gdal_translate', [
    '-q',
    '-of',
    driver,
    '-projwin',
    ...window,
    ...more,
    join(folder, 'whole.tif'),
    path,
  ]);
  for (const beside of readdirSync(folder))
    if (/\.(prj|aux\.xml)$/.test(beside)) rmSync(join(folder, beside));
  return path;
}
const load = (paths: readonly string[], more: Partial<LoadTerrainOptions> = {}) =>
  loadTerrain({ pool: database.pool, dataDir: join(folder, 'data'), paths, ...more });
const whyNot = async (paths: readonly string[], more: Partial<LoadTerrainOptions> = {}) => {
  const report = await load(paths, more);
  return [report.refused, report.version, report.problems[0]?.message ?? ''] as const;
};
const versions = async () =>
  (await database.pool.read(sql`select version from twin.dataset_version where format = 'terrain'`)).length;

describe('a model of the ground', () => {
  const GIVEN = {
    crs: 'EPSG:2177',
    heights: 'PL-EVRF2007-NH',
    source: 'NMT',
    steward: 'GUGiK',
    licence: 'open',
  } as const;

  it('is made of the sheets that come together, and kept as a version that says what it is', async () => {
    const sheets = [sheet('west.asc', 'AAIGrid', [0, 200]), sheet('east.xyz', 'XYZ', [200, 400])];
    const dry = await load(sheets, { ...GIVEN, dryRun: true });
    expect(dry).toMatchObject({ written: 2, refused: false, dryRun: true });
    expect(await terrainInUse(join(folder, 'data'))).toBeUndefined();
    const report = await load(sheets, GIVEN);
    expect(report).toMatchObject({ read: 2, written: 2, problems: [], crs: 'EPSG:2177' });
    expect(await versions()).toBe(1);
    const [version] = await database.pool.read(
      sql`select file_name, source, steward, licence, length(file_sha256) as digits, crs, crs_decision, added,
        min_easting as west, max_northing as north from twin.dataset_version where version = ${report.version}::bigint`,
    );
    expect(version).toEqual({
      ...{
        file_name: 'west.asc, east.xyz',
        source: 'NMT',
        steward: 'GUGiK',
        licence: 'open',
        digits: 64,
        added: 2,
      },
      ...{
        crs: 'EPSG:2177',
        crs_decision:
          'Heights stay on their grid in EPSG:2177, as given. Cells of 2 m, heights in PL-EVRF2007-NH',
      },
      ...{ west: E, north: N + 300 },
    });
    const used = await terrainInUse(join(folder, 'data'));
    const dtm = await openDtm(used?.path ?? '');
    const field = await dtm.window(dtm.extent, 2);
    for (const [x, y] of [
      [1, 1],
      [101, 55],
      [199, 299],
      [201, 1],
      [399, 151],
    ] as const)
      expect(field.heightM(E + x, N + y)).toBeCloseTo(heightAt(E + x, N + y), 3);
    await dtm.close();
    expect(await load(sheets, GIVEN)).toMatchObject({ written: 0, unchanged: 2, version: report.version });
    expect(await versions()).toBe(1);
  });

  it('takes the place of the one before, which stays; files on the way leave nothing', async () => {
    const before = await terrainInUse(join(folder, 'data'));
    const report = await loadFile({
      ...{ pool: database.pool, dataDir: join(folder, 'data'), path: join(folder, 'whole.tif') },
      steward: 'GEOPOZ',
    });
    expect(report).toMatchObject({ written: 1, format: 'terrain' });
    // The twin writes its system of heights into the file.
    expect(report.notes.map(({ code }) => code)).toEqual(['crs', 'heights', 'terrain']);
    const used = await terrainInUse(join(folder, 'data'));
    expect(used?.version).toBe(report.version);
    expect(existsSync(before?.path ?? '')).toBe(true);
    expect(readdirSync(join(folder, 'data', 'terrain')).toSorted()).toEqual(
      ['current.json', `terrain-${before?.version}.tif`, `terrain-${used?.version}.tif`].toSorted(),
    );
  });

  it('from another system is warped into that of the city, without holes between sheets and with those it had', async () => {
    const path = join(folder, 'degrees.tif');
    execFileSync('gdalwarp', [
      '-q',
      '-t_srs',
      'EPSG:4326',
      '-r',
      'bilinear',
      join(folder, 'whole.tif'),
      path,
    ]);
    const report = await load([path]);
    expect(report).toMatchObject({ written: 1, crs: 'EPSG:4326' });
    expect(report.notes[0]?.message).toContain('warped from EPSG:4326, as the files say, into EPSG:2177');
    const dtm = await openDtm((await terrainInUse(join(folder, 'data')))?.path ?? '');
    const field = await dtm.window(dtm.extent, dtm.cellM);
    expect(Math.abs(field.heightM(E + 200, N + 150) - heightAt(E + 200, N + 150))).toBeLessThan(0.05);
    expect(field.heightM(E - 500, N)).toBeNaN();
    await dtm.close();
  });

  it('of the surface lies beside that of the ground, with versions of its own, and nothing stands on it', async () => {
    const data = join(folder, 'data');
    const ground = await terrainInUse(data);
    const extent = { minX: E, minY: N, maxX: E + 400, maxY: N + 300, srid: 2177 };
    const heightM = (e: number, n: number) => heightAt(e, n) + 15;
    const path = join(folder, 'roofs.tif');
    writeFileSync(path, writeDtm({ extent, cellM: 2, heightM }));
    const report = await load([path], { kind: 'dsm' });
    expect(report).toMatchObject({ format: 'surface', written: 1, problems: [] });
    expect(report.notes.at(-1)).toMatchObject({
      code: 'surface',
      message: expect.stringContaining('nothing stands on them'),
    });
    expect(await terrainInUse(data)).toEqual(ground);
    const surface = await terrainInUse(data, 'dsm');
    expect(surface).toMatchObject({ version: report.version, file: `surface-${report.version}.tif` });
    const dsm = await openDtm(surface?.path ?? '');
    expect((await dsm.window(dsm.extent, 2)).heightM(E + 101, N + 55)).toBeCloseTo(
      heightM(E + 101, N + 55),
      3,
    );
    await dsm.close();
    expect(await load([path], { kind: 'dsm' })).toMatchObject({ unchanged: 1, version: report.version });
    // The same file may be called the ground later: it is told apart by what it was called.
    expect(await load([path], { dryRun: true })).toMatchObject({ format: 'terrain', written: 1 });
    const table = join(folder, 'trees.csv');
    writeFileSync(table, 'id;x;y\n');
    await expect(loadFile({ pool: database.pool, dataDir: data, path: table, kind: 'dsm' })).rejects.toThrow(
      'is no raster of heights',
    );
  });

  it('of sheets that say "no height" by different values has no such value as a height, and says so', async () => {
    const dataDir = join(folder, 'mixed');
    const head = (west: number) => `ncols 3\nnrows 2\nxllcorner ${E + west}\nyllcorner ${N}\ncellsize 1\n`;
    const [west, east] = [join(folder, 'mixed-west.asc'), join(folder, 'mixed-east.asc')];
    writeFileSync(west, `${head(0)}NODATA_value -9999\n60 60 60\n60 -9999 60\n`);
    writeFileSync(east, `${head(3)}NODATA_value -32768\n61 61 61\n61 -32768 61\n`);
    const report = await load([west, east], { ...GIVEN, dataDir });
    expect(report).toMatchObject({ written: 2, problems: [] });
    expect(report.notes).toContainEqual({
      code: 'no-data-mixed',
      message: expect.stringContaining('-9999, -32768'),
    });
    const dtm = await openDtm((await terrainInUse(dataDir))?.path ?? '');
    expect([dtm.minM, dtm.maxM]).toEqual([60, 61]);
    await dtm.close();
  });

  it('is nothing that contradicts itself, lies elsewhere, or is no grid of heights', async () => {
    const xyz = sheet('plain.xyz', 'XYZ', [0, 100]);
    const asc = sheet('plain.asc', 'AAIGrid', [100, 200]);
    const data = await terrainInUse(join(folder, 'data'));
    const written = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };
    const grid = (columns: number, rows: number, value = '1', corner = `${E}\nyllcorner ${N}`) =>
      `ncols ${columns}\nnrows ${rows}\nxllcorner ${corner}\ncellsize 1\n${`${`${value} `.repeat(Math.min(columns, 9))}\n`.repeat(Math.min(rows, 9))}`;
    const crs = 'EPSG:2177';
    const cases: readonly (readonly [string, readonly string[], Partial<LoadTerrainOptions>])[] = [
      ['names no CRS', [xyz], {}],
      ['was given: they contradict', [join(folder, 'whole.tif'), xyz], { crs: 'EPSG:2180' }],
      ['they contradict', [join(folder, 'whole.tif')], { heights: 'PL-KRON86-NH' }],
      ['lie outside the city', [written('far.asc', grid(9, 9, '1', '5000000\nyllcorner 5500000'))], { crs }],
      ['more than 1000 million', [written('huge.asc', grid(40_000, 40_000))], { crs }],
      ['no heights in metres', [written('odd.asc', grid(9, 9, '-32768'))], { crs }],
      [
        'no height at all',
        [
          written(
            'void.asc',
            `${grid(9, 9, '-9999')}`.replace('cellsize 1', 'cellsize 1\nNODATA_value -9999'),
          ),
        ],
        { crs },
      ],
      [
        'not what its ending says',
        [written('led.tif', `<VRTDataset><SourceFilename>${asc}</SourceFilename></VRTDataset>`)],
        {},
      ],
      [
        'GDAL cannot read',
        [written('cut.tif', readFileSync(join(folder, 'whole.tif'), 'latin1').slice(0, 100))],
        {},
      ],
    ];
    for (const [words, paths, more] of cases) {
      const [refused, version, said] = await whyNot(paths, more);
      expect([words, refused, version, said]).toEqual([
        words,
        true,
        undefined,
        expect.stringContaining(words),
      ]);
    }
    expect(await terrainInUse(join(folder, 'data'))).toEqual(data);
    expect(readdirSync(join(folder, 'data', 'terrain')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describeWithSharedData('rasters of others', () => {
  it('are told apart: rotated, pictures, upside down, of another place', async () => {
    const of = (...path: string[]) => [sharedData('terrain', ...path)];
    expect(await whyNot(of('rotated.tif'))).toEqual([true, undefined, expect.stringContaining('is rotated')]);
    expect(await whyNot(of('cogeo.tif'))).toEqual([true, undefined, expect.stringContaining('has 3 bands')]);
    expect(await whyNot(of('float_nan.tif'))).toEqual([
      true,
      undefined,
      expect.stringContaining('north to south'),
    ]);
    expect(await whyNot(of('elev_vinschgau.tif'))).toEqual([
      true,
      undefined,
      expect.stringContaining('outside the city'),
    ]);
    const allowed = await load(of('elev_vinschgau.tif'), { allowOutside: true, dryRun: true });
    expect(allowed).toMatchObject({ written: 1, crs: 'EPSG:32632' });
    expect(allowed.notes.map(({ code }) => code)).toContain('heights-unstated');
  });
});

describeWithSharedData('a model in PL-KRON86-NH', () => {
  const GRIDS = sharedData('terrain', 'geoid');
  const hole = (e: number): boolean => e > E + 300;
  beforeAll(() => {
    const extent = { minX: E, minY: N, maxX: E + 400, maxY: N + 300, srid: 2177 };
    const heightM = (e: number, n: number) => (hole(e) ? Number.NaN : heightAt(e, n));
    writeFileSync(join(folder, 'old.tif'), writeDtm({ extent, cellM: 2, heightM, heights: 'PL-KRON86-NH' }));
  });
  /** By how much each height was moved. */
  async function moved(data: string, grids: string | undefined) {
    const dataDir = join(folder, data);
    const report = await load([join(folder, 'old.tif')], {
      dataDir,
      ...(grids !== undefined && { heightGrids: grids }),
    });
    expect(report.problems).toEqual([]);
    const dtm = await openDtm((await terrainInUse(dataDir))?.path ?? '');
    const field = await dtm.window(dtm.extent, 2);
    const shifts = [1, 101, 299].map((x) => field.heightM(E + x, N + 151) - heightAt(E + x, N + 151));
    const beyond = field.heightM(E + 351, N + 151);
    await dtm.close();
    return { shifts, beyond, srid: dtm.srid, words: report.notes.map(({ message }) => message).join(' ') };
  }

  it('is brought to the heights of the twin by the grids of the state, to a millimetre', async () => {
    const shift = shiftAt(await readHeightGrids(GRIDS), 2177);
    const { shifts, beyond, srid, words } = await moved('by-grids', GRIDS);
    for (const [i, x] of [1, 101, 299].entries()) {
      expect(shifts[i]).toBeCloseTo(-shift([E + x, N + 151]), 3);
      expect(shifts[i]).toBeGreaterThan(0.15);
    }
    expect([beyond, srid]).toEqual([Number.NaN, 2177]);
    expect(words).toContain('by the two grids of PL-geoid-2011');
    const again = await load([join(folder, 'old.tif')], {
      dataDir: join(folder, 'by-grids'),
      heightGrids: GRIDS,
    });
    expect(again).toMatchObject({ unchanged: 1, written: 0 });
  });

  it('is brought there by one number without grids, no further off than it says', async () => {
    const shift = shiftAt(await readHeightGrids(GRIDS), 2177);
    const { shifts, beyond, words } = await moved('by-number', undefined);
    for (const told of shifts) expect(Math.abs(told + shift([E + 200, N + 151]))).toBeLessThan(0.04);
    expect(beyond).toBeNaN();
    expect(words).toContain('0.167 m upwards, which is off by at most 0.04 m within Poland');
  });

  it('is no sheet of a model in other heights', async () => {
    const [refused, , said] = await whyNot([join(folder, 'old.tif'), join(folder, 'whole.tif')]);
    expect([refused, said]).toEqual([true, expect.stringContaining('sheets of one model are in one system')]);
  });

  it('is left out where the grids say nothing', async () => {
    const extent = { minX: E, minY: N - 3_000_000, maxX: E + 40, maxY: N - 2_999_970, srid: 2177 };
    writeFileSync(
      join(folder, 'south.tif'),
      writeDtm({ extent, cellM: 2, heightM: () => 60, heights: 'PL-KRON86-NH' }),
    );
    const data = join(folder, 'south');
    const [refused, , said] = await whyNot([join(folder, 'south.tif')], {
      ...{ dataDir: data, heightGrids: GRIDS, allowOutside: true },
    });
    expect([refused, said]).toEqual([true, expect.stringContaining('The grids of the state say nothing at')]);
  });
});
