/** The real files of the shared test data, loaded and compared with what independent readers say of them. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { name as identifier, sql } from '../store/sql.ts';
import { type LoadFileOptions, loadFile } from './load-file.ts';
import type { FileLoadReport } from './load-report.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-shared-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function load(path: string, options: Partial<LoadFileOptions> = {}): Promise<FileLoadReport> {
  const report = await loadFile({ pool: database.pool, path, allowOutside: true, ...options });
  expect(report.read).toBe(report.written + report.unchanged + report.rejected);
  expect(report.problems).toHaveLength(report.rejected);
  expect(report.refused).toBe(false);
  return report;
}

const codesOf = ({ problems }: FileLoadReport) => [...new Set(problems.map(({ code }) => code))].sort();

/** libxml2's own count. */
function countByXpath(path: string, xpath: string): number {
  return Number(
    execFileSync('xmllint', ['--huge', '--xpath', `count(${xpath})`, path], { encoding: 'utf8' }),
  );
}
const MEMBERS = '//*[local-name()="featureMember" or local-name()="cityObjectMember"]/*';
const classes = (...names: string[]) =>
  `//*[local-name()="featureMember"]/*[${names.map((name) => `local-name()="${name}"`).join(' or ')}]`;

describeWithSharedData('register GML of ../shared/data/pzgik-gml', () => {
  it.each(['cgeo-2021-EGiB.gml', 'cgeo-2021-GESUT.gml', 'cgeo-2021-BDOT500.gml'])(
    'accounts for every object of %s, as many as libxml2 counts',
    async (file) => {
      const path = sharedData('pzgik-gml', file);
      const report = await load(path);
      const taken = classes('EGB_DzialkaEwidencyjna', 'EGB_Budynek', 'EGB_PunktGraniczny');
      const points = '[*[local-name()="geometria"]/*[local-name()="Point"]]';
      const utilities = `//*[starts-with(local-name(), "GES_Przewod")] | //*[starts-with(local-name(), "GES_Urzadz") or local-name()="GES_InneUrzadzeniaTowarzyszace" or local-name()="GES_Rzedna"]${points}`;
      const topography =
        '//*[starts-with(local-name(), "OT_") and not(local-name()="OT_IdentyfikatorIIP")][*[local-name()="geometria"]]';
      const stored = countByXpath(path, `${taken} | ${utilities} | ${topography}`);
      expect(report).toMatchObject({
        format: 'egib-gml',
        read: countByXpath(path, MEMBERS),
        written: stored,
      });
      expect(codesOf(report)).toEqual(
        // Devices that are drawn as areas or lines.
        file.includes('GESUT') ? ['class-not-stored', 'invalid-geometry'] : ['class-not-stored'],
      );
      expect(stored).toBe(file.includes('EGiB') ? 178 : file.includes('GESUT') ? 194 : 182);
      if (stored > 0) expect(await load(path)).toMatchObject({ written: 0, unchanged: stored, ended: 0 });
    },
  );

  it.each(['111_2', '136_20', '152_3', '161_7', '34_6', '34_8', '733', '741'])(
    'takes over the 2015 parcel 221101_1.0001.%s',
    async (number) => {
      const path = sharedData('pzgik-gml', 'ewid-2015-parcels', `221101_1.0001.${number}.gml`);
      const report = await load(path, { dataset: 'hel' });
      expect(report).toMatchObject({ crs: 'EPSG:2177', written: 1, read: countByXpath(path, MEMBERS) });
      expect(codesOf(report)).toEqual(report.read > 1 ? ['class-not-stored'] : []);
      const [row] = await database.pool.read<{ lon: number; lat: number }>(
        sql`select ST_X(centre) as lon, ST_Y(centre) as lat
          from hel.parcel, ST_Transform(ST_Centroid(geom), 4326) as centre
          where id = ${`221101_1.0001.${number.replace('_', '/')}`}::text`,
      );
      // The Hel peninsula.
      expect([row?.lon.toFixed(1), row?.lat.toFixed(1)]).toEqual(['18.8', '54.6']);
    },
  );

  it('stores the same parcels as GDAL reads, to a millimetre', async () => {
    const path = sharedData('pzgik-gml', 'cgeo-2021-EGiB.gml');
    await load(path, { dataset: 'cgeo_2021_egib' });
    // GDAL writes a .gfs file beside what it reads.
    const copy = join(folder, 'copy.gml');
    copyFileSync(path, copy);
    for (const [className, table] of [
      ['EGB_DzialkaEwidencyjna', 'parcel'],
      ['EGB_Budynek', 'building'],
    ] as const) {
      const out = join(folder, `${table}.csv`);
      execFileSync('ogr2ogr', [
        '-f',
        'CSV',
        out,
        copy,
        className,
        '-lco',
        'GEOMETRY=AS_WKT',
        '-lco',
        'SEPARATOR=TAB',
        '-select',
        'lokalnyId,wersjaId',
      ]);
      const read = readFileSync(out, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.replaceAll('"', '').split('\t'));
      expect(read).toHaveLength(className === 'EGB_Budynek' ? 51 : 47);
      for (const [wkt = '', localId = '', version = ''] of read) {
        const rows = await database.pool.read<{ apart: number; area: number }>(
          sql`select ST_HausdorffDistance(geom, other) as apart, abs(ST_Area(geom) - ST_Area(other)) as area
            from ${identifier('cgeo_2021_egib', table)}, ST_GeomFromText(${wkt}::text, 2179) as other
            where iip_local_id = ${localId}::text and iip_version = ${version}::text`,
        );
        expect(rows).toHaveLength(1);
        expect(rows[0]?.apart).toBeLessThan(0.001);
        expect(rows[0]?.area).toBeLessThan(0.001);
      }
    }
  });

  it('makes history of a changed copy', async () => {
    const path = sharedData('pzgik-gml', 'ewid-2015-parcels', '221101_1.0001.733.gml');
    const dataset = 'hel_history';
    await load(path, { dataset });
    const changed = join(folder, 'changed.gml');
    writeFileSync(
      changed,
      readFileSync(path, 'utf8').replace(/(powierzchniaEwidencyjna uom="ha">)[\d.]+/, '$19.9'),
    );
    expect(await load(changed, { dataset })).toMatchObject({ written: 1, unchanged: 0 });
    const rows = await database.pool.read(
      sql`select valid_to is null as current, registered_area_ha = 9.9 as changed from hel_history.parcel order by row_id`,
    );
    expect(rows).toEqual([
      { current: false, changed: false },
      { current: true, changed: true },
    ]);
  });

  it('reads nothing of land-register numbers', async () => {
    const path = sharedData('pzgik-gml', 'cgeo-2021-EGiB.gml');
    expect(readFileSync(path, 'utf8')).toContain('KZ1O/00012345/6');
    await load(path, { dataset: 'cgeo_2021_egib' });
    for (const { table } of REGISTERS.filter(({ audience }) => audience !== 'staff')) {
      const [row] = await database.pool.read<{ found: number }>(
        sql`select count(*) filter (where each::text ~ '[A-Z]{2}[0-9][A-Z]/[0-9]{8}/[0-9]') as found
          from ${identifier('cgeo_2021_egib', table)} as each`,
      );
      expect([table, row?.found]).toEqual([table, 0]);
    }
  });
});

describeWithSharedData('buildings of ../shared/data/cityjson', () => {
  it.each([
    ['delft.json', 7415, 570, 160, [4.4, 52.0]],
    ['lod2_buildings_v2.json', 3068, 100, 100, [13.0, 52.3]],
  ] as const)('loads %s in EPSG:%i: of %i objects %i buildings, where they stand', async (...known) => {
    const [file, srid, objects, buildings, place] = known;
    const path = sharedData('cityjson', file);
    const report = await load(path);
    expect(report).toMatchObject({
      ...{ format: 'cityjson', crs: `EPSG:${srid}`, read: objects, written: buildings },
    });
    expect(codesOf(report)).toEqual(objects > buildings ? ['class-not-stored'] : []);
    expect(await load(path)).toMatchObject({ written: 0, unchanged: buildings });
    const rows = await database.pool.read<{ x: number; y: number; least: number }>(
      sql`select ST_X(ST_Centroid(ST_Envelope(geom))) as x, ST_Y(ST_Centroid(ST_Envelope(geom))) as y,
        least(ST_NumGeometries(geom), length(surface_kinds)) as least
        from ${identifier(report.dataset ?? '', 'building_3d')}`,
    );
    expect(rows).toHaveLength(buildings);
    const toLonLat = transformBetween(srid, 4326);
    for (const { x, y, least } of rows) {
      const [lon, lat] = toLonLat([x, y]);
      expect([Math.round(lon * 10) / 10, Math.round(lat * 10) / 10]).toEqual(place);
      expect(least).toBeGreaterThanOrEqual(5);
    }
  });
});

describeWithSharedData('buildings of ../shared/data/citygml', () => {
  /** File, dataset, storage CRS, buildings, LOD, and where they are (longitude, latitude to 0.1°). */
  it.each([
    ['pl-lod1-gugik-0464.gml', 2180, 6, 1, [19.1, 52.7]],
    ['delft-citygml2.xml', 7415, 3, 1, [4.4, 52.0]],
    ['plateau-64413325_bldg_6697_op.gml', 6697, 25, 1, [141.4, 42.9]],
    ['berlin-open-data-citygml10.gml', 25833, 61, 2, [13.4, 52.5]],
    ['lod2_test_ade_v2.gml', 25832, 1, 2, [8.4, 49.1]],
    ['lod2_buildings_v3.gml', 3068, 100, 2, [13.0, 52.3]],
  ] as const)(
    'loads %s in EPSG:%i, %i buildings of LOD%i, where they stand',
    async (file, srid, count, lod, place) => {
      const path = sharedData('citygml', file);
      const report = await load(path);
      expect(report).toMatchObject({
        format: 'citygml',
        crs: `EPSG:${srid}`,
        written: count,
        read: countByXpath(path, MEMBERS),
      });
      expect(countByXpath(path, '//*[local-name()="cityObjectMember"]/*[local-name()="Building"]')).toBe(
        count,
      );
      expect(await load(path)).toMatchObject({ written: 0, unchanged: count });
      const table = identifier(report.dataset ?? '', 'building_3d');
      const rows = await database.pool.read<{
        x: number;
        y: number;
        faces: number;
        kinds: string;
        lod: number;
        height_m: number;
        tall: number;
      }>(
        sql`select ST_X(ST_Centroid(ST_Envelope(geom))) as x, ST_Y(ST_Centroid(ST_Envelope(geom))) as y,
        ST_NumGeometries(geom) as faces, surface_kinds as kinds, lod, height_m, ST_ZMax(geom) - ST_ZMin(geom) as tall from ${table}`,
      );
      expect(rows).toHaveLength(count);
      const toLonLat = transformBetween(srid, 4326);
      for (const { x, y, faces, kinds, lod: level, height_m, tall } of rows) {
        const [lon, lat] = toLonLat([x, y]);
        expect([Math.round(lon * 10) / 10, Math.round(lat * 10) / 10]).toEqual(place);
        expect(level).toBe(lod);
        expect(kinds).toMatch(/^[GWRO]+$/);
        expect(kinds).toHaveLength(faces);
        expect(kinds).toMatch(/R/);
        expect(height_m).toBeGreaterThan(tall / 3);
        expect(height_m).toBeLessThan(tall * 3);
      }
      // Every polygon of the level taken is there, once.
      const property = `//*[starts-with(local-name(), "lod${lod}")]//*[local-name()="Polygon"]`;
      // The test extension has building units of its own below a building.
      const inBuildings = `//*[local-name()="Building"]${property}[not(ancestor::*[local-name()="BuildingUnit"])]`;
      expect(rows.reduce((sum, { faces }) => sum + faces, 0)).toBe(countByXpath(path, inBuildings));
    },
  );

  it.each([
    ['pl-lod1-gugik-0464.gml', 'axis-exception', /read easting first/],
    ['delft-citygml2.xml', /^axis:.*7415/, /read easting/],
    ['plateau-64413325_bldg_6697_op.gml', /^axis:.*6697/, /read northing first/],
    ['berlin-open-data-citygml10.gml', /^axis:.*25833/, /read easting/],
  ])('says in which order the positions of %s were read', async (file, code, message) => {
    const { notes } = await load(sharedData('citygml', file));
    const axes = notes.filter((note) => note.code.startsWith('axis'));
    expect(axes).toEqual([{ code: expect.stringMatching(code), message: expect.stringMatching(message) }]);
  });

  it('reports the axis exception of GUGiK and no other', async () => {
    const notesOf = async (file: string) =>
      (await load(sharedData('citygml', file))).notes.map(({ code }) => code);
    expect(await notesOf('pl-lod1-gugik-0464.gml')).toContain('axis-exception');
    expect(await notesOf('delft-citygml2.xml')).not.toContain('axis-exception');
  });

  it.each([
    ['FZK-Haus-LoD0.gml', 'missing-geometry', /only LOD0/],
    ['b1_lod2_cs_w_sem.gml', 'missing-id', /gml:id/],
    ['b1_lod2_s.gml', 'missing-id', /gml:id/],
    ['LOD2_Buildings_v100.gml', 'unknown-crs', /--crs/],
    ['LOD2_CityObjectGroup_v100.gml', 'class-not-stored', /no layer/],
  ])('rejects every object of %s as %s', async (file, code, message) => {
    const path = sharedData('citygml', file);
    const report = await load(path);
    expect(report).toMatchObject({ written: 0, read: countByXpath(path, MEMBERS) });
    expect(report.read).toBeGreaterThan(0);
    expect(codesOf(report)).toEqual([code]);
    expect(report.problems[0]?.message).toMatch(message);
  });

  it('loads the file without CRS in the CRS given', async () => {
    const report = await load(sharedData('citygml', 'LOD2_Buildings_v100.gml'), { crs: 'EPSG:25833' });
    expect(report).toMatchObject({ crs: 'EPSG:25833', written: 100, rejected: 0 });
  });

  it('rejects buildings of other cities from this one by default', async () => {
    const report = await load(sharedData('citygml', 'pl-lod1-gugik-0464.gml'), { allowOutside: false });
    expect(report).toMatchObject({ dataset: 'city', written: 0, rejected: 6 });
    expect(codesOf(report)).toEqual(['outside-city']);
  });
});
