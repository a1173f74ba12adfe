import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { reproject } from '../../core/geo/crs.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { storeCatalogue } from './catalogue.ts';
import { postgisSource } from './features.ts';
import { layersOf } from './layers.ts';
import { beginLoad } from './load.ts';
import type { LoadHeader, LoadReport } from './load-contract.ts';
import type { Pool } from './pool.ts';
import { relationAsOf } from './relation.ts';
import { sql } from './sql.ts';

const HEADER: LoadHeader = {
  dataset: 'city',
  srid: 2177,
  fileName: 'test.gml',
  format: 'test',
  source: 'the test',
  synthetic: false,
  dryRun: false,
  allowOutside: false,
};
const SAMPLE = sampleFeatures(12);
const PARCELS = SAMPLE.filter(({ layer }) => layer === 'parcels');
const { easting: E, northing: N } = SAMPLE_ORIGIN;

describe('beginLoad', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    pool = database.pool;
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await pool.read(sql`drop schema if exists abroad cascade`);
    await pool.read(sql`truncate city.parcel, city.building, city.building_3d, twin.layer_status, twin.tile_cell,
      twin.dataset_version restart identity cascade`);
    await pool.read(sql`delete from twin.dataset where name <> 'city'`);
  });

  interface Piece {
    readonly feature: Feature;
    readonly srid?: number;
    readonly ended?: boolean;
  }
  const load = async (pieces: readonly (Piece | Feature)[], header: Partial<LoadHeader> = {}) => {
    const transaction = await beginLoad(pool, { ...HEADER, ...header });
    for (const piece of pieces) {
      const { feature, srid = 2177, ended = false } = 'feature' in piece ? piece : { feature: piece };
      await transaction.write(feature, srid, ended);
    }
    return transaction.finish();
  };
  const numbers = ({ written, unchanged, ended, rejected }: LoadReport) => ({
    written,
    unchanged,
    ended,
    rejected: rejected.map(({ code }) => code),
  });
  const parcel = (id: string, change: Partial<Feature> = {}): Feature => ({
    layer: 'parcels',
    id,
    geometry: PARCELS[0]?.geometry,
    properties: { parcel_number: '1' },
    ...change,
  });
  const square = (...[x0, y0, x1, y1]: readonly [number, number, number, number]): Feature['geometry'] => ({
    type: 'Polygon',
    coordinates: [
      [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
        [x0, y0],
      ],
    ],
  });
  const rows = (table: string) =>
    pool.read<{ id: string; current: boolean }>(
      sql`select id, valid_to is null as current, valid_from, valid_to, dataset_version, parcel_number
        from city.parcel where ${table}::text <> '' order by id, row_id`,
    );
  const stored = async (layer = 'parcels', source = postgisSource(pool, async () => SAMPLE_LAYERS)) => {
    const all: Feature[] = [];
    for await (const feature of source.query({ layer }, new AbortController().signal)) all.push(feature);
    return all;
  };
  const tables = async () => {
    const [row] = await pool.read(sql`select (select count(*) from city.parcel) as parcels,
      (select count(*) from twin.dataset_version) as versions, (select count(*) from twin.layer_status) as statuses,
      (select count(*) from twin.tile_cell) as cells, (select count(*) from twin.dataset) as datasets,
      to_regnamespace('abroad') is not null as abroad`);
    return row;
  };
  const NOTHING = { parcels: 0, versions: 0, statuses: 0, cells: 0, datasets: 1, abroad: false };

  it('stores every layer of a file and reports the version', async () => {
    const report = await load(SAMPLE);
    expect(numbers(report)).toEqual({ written: SAMPLE.length, unchanged: 0, ended: 0, rejected: [] });
    for (const layer of ['parcels', 'buildings', 'buildings_3d']) {
      const ids = SAMPLE.filter((feature) => feature.layer === layer).map(({ id }) => id);
      expect((await stored(layer)).map(({ id }) => id)).toEqual(ids.toSorted());
    }
    expect(await storeCatalogue(pool, layersOf(pool)).status('parcels', PUBLIC_VIEW)).toMatchObject({
      count: 12,
      extent: [E, N, E + 240, N + 20],
      source: 'the test',
      synthetic: false,
      version: report.version,
    });
  });

  it('finds the same file unchanged the second time', async () => {
    const first = await load(SAMPLE);
    const before = await rows('parcel');
    const second = await load(SAMPLE);
    expect(numbers(second)).toEqual({ written: 0, unchanged: SAMPLE.length, ended: 0, rejected: [] });
    expect(second.version).toBeGreaterThan(first.version ?? Number.NaN);
    expect(await rows('parcel')).toEqual(before);
  });

  it('keeps what was, when an object changes', async () => {
    await load([parcel('a'), parcel('b')]);
    const [before] = await pool.read<{ now: string }>(sql`select clock_timestamp() as now`);
    await sleep(5);
    expect(numbers(await load([parcel('a', { properties: { parcel_number: '2' } }), parcel('b')]))).toEqual({
      written: 1,
      unchanged: 1,
      ended: 0,
      rejected: [],
    });
    const history = await pool.read(sql`select parcel_number, valid_to is null as current,
        lead(valid_from) over (order by row_id) = valid_to as seamless
      from city.parcel where id = 'a' order by row_id`);
    expect(history).toEqual([
      { parcel_number: '1', current: false, seamless: true },
      { parcel_number: '2', current: true, seamless: null },
    ]);
    const then = postgisSource(
      pool,
      async () => SAMPLE_LAYERS,
      (layer) => relationAsOf(layer, new Date(before?.now ?? '')),
    );
    expect((await stored('parcels', then)).map(({ properties }) => properties['parcel_number'])).toEqual([
      '1',
      '1',
    ]);
    const longAgo = postgisSource(
      pool,
      async () => SAMPLE_LAYERS,
      (layer) => relationAsOf(layer, new Date('2000-01-01')),
    );
    expect(await stored('parcels', longAgo)).toEqual([]);
  });

  it('leaves objects alone that the file does not name', async () => {
    await load([parcel('a'), parcel('b')]);
    expect(numbers(await load([parcel('b')]))).toMatchObject({ unchanged: 1, ended: 0 });
    expect((await stored()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  describe('versions that the register had ended', () => {
    const old = {
      feature: parcel('a', { properties: { parcel_number: '0', version_since: '2010-01-01' } }),
      ended: true,
    };
    const current = parcel('a', { properties: { parcel_number: '1', version_since: '2020-01-01' } });

    it('are kept, are never current, and are known again', async () => {
      const older = { feature: parcel('a', { properties: { parcel_number: '00' } }), ended: true };
      const file = [old, older, current, old];
      expect(numbers(await load(file))).toEqual({
        written: 3,
        unchanged: 0,
        ended: 0,
        rejected: ['duplicate-id'],
      });
      expect(await stored()).toHaveLength(1);
      expect(await rows('parcel')).toHaveLength(3);
      expect(numbers(await load(file))).toEqual({
        written: 0,
        unchanged: 3,
        ended: 0,
        rejected: ['duplicate-id'],
      });
    });

    it('end the current object when the file names no successor', async () => {
      await load([current]);
      const departed = {
        feature: { ...current, properties: { ...current.properties, version_until: '2024-01-01' } },
        ended: true,
      };
      expect(numbers(await load([departed]))).toEqual({ written: 1, unchanged: 0, ended: 1, rejected: [] });
      expect(await stored()).toEqual([]);
      expect(numbers(await load([departed]))).toEqual({ written: 0, unchanged: 1, ended: 0, rejected: [] });
      expect(await storeCatalogue(pool, layersOf(pool)).status('parcels', PUBLIC_VIEW)).toMatchObject({
        count: 0,
        extent: undefined,
      });
    });

    it('do not end a newer object', async () => {
      await load([current]);
      expect(numbers(await load([old]))).toMatchObject({ written: 1, ended: 0 });
      expect(await stored()).toHaveLength(1);
    });
  });

  describe('refuses, and takes the rest', () => {
    const good = parcel('good');
    it.each<[string, Feature, string, RegExp]>([
      ['missing-id', parcel(''), 'missing-id', /no identifier/],
      ['missing-geometry', parcel('x', { geometry: undefined }), 'missing-geometry', /no geometry/],
      [
        'another type',
        parcel('x', { geometry: { type: 'Point', coordinates: [E, N] } }),
        'invalid-geometry',
        /takes MultiPolygon, this is a Point/,
      ],
      [
        'an open ring',
        parcel('x', {
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [E, N],
                [E + 1, N],
                [E, N + 1],
                [E + 2, N + 2],
              ],
            ],
          },
        }),
        'invalid-geometry',
        /does not close/,
      ],
      [
        'no number',
        parcel('x', { geometry: square(E, N, Number.NaN, N + 1) }),
        'invalid-geometry',
        /not a number/,
      ],
      [
        'a ring that crosses itself',
        parcel('x', {
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [E, N],
                [E + 2, N + 2],
                [E + 2, N],
                [E, N + 2],
                [E, N],
              ],
            ],
          },
        }),
        'invalid-geometry',
        /Self-intersection at POINT\(6427001 5808001\)/,
      ],
      [
        'an object far away',
        parcel('x', { geometry: square(E + 90_000, N, E + 90_001, N + 1) }),
        'outside-city',
        /outside the area/,
      ],
      [
        'a date to come',
        parcel('x', { properties: { object_since: '2999-01-01' } }),
        'future-date',
        /object_since/,
      ],
      [
        'a date that is none',
        parcel('x', { properties: { object_since: 'soon' } }),
        'invalid-value',
        /object_since/,
      ],
      [
        'words for a number',
        parcel('x', { properties: { registered_area_ha: 'much' } }),
        'invalid-value',
        /registered_area_ha/,
      ],
      ['a NUL', parcel('x', { properties: { land_use: 'a\0b' } }), 'invalid-value', /NUL/],
      [
        'an id again',
        parcel('good', { properties: { parcel_number: '77' } }),
        'duplicate-id',
        /earlier in the file/,
      ],
    ])('%s', async (_, bad, code, message) => {
      const report = await load([good, bad]);
      expect(numbers(report)).toEqual({ written: 1, unchanged: 0, ended: 0, rejected: [code] });
      expect(report.rejected[0]?.message).toMatch(message);
      expect(report.rejected[0]?.objectId).toBe(bad.id === '' ? undefined : bad.id);
      expect((await stored()).map(({ id }) => id)).toEqual(['good']);
    });

    it('fewer people than none', async () => {
      const home = { layer: 'building_residents', geometry: { type: 'Point', coordinates: [E, N] } } as const;
      const people = (id: string, age: number) => ({
        ...home,
        id,
        properties: { residents: 3, age_0_2: age },
      });
      const report = await load([people('x', -5), people('y', 0)]);
      expect(numbers(report)).toMatchObject({ written: 1, rejected: ['invalid-value'] });
      expect(report.rejected[0]?.message).toBe('age_0_2 must be 0 or more, got -5');
    });

    it('whole numbers that are none, and flat solids', async () => {
      const building = SAMPLE.find(({ layer }) => layer === 'buildings');
      const solid = SAMPLE.find(({ layer }) => layer === 'buildings_3d');
      if (!building || !solid) return expect.unreachable();
      const report = await load([
        { ...building, properties: { storeys_above: 2.5 } },
        { ...building, id: 'y', properties: { storeys_above: 3e9 } },
        { ...solid, geometry: square(E, N, E + 1, N + 1) },
      ]);
      expect(numbers(report).rejected).toEqual(['invalid-value', 'invalid-value', 'invalid-geometry']);
    });

    it('takes objects outside when told so', async () => {
      const far = parcel('far', { geometry: square(E + 90_000, N, E + 90_001, N + 1) });
      expect(numbers(await load([far], { allowOutside: true }))).toMatchObject({ written: 1, rejected: [] });
    });

    it('a file of which nothing can be taken leaves date, source and version as they were', async () => {
      await load([parcel('a')]);
      const before = await tables();
      const status = await pool.read(sql`select * from twin.layer_status`);
      const far = parcel('far', { geometry: square(E + 90_000, N, E + 90_001, N + 1) });
      expect(await load([far], { source: 'elsewhere' })).toMatchObject({ written: 0, version: undefined });
      expect(await tables()).toEqual(before);
      expect(await pool.read(sql`select * from twin.layer_status`)).toEqual(status);
    });

    it('a register of which nothing can be taken keeps its date and source beside one that can', async () => {
      const house: Feature = {
        layer: 'buildings',
        id: 'b',
        geometry: square(E, N, E + 1, N + 1),
        properties: {},
      };
      await load([parcel('a'), house]);
      const far = { ...house, id: 'far', geometry: square(E + 90_000, N, E + 90_001, N + 1) };
      await load([parcel('c'), far], { source: 'second' });
      expect(await pool.read(sql`select layer, source from twin.layer_status order by layer`)).toEqual([
        { layer: 'buildings', source: 'the test' },
        { layer: 'parcels', source: 'second' },
      ]);
    });

    it('lets the good one of two rows with one id win', async () => {
      const broken = parcel('a', { geometry: square(E + 90_000, N, E + 90_001, N + 1) });
      expect(numbers(await load([broken, parcel('a')]))).toMatchObject({
        written: 1,
        rejected: ['outside-city'],
      });
    });

    it('an unknown register ends the load', async () => {
      await expect(load([parcel('a'), { ...parcel('b'), layer: 'wells' }])).rejects.toMatchObject({
        kind: 'not-found',
      });
      expect(await tables()).toEqual(NOTHING);
    });
  });

  it('brings text through unharmed', async () => {
    const text = 'tab\t newline\n return\r backslash\\ \\N "Zażółć" 🏠 \\. $1';
    await load([parcel('a/\\ b', { properties: { land_use: text } })]);
    const [found] = await stored();
    expect(found?.id).toBe('a/\\ b');
    expect(found?.properties['land_use']).toBe(text);
  });

  it('turns another CRS into that of the dataset to a millimetre', async () => {
    const geometry = square(E, N, E + 20, N + 20);
    if (!geometry) return expect.unreachable();
    await load([{ feature: parcel('a', { geometry: reproject(geometry, 2177, 2180) }), srid: 2180 }]);
    const [found] = await stored();
    const corner = found?.geometry && [...positionsOf(found.geometry)][2];
    expect(Math.hypot((corner?.[0] ?? 0) - E - 20, (corner?.[1] ?? 0) - N - 20)).toBeLessThan(0.001);
  });

  it('keeps nothing of a dry run and reports the same', async () => {
    await load([parcel('a')]);
    const before = await tables();
    const file = [parcel('a', { properties: { parcel_number: '9' } }), parcel('b'), parcel('b')];
    const dry = numbers(await load(file, { dryRun: true }));
    expect(await tables()).toEqual(before);
    expect(dry).toEqual(numbers(await load(file)));
  });

  it('reports progress that grows to the end', async () => {
    const seen: [number, number][] = [];
    const transaction = await beginLoad(pool, HEADER);
    for (const feature of SAMPLE) await transaction.write(feature, 2177, false);
    await transaction.finish((done, total) => seen.push([done, total]));
    expect(seen.at(-1)).toEqual([SAMPLE.length, SAMPLE.length]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  });

  describe('cells', () => {
    const touched = (version: number) =>
      pool.read(sql`select layer, cell_x, cell_y from twin.tile_cell where version = ${version}::bigint
        order by layer, cell_x, cell_y`);
    const cell = (x: number, y: number) => ({ layer: 'parcels', cell_x: x, cell_y: y });
    const [cx, cy] = [Math.floor(E / 256), Math.floor(N / 256)];

    it('are touched where something came, and only there', async () => {
      await load([parcel('a')]);
      const { version } = await load([
        parcel('a'),
        parcel('b', { geometry: square((cx + 3) * 256 - 1, cy * 256 + 5, (cx + 3) * 256 + 1, cy * 256 + 6) }),
      ]);
      expect(await touched(version ?? 0)).toEqual([cell(cx + 2, cy), cell(cx + 3, cy)]);
    });

    it('are touched where something was, too', async () => {
      await load([parcel('a')]);
      const moved = parcel('a', {
        geometry: square((cx + 5) * 256 + 1, cy * 256 + 5, (cx + 5) * 256 + 2, cy * 256 + 6),
      });
      const { version } = await load([moved]);
      expect(await touched(version ?? 0)).toEqual([cell(cx, cy), cell(cx + 5, cy)]);
      const { version: again } = await load([moved]);
      expect(await touched(again ?? 0)).toEqual([]);
    });
  });

  describe('datasets of their own CRS', () => {
    it('are made by the first load, with layers under their name', async () => {
      const geometry = square(560_000, 490_000, 560_020, 490_020);
      const header = { dataset: 'abroad', srid: 2180 };
      const feature = parcel('a', { geometry });
      expect(numbers(await load([{ feature, srid: 2180 }], header))).toMatchObject({
        written: 1,
        rejected: [],
      });
      expect(numbers(await load([{ feature, srid: 2180 }], header))).toMatchObject({ unchanged: 1 });
      const layers = await layersOf(pool)();
      expect(layers.map(({ name, srid }) => [name, srid])).toEqual([
        ...REGISTERS.map(({ name }) => [name, 2177]),
        ['abroad.parcels', 2180],
      ]);
      const source = postgisSource(pool, layersOf(pool));
      expect(await source.byId('abroad.parcels', 'a', undefined, new AbortController().signal)).toMatchObject(
        {
          layer: 'abroad.parcels',
          geometry: { type: 'MultiPolygon', coordinates: geometry && [geometry.coordinates] },
        },
      );
      const visible = await storeCatalogue(pool, layersOf(pool)).layers(PUBLIC_VIEW);
      const known = REGISTERS.filter(({ audience }) => audience !== 'staff');
      expect(visible.map(({ name }) => name)).toEqual([...known.map(({ name }) => name), 'abroad.parcels']);
    });

    it('have the same indexes and keys as the city', async () => {
      await load([{ feature: parcel('a'), srid: 2177 }], { dataset: 'abroad', srid: 2178 });
      const indexes = (schema: string) =>
        pool.read(sql`select regexp_replace(indexdef, 'INDEX [^ ]+ ON [^ ]+', '') as definition
          from pg_indexes where schemaname = ${schema}::text order by 1`);
      expect(await indexes('abroad')).toEqual(await indexes('city'));
      const keys = (schema: string) =>
        pool.read(sql`select pg_get_constraintdef(oid) as definition from pg_constraint
          where connamespace = ${schema}::text::regnamespace order by 1`);
      expect(await keys('abroad')).toEqual(await keys('city'));
    });

    it.each([
      ['city', 2180, 'conflict', /stored in EPSG:2177/],
      ['twin', 2177, 'invalid-parameter', /cannot name a dataset/],
      ['public', 2177, 'invalid-parameter', /cannot name a dataset/],
      ['pg_catalog', 2177, 'invalid-parameter', /cannot name a dataset/],
      ['Abroad; drop', 2177, 'invalid-parameter', /cannot name a dataset/],
      ['abroad', 99999, 'invalid-parameter', /not known/],
    ])('refuse the name %s with EPSG:%i', async (dataset, srid, kind, message) => {
      await expect(beginLoad(pool, { ...HEADER, dataset, srid })).rejects.toMatchObject({
        kind,
        message: expect.stringMatching(message),
      });
    });
  });

  describe('trouble', () => {
    it('abort in the middle leaves nothing, also no dataset', async () => {
      const transaction = await beginLoad(pool, { ...HEADER, dataset: 'abroad', srid: 2177 });
      for (const feature of SAMPLE) await transaction.write(feature, 2177, false);
      await transaction.abort();
      await transaction.abort();
      await expect(transaction.write(parcel('z'), 2177, false)).rejects.toMatchObject({ kind: 'conflict' });
      await expect(transaction.finish()).rejects.toMatchObject({ kind: 'conflict' });
      expect(await tables()).toEqual(NOTHING);
      expect(numbers(await load(SAMPLE))).toMatchObject({ written: SAMPLE.length });
    });

    it('abort while it is being written stops at once and leaves nothing', async () => {
      const blocker = await pool.connect();
      await blocker.run(sql`begin; lock table city.parcel in access exclusive mode`);
      const transaction = await beginLoad(pool, HEADER);
      for (const feature of SAMPLE) await transaction.write(feature, 2177, false);
      const finishing = transaction.finish();
      const settled = expect(finishing).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('nothing was changed'),
      });
      await sleep(150);
      const start = performance.now();
      await transaction.abort();
      await settled;
      expect(performance.now() - start).toBeLessThan(1_000);
      await blocker.run(sql`rollback`);
      blocker.release();
      expect(await tables()).toEqual(NOTHING);
    });

    it('a lost connection leaves nothing and is told', async () => {
      const transaction = await beginLoad(pool, HEADER);
      for (const feature of SAMPLE) await transaction.write(feature, 2177, false);
      await pool.read(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`);
      await expect(transaction.finish()).rejects.toMatchObject({ kind: 'unavailable' });
      await transaction.abort();
      expect(await tables()).toEqual(NOTHING);
    });

    it('nobody sees half a load', async () => {
      const transaction = await beginLoad(pool, HEADER);
      for (const feature of SAMPLE) await transaction.write(feature, 2177, false);
      expect(await stored()).toEqual([]);
      await transaction.finish(() => {});
      expect(await stored()).toHaveLength(12);
    });

    it('two loads of one file at once: one writes, the other finds all unchanged', async () => {
      const reports = await Promise.all([load(SAMPLE), load(SAMPLE), load(SAMPLE)]);
      expect(reports.map(({ written }) => written).toSorted((a, b) => a - b)).toEqual([0, 0, SAMPLE.length]);
      expect(reports.map(({ unchanged }) => unchanged).toSorted((a, b) => a - b)).toEqual([
        0,
        SAMPLE.length,
        SAMPLE.length,
      ]);
    });

    it('two first loads of one new dataset at once', async () => {
      const header = { dataset: 'abroad', srid: 2178 };
      const reports = await Promise.all([load(PARCELS, header), load(PARCELS, header)]);
      expect(reports.map(({ written }) => written).toSorted((a, b) => a - b)).toEqual([0, 12]);
    });

    it('an empty file is a load without objects', async () => {
      expect(numbers(await load([]))).toEqual({ written: 0, unchanged: 0, ended: 0, rejected: [] });
    });
  });

  it('calls a layer synthetic while it holds generated objects', async () => {
    const status = () => storeCatalogue(pool, layersOf(pool)).status('parcels', PUBLIC_VIEW);
    await load([parcel('a')], { synthetic: true });
    await load([parcel('b')]);
    expect((await status()).synthetic).toBe(true);
    await load([parcel('a', { properties: { parcel_number: '3' } })]);
    expect((await status()).synthetic).toBe(false);
  });
});
