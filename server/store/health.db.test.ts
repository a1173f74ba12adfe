import { expect, it } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { storeHealth } from './health.ts';
import { openPool } from './pool.ts';

it('says that the database answers', async () => {
  const database = await testDatabase();
  expect(await storeHealth(database.pool).ready()).toMatchObject({ ready: true });
  await database.drop();
});

it('says since when the database does not answer, and that it does again', async () => {
  const pool = openPool({
    databaseUrl: 'postgres://nobody@127.0.0.1:9/none',
    maxConnections: 1,
    statementTimeoutMs: 500,
  });
  const times = ['2026-01-01T10:00:00.000Z', '2026-01-01T10:05:00.000Z'].map((time) => new Date(time));
  const health = storeHealth(pool, () => times.shift() ?? new Date());
  for (let i = 0; i < 2; i++) {
    expect(await health.ready()).toEqual({
      ready: false,
      detail: expect.stringMatching(/127\.0\.0\.1:9\/none does not answer since 2026-01-01T10:00:00\.000Z: /),
    });
  }
  await pool.close();
});
