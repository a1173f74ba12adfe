import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import { sampleThing } from '../../test/support/sample-sensors.ts';
import { makeMonths, recordObservations } from './observations.ts';
import { dropOld } from './retention.ts';
import { storeSensorThings } from './sensor-things.ts';
import { readSeries } from './series.ts';
import { sql, trusted } from './sql.ts';
import { IS_ODD, SUMMARIES, SUMS_OF_VALUES, settleSummaries } from './summaries.ts';

let database: TestDatabase;
let service: ReturnType<typeof storeSensorThings>;
beforeAll(async () => {
  database = await testDatabase();
  service = storeSensorThings(database.pool, database.pool);
  await makeMonths(database.pool);
  for (const name of ['one', 'two']) await service.createThing(sampleThing(name));
  await database.pool.read(sql`update live.datastream set properties = '{"validRange": [0, 900]}'`);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.read(sql`delete from live.observation`);
  await settle();
});

/** Transactions of any database of the server hold the sums back: until everything that is written is in them. */
async function settle(): Promise<void> {
  const isSettled = async () => {
    while (await settleSummaries(database.pool));
    const open = await database.pool.read(sql`select from live.summary_state
      where exists (select from live.observation where written_in >= horizon) or exists (select from live.changed_stretch)`);
    return open.length === 0;
  };
  await expect.poll(isSettled, { timeout: 20_000 }).toBe(true);
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const at = (timeMs: number, result: number, datastreamId = 1) => ({
  datastreamId,
  phenomenonTime: new Date(timeMs),
  result,
});
const write = (...drafts: ReturnType<typeof at>[]) => recordObservations(database.pool, drafts);

/** Rows of every summary that differ from what the values themselves give. */
async function wrongSums(): Promise<readonly object[]> {
  const wrong: object[] = [];
  for (const { table, begins } of Object.values(SUMMARIES)) {
    const truth = sql`select datastream_id, ${begins}(phenomenon_time) as stretch, ${SUMS_OF_VALUES}
      from (select *, ${IS_ODD} as is_odd from live.observation where result is not null) as value
      group by datastream_id, stretch`;
    const rows = await database.pool.read(
      sql`(table ${table} except (${truth})) union all ((${truth}) except table ${table})`,
    );
    wrong.push(...rows);
  }
  return wrong;
}

describe('the sums', () => {
  it('are those of the values, in whatever order these come, change, go and are summed up', async () => {
    const random = seededRandom(7);
    const nowMs = Date.now();
    for (let round = 0; round < 25; round++) {
      const drafts = Array.from({ length: 40 }, () =>
        // Halves and quarters, so that sums are exact in any order; some values lie outside the range, some ahead.
        at(
          nowMs - Math.floor(random() * 3 * DAY_MS) + 60 * MINUTE_MS,
          Math.floor(random() * 4_000) / 4,
          random() < 0.5 ? 1 : 2,
        ),
      );
      await write(...drafts);
      if (random() < 0.3) {
        await database.pool.read(sql`delete from live.observation where random() < 0.05`);
      }
      if (random() < 0.3) {
        await database.pool.read(sql`update live.observation set result = result + 1,
          phenomenon_time = phenomenon_time + interval '0.123 ms' where random() < 0.05`);
      }
      if (random() < 0.6) await settle();
    }
    await settle();
    expect(await wrongSums()).toEqual([]);
    const [{ count } = { count: 0 }] = await database.pool.read<{ count: number }>(
      sql`select count(*) as count from live.observation_5min where odd > 0`,
    );
    expect(count).toBeGreaterThan(10);
  });

  it('wait for a transaction that began before and ends after, and lose nothing of it', async () => {
    const early = await database.pool.connect();
    await early.run(sql`begin; insert into live.observation (datastream_id, phenomenon_time, result)
      values (1, now() - interval '1 hour', 5)`);
    await write(at(Date.now(), 6));
    await settleSummaries(database.pool);
    await early.run(sql`commit`);
    early.release();
    await settle();
    expect(await wrongSums()).toEqual([]);
  });

  it('are made by one server at a time, and counted once', async () => {
    await write(...Array.from({ length: 500 }, (_, n) => at(Date.now() - n * MINUTE_MS, n)));
    const others = Array.from({ length: 4 }, () => database.openAnother());
    await Promise.all(others.map((pool) => settleSummaries(pool)));
    await settle();
    expect(await wrongSums()).toEqual([]);
  });

  it('go on in a restored database, whose transactions are counted from the beginning', async () => {
    await write(at(Date.now() - 10 * MINUTE_MS, 1), at(Date.now() - 2 * DAY_MS, 2));
    await settle();
    await write(at(Date.now() - 9 * MINUTE_MS, 3));
    // As after a restore: numbers of the former life are greater than those of this one.
    await database.pool.read(sql`alter table live.observation disable trigger user`);
    await database.pool.read(sql`update live.observation set written_in = written_in + 1000000`);
    await database.pool.read(sql`alter table live.observation enable trigger user`);
    await database.pool.read(sql`update live.summary_state set horizon = horizon + 1000000`);
    await write(at(Date.now() - 8 * MINUTE_MS, 4));
    await settle();
    expect(await wrongSums()).toEqual([]);
    await write(at(Date.now() - 7 * MINUTE_MS, 5));
    await settle();
    expect(await wrongSums()).toEqual([]);
  });
});

describe('a series', () => {
  const minutesAgo = (minutes: number) => Date.now() - minutes * MINUTE_MS;
  const series = async (fromMs: number, toMs: number, points: number) => {
    const [one] = await readSeries(database.pool, {
      datastreams: [1],
      from: new Date(fromMs),
      to: new Date(toMs),
      points,
    });
    return one;
  };

  it('shows values as they are, with a break where they are missing and without those that count for nothing', async () => {
    await write(at(minutesAgo(100), 1), at(minutesAgo(90), 5_000), at(minutesAgo(20), 3));
    const one = await series(minutesAgo(120), Date.now(), 800);
    expect(one?.step).toBe('raw');
    expect(one?.points.map(({ value, odd }) => [value, odd])).toEqual([
      [1, 0],
      [null, 1],
      [null, 0],
      [3, 0],
    ]);
  });

  it('adds what is new to the sums while it is read, and counts nothing twice', async () => {
    await write(...Array.from({ length: 300 }, (_, n) => at(minutesAgo(n), n % 7)));
    const [from, to] = [minutesAgo(600), Date.now() + MINUTE_MS];
    const total = async () => {
      const read = await series(from, to, 12);
      expect(read?.step).toBe('hour');
      return read?.points.reduce((sum, { count }) => sum + count, 0);
    };
    // What is older than that waits for the sums.
    expect(await total()).toBeGreaterThanOrEqual(15);
    await settle();
    expect(await total()).toBe(300);
    await write(at(minutesAgo(0.5), 100));
    expect(await total()).toBe(301);
    await settle();
    expect(await total()).toBe(301);
  });

  it('is refused for a datastream that is not there', async () => {
    const query = { datastreams: [1, 99], from: new Date(0), to: new Date(), points: 10 };
    await expect(readSeries(database.pool, query)).rejects.toThrow('There is no Datastream 99');
  });
});

describe('what is old', () => {
  const YEAR_MS = 366 * DAY_MS;
  const longAgo = () => new Date(Date.now() - YEAR_MS);
  const tables = async () =>
    (
      await database.pool.read<{ name: string }>(
        sql`select relname as name from pg_class where relname ~ '^observation_(5min_)?20' and relkind = 'r'`,
      )
    ).map(({ name }) => name);

  it('leaves only when it is in the sums, which stay; and comes late all the same', async () => {
    await database.pool.read(sql`select live.make_month(${longAgo()}::timestamptz)`);
    await write(at(longAgo().getTime(), 7), at(longAgo().getTime() + 1, 9), at(Date.now(), 1));
    const retention = { rawDays: 30, fiveMinuteDays: 3_000 };
    expect(await dropOld(database.pool, retention)).toEqual([]);
    await settle();
    const [dropped, ...more] = await dropOld(database.pool, retention);
    expect(dropped).toMatch(/^observation_\d{4}_\d{2}$/);
    expect(more).toEqual([]);
    expect(await tables()).not.toContain(dropped);

    await write(at(longAgo().getTime() + 2, 11));
    await settle();
    await dropOld(database.pool, retention);
    const [kept] = await database.pool.read(
      sql`select count, sum, max from live.observation_5min where begins < now() - interval '300 days'`,
    );
    expect(kept).toEqual({ count: 3, sum: 27, max: 11 });
    const [raw] = await database.pool.read<{ count: number }>(
      sql`select count(*) as count from ${trusted('live.observation')}`,
    );
    expect(raw?.count).toBe(1);
  });

  it('is still told by the overview of that moment and by a series', async () => {
    const moment = new Date(longAgo().getTime() + 3);
    const [sensor] = await service.overview(moment);
    expect(sensor?.datastreams[0]?.latest).toMatchObject({ result: 11 });
    const [before] = await service.overview(new Date(moment.getTime() - DAY_MS));
    expect(before?.datastreams[0]?.latest).toBeNull();
    const [one] = await readSeries(database.pool, {
      datastreams: [1],
      from: new Date(moment.getTime() - DAY_MS),
      to: new Date(moment.getTime() + DAY_MS),
      points: 800,
    });
    expect(one?.step).toBe('hour');
    expect(one?.points.map(({ value, count }) => [value, count])).toEqual([[9, 3]]);
  });
});
