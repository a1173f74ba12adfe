/** Registers out and in again: every real file of the shared test data, and its faults. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { BDOT500 } from '../../core/formats/bdot500/bdot500-register.ts';
import { EGIB } from '../../core/formats/egib/egib-register.ts';
import { GESUT } from '../../core/formats/gesut/gesut-register.ts';
import type { Register } from '../../core/formats/register-gml/write-register.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import { exportRegister, type RegisterExporting } from '../../server/orders/export-register.ts';
import { layerOf } from '../../server/store/layers.ts';
import { rowsOf, withEndedVersions } from '../../server/store/relation.ts';
import { sql } from '../../server/store/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-register-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const load = (path: string, dataset: string) =>
  loadFile({ pool: database.pool, path, dataset, allowOutside: true });

const write = (register: Register, dataset: string, more: Partial<RegisterExporting> = {}) =>
  exportRegister({
    ...{ pool: database.pool, register, dataset, path: join(folder, `${dataset}.gml`) },
    signal: new AbortController().signal,
    ...more,
  });

/** Every version of a dataset's layer, each property; outlines without the direction and the first corner of their rings. */
async function versionsOf(dataset: string, layer: string): Promise<readonly unknown[]> {
  const declaration = REGISTERS.find(({ name }) => name === layer);
  if (!declaration) throw new Error(layer);
  const rows = rowsOf(withEndedVersions(layerOf(declaration, dataset, 2179)));
  return database.pool.read(
    // A source that is not stated comes back as the schema's own word for that.
    sql`select to_jsonb(each) - 'geom' - 'position_source' as held,
        coalesce(to_jsonb(each) ->> 'position_source', 'X') as source, ST_AsText(ST_SnapToGrid(ST_Normalize(geom), 0.001), 3) as shape
      from (${rows}) as each order by id, version_since, iip_version`,
  );
}

const REAL: readonly (readonly [
  what: string,
  register: Register,
  files: readonly string[],
  layers: readonly string[],
])[] = [
  ['EGiB of 2021', EGIB, ['cgeo-2021-EGiB.gml'], ['parcels', 'buildings', 'boundary_points']],
  [
    'EGiB of 2015',
    EGIB,
    ['111_2', '136_20', '152_3', '161_7', '34_6', '34_8', '733', '741'].map(
      (number) => `ewid-2015-parcels/221101_1.0001.${number}.gml`,
    ),
    ['parcels'],
  ],
  [
    'GESUT of 2021',
    GESUT,
    ['cgeo-2021-GESUT.gml'],
    ['utility_lines', 'utility_devices', 'utility_elevations'],
  ],
  [
    'BDOT500 of 2021',
    BDOT500,
    ['cgeo-2021-BDOT500.gml'],
    ['topographic_areas', 'topographic_lines', 'topographic_points', 'topographic_heights'],
  ],
];

describeWithSharedData('a register out and in again', () => {
  it.each(REAL)(
    'keeps every id, version, attribute and millimetre of %s',
    async (what, register, files, layers) => {
      const dataset = what.toLowerCase().replaceAll(' ', '_');
      let written = 0;
      for (const file of files) {
        const report = await load(sharedData('pzgik-gml', ...file.split('/')), dataset);
        expect(report.written).toBeGreaterThan(0);
        written += report.written;
      }
      const out = await write(register, dataset, { withEnded: true, keepIncomplete: true });
      expect(out.objects).toBe(written);
      const again = await load(out.file, `${dataset}_again`);
      expect([again.written, again.rejected]).toEqual([written, 0]);
      for (const layer of layers) {
        const before = await versionsOf(dataset, layer);
        expect(before.length).toBeGreaterThan(0);
        expect(await versionsOf(`${dataset}_again`, layer)).toEqual(before);
      }
    },
  );

  it('is valid by the schema of the act, whatever the file lacked that came in', async () => {
    await load(sharedData('pzgik-gml', 'cgeo-2021-EGiB.gml'), 'egib_valid');
    const { file, leftOut, objects } = await write(EGIB, 'egib_valid', { withEnded: true });
    expect(schemaFaults(file, EGIB.schemaFile)).toBe('');
    expect([objects, leftOut]).toEqual([178, []]);
    const broken = join(folder, 'broken.gml');
    writeFileSync(broken, readFileSync(file, 'utf8').replace(/<egb:rodzajWgKST>.<\/egb:rodzajWgKST>/, ''));
    expect(schemaFaults(broken, EGIB.schemaFile)).toContain('rodzajWgKST');
  });

  it('is valid for BDOT500 with every object and placed line that came in', async () => {
    await load(sharedData('pzgik-gml', 'cgeo-2021-BDOT500.gml'), 'bdot500_valid');
    const { file, leftOut, objects, noPlace, nil } = await write(BDOT500, 'bdot500_valid', {
      withEnded: true,
    });
    expect(schemaFaults(file, BDOT500.schemaFile)).toBe('');
    expect([objects, leftOut, noPlace, nil]).toEqual([182, [], {}, {}]);
    expect(readFileSync(file, 'utf8')).toMatch(/<ot:poczatekGorySkarpy><gml:Point[^>]*EPSG::2179/);
    const broken = join(folder, 'broken-bdot500.gml');
    writeFileSync(broken, readFileSync(file, 'utf8').replace(/rodzajOgrodzenia>.</, 'rodzajOgrodzenia>q<'));
    expect(schemaFaults(broken, BDOT500.schemaFile)).toContain('rodzajOgrodzenia');
  });

  it('leaves out what the schema cannot hold, and names it', async () => {
    await load(sharedData('pzgik-gml', 'ewid-2015-parcels', '221101_1.0001.733.gml'), 'hel_valid');
    const { file, leftOut, objects } = await write(EGIB, 'hel_valid');
    // The file of 2015 names its land uses by reference only, and they are in another file.
    expect([objects, leftOut]).toEqual([
      0,
      [{ layer: 'hel_valid.parcels', lacks: ['klasouzytek'], objects: 1, examples: ['221101_1.0001.733'] }],
    ]);
    expect(readFileSync(file, 'utf8')).not.toContain('featureMember>');
  });

  it('is read by GDAL with the same objects and corners', async () => {
    const file = join(folder, 'for-gdal.gml');
    await load(sharedData('pzgik-gml', 'cgeo-2021-EGiB.gml'), 'egib_gdal');
    await write(EGIB, 'egib_gdal', { path: file, withEnded: true });
    const source = join(folder, 'source.gml');
    copyFileSync(sharedData('pzgik-gml', 'cgeo-2021-EGiB.gml'), source);
    for (const className of ['EGB_DzialkaEwidencyjna', 'EGB_Budynek', 'EGB_PunktGraniczny']) {
      const [ours, theirs] = [file, source].map((path) => shapesByGdal(path, className));
      expect(ours?.size).toBeGreaterThan(40);
      expect(ours).toEqual(theirs);
    }
  });

  it('puts nothing in its place when it is broken off', async () => {
    await load(sharedData('pzgik-gml', 'cgeo-2021-EGiB.gml'), 'egib_broken');
    const path = join(folder, 'kept.gml');
    writeFileSync(path, 'what stood there before');
    const stopped = new AbortController();
    const onProgress = () => stopped.abort(new Error('Ctrl-C'));
    await expect(write(EGIB, 'egib_broken', { path, signal: stopped.signal, onProgress })).rejects.toThrow(
      'Ctrl-C',
    );
    expect(readFileSync(path, 'utf8')).toBe('what stood there before');
    expect(readdirSync(folder).filter((name) => name.startsWith('kept.gml'))).toEqual(['kept.gml']);
  });
});

/** Corners in millimetres by lokalnyId and version, in an order of their own. */
function shapesByGdal(path: string, className: string): ReadonlyMap<string, string> {
  const csv = join(folder, `${className}-${path.length}.csv`);
  rmSync(csv, { force: true });
  const options = ['-lco', 'GEOMETRY=AS_WKT', '-lco', 'SEPARATOR=TAB', '-select', 'lokalnyId,wersjaId'];
  execFileSync('ogr2ogr', ['-f', 'CSV', csv, path, className, ...options]);
  const rows = readFileSync(csv, 'utf8').trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [wkt = '', ...id] = row.replaceAll('"', '').split('\t');
      const corners = [...wkt.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) =>
        [x, y].map((metres) => Math.round(Number(metres) * 1000)).join(' '),
      );
      return [id.join(' '), [...new Set(corners)].toSorted().join(', ')];
    }),
  );
}
