import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { prepareJobs } from '../jobs/prepare-jobs.ts';
import {
  cancelOrder,
  claimPackage,
  endPackage,
  forgetOldPackages,
  putOrder,
  readOrder,
  readyPackage,
} from './order-book.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await prepareJobs(database.url, database.pool);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.read(sql`truncate twin.data_order, twin.order_package cascade`);
  await database.pool.read(sql`delete from graphile_worker._private_jobs`);
});

const digestOf = (name: string): string => Buffer.from(name.padEnd(16)).toString('hex');
const put = (who: string, name: string, mostWaiting = 20) =>
  putOrder(
    database.pool,
    {
      ...{ who, roles: ['public'], at: null, scenario: null },
      order: {
        area: { kind: 'city' },
        layers: ['parcels'],
        formats: ['csv'],
        ...({ srid: 2177, cut: 'whole', heights: 'PL-EVRF2007-NH', profile: 'public' } as const),
      },
    },
    { digest: digestOf(name), fileName: 'x.zip', objects: 1, turn: who, mostWaiting },
  );
/** Which package the queue hands out next; it is packed. */
const packNext = async (): Promise<string> => {
  const [job] = await database.pool.read<{ id: number; key: string }>(
    sql`select id, key from graphile_worker.jobs order by priority, run_at, id limit 1`,
  );
  const digest = job?.key.replace('order ', '') ?? '';
  await database.pool.read(sql`delete from graphile_worker._private_jobs where id = ${job?.id}::bigint`);
  const claimed = await claimPackage(database.pool, digest);
  if (claimed) await endPackage(database.pool, claimed, 0);
  return Buffer.from(digest, 'hex').toString().trim();
};

it('packs in rounds: whoever comes last waits for one order of the others, and none of theirs waits for ever', async () => {
  for (let n = 1; n <= 4; n++) await put('anna', `anna ${n}`);
  await put('jan', 'jan 1');
  const packed = [await packNext(), await packNext()];
  // Jan orders again and again, and Anna's still come in turn.
  for (let n = 2; n <= 4; n++) {
    await put('jan', `jan ${n}`);
    packed.push(await packNext(), await packNext());
  }
  expect(packed).toEqual([...['anna 1', 'jan 1', 'anna 2', 'jan 2', 'anna 3', 'jan 3', 'anna 4', 'jan 4']]);
});

it('packs earlier what somebody with fewer orders wants too', async () => {
  for (let n = 1; n <= 4; n++) await put('anna', `anna ${n}`);
  await put('jan', 'anna 4');
  expect([await packNext(), await packNext(), await packNext()]).toEqual(['anna 1', 'anna 4', 'anna 2']);
});

it('takes as many as may wait, of each apart, and what is there already beyond', async () => {
  await put('anna', 'ready');
  await packNext();
  for (let n = 1; n <= 3; n++) await put('anna', `anna ${n}`, 3);
  const [refused] = await Promise.allSettled([put('anna', 'anna 4', 3)]);
  expect(refused).toMatchObject({
    reason: { kind: 'too-many-requests', members: { limit: 3, waiting: 3 } },
  });
  const there = await put('anna', 'ready', 3);
  expect((await readOrder(database.pool, there))?.state).toBe('ready');
  await put('jan', 'jan 1', 3);
  const first = await put('jan', 'jan 2', 3);
  await cancelOrder(database.pool, first);
  await put('jan', 'jan 3', 3);
  await put('jan', 'jan 4', 3);
  await expect(put('jan', 'jan 5', 3)).rejects.toThrow(/3 are the most/);
});

it('takes no more than may wait when they come at once', async () => {
  const names = Array.from({ length: 8 }, (_, n) => `anna ${n}`);
  const outcomes = await Promise.allSettled(names.map((name) => put('anna', name, 3)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});

it('removes a package after thirty days; its order stays and says so, and whose turn it was is forgotten at once', async () => {
  const id = await put('anna', 'anna 1');
  await packNext();
  const turns = await database.pool.read(sql`select from twin.data_order where turn is not null`);
  expect([turns.length, await forgetOldPackages(database.pool)]).toEqual([0, 0]);
  await database.pool.read(
    sql`update twin.order_package set ended_at = clock_timestamp() - interval '30 days 1 second'`,
  );
  expect(await forgetOldPackages(database.pool)).toBe(1);
  expect((await readOrder(database.pool, id))?.state).toBe('expired');
  expect(await readyPackage(database.pool, id)).toBeUndefined();
});
