import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { LEAD } from './lead.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it('lets one server work at a time, and the other as soon as the first is cut off', async () => {
  const said: string[] = [];
  const underWay = new Set<string>();
  const worker = (who: string) => async (signal: AbortSignal) => {
    expect([...underWay]).toEqual([]);
    underWay.add(who);
    said.push(who);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    underWay.delete(who);
  };
  const first = database.openAnother().lead(LEAD.quality, worker('first'));
  await expect.poll(() => said, { timeout: 5_000 }).toEqual(['first']);
  const second = database.openAnother().lead(LEAD.quality, worker('second'));
  const other = database.openAnother().lead(LEAD.providers, async () => {
    said.push('other work');
  });
  await expect.poll(() => said.slice(0, 2), { timeout: 5_000 }).toEqual(['first', 'other work']);
  await other.close();
  await database.pool.read(sql`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and objid = ${LEAD.quality}::integer and granted
      and database = (select oid from pg_database where datname = current_database())`);
  const leaders = () => said.filter((who) => who !== 'other work');
  await expect.poll(() => leaders().length, { timeout: 8_000 }).toBe(2);
  await Promise.all([first.close(), second.close()]);
  expect(underWay.size).toBe(0);
});

it('begins failed work again', async () => {
  let times = 0;
  const session = database.pool.lead(LEAD.summaries, async () => {
    times++;
    throw new Error('not today');
  });
  await expect.poll(() => times, { timeout: 8_000 }).toBeGreaterThan(1);
  await session.close();
});

it('leaves no work behind, in whatever moment of its beginning it is closed', async () => {
  let underWay = 0;
  const work = async (signal: AbortSignal) => {
    underWay++;
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    underWay--;
  };
  for (let waitMs = 0; waitMs < 40; waitMs++) {
    const session = database.pool.lead(LEAD.deliveries, work);
    await sleep(waitMs / 2);
    await session.close();
    expect(underWay, `closed after ${waitMs / 2} ms`).toBe(0);
  }
});
