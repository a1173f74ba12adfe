import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { slowQueryLog } from './slow-queries.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
const told: { statement: string; plan: readonly string[] }[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const watched = (thresholdMs: number) =>
  database.openAnother({
    onTook: slowQueryLog({
      thresholdMs,
      pool: () => database.pool,
      log: { warn: (fields) => void told.push(fields as (typeof told)[number]) },
    }),
  });

it('tells a slow statement once, with its plan and without its values', async () => {
  const pool = watched(100);
  const secret = 'Kowalska, 80010112345';
  for (let i = 0; i < 2; i++) {
    await pool.read(
      sql`select pg_sleep(0.12)::text where not exists (select from twin.account where name = ${secret}::text)`,
    );
    await pool.read(sql`select count(*) from twin.account where name = ${secret}::text`);
  }
  await expect.poll(() => told.length).toBeGreaterThan(0);
  const [first] = told;
  expect(first?.statement).toContain('where name = $1::text');
  expect(first?.plan.join('\n')).toMatch(/on account/);
  expect(JSON.stringify(told)).not.toContain(secret);
  expect(told.filter(({ statement }) => statement.includes('$1'))).toHaveLength(1);
});

it('tells a stream by its first rows, and statements that are several without a plan', async () => {
  told.length = 0;
  const pool = watched(100);
  for await (const rows of pool.stream(
    sql`select n, pg_sleep(0.06)::text from generate_series(1, ${3}::integer) as n`,
    new AbortController().signal,
  )) {
    expect(rows).toHaveLength(3);
  }
  await expect
    .poll(() => told)
    .toMatchObject([{ plan: [expect.stringMatching(/Function Scan|ProjectSet|Result/)] }]);
  await pool.read(sql`select pg_sleep(0.12)::text; select 1`);
  await expect.poll(() => told.at(-1)?.plan).toEqual(['no plan: several statements']);
});
