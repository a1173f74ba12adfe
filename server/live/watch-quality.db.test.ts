import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sampleThing } from '../../test/support/sample-sensors.ts';
import { storeAlerts } from '../store/alerts.ts';
import { LEAD } from '../store/lead.ts';
import { qualityBook } from '../store/quality.ts';
import { storeSensorThings } from '../store/sensor-things.ts';
import { sql } from '../store/sql.ts';
import { type Remembered, watchQuality } from './watch-quality.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const leads: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const lead of leads.splice(0)) await lead.close();
});

/** A server as far as the watch goes. */
function startWatch() {
  const pool = database.openAnother();
  const lead = pool.lead(LEAD.quality, (signal) => watchQuality(qualityBook<Remembered>(pool), signal));
  leads.push(lead);
  return lead;
}

const MINUTE_MS = 60_000;
const service = () => storeSensorThings(database.pool, database.pool);

async function makeStream(name: string): Promise<number> {
  await service().createThing(sampleThing(name));
  const [row] = await database.pool.read<{ id: number }>(sql`select max(id) as id from live.datastream`);
  return row?.id ?? 0;
}

/** Values each ten minutes of which the last is of `agoMin` before now; null leaves one out. */
async function write(
  datastreamId: number,
  values: readonly (number | null)[],
  agoMin: number,
): Promise<void> {
  const lastMs = Date.now() - agoMin * MINUTE_MS;
  await service().record(
    values.flatMap((result, n) =>
      result === null
        ? []
        : [
            {
              datastreamId,
              phenomenonTime: new Date(lastMs - (values.length - 1 - n) * 10 * MINUTE_MS),
              result,
            },
          ],
    ),
  );
}

/** The same, received when they were measured and not only now. */
async function writeInTime(
  datastreamId: number,
  values: readonly (number | null)[],
  agoMin: number,
): Promise<void> {
  await write(datastreamId, values, agoMin);
  await database.pool.read(sql`update live.observation set received_at = phenomenon_time, flags = null
    where datastream_id = ${datastreamId}::bigint`);
}

const episodes = (datastreamId: number) =>
  database.pool.read<{ rule: string; count: number; is_open: boolean; reason: string }>(
    sql`select rule, count, ended_at is null as is_open, reason ->> 'en' as reason from live.quality_episode
      where datastream_id = ${datastreamId}::bigint order by began_at, rule`,
  );
const rulesOf = async (id: number) => (await episodes(id)).map(({ rule, is_open }) => `${rule} ${is_open}`);
const alertsOf = (datastreamId: number) =>
  database.pool.read<{ title: string; state: string; is_over: boolean; severity: string; changes: number }>(
    sql`select title ->> 'en' as title, state, over_at is not null as is_over, severity,
        (select count(*) from alerting.alert_change where alert_id = alert.id) as changes
      from alerting.alert where datastream_id = ${datastreamId}::bigint order by id`,
  );
const wave = (count: number) =>
  Array.from({ length: count }, (_, n) => Math.round(200 + 30 * Math.sin(n)) / 10);
const WAIT = { timeout: 10_000 };

describe('the watch of quality', () => {
  it('writes doubts beside values that came before it began and after, from the hands of any server', async () => {
    const id = await makeStream('watched');
    await writeInTime(id, [...wave(30), 400, ...wave(5)], 60);
    const first = startWatch();
    await expect.poll(() => rulesOf(id), WAIT).toEqual(['spike false', 'outage true']);
    const second = startWatch();
    await first.close();
    await write(id, [20.1, 20.2, -5], 0);
    await expect.poll(() => rulesOf(id), WAIT).toEqual(['spike false', 'outage false', 'range true']);
    await write(id, [21], -1);
    await expect.poll(() => rulesOf(id), WAIT).toEqual(['spike false', 'outage false', 'range false']);
    await second.close();
    expect((await episodes(id)).find(({ rule }) => rule === 'spike')?.reason).toContain('a jump from');
  });

  it('passes over nothing that was begun before and committed after, and judges nothing twice', async () => {
    const id = await makeStream('late commit');
    await writeInTime(id, wave(10), 120);
    startWatch();
    await expect.poll(() => rulesOf(id), WAIT).toEqual(['outage true']);
    const slow = await database.pool.connect();
    const moment = new Date(Date.now() - 2 * MINUTE_MS).toISOString();
    await slow.run(sql`begin`);
    await slow.run(sql`insert into live.observation (datastream_id, phenomenon_time, result)
      values (${id}::bigint, ${moment}::timestamptz, 9999)`);
    const other = await makeStream('meanwhile');
    await write(other, [...wave(6), -1], 0);
    await expect.poll(() => rulesOf(other), WAIT).toEqual(['range true']);
    await slow.run(sql`commit`);
    slow.release();
    await expect.poll(() => rulesOf(id), WAIT).toEqual(['outage false', 'range true']);
    await write(id, [-1], 0);
    await expect.poll(async () => (await episodes(other))[0]?.count, WAIT).toBe(1);
    await expect.poll(() => rulesOf(id), WAIT).toEqual(['outage false', 'range true']);
  });

  it('raises one alert for one excess, which closes by itself when nobody took it', async () => {
    const id = await makeStream('smog');
    const high = [115, 112, 118, 120, 119, 121, 120, 117];
    startWatch();
    await write(id, [...wave(10).map((value) => value + 60), ...high], 20);
    await expect
      .poll(() => alertsOf(id), WAIT)
      .toMatchObject([
        { title: 'PM10: bad air', state: 'open', is_over: false, severity: 'warning', changes: 1 },
      ]);
    await write(id, [100], 10);
    await write(id, [90], 0);
    await expect
      .poll(() => alertsOf(id), WAIT)
      .toMatchObject([{ state: 'closed', is_over: true, changes: 2 }]);
  });

  it('judges by a new threshold at once, by the last value, and waits for no other', async () => {
    const id = await makeStream('new threshold');
    startWatch();
    await write(id, wave(3), 0);
    const title = { pl: 'nowy', en: 'new' };
    await storeAlerts(database.pool).addThreshold(
      {
        title,
        severity: 'info',
        kind: null,
        datastream: id,
        direction: 'above',
        enter: 5,
        leave: 4,
        afterS: 0,
        enabled: true,
        owner: null,
      },
      { who: 'staff', roles: ['staff'] },
    );
    await expect
      .poll(() => alertsOf(id), { timeout: 20_000 })
      .toMatchObject([{ title: 'new', state: 'open', is_over: false }]);
  });

  it('raises no alert about what was over long before it was heard of', async () => {
    const id = await makeStream('old smog');
    startWatch();
    await write(
      id,
      [...wave(10).map((value) => value + 60), 115, 112, 118, 120, 119, 121, 120, 117, 100, 90],
      20 * 60,
    );
    await write(id, wave(10), 0);
    await expect.poll(() => rulesOf(id), WAIT).toContain('outage false');
    expect(await alertsOf(id)).toEqual([]);
  });

  it('tells of an outage of a thing once, and ends the alert with it', async () => {
    const id = await makeStream('silent');
    await writeInTime(id, wave(10), 90);
    startWatch();
    await expect.poll(() => alertsOf(id), WAIT).toMatchObject([{ title: 'No data', state: 'open' }]);
    await database.pool.read(sql`update alerting.alert set state = 'acknowledged', owner = 'anna'
      where datastream_id = ${id}::bigint`);
    await write(id, [20], 0);
    await expect.poll(() => alertsOf(id), WAIT).toMatchObject([{ state: 'acknowledged', is_over: true }]);
  });
});
