import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskProtocols, askProtocols } from '../../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { sampleThing } from '../../../test/support/sample-sensors.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { storeQualityReports } from '../../store/quality-reports.ts';
import { storeSensorThings } from '../../store/sensor-things.ts';
import { sql } from '../../store/sql.ts';
import { live } from './protocol.ts';

let database: TestDatabase;
let asked: AskProtocols;
const ask = (method: string, address: string) => asked(method, address, undefined, ANONYMOUS);

beforeAll(async () => {
  database = await testDatabase();
  await storeSensorThings(database.pool, database.pool).createThing(sampleThing('one'));
  asked = askProtocols([live({ ...sampleServices(), quality: storeQualityReports(database.pool) })]);
  await database.pool.read(sql`insert into live.quality_episode (datastream_id, rule, began_at, ended_at, count, reason, detail) values
      (1, 'spike', now() - interval '3 hours', now() - interval '3 hours', 1, '{"pl": "skok", "en": "jump"}', '{"value": 9}'),
      (1, 'range', now() - interval '1 hour', null, 4, '{"pl": "x", "en": "y"}', '{}'),
      (1, 'outage', now() - interval '3 days', now() - interval '2 days', 0, '{"pl": "x", "en": "y"}', '{}')`);
});
afterAll(() => database.drop());

describe('doubts', () => {
  const rules = async (query: string) =>
    (
      (await ask('GET', `/api/live/quality${query}`)).body as {
        episodes: { rule: string }[];
      }
    ).episodes.map(({ rule }) => rule);

  it('are told of the last day, of a stretch of time, of some datastreams', async () => {
    expect(await rules('')).toEqual(['range', 'spike']);
    expect(await rules('?datastream=1,2')).toEqual(['range', 'spike']);
    expect(await rules('?datastream=2')).toEqual([]);
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    expect(await rules(`?from=${hoursAgo(100)}&to=${hoursAgo(2)}`)).toEqual(['spike', 'outage']);
    expect((await ask('GET', '/api/live/quality?from=yesterday')).status).toBe(400);
    expect((await ask('GET', `/api/live/quality?from=${hoursAgo(1)}&to=${hoursAgo(2)}`)).status).toBe(400);
    expect((await ask('GET', '/api/live/quality?datastream=x')).status).toBe(400);
  });

  it('stand beside the latest value, which is not called ok', async () => {
    const [sensor] = await storeSensorThings(database.pool, database.pool).overview();
    expect(sensor?.datastreams[0]).toMatchObject({
      status: 'none',
      kind: 'pm10',
      method: 'measured',
      ageS: null,
    });
    await storeSensorThings(database.pool, database.pool).record([
      { datastreamId: 1, phenomenonTime: new Date(Date.now() - 60_000), result: 20 },
    ]);
    const status = async () => {
      const [now] = await storeSensorThings(database.pool, database.pool).overview();
      const { status: said, doubt, ageS } = now?.datastreams[0] ?? {};
      return [said, doubt?.rule ?? null, Math.round((ageS ?? 0) / 60)];
    };
    expect(await status()).toEqual(['suspect', 'range', 1]);
    await database.pool.read(sql`update live.quality_episode set ended_at = now() where ended_at is null`);
    expect(await status()).toEqual(['ok', null, 1]);
  });

  it('keep values out of the air quality index, which says what it lacks', async () => {
    await database.pool.read(sql`update live.quality_episode set began_at = now() - interval '3 hours',
      ended_at = now() - interval '2 hours' where rule = 'range'`);
    const station = async () =>
      ((await ask('GET', '/api/live/air-quality')).body as { stations: Record<string, unknown>[] })
        .stations[0];
    expect(await station()).toMatchObject({
      class: null,
      missing: [{ kind: 'pm10', why: 'too-few' }, { why: 'not-measured' }, {}, {}, {}, {}, {}],
    });
    const now = Date.now();
    await storeSensorThings(database.pool, database.pool).record(
      [10, 20, 30, 40, 50].map((minutes) => ({
        datastreamId: 1,
        phenomenonTime: new Date(now - minutes * 60_000),
        result: 60,
      })),
    );
    const found = await station();
    expect(found).toMatchObject({ class: 3, classTitle: { pl: 'umiarkowany' }, isDisputed: false });
    await database.pool.read(sql`update live.quality_episode set ended_at = null where rule = 'range'`);
    expect(await station()).toMatchObject({
      class: null,
      missing: [{ kind: 'pm10', why: 'in-doubt' }, {}, {}, {}, {}, {}, {}],
    });
  });
});
