import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { schemaDump } from '../../test/support/schema-dump.ts';
import { CITY } from './dataset.ts';
import { migrate } from './migrate.ts';
import { openPool, type Pool } from './pool.ts';
import { isPersonal, PERSONAL } from './register-table.ts';
import { sql } from './sql.ts';

const COMMITTED_DUMP = resolve(import.meta.dirname, '..', '..', 'migrations', 'schema.sql');

describe('the migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('make the schema of the committed dump (after a new migration: vitest run -u)', async () => {
    await expect(schemaDump(database.url)).toMatchFileSnapshot(COMMITTED_DUMP);
  });

  it.each(REGISTERS.map((register) => [register.name, register] as const))(
    'make a table for the declaration of %s',
    async (_, register) => {
      const columns = await database.pool.read<{ column: string; type: string; collation: string | null }>(
        sql`select column_name as column, coalesce(nullif(data_type, 'USER-DEFINED'), udt_name) as type,
            collation_name as collation
          from information_schema.columns where table_schema = ${isPersonal(register) ? PERSONAL : CITY}::text and table_name = ${register.table}::text`,
      );
      const types = new Map(columns.map(({ column, type }) => [column, type]));
      const expected = {
        text: 'text',
        integer: 'integer',
        number: 'double precision',
        boolean: 'boolean',
        date: 'date',
        datetime: 'timestamp with time zone',
      } as const;
      for (const property of register.properties) {
        expect([property.name, types.get(property.name)]).toEqual([property.name, expected[property.type]]);
      }
      const own = ['row_id', 'id', 'geom', 'valid_from', 'valid_to', 'dataset_version', 'content_hash'];
      expect([...types.keys()].toSorted()).toEqual(
        [...own, ...register.properties.map(({ name }) => name)].toSorted(),
      );
      // Order and prefix search must not depend on the locale of the server.
      for (const { column, type, collation } of columns) {
        if (type === 'text') expect([column, collation]).toEqual([column, 'C']);
      }
    },
  );
});

describe('migrate', () => {
  let folder: string;
  let database: { url: string; drop: () => Promise<void> };
  let pools: Pool[];
  const open = () => {
    const pool = openPool({ databaseUrl: database.url, maxConnections: 2, statementTimeoutMs: 10_000 });
    pools.push(pool);
    return pool;
  };
  const put = (file: string, text: string) => writeFileSync(join(folder, file), text);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'blizniak-migrations-'));
    database = await emptyDatabase();
    pools = [];
    put('0001-one.sql', 'create table one (n integer); select pg_sleep(0.2);');
  });
  afterEach(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('applies each file once, also when several servers start together', async () => {
    const applied = await Promise.all([open(), open(), open()].map((pool) => migrate(pool, folder)));
    expect(applied.flat()).toEqual(['0001-one.sql']);
    put('0002-two.sql', 'create table two (n integer);');
    expect(await migrate(open(), folder)).toEqual(['0002-two.sql']);
    expect(await migrate(open(), folder)).toEqual([]);
  });

  it('leaves nothing of a file that fails, and says which and why', async () => {
    put('0002-two.sql', 'create table two (n integer); create table two (n integer);');
    const pool = open();
    await expect(migrate(pool, folder)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/0002-two\.sql failed on .*"two" already exists/),
    });
    expect(
      await pool.read(sql`select to_regclass('one') is not null as one, to_regclass('two') as two`),
    ).toEqual([{ one: true, two: null }]);
  });

  it('refuses a database of a newer release', async () => {
    put('0002-two.sql', 'create table two (n integer);');
    await migrate(open(), folder);
    rmSync(join(folder, '0002-two.sql'));
    await expect(migrate(open(), folder)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('start a newer release'),
    });
  });

  it('refuses a file that was changed after it was applied', async () => {
    await migrate(open(), folder);
    put('0001-one.sql', 'create table other (n integer);');
    await expect(migrate(open(), folder)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('append-only'),
    });
  });
});
