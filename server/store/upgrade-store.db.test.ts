import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { emptyDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { beginLoad } from './load.ts';
import { migrate } from './migrate.ts';
import { openPool, type Pool } from './pool.ts';
import { sql, trusted } from './sql.ts';
import { upgradeStore } from './upgrade-store.ts';

const HEADER = {
  dataset: 'hel',
  srid: 2177,
  fileName: 'new.gml',
  format: 'test',
  source: 'test',
  synthetic: false,
  dryRun: false,
  allowOutside: false,
};
const MIGRATIONS = resolve(import.meta.dirname, '..', '..', 'migrations');
const [SAMPLE] = sampleFeatures(1);
const parcel = (land_use: string): Feature => {
  if (!SAMPLE) throw new Error('no sample');
  return { ...SAMPLE, properties: { ...SAMPLE.properties, land_use } };
};

let database: { url: string; drop: () => Promise<void> };
let pool: Pool;
beforeEach(async () => {
  database = await emptyDatabase();
  pool = openPool({ databaseUrl: database.url, maxConnections: 4, statementTimeoutMs: 20_000 });
  return async () => {
    await pool.close();
    await database.drop();
  };
});

const uses = (schema = 'city') =>
  pool.read<{ designation: string; area_ha: number }>(
    trusted(`select designation, area_ha from ${schema}.parcel_land_use where valid_to is null order by id`),
  );
const versions = async () => (await pool.read(sql`select from twin.dataset_version`)).length;

describe('a database that the first release filled', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'blizniak-old-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Three migrations, and a parcel in the city and in a dataset beside it, whose tables are like those of then. */
  async function fillOldRelease(): Promise<void> {
    for (const file of readdirSync(MIGRATIONS).filter((name) => /^000[123]-/.test(name))) {
      copyFileSync(join(MIGRATIONS, file), join(folder, file));
    }
    await migrate(pool, folder);
    const row = (schema: string) => `insert into ${schema}.parcel
        (id, geom, land_use, registered_area_ha, valid_from, dataset_version, content_hash)
      select '${sampleParcelId(0)}', ST_Multi(ST_MakeEnvelope(6427000, 5808000, 6427020, 5808020, 2177)),
        'RVI 0.242 ha; B 0.05 ha', 0.292, recorded_at, version, md5('x')::uuid
      from twin.dataset_version where dataset = '${schema}';
      insert into twin.layer_status (dataset, layer, object_count, loaded_at, source, synthetic, version)
      select dataset, case dataset when 'city' then '' else dataset || '.' end || 'parcels', 1, recorded_at,
        source, synthetic, version from twin.dataset_version where dataset = '${schema}'`;
    await pool.read(
      trusted(`create schema hel; insert into twin.dataset (name, srid) values ('hel', 2177);
        create table hel.parcel (like city.parcel including all);
        create table hel.building (like city.building including all);
        create table hel.building_3d (like city.building_3d including all);
        insert into twin.dataset_version (dataset, recorded_at, file_name, format, source, synthetic)
        select name, '2025-01-02T03:04:05Z', 'old.gml', 'egib-gml', 'the county', false from twin.dataset;
        ${row('city')}; ${row('hel')}`),
    );
  }

  it('has its land uses at once, in every dataset, with source and date', async () => {
    await fillOldRelease();
    const { applied, aligned, derived } = await upgradeStore(pool);
    expect(applied).toContain('0004-whole-town.sql');
    expect(aligned).toEqual(
      expect.arrayContaining([
        'drop index hel.address_lower_house_number_idx',
        expect.stringMatching(/^CREATE INDEX ON hel\.address .*und-x-icu/),
      ]),
    );
    expect(derived).toEqual(['parcel_land_uses', 'hel.parcel_land_uses']);
    const expected = [
      { designation: 'RVI', area_ha: 0.242 },
      { designation: 'B', area_ha: 0.05 },
    ];
    expect(await uses()).toEqual(expected);
    expect(await uses('hel')).toEqual(expected);
    expect(
      await pool.read(sql`select object_count, source, synthetic from twin.layer_status
        where layer = 'parcel_land_uses'`),
    ).toEqual([{ object_count: 2, source: 'the county', synthetic: false }]);
    expect(await pool.read(sql`select from twin.tile_cell where layer = 'parcel_land_uses'`)).toHaveLength(1);
    expect(await upgradeStore(pool)).toEqual({ applied: [], aligned: [], derived: [] });
  });

  it('takes loads into a dataset of then, whose indexes are those of the city', async () => {
    await fillOldRelease();
    await upgradeStore(pool);
    const load = await beginLoad(pool, HEADER);
    await load.write(parcel('S 0.04 ha'), 2177, false);
    expect(await load.finish()).toMatchObject({ written: 1, rejected: [] });
    expect(await uses('hel')).toEqual([{ designation: 'S', area_ha: 0.04 }]);
    const indexes = (schema: string) =>
      pool.read(sql`select regexp_replace(indexdef, 'INDEX [^ ]+ ON [^ ]+', '') as definition
        from pg_indexes where schemaname = ${schema}::text order by 1`);
    expect(await indexes('hel')).toEqual(await indexes('city'));
  });
});

it('makes in other datasets what a migration made in the city alone', async () => {
  await migrate(pool);
  const load = await beginLoad(pool, { ...HEADER, dataset: 'hel', srid: 2180 });
  await load.write(parcel('B'), 2177, false);
  await load.finish();
  const dump = (schema: string) =>
    pool.read(sql`select table_name, column_name, data_type, collation_name from information_schema.columns
      where table_schema = ${schema}::text order by 1, 2`);
  const whole = await dump('hel');
  await pool.read(sql`drop table hel.tree; alter table hel.parcel drop column register_group`);
  expect((await upgradeStore(pool)).aligned).toEqual([
    'create table hel.tree',
    'alter table hel.parcel add column register_group text collate pg_catalog."C"',
  ]);
  expect(await dump('hel')).toEqual(whole);
  expect(await dump('city')).toEqual(whole);
});

describe('derived layers', () => {
  it('are made anew by one of several servers when the recipe is another, with history', async () => {
    await upgradeStore(pool);
    await fill(pool, [parcel('S 0.03 ha')]);
    await pool.read(sql`update city.parcel_land_use set area_ha = 9, content_hash = md5('old')::uuid;
      update twin.derived_layer set recipe = 'old'`);
    const before = await versions();
    const upgrades = await Promise.all([1, 2, 3].map(() => upgradeStore(pool)));
    expect(upgrades.flatMap(({ derived }) => derived)).toEqual(['parcel_land_uses']);
    expect(await versions()).toBe(before + 1);
    expect(
      await pool.read(sql`select area_ha, valid_to is null as current
      from city.parcel_land_use order by row_id`),
    ).toEqual([
      { area_ha: 9, current: false },
      { area_ha: 0.03, current: true },
    ]);
  });

  it('that are right already, or have no source yet, leave no version behind', async () => {
    expect((await upgradeStore(pool)).derived).toEqual([]);
    expect(await versions()).toBe(0);
    await fill(pool, [parcel('S 0.03 ha')]);
    await pool.read(sql`delete from twin.derived_layer`);
    expect(await upgradeStore(pool)).toEqual({ applied: [], aligned: [], derived: [] });
    expect(await versions()).toBe(1);
  });
});
