import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { CHANGEABLE_LAYERS } from '../../core/wire/edits/changeable-layers.ts';
import { editSchema } from '../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import type { Identity } from '../access/identity.ts';
import type { Scenarios } from '../services/scenarios.ts';
import { layersOf } from './layers.ts';
import { preparePublicRole } from './public-role.ts';
import { storeScenarios } from './scenarios.ts';
import { sql, trusted } from './sql.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const HOUSE = editSchema.parse({
  kind: 'add-building',
  footprint: [
    [E + 24, N + 4],
    [E + 32, N + 4],
    [E + 32, N + 16],
  ],
  storeys: 1,
  roof: { shape: 'flat' },
  function: 'm',
});

describe('storeScenarios', () => {
  let database: TestDatabase;
  let store: Scenarios;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(6));
    store = storeScenarios(database.pool, layersOf(database.pool), flatGround(undefined));
  });
  afterAll(() => database.drop());
  const begin = () => store.create({ title: 'T', reason: '', access: 'link' }, STAFF);

  it('has sister tables with all columns of their registers', async () => {
    const columns = await database.pool.read<{ table: string; columns: readonly string[] }>(
      sql`select table_name as table, array_agg(column_name::text order by column_name) as columns
        from information_schema.columns where table_schema = 'scenario' group by table_name`,
    );
    const changeable = REGISTERS.filter(({ name }) => CHANGEABLE_LAYERS.some((known) => known === name));
    expect(columns.map(({ table }) => table).toSorted()).toEqual(
      changeable.map(({ table }) => table).toSorted(),
    );
    for (const { table, columns: found } of columns) {
      const register = REGISTERS.find((each) => each.table === table);
      const wanted = [
        'id',
        'geom',
        'scenario_id',
        'is_deleted',
        ...(register?.properties ?? []).map(({ name }) => name),
      ];
      expect(found).toEqual(wanted.toSorted());
    }
  });

  it('says where the height of the ground is not known', async () => {
    const { id, revision } = await begin();
    const { added } = await store.add(id, revision, [HOUSE], STAFF);
    expect(added.map(({ findings }) => findings.map(({ code }) => code))).toEqual([['terrain-unknown']]);
    expect(added[0]?.edit.groundHeightM).toBe(0);
  });

  it('takes no more than ten thousand edits', async () => {
    const { id, revision } = await begin();
    await database.pool.read(sql`insert into twin.scenario_edit (scenario_id, ordinal, id, author, edit, settled)
      select ${id}::text, n, 'x' || n, 'anna', ${JSON.stringify(HOUSE)}::jsonb, '{"objects":[]}'::jsonb
      from generate_series(1, 10000) as n`);
    await expect(store.add(id, revision, [HOUSE], STAFF)).rejects.toMatchObject({
      kind: 'invalid-parameter',
      message: 'A scenario holds at most 10000 edits; begin another one',
    });
    expect(await store.read(id, STAFF)).toMatchObject({ revision });
  });

  it('keeps nothing of an edit that fails half way', async () => {
    const { id, revision } = await begin();
    await database.pool.read(
      trusted("alter table scenario.building_3d add constraint never check (id = '') not valid"),
    );
    await expect(store.add(id, revision, [HOUSE], STAFF)).rejects.toThrow();
    await database.pool.read(trusted('alter table scenario.building_3d drop constraint never'));
    expect(await store.read(id, STAFF)).toMatchObject({ revision, edits: [] });
    const rows = await database.pool.read(sql`select from scenario.building where scenario_id = ${id}::text`);
    expect(rows).toHaveLength(0);
  });

  it('takes back several edits as one step, or none of them', async () => {
    const { id, revision } = await begin();
    const { revision: two } = await store.add(id, revision, [HOUSE], STAFF);
    await expect(store.undo(id, two, STAFF, 2)).rejects.toThrow('only 1 edits');
    expect(await store.read(id, STAFF)).toMatchObject({ revision: two, undone: 0 });
    expect(await store.undo(id, two, STAFF, 1)).toMatchObject({ revision: two + 1, undone: 1, edits: [] });
  });

  it('takes its rows and cells along when it is deleted', async () => {
    const { id, revision } = await begin();
    const added = await store.add(id, revision, [HOUSE], STAFF);
    await store.remove(id, added.revision, STAFF);
    const [left] = await database.pool.read(sql`select
      (select count(*) from scenario.building where scenario_id = ${id}::text) as rows,
      (select count(*) from twin.scenario_cell where scenario_id = ${id}::text) as cells,
      (select count(*) from twin.scenario_edit where scenario_id = ${id}::text) as edits`);
    expect(left).toEqual({ rows: 0, cells: 0, edits: 0 });
    expect(await store.state(id, STAFF)).toBeUndefined();
  });

  it.each(['', 'x', "' or true --", 'a\0', '../../etc'])('knows no scenario %j', async (id) => {
    expect(await store.state(id, STAFF)).toBeUndefined();
    await expect(store.undo(id, 1, STAFF)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('does not tell the database role of the public who wrote what', async () => {
    await preparePublicRole(database.pool);
    const may = async (table: string) => {
      const [row] = await database.pool.read<{ may: boolean }>(
        sql`select has_table_privilege('blizniak_public', ${table}::text, 'select') as may`,
      );
      return row?.may;
    };
    for (const table of ['twin.scenario', 'twin.scenario_edit']) expect(await may(table)).toBe(false);
    for (const table of ['scenario.building', 'twin.scenario_cell']) expect(await may(table)).toBe(true);
  });
});
