/** The 3D model out and in again: every real file of the shared test data that has buildings of LOD1 and higher. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sameZip } from '../../core/formats/same-zip.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import {
  BUILDING_FORMATS,
  type BuildingFormat,
  exportBuildings,
} from '../../server/orders/export-buildings.ts';
import { name, sql } from '../../server/store/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { tool } from './outside-tools.ts';

/** A plane CRS for files that name none; the frame of the numbers is theirs. */
const PLANE = 'EPSG:25833';
const FILES: readonly (readonly [file: string, crs: string | undefined])[] = [
  ['citygml/pl-lod1-gugik-0464.gml', undefined],
  ['citygml/delft-citygml2.xml', undefined],
  ['citygml/plateau-64413325_bldg_6697_op.gml', undefined],
  ['citygml/berlin-open-data-citygml10.gml', undefined],
  ['citygml/lod2_test_ade_v2.gml', undefined],
  ['citygml/lod2_buildings_v3.gml', undefined],
  ['citygml/LOD2_Buildings_v100.gml', PLANE],
  ['cityjson/delft.json', undefined],
  ['cityjson/lod2_buildings_v2.json', undefined],
  ['cityjson/lod2_buildings_as_CityJSON_features.jsonl', PLANE],
  ['cityjson/rotterdam/rotterdam_subset.json', PLANE],
  ['cityjson/multi_lod.json', PLANE],
  ['cityjson/DH_01_subs.city.json', PLANE],
];

describeWithSharedData('the 3D model out and in again', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'blizniak-buildings-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (path: string, dataset: string, crs?: string) =>
    loadFile({ pool: database.pool, path, dataset, allowOutside: true, ...(crs !== undefined && { crs }) });
  const write = (dataset: string, format: BuildingFormat) =>
    exportBuildings({
      ...{ pool: database.pool, dataset, format },
      path: join(folder, `${dataset}.${format === 'citygml2' ? 'gml' : 'city.json'}`),
      signal: new AbortController().signal,
    });
  /** Every building with each property, its faces corner by corner in whole millimetres or billionths of a degree. */
  const held = (dataset: string) =>
    database.pool.read(
      sql`select to_jsonb(each) - 'geom' - 'row_id' - 'valid_from' - 'valid_to' - 'dataset_version' - 'content_hash' as held,
          ST_AsText(geom, case when ST_SRID(geom) in (4326, 4258, 6697) then 9 else 3 end) as shape
        from ${name(dataset, 'building_3d')} as each where valid_to is null order by id`,
    );

  it.each(FILES)('keeps every id, attribute and millimetre of %s in both formats', async (file, crs) => {
    const dataset = `d${FILES.findIndex(([each]) => each === file)}`;
    await load(sharedData(...file.split('/')), dataset, crs);
    const before = await held(dataset);
    expect(before.length).toBeGreaterThan(0);
    for (const format of BUILDING_FORMATS) {
      const out = await write(dataset, format);
      expect(out.objects).toBe(before.length);
      const again = await load(out.file, `${format}_${dataset}`);
      expect([again.written, again.rejected]).toEqual([before.length, 0]);
      expect(await held(`${format}_${dataset}`)).toEqual(before);
    }
  });

  it('keeps the pictures of a real city with their places, and tells of those that were not delivered', async () => {
    const path = sharedData('cityjson', 'rotterdam', 'rotterdam_subset.json');
    const delivered = readFileSync(sharedData('cityjson', 'rotterdam', 'appearances', '0320_4_15.jpg'));
    const report = await load(path, 'pictured', PLANE);
    const missing = report.notes.filter(({ code }) => code === 'picture-missing');
    expect(missing).toHaveLength(16);
    expect(missing[0]?.objectId).toBe('{C9D4A5CF-094A-47DA-97E4-4A3BFD75D3AE}');
    expect(missing[0]?.message).toContain('appearances/0320_7_8.jpg');
    const looks = () =>
      database.pool.read<{ id: string; document: string; bytes: Buffer }>(
        sql`select building.id, look.document, picture.bytes from pictured.building_3d as building
          join twin.appearance as look on look.sha256 = building.appearance
          join twin.picture as picture on position(picture.sha256 in look.document) > 0
          where building.valid_to is null`,
      );
    const [kept, ...more] = await looks();
    expect(more).toEqual([]);
    expect(kept?.bytes.equals(delivered)).toBe(true);
    // Corner by corner as the file has them.
    const source = JSON.parse(readFileSync(path, 'utf8'));
    const [said] = source.CityObjects[kept?.id ?? ''].geometry;
    const { looks: faces } = JSON.parse(kept?.document ?? '').themes[0];
    const wanted = source.appearance.textures.findIndex(
      ({ image }: { image: string }) => image === 'appearances/0320_4_15.jpg',
    );
    const pictured = said.texture.rgbTexture.values.map(([[picture, ...corners]]: [number[]]) =>
      picture === wanted
        ? corners.flatMap((corner) => source.appearance['vertices-texture'][corner])
        : undefined,
    );
    expect(pictured.filter(Boolean).length).toBeGreaterThan(0);
    expect(faces.map((face: { coordinates: number[][] } | null) => face?.coordinates[0])).toEqual(pictured);

    const exported = await write('pictured', 'cityjson2');
    expect(exported.pictures).toBe(1);
    const { appearance } = JSON.parse(readFileSync(exported.file, 'utf8'));
    expect(readFileSync(join(folder, appearance.textures[0].image)).equals(delivered)).toBe(true);
    expect((await load(path, 'pictured', PLANE)).written).toBe(0);
  });

  it('takes a model and its pictures from one archive, and no path that leads out of it', async () => {
    const model = readFileSync(sharedData('cityjson', 'rotterdam', 'rotterdam_subset.json'));
    const picture = readFileSync(sharedData('cityjson', 'rotterdam', 'appearances', '0320_4_15.jpg'));
    const archive = join(folder, 'delivery.zip');
    const pack = (files: Record<string, Uint8Array>) => writeFileSync(archive, sameZip(files));
    pack({ 'city/rotterdam.json': model, 'city/appearances/0320_4_15.jpg': picture });
    const report = await load(archive, 'packed', PLANE);
    expect(report).toMatchObject({ file: archive, format: 'cityjson', written: 16 });
    const [kept] = await database.pool.read<{ file_name: string; looks: number }>(
      sql`select (select file_name from twin.dataset_version where version = ${report.version}::bigint) as file_name,
          count(appearance)::integer as looks from packed.building_3d where valid_to is null`,
    );
    expect(kept).toEqual({ file_name: 'delivery.zip', looks: 1 });
    pack({ 'rotterdam.json': model, '/evil.jpg': picture });
    await expect(load(archive, 'packed', PLANE)).rejects.toThrow(/leads out of it/);
    // A path upwards is not followed: the picture counts as not delivered.
    pack({ 'a/rotterdam.json': model, 'a/../appearances/../../0320_4_15.jpg': picture });
    expect((await load(archive, 'upwards', PLANE)).notes.map(({ code }) => code)).not.toContain(
      'picture-outside',
    );
    const [none] = await database.pool.read(
      sql`select count(appearance)::integer as looks from upwards.building_3d where valid_to is null`,
    );
    expect(none).toEqual({ looks: 0 });
    pack({ 'a.json': model, 'b.gml': model });
    await expect(load(archive, 'packed', PLANE)).rejects.toThrow(/2 files that may be models/);
  });

  it.each([
    ['citygml', 'pl-lod1-gugik-0464.gml', undefined],
    ['cityjson/rotterdam', 'rotterdam_subset.json', PLANE],
  ])('writes CityGML of a real city that the schemas of OGC take: %s/%s', async (where, source, crs) => {
    await load(sharedData(...where.split('/'), source), 'valid', crs);
    const { file } = await write('valid', 'citygml2');
    const schema = join(folder, 'both.xsd');
    const parts = ['building', 'generics', 'appearance'].map(
      (part) =>
        `<xs:import namespace="http://www.opengis.net/citygml/${part}/2.0" schemaLocation="http://schemas.opengis.net/citygml/${part}/2.0/${part}.xsd"/>`,
    );
    writeFileSync(
      schema,
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${parts.join('')}</xs:schema>`,
    );
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    await tool('xmllint', ['--nonet', '--noout', '--schema', schema, file], catalog);
    const broken = join(folder, 'broken.gml');
    writeFileSync(
      broken,
      readFileSync(file, 'utf8').replaceAll(/<bldg:lod[12](Solid|MultiSurface)>/g, '<bldg:lod9$1>'),
    );
    await expect(
      tool('xmllint', ['--nonet', '--noout', '--schema', schema, broken], catalog),
    ).rejects.toThrow();
  });

  it('keeps the state that a building has, since when, its source and its accuracy', async () => {
    await load(sharedData('citygml', 'pl-lod1-gugik-0464.gml'), 'states');
    await database.pool.read(sql`update states.building_3d set state = 'under_construction',
      state_since = '2026-05-04', geometry_source = 'Operat P.3064.2026.77 & szkic', accuracy_m = 0.1,
      accuracy_basis = 'survey'`);
    for (const format of BUILDING_FORMATS) {
      await load((await write('states', format)).file, `${format}_states`);
      expect(await held(`${format}_states`)).toEqual(await held('states'));
    }
  });

  it('says of a dataset without a 3D model that it has none', async () => {
    const path = join(folder, 'none.gml');
    const asked = { pool: database.pool, dataset: 'nowhere', format: 'citygml2', path } as const;
    const signal = new AbortController().signal;
    await expect(exportBuildings({ ...asked, signal })).rejects.toThrow(/no dataset nowhere/);
  });
});
