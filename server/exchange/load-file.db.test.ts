import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fixtureParcelId, parcelMember, registerFile, unitMember } from '../../test/support/register-gml.ts';
import { openPool } from '../store/pool.ts';
import { name, sql } from '../store/sql.ts';
import { type LoadFileOptions, loadFile } from './load-file.ts';
import type { FileLoadReport } from './load-report.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-load-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
function fileOf(content: string | Uint8Array, name = `file${++files}.gml`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Loads, and checks what must be true of every report. */
async function load(path: string, options: Partial<LoadFileOptions> = {}): Promise<FileLoadReport> {
  const report = await loadFile({ pool: database.pool, path, ...options });
  expect(report.read).toBe(report.written + report.unchanged + report.rejected);
  // Of a refused file everything counts as rejected, by the one problem that stands last.
  if (!report.refused) expect(report.problems).toHaveLength(report.rejected);
  return report;
}

const codes = ({ problems }: FileLoadReport) => problems.map(({ code }) => code);

async function snapshot(): Promise<string> {
  const [row] = await database.pool.read<{ text: string }>(sql`select json_build_object(
    'parcels', (select json_agg(parcel.* order by row_id) from city.parcel as parcel),
    'versions', (select count(*) from twin.dataset_version), 'datasets', (select count(*) from twin.dataset),
    'cells', (select count(*) from twin.tile_cell))::text as text`);
  return row?.text ?? '';
}

async function versionsOf(id: string) {
  return database.pool.read<{ registered_area_ha: number; current: boolean; never_current: boolean }>(
    sql`select registered_area_ha, valid_to is null as current, coalesce(valid_to = valid_from, false) as never_current
      from city.parcel where id = ${id}::text order by row_id`,
  );
}

describe('loadFile', () => {
  it('puts register groups on parcels, the same wherever the units stand in the file', async () => {
    const parcels = [1, 2].map((n) => parcelMember({ n: n + 500, unit: n, at: [6427000 + 40 * n, 5811000] }));
    const units = [unitMember(1, '4'), unitMember(2, '7')];
    const first = await load(fileOf(registerFile([...parcels, ...units])));
    expect(first).toMatchObject({ written: 2, rejected: 2 });
    const held = await database.pool.read(sql`select register_group, public_holder from city.parcel
      where id = any(${[501, 502].map(fixtureParcelId)}::text[]) and valid_to is null order by id`);
    expect(held).toEqual([
      { register_group: '4', public_holder: 'municipality' },
      { register_group: '7', public_holder: 'other' },
    ]);
    expect(await load(fileOf(registerFile([...units, ...parcels])))).toMatchObject({
      written: 0,
      unchanged: 2,
    });
    const sold = [units[0] ?? '', unitMember(2, '4')];
    expect(await load(fileOf(registerFile([...sold, ...parcels])))).toMatchObject({
      written: 1,
      unchanged: 1,
    });
  });

  it('writes once, then nothing, then history for what has changed', async () => {
    const parcels = (areaOfThird: string) =>
      registerFile([1, 2, 3].map((n) => parcelMember({ n, areaHa: n === 3 ? areaOfThird : '0.06' })));
    const path = fileOf(parcels('0.06'));
    const progress: string[] = [];
    const first = await load(path, {
      onProgress: ({ phase, done, total }) => progress.push(`${phase} ${done / total}`),
    });
    expect(first).toMatchObject({
      format: 'egib-gml',
      dataset: 'city',
      crs: 'EPSG:2177',
      read: 3,
      written: 3,
      unchanged: 0,
      ended: 0,
      rejected: 0,
      refused: false,
      dryRun: false,
    });
    expect(progress[0]).toBe('reading 1');
    expect(progress.at(-1)).toMatch(/^storing 1$/);

    expect(await load(path)).toMatchObject({ written: 0, unchanged: 3, ended: 0 });

    const changed = await load(fileOf(parcels('0.07')));
    expect(changed).toMatchObject({ written: 1, unchanged: 2 });
    expect(changed.version).toBeGreaterThan(first.version ?? Number.NaN);
    expect(await versionsOf(fixtureParcelId(3))).toEqual([
      { registered_area_ha: 0.06, current: false, never_current: false },
      { registered_area_ha: 0.07, current: true, never_current: false },
    ]);
  });

  it('keeps versions that the register had ended, never as current', async () => {
    const file = registerFile([
      parcelMember({ n: 10, areaHa: '0.05', since: '2022-01-01T00:00:00', until: '2024-01-01T00:00:00' }),
      parcelMember({ n: 10, since: '2024-01-01T00:00:00' }),
    ]);
    expect(await load(fileOf(file))).toMatchObject({ read: 2, written: 2, ended: 0, rejected: 0 });
    expect(await load(fileOf(file))).toMatchObject({ written: 0, unchanged: 2 });
    expect((await versionsOf(fixtureParcelId(10))).map(({ current }) => current).sort()).toEqual([
      false,
      true,
    ]);

    const gone = registerFile([
      parcelMember({ n: 10, since: '2024-01-01T00:00:00', until: '2025-01-01T00:00:00' }),
    ]);
    expect(await load(fileOf(gone))).toMatchObject({ written: 1, ended: 1 });
    expect((await versionsOf(fixtureParcelId(10))).some(({ current }) => current)).toBe(false);
  });

  it('rejects by name what it cannot take over and takes the rest', async () => {
    const report = await load(
      fileOf(
        registerFile([
          parcelMember({ n: 20 }),
          parcelMember({ n: 21, id: fixtureParcelId(20) }),
          parcelMember({ n: 22, at: [6527000, 5810000] }),
          parcelMember({
            n: 23,
            posList: '5810000 6427000 5810010 6427010 5810010 6427000 5810000 6427010 5810000 6427000',
          }),
          parcelMember({ n: 24, since: '2999-01-01T00:00:00' }),
          parcelMember({ n: 25, areaHa: 'dużo' }),
          '<gml:featureMember><egb:EGB_OsobaFizyczna gml:id="x"/></gml:featureMember>',
        ]),
      ),
    );
    expect(report).toMatchObject({ read: 7, written: 1, rejected: 6 });
    expect(Object.fromEntries(report.problems.map(({ code, objectId }) => [code, objectId]))).toEqual({
      'duplicate-id': fixtureParcelId(20),
      'outside-city': fixtureParcelId(22),
      'invalid-geometry': fixtureParcelId(23),
      'future-date': fixtureParcelId(24),
      'invalid-value': fixtureParcelId(25),
      'class-not-stored': 'x',
    });
    expect(report.problems.find(({ code }) => code === 'invalid-geometry')?.message).toMatch(
      /Self-intersection.*6427005 5810005/,
    );
    expect(report.notes.map(({ code }) => code)).toContain('outside-city');
  });

  it('takes nothing of a file with one object at fault when it is strict, and says why', async () => {
    const sound = parcelMember({ n: 601, at: [6427000, 5811200] });
    const unsound = parcelMember({ n: 601, at: [6427040, 5811200] });
    const before = await snapshot();
    const path = fileOf(registerFile([sound, unsound]));
    const report = await load(path, { strict: true });
    expect(report).toMatchObject({ refused: true, written: 0, rejected: 2, version: undefined });
    expect(report.notes.find(({ code }) => code === 'strict')?.message).toContain('1 objects');
    expect(await snapshot()).toBe(before);
    // What is not stored here is no fault.
    const whole = fileOf(registerFile([sound, unitMember(9, '4')]));
    expect(await load(whole, { strict: true })).toMatchObject({ refused: false, written: 1, rejected: 1 });
  });

  it('loads a file of another place only when allowed, into a dataset named after it', async () => {
    const path = fileOf(registerFile([parcelMember({ n: 30, at: [6527000, 5910000] })]), 'Gmina Łęka.gml');
    expect(codes(await load(path))).toEqual(['outside-city']);
    const allowed = await load(path, { allowOutside: true });
    expect(allowed).toMatchObject({ dataset: 'gmina_leka', written: 1, rejected: 0 });
    expect(allowed.notes.find(({ code }) => code === 'dataset')?.message).toContain('"gmina_leka"');
    expect(await load(path, { allowOutside: true })).toMatchObject({
      dataset: 'gmina_leka',
      written: 0,
      unchanged: 1,
    });
    expect(await load(path, { dataset: 'other' })).toMatchObject({ dataset: 'other', written: 1 });
    const inside = fileOf(registerFile([parcelMember({ n: 31 })]));
    expect(await load(inside, { allowOutside: true })).toMatchObject({ dataset: 'city', written: 1 });
  });

  describe('of a declared scope', () => {
    let dataset = '';
    let datasets = 0;
    const precinct = '306401_1.0021';
    const id = (n: number, of = precinct) => `${of}.AR_10.${n}`;
    const file = (...members: readonly string[]) => fileOf(registerFile(members));
    const whole = () =>
      file(...[1, 2, 3].map((n) => parcelMember({ n })), parcelMember({ n: 4, id: id(4, '306401_1.0022') }));
    const current = async () =>
      (
        await database.pool.read<{ id: string }>(
          sql`select id from ${name(dataset, 'parcel')} where valid_to is null order by id`,
        )
      ).map((row) => row.id);
    const before = [1, 2, 3].map((n) => id(n)).concat(id(4, '306401_1.0022'));
    const scoped = (path: string, scope?: string, more: Partial<LoadFileOptions> = {}) =>
      load(path, { dataset, scope, ...more });
    beforeEach(async () => {
      dataset = `scoped_${++datasets}`;
      await scoped(whole());
      expect(await current()).toEqual(before.toSorted());
    });

    it('ends what is absent, and nothing without a scope', async () => {
      const path = file(parcelMember({ n: 1 }));
      expect(await scoped(path)).toMatchObject({ unchanged: 1, ended: 0 });
      const dry = await scoped(path, `precinct:${precinct}`, { dryRun: true });
      expect(dry).toMatchObject({ unchanged: 1, ended: 2 });
      expect(await current()).toHaveLength(4);
      expect(await scoped(path, `precinct:${precinct}`)).toMatchObject({ unchanged: 1, ended: 2 });
      expect(await current()).toEqual([id(1), id(4, '306401_1.0022')].toSorted());
      expect(await scoped(path, 'all')).toMatchObject({ unchanged: 1, ended: 1 });
      expect(await current()).toEqual([id(1)]);
      expect(await scoped(path, 'all')).toMatchObject({ unchanged: 1, ended: 0 });
      const [status] = await database.pool.read(
        sql`select object_count from twin.layer_status where layer = ${`${dataset}.parcels`}::text`,
      );
      expect(status).toEqual({ object_count: 1 });
    });

    it('keeps what is in the file but cannot be taken over', async () => {
      const path = file(
        parcelMember({ n: 1, areaHa: 'dużo' }),
        parcelMember({
          n: 2,
          posList: '5810000 6427000 5810010 6427010 5810010 6427000 5810000 6427010 5810000 6427000',
        }),
        parcelMember({ n: 3, since: '2999-01-01T00:00:00' }),
        parcelMember({ n: 4, id: id(4, '306401_1.0022'), posList: '1 2 3' }),
        parcelMember({ n: 6 }),
      );
      expect(await scoped(path, 'all')).toMatchObject({ written: 1, rejected: 4, ended: 0 });
      expect(await current()).toEqual([...before, id(6)].toSorted());
    });

    it('takes nothing for absent while an object has no identifier', async () => {
      const nameless = parcelMember({ n: 2 })
        .replace(/<egb:idIIP>.*?<\/egb:idIIP>/s, '')
        .replace(/<egb:idDzialki>.*?<\/egb:idDzialki>/, '');
      const report = await scoped(file(parcelMember({ n: 1 }), nameless), 'all');
      expect(report).toMatchObject({ unchanged: 1, rejected: 1, ended: 0 });
      expect(codes(report)).toEqual(['missing-id']);
      expect(report.notes.map(({ code }) => code)).toContain('scope-not-used');
      expect(await current()).toHaveLength(4);
    });

    it('leaves registers alone of which the file holds nothing', async () => {
      const point = `<gml:featureMember><egb:EGB_PunktGraniczny gml:id="p"><egb:idIIP><egb:EGB_IdentyfikatorIIP>
        <egb:lokalnyId>p-1</egb:lokalnyId></egb:EGB_IdentyfikatorIIP></egb:idIIP><egb:geometria>
        <gml:Point srsName="urn:ogc:def:crs:EPSG::2177"><gml:pos>5810000 6427000</gml:pos></gml:Point>
        </egb:geometria></egb:EGB_PunktGraniczny></gml:featureMember>`;
      expect(await scoped(file(point), 'all')).toMatchObject({ written: 1, ended: 0 });
      expect(await current()).toHaveLength(4);
    });

    it('refuses a precinct of which the file holds nothing, and words that are no scope', async () => {
      const path = file(parcelMember({ n: 1 }));
      await expect(scoped(path, `precinct:${precinct},306401_1.0099`)).rejects.toMatchObject({
        parameter: 'scope',
        message: expect.stringContaining('no object of precinct 306401_1.0099'),
      });
      for (const scope of ['everything', 'precinct:', 'precinct:21', 'precinct:306401_1.0021,']) {
        await expect(scoped(path, scope)).rejects.toMatchObject({ parameter: 'scope' });
      }
      expect(await current()).toHaveLength(4);
    });
  });

  describe('of a declared coverage', () => {
    const ring = (e: number, n: number, side: number) => [
      [e, n],
      [e + side, n],
      [e + side, n + side],
      [e, n + side],
      [e, n],
    ];
    const area = (e: number, n: number, side = 100) =>
      JSON.stringify({
        type: 'FeatureCollection',
        crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2177' } },
        features: [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring(e, n, side)] } }],
      });
    const path = () => fileOf(registerFile([parcelMember({ n: 70 })]));
    const declared = async () => {
      const rows = await database.pool.read<{ layer: string; m2: number }>(
        sql`select layer, round(ST_Area(geom)) as m2 from twin.layer_coverage order by layer`,
      );
      return rows;
    };

    it('says it of the layers of the file, adds to it, and replaces it with the whole', async () => {
      await load(path(), { coverage: area(6_427_000, 5_810_000), dryRun: true });
      expect(await declared()).toEqual([]);
      await load(path(), { coverage: area(6_427_000, 5_810_000) });
      expect(await declared()).toEqual([{ layer: 'parcels', m2: 10_000 }]);
      await load(path(), { coverage: area(6_427_050, 5_810_000) });
      expect(await declared()).toEqual([{ layer: 'parcels', m2: 15_000 }]);
      const lonLat = JSON.stringify({ type: 'Polygon', coordinates: [ring(16.9, 52.4, 0.001)] });
      await load(path(), { coverage: lonLat, scope: 'all' });
      expect((await declared())[0]?.m2).toBeCloseTo(7_576, -1);
    });

    it.each([
      ['{', /not JSON/],
      ['{"type":"Point","coordinates":[1,2]}', /holds a Point/],
      ['{"type":"FeatureCollection","features":[]}', /holds no area/],
      ['{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}', /not closed/],
    ])('refuses %s', async (coverage, message) => {
      await expect(load(path(), { coverage })).rejects.toThrow(message);
    });

    it('is refused of another place than the city', async () => {
      await expect(
        load(path(), { coverage: area(6_427_000, 5_810_000), dataset: 'covered' }),
      ).rejects.toMatchObject({ parameter: 'coverage' });
    });
  });

  it('keeps nothing of a dry run, and reports the same', async () => {
    const path = fileOf(registerFile([parcelMember({ n: 40 }), parcelMember({ n: 41, at: [0, 0] })]));
    const before = await snapshot();
    const dry = await load(path, { dryRun: true });
    expect(await snapshot()).toBe(before);
    const wet = await load(path);
    expect(dry).toMatchObject({ dryRun: true, written: 1, rejected: 1, problems: wet.problems });
  });

  it('keeps nothing when it is stopped', async () => {
    const path = fileOf(
      registerFile(
        Array.from({ length: 4000 }, (_, i) => parcelMember({ n: 1000 + i, at: [6427000, 5800000 + i] })),
      ),
    );
    const before = await snapshot();
    for (const phase of ['reading', 'storing']) {
      const stop = new AbortController();
      const reason = new Error('stopped by hand');
      const onProgress = (step: { phase: string }) => step.phase === phase && stop.abort(reason);
      const loading = loadFile({ pool: database.pool, path, signal: stop.signal, onProgress });
      await expect(loading).rejects.toThrow(reason);
      expect(await snapshot()).toBe(before);
    }
    expect(await load(path)).toMatchObject({ written: 4000 });
  });

  it('refuses hostile files as broken, with the line', async () => {
    const before = await snapshot();
    const bomb =
      '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
    const hostile: readonly (readonly [string, string, RegExp])[] = [
      ['a DTD', registerFile([parcelMember({ n: 50 })], bomb), /DOCTYPE/],
      ['an undeclared entity', registerFile([parcelMember({ n: 50 }), '&c;']), /undefined entity/],
      [
        'depth',
        registerFile([parcelMember({ n: 50 }), '<gml:featureMember>', '<gml:a>'.repeat(5000)]),
        /nested more than 100/,
      ],
      ['a huge tag', registerFile([`<gml:featureMember a="${'x'.repeat(600_000)}"/>`]), /longer than/],
      ['a wrong end tag', registerFile([parcelMember({ n: 50 }), '</gml:member>']), /unexpected close tag/],
    ];
    for (const [name, content, message] of hostile) {
      const report = await load(fileOf(content));
      expect([name, report.refused, report.written]).toEqual([name, true, 0]);
      expect(report.problems.at(-1)).toMatchObject({
        code: 'broken-file',
        line: expect.any(Number),
        message: expect.stringMatching(message),
      });
    }
    expect(await snapshot()).toBe(before);
  });

  it('refuses a file in another encoding than it says, and one that is no register', async () => {
    const latin = Buffer.from(registerFile([parcelMember({ n: 51 })]), 'latin1');
    expect((await load(fileOf(latin))).problems).toMatchObject([
      { code: 'broken-file', line: 2, message: expect.stringContaining('UTF-8') },
    ]);
    for (const content of [
      '',
      'hello',
      '{"type":"FeatureCollection"}',
      '<html/>',
      Buffer.from('PK\u0003\u0004'),
    ]) {
      const report = await load(fileOf(content));
      expect(report).toMatchObject({ refused: true, read: 0, version: undefined });
      // Of an archive (a timetable) the end is missed first.
      const code = content.toString().startsWith('PK') ? 'truncated-file' : 'broken-file';
      expect(report.problems).toMatchObject([{ code }]);
    }
  });

  it('never writes a part of a file that is cut off, and says where', async () => {
    const content = Buffer.from(registerFile([60, 61, 62].map((n) => parcelMember({ n }))));
    const end = content.lastIndexOf('>') + 1;
    const before = await snapshot();
    let state = 2177;
    for (let i = 0; i < 40; i++) {
      state = (state * 48271) % 2147483647;
      const cut = 600 + (state % (end - 600));
      const report = await load(fileOf(content.subarray(0, cut), 'cut.gml'));
      expect([cut, report.refused, codes(report)]).toEqual([cut, true, ['truncated-file']]);
      expect(report.problems[0]).toMatchObject({
        line: expect.any(Number),
        message: expect.stringContaining('nothing was loaded'),
      });
    }
    expect(await snapshot()).toBe(before);
  });

  it('says which path, option or database cannot be used', async () => {
    await expect(load(join(folder, 'none.gml'))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(load(folder)).rejects.toMatchObject({
      kind: 'invalid-parameter',
      message: expect.stringContaining('not a file'),
    });
    const path = fileOf(registerFile([parcelMember({ n: 70 })]));
    await expect(load(path, { crs: 'EPSG:1' })).rejects.toMatchObject({
      kind: 'invalid-parameter',
      parameter: 'crs',
    });
    await expect(load(path, { dataset: 'No Such' })).rejects.toMatchObject({ parameter: 'dataset' });
    const down = openPool({
      databaseUrl: 'postgres://nobody@127.0.0.1:5649/none',
      maxConnections: 1,
      statementTimeoutMs: 1000,
    });
    await expect(load(path, { pool: down })).rejects.toMatchObject({ kind: 'unavailable' });
    await down.close();
  });
});
