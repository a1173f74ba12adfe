/** Reading a scenario must cost about what reading the city costs: by index, each branch cut by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILDINGS } from '../../core/catalogue/buildings.ts';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW, type ScenarioState } from '../access/view.ts';
import { layerOf } from './layers.ts';
import { relationFor } from './relation.ts';
import { countSql, rowsSql } from './rows-sql.ts';
import { decidingEditsSql } from './scenario-reading.ts';
import { type Sql, sql, trusted } from './sql.ts';
import { layerVersionSql, tileVersionSql } from './tile-version.ts';

const ID = 'b'.repeat(20);
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const BOX = { minX: E, minY: N, maxX: E + 100, maxY: N + 100, srid: 2177 };
const BUILDING_LAYER = layerOf(BUILDINGS, 'city', 2177);
const PARCEL_LAYER = layerOf(PARCELS, 'city', 2177);

describe('plans in a scenario', () => {
  let database: TestDatabase;
  let scenario: ScenarioState;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(
      database.pool,
      sampleFeatures(12_000).filter(({ layer }) => layer === 'buildings'),
    );
    scenario = { id: ID, title: '', base: new Date(Date.now() + 60_000), revision: 2, layers: ['buildings'] };
    // A hundred scenarios over one base, each with 40 rows; half of them take a building away.
    await database.pool.read(sql`insert into twin.scenario (id, title, reason, author, updated_by, access, base_version, base_at)
      select case when n = 1 then ${ID}::text else translate(lpad(n::text, 20, 'a'), '0189', 'bcde') end,
        '', '', 't', 't', 'link', 1, clock_timestamp() + interval '1 minute'
      from generate_series(1, 100) as n`);
    await database.pool.read(sql`insert into scenario.building (scenario_id, id, geom, is_deleted)
      select scenario.id, picked.id, case when picked.rank % 2 = 0 then picked.geom end, picked.rank % 2 = 1
      from twin.scenario cross join (
        select id, geom, row_number() over (order by id) as rank from city.building order by id limit 40) as picked`);
    await database.pool.read(sql`analyze city.building`);
    await database.pool.read(sql`analyze scenario.building`);
    await database.pool.read(sql`analyze twin.scenario`);
  });
  afterAll(() => database.drop());

  const planOf = async (statement: Sql): Promise<string> =>
    (await database.pool.read<{ 'QUERY PLAN': string }>(sql`explain ${statement}`))
      .map((row) => row['QUERY PLAN'])
      .join('\n');
  const edited = () => {
    const relation = relationFor(BUILDING_LAYER, { ...PUBLIC_VIEW, scenario });
    if (!relation) throw new Error('the layer is hidden');
    return relation;
  };
  const query = (more: Partial<FeatureQuery>): FeatureQuery => ({ layer: 'buildings', ...more });

  it.each<[string, () => Sql, readonly string[]]>([
    [
      'a box',
      () => rowsSql(edited(), query({ bbox: BOX })),
      ['building_current_geom', 'building_scenario_geom'],
    ],
    [
      'one object',
      () => rowsSql(edited(), query({ filter: { op: 'ids', ids: ['x'] }, limit: 1 })),
      ['building_current_id', 'building_pkey'],
    ],
    [
      'a page',
      () => rowsSql(edited(), query({ limit: 10, after: '306401_1.0021.5' })),
      ['building_current_id', 'building_pkey'],
    ],
    ['a count in a box', () => countSql(edited(), query({ bbox: BOX })), ['building_current_geom']],
    [
      'the version of a tile',
      () => tileVersionSql(BUILDING_LAYER, BOX, { scenario }),
      ['tile_cell_pkey', 'scenario_cell_pkey'],
    ],
    [
      'the version of a layer',
      () => layerVersionSql(BUILDING_LAYER, { scenario }),
      ['layer_status_pkey', 'scenario_cell_pkey'],
    ],
  ])('find %s by an index', async (_, statement, indexes) => {
    const plan = await planOf(statement());
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan on (?:building|tile_cell|scenario_cell)/);
  });

  it('do not sort the whole for a page', async () => {
    const plan = await planOf(rowsSql(edited(), query({ limit: 10 })));
    const sorted = [...plan.matchAll(/Sort {2}\(cost=\S+ rows=(\d+)/g)].map(([, rows]) => Number(rows));
    expect(Math.max(0, ...sorted)).toBeLessThan(100);
    expect(plan).toContain('building_current_id');
  });

  it('are those of the base in a layer that the scenario leaves alone', async () => {
    const past = relationFor(PARCEL_LAYER, { ...PUBLIC_VIEW, at: scenario.base });
    expect(relationFor(PARCEL_LAYER, { ...PUBLIC_VIEW, scenario })).toEqual(past);
  });

  it('find the edits that decide about objects by index, in a long stack among many', async () => {
    await database.pool.read(sql`insert into twin.scenario_edit (scenario_id, ordinal, id, author, edit, settled)
      select scenario.id, n, 'e' || n, 't', '{"kind": "fell-tree"}',
        jsonb_build_object('objects', jsonb_build_array(jsonb_build_object('layer', 'trees', 'id', 't' || n / 2)))
      from twin.scenario, generate_series(1, case when id = ${ID}::text then 10000 else 100 end) as n`);
    const objects = [1, 17, 4_999].map((n) => ({ layer: 'trees' as const, id: `t${n}` }));
    const statement = decidingEditsSql(ID, objects);
    const indexes = ['scenario_edit_object_pkey', 'scenario_edit_pkey'];
    // As planned in the transaction that makes the edits, before anybody has counted them, and after.
    for (const counted of [false, true]) {
      if (counted) await database.pool.read(trusted('analyze twin.scenario_edit, twin.scenario_edit_object'));
      const plan = await planOf(statement);
      for (const index of indexes) expect(plan).toContain(index);
      expect(plan).not.toMatch(/Seq Scan on scenario_edit/);
    }
    const found = await database.pool.read<{ id: string }>(statement);
    expect(found.map(({ id }) => id)).toEqual(['e2', 'e3', 'e34', 'e35', 'e9998', 'e9999']);
  });

  it('a hundred scenarios cost little', async () => {
    const [size] = await database.pool.read<{ share: number }>(sql`select
      pg_total_relation_size('scenario.building') / 100.0 / pg_total_relation_size('city.building') as share`);
    expect(Number(size?.share)).toBeLessThan(0.02);
  });
});
