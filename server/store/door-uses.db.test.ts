import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import type { Identity } from '../access/identity.ts';
import { storeDoorUses } from './door-uses.ts';
import { sql } from './sql.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
afterEach(() => vi.useRealTimers());

it('adds up what several servers count, at the same time and in any order', async () => {
  const servers = Array.from({ length: 4 }, () => storeDoorUses(database.pool));
  const layers = ['parcels', 'buildings', 'trees', 'streets'];
  for (let round = 0; round < 10; round++) {
    for (const [index, server] of servers.entries()) {
      const turned = [...layers.slice(index), ...layers.slice(0, index)];
      for (const layer of turned) server.add('wms', layer, 1, 2);
    }
    await Promise.all(servers.map((server) => server.flush()));
  }
  await Promise.all(servers.map((server) => server.close()));
  const [totals] = await Promise.all(servers.map((server) => server.totals()));
  for (const layer of layers) {
    expect(totals?.get(layer)).toMatchObject({
      ...{ requests: 40, handedOut: 80 },
      doors: [{ door: 'wms', requests: 40, handedOut: 80 }],
    });
  }
});

it('keeps counts while the database is away, each under the day on which it was made', async () => {
  const { pool } = database;
  vi.useFakeTimers({ toFake: ['Date'] });
  const faults: string[] = [];
  const uses = storeDoorUses(pool, (reason) => faults.push(reason));
  await pool.read(sql`alter table twin.door_use rename to door_use_away`);
  // Half an hour before midnight in Poland, and half an hour after it.
  vi.setSystemTime('2026-06-30T21:30:00Z');
  uses.add('uldk', 'parcels', 1, 1);
  await expect(uses.flush()).rejects.toThrow();
  await expect(uses.totals()).rejects.toThrow();
  vi.setSystemTime('2026-06-30T22:30:00Z');
  uses.add('uldk', 'parcels', 1, 5);
  await pool.read(sql`alter table twin.door_use_away rename to door_use`);
  const { rows } = await uses.table({ by: 'day', door: 'uldk' }, STAFF);
  expect(rows.map(({ period, requests, handedOut }) => [period, requests, handedOut])).toEqual([
    ['2026-06-30', 1, 1],
    ['2026-07-01', 1, 5],
  ]);
  expect((await uses.table({ by: 'month', door: 'uldk', from: '2026-07-01' }, STAFF)).rows).toMatchObject([
    { period: '2026-07', handedOut: 5 },
  ]);
  await uses.close();
  expect(faults).toEqual([]);
});
