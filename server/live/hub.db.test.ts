import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sampleThing } from '../../test/support/sample-sensors.ts';
import type { LiveMessage } from '../services/live-feed.ts';
import { NOTICE_CHANNEL, OBSERVATION_CHANNEL, observationLog } from '../store/observations.ts';
import { storeSensorThings } from '../store/sensor-things.ts';
import { sql } from '../store/sql.ts';
import { type LiveHub, openLiveHub } from './hub.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await storeSensorThings(database.pool, database.pool).createThing(sampleThing('one'));
  await storeSensorThings(database.pool, database.pool).createThing(sampleThing('two'));
});
afterAll(() => database.drop());

const hubs: LiveHub[] = [];
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.close();
});

async function openHub(mostReaders = 10): Promise<LiveHub> {
  const pool = database.openAnother();
  const hub = openLiveHub({
    log: observationLog(pool),
    listen: (listener) => pool.listen([OBSERVATION_CHANNEL, NOTICE_CHANNEL], listener),
    mostReaders,
    noticeChannel: NOTICE_CHANNEL,
  });
  hubs.push(hub);
  const following = follow(hub);
  await expect.poll(() => following.isLive(), { timeout: 5_000 }).toBe(true);
  following.leave();
  return hub;
}

/** Reads in the background what a hub tells. */
function follow(hub: LiveHub, wanted: Parameters<LiveHub['subscribe']>[0] = {}) {
  const leaving = new AbortController();
  const messages: LiveMessage[] = [];
  const reading = (async () => {
    for await (const message of hub.subscribe(wanted, leaving.signal)) messages.push(message);
  })();
  const last = <K extends LiveMessage['kind']>(kind: K) =>
    messages.findLast((message): message is Extract<LiveMessage, { kind: K }> => message.kind === kind);
  return {
    messages,
    ended: reading,
    leave: () => leaving.abort(),
    isLive: () => last('status')?.live,
    position: () =>
      messages.flatMap((message) => ('position' in message ? [message.position] : [])).at(-1) ?? '',
    notices: () =>
      messages.flatMap((message) =>
        message.kind === 'notice' ? [`${message.topic} ${message.ids.toSorted().join(' ')}`] : [],
      ),
    results: () =>
      messages.flatMap((message) =>
        message.kind === 'observations' ? message.observations.map(({ result }) => result) : [],
      ),
    /** Those of these results that came, whatever came beside them. */
    resultsOf(wanted: readonly number[]) {
      return this.results().filter((result) => wanted.includes(result as number));
    },
  };
}

let minute = 0;
const draft = (result: number, datastreamId = 1) => ({
  datastreamId,
  phenomenonTime: new Date(Date.UTC(2026, 5, 1, 0, minute++)),
  result,
});
const write = (...drafts: ReturnType<typeof draft>[]) =>
  storeSensorThings(database.pool, database.pool).record(drafts);

describe('the live hub', () => {
  it('tells every reader of every server on the database, each once and in order', async () => {
    const readers = [await openHub(), await openHub()].flatMap((hub) => [follow(hub), follow(hub)]);
    for (let result = 1; result <= 30; result++) await write(draft(result));
    const all = Array.from({ length: 30 }, (_, n) => n + 1);
    for (const reader of readers) await expect.poll(reader.results, { timeout: 5_000 }).toEqual(all);
  });

  it('tells only of the datastreams asked for, and not of what was there already', async () => {
    const reader = follow(await openHub(), { datastreams: new Set([2]) });
    const known = draft(5, 2);
    await write(known);
    await write(known);
    await write(draft(6, 1), draft(7, 2));
    await expect.poll(reader.results).toEqual([5, 7]);
  });

  it('goes on where a reader left, also with what was begun before and committed after', async () => {
    const hub = await openHub();
    const early = await database.pool.connect();
    await early.run(sql`begin; insert into live.observation (datastream_id, phenomenon_time, result)
      values (1, '2026-05-01T00:00:00Z', 111)`);
    const reader = follow(hub);
    await write(draft(222));
    await expect.poll(reader.results).toEqual([222]);
    const since = reader.position();
    reader.leave();
    await reader.ended;
    await early.run(sql`commit`);
    early.release();
    await write(draft(333));
    const again = follow(hub, { since });
    // A value may come twice, and older ones beside it while a transaction is under way in another database of the
    // server; datastream and time say which is the same one.
    const missed = [111, 222, 333];
    await expect.poll(() => new Set(again.resultsOf(missed)), { timeout: 5_000 }).toEqual(new Set(missed));
    await sleep(100);
    expect(again.results().filter((result) => result === 333).length).toBeLessThanOrEqual(2);
  });

  it('loses nothing when its connection is cut, and says that it heard nothing meanwhile', async () => {
    const hub = await openHub();
    const reader = follow(hub);
    await write(draft(1_001));
    await expect.poll(reader.results).toEqual([1_001]);
    await database.pool.read(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'blizniak live' and datname = current_database()`);
    for (let result = 1_002; result < 1_030; result++) await write(draft(result));
    const all = Array.from({ length: 29 }, (_, n) => 1_001 + n);
    await expect.poll(() => [...new Set(reader.resultsOf(all))], { timeout: 10_000 }).toEqual(all);
    const said = reader.messages.flatMap((message) => (message.kind === 'status' ? [message.live] : []));
    expect(said).toEqual([true, false, true]);
  });

  it('tells every reader that asked for it of a change by topic, also one that another server made', async () => {
    await database.pool.read(sql`create table noted (id bigint, title text);
      create trigger tell_noted after insert or update or delete on noted
        for each row execute function live.tell_change('things', 'id')`);
    const [all, some, none] = [
      follow(await openHub()),
      follow(await openHub(), { topics: new Set(['things']) }),
      follow(await openHub(), { topics: new Set(['observations']) }),
    ];
    await database.pool.read(sql`insert into noted select n, 'one' from generate_series(1, 3) as n`);
    for (const reader of [all, some]) {
      await expect.poll(reader.notices, { timeout: 5_000 }).toEqual(['things 1 2 3']);
    }
    await database.pool.read(sql`delete from noted where id = 2`);
    await expect.poll(some.notices).toEqual(['things 1 2 3', 'things 2']);
    await database.pool.read(sql`insert into noted select n, 'many' from generate_series(1, 1001) as n`);
    await expect.poll(() => some.notices().at(-1)).toBe('things ');
    await write(draft(444));
    await expect.poll(all.results).toEqual([444]);
    await expect.poll(none.results).toEqual([444]);
    expect([some.results(), none.notices()]).toEqual([[], []]);
  });

  it('takes no more readers than it may, and refuses a position that is none', async () => {
    const hub = await openHub(1);
    expect(() => hub.subscribe({ since: 'yesterday' }, new AbortController().signal)).toThrow(
      'since must be',
    );
    const reader = follow(hub);
    expect(() => hub.subscribe({}, new AbortController().signal)).toThrow('1 readers follow');
    reader.leave();
    await reader.ended;
    const next = follow(hub);
    await expect.poll(next.isLive).toBe(true);
  });

  it('leaves a reader that does not read, and says so', async () => {
    const hub = await openHub();
    const slow = hub.subscribe({}, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await slow.next()).value).toMatchObject({ kind: 'status' });
    const quick = follow(hub);
    for (let round = 0; round < 25; round++) {
      await write(...Array.from({ length: 1_000 }, (_, n) => draft(n)));
    }
    await expect.poll(() => quick.results().length, { timeout: 10_000 }).toBe(25_000);
    expect((await slow.next()).value).toMatchObject({
      kind: 'end',
      reason: expect.stringContaining('too slow'),
    });
    expect((await slow.next()).done).toBe(true);
  });

  it('bids farewell when it closes', async () => {
    const hub = await openHub();
    const reader = follow(hub);
    await hub.close();
    await reader.ended;
    expect(reader.messages.at(-1)).toEqual({ kind: 'end', reason: 'the service is stopping' });
  });
});
