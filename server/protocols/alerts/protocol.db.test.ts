import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { sampleThing } from '../../../test/support/sample-sensors.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { storeAlerts } from '../../store/alerts.ts';
import { storeQualityReports } from '../../store/quality-reports.ts';
import { storeSensorThings } from '../../store/sensor-things.ts';
import { sql } from '../../store/sql.ts';
import { live } from '../live/protocol.ts';
import { alerts, thresholds } from './protocol.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
let database: TestDatabase;
let ask: (
  method: string,
  path: string,
  body?: unknown,
  who?: Identity,
) => Promise<{ status: number; body: never }>;

beforeAll(async () => {
  database = await testDatabase();
  const sensors = storeSensorThings(database.pool, database.pool);
  await sensors.createThing(sampleThing('one'));
  const services = {
    ...sampleServices(),
    sensors,
    alerts: storeAlerts(database.pool),
    quality: storeQualityReports(database.pool),
  };
  const routes = [alerts(services), thresholds(services), live(services)].flatMap((protocol) =>
    protocol.routes.map((route) => ({ ...route, explain: protocol.explain })),
  );
  ask = async (method, address, body, who = STAFF) => {
    const { pathname, searchParams } = new URL(address, 'http://twin');
    const found = routes.flatMap((route) => {
      const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
      const values = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(pathname);
      return route.method === method && values
        ? [{ route, parts: Object.fromEntries(names.map((name, n) => [name, values[n + 1] ?? ''])) }]
        : [];
    })[0];
    if (found === undefined) throw new Error(`no route ${method} ${address}`);
    const asked = {
      method,
      path: pathname,
      route: found.parts,
      query: searchParams,
      headers: {},
      body: new TextEncoder().encode(JSON.stringify(body)),
      view: { who },
      signal: new AbortController().signal,
      requestId: 'test',
      publicUrl: 'http://twin',
    } as Ask;
    let reply: Reply;
    try {
      reply = await found.route.handle(asked);
    } catch (error) {
      reply = found.route.explain(error as never, asked);
    }
    return { status: reply.status, body: JSON.parse(String(reply.body)) as never };
  };
  await database.pool.read(sql`insert into alerting.alert (key, severity, title, message, thing_id, datastream_id, began_at, owner)
    select 'k' || n, 'warning', '{"pl": "a", "en": "b"}', '{"pl": "a", "en": "b"}', 1, 1, now(), 'ola' from generate_series(1, 3) as n;
    insert into alerting.alert_change (alert_id, revision, who, state) select id, 1, 'system', 'open' from alerting.alert;
    insert into live.quality_episode (datastream_id, rule, began_at, ended_at, count, reason, detail) values
      (1, 'spike', now() - interval '3 hours', now() - interval '3 hours', 1, '{"pl": "skok", "en": "jump"}', '{"value": 9}'),
      (1, 'range', now() - interval '1 hour', null, 4, '{"pl": "x", "en": "y"}', '{}'),
      (1, 'outage', now() - interval '3 days', now() - interval '2 days', 0, '{"pl": "x", "en": "y"}', '{}')`);
});
afterAll(() => database.drop());

const list = async (query = '', who = STAFF) =>
  (await ask('GET', `/api/alerts${query}`, undefined, who)).body as {
    alerts: { id: number; state: string; owner?: string; reason?: string; history?: unknown[] }[];
  };

describe('alerts', () => {
  it('tell the public what is the matter, and staff whose it is and what was done', async () => {
    const open = await list('', ANONYMOUS);
    expect(open.alerts).toHaveLength(3);
    for (const alert of open.alerts) {
      for (const hidden of ['owner', 'reason', 'history', 'deliveries'])
        expect(alert).not.toHaveProperty(hidden);
    }
    expect((await list()).alerts[0]).toMatchObject({
      owner: 'ola',
      history: [{ revision: 1, who: 'system' }],
    });
  });

  it('are taken up and closed by staff, with a reason, from the revision that they saw', async () => {
    expect((await ask('PATCH', '/api/alerts/1', { state: 'acknowledged' }, ANONYMOUS)).status).toBe(401);
    expect((await ask('PATCH', '/api/alerts/1', { state: 'closed' })).body).toMatchObject({
      status: 400,
      parameter: 'reason',
    });
    expect((await ask('PATCH', '/api/alerts/1', { state: 'closed', reason: '  ' })).status).toBe(400);
    expect((await ask('PATCH', '/api/alerts/99', { state: 'open' })).status).toBe(404);
    expect((await ask('PATCH', '/api/alerts/1', {})).status).toBe(400);
    const taken = await ask('PATCH', '/api/alerts/1', { state: 'acknowledged', owner: 'jan', revision: 1 });
    expect(taken.body).toMatchObject({ state: 'acknowledged', owner: 'jan', revision: 2 });
    expect((await ask('PATCH', '/api/alerts/1', { state: 'open', revision: 1 })).status).toBe(409);
    const closed = await ask('PATCH', '/api/alerts/1', {
      state: 'closed',
      reason: 'czujnik wymieniony',
      revision: 2,
    });
    expect(closed.body).toMatchObject({
      state: 'closed',
      reason: 'czujnik wymieniony',
      history: [
        { state: 'open' },
        { state: 'acknowledged', who: 'anna', owner: 'jan' },
        { state: 'closed', who: 'anna', reason: 'czujnik wymieniony' },
      ],
    });
    expect((await list()).alerts.map(({ id }) => id).at(-1)).toBe(1);
    expect((await list('?state=closed')).alerts).toHaveLength(1);
    expect((await list('?state=open,acknowledged')).alerts).toHaveLength(2);
    expect((await ask('GET', '/api/alerts?state=gone')).status).toBe(400);
    // Open again, it is not explained by why it was closed.
    expect((await ask('PATCH', '/api/alerts/1', { state: 'open' })).body).toMatchObject({ reason: null });
  });
});

describe('thresholds', () => {
  const wanted = {
    title: { pl: 'Dużo', en: 'Much' },
    severity: 'info',
    datastream: 1,
    direction: 'above',
    enter: 50,
    leave: 40,
  };

  it('are made and changed by staff, with the way back on the safe side', async () => {
    expect((await ask('POST', '/api/thresholds', wanted, ANONYMOUS)).status).toBe(401);
    const made = await ask('POST', '/api/thresholds', wanted);
    expect([made.status, made.body]).toMatchObject([
      201,
      { afterS: 0, enabled: true, kind: null, owner: null },
    ]);
    const { id } = made.body as { id: number };
    const wrong: [object, string][] = [
      [{ ...wanted, leave: 51 }, 'leave'],
      [{ ...wanted, kind: 'pm10' }, 'kind'],
      [{ ...wanted, datastream: null }, 'kind'],
      [{ ...wanted, datastream: null, kind: 'mood' }, 'kind'],
      [{ ...wanted, datastream: 77 }, 'datastream'],
      [{ ...wanted, enter: 'high' }, 'enter'],
    ];
    for (const [body, parameter] of wrong) {
      expect([parameter, (await ask('POST', '/api/thresholds', body)).body]).toMatchObject([
        parameter,
        { status: 400, parameter },
      ]);
    }
    expect((await ask('PATCH', `/api/thresholds/${id}`, { leave: 60 })).body).toMatchObject({
      parameter: 'leave',
    });
    expect(
      (await ask('PATCH', `/api/thresholds/${id}`, { enter: 70, enabled: false, owner: 'jan' })).body,
    ).toMatchObject({
      enter: 70,
      leave: 40,
      enabled: false,
      owner: 'jan',
    });
    expect((await ask('PATCH', '/api/thresholds/99', { enter: 70 })).status).toBe(404);
    const seen = (await ask('GET', '/api/thresholds', undefined, ANONYMOUS)).body as { thresholds: object[] };
    expect(seen.thresholds).toHaveLength(1);
    expect(seen.thresholds[0]).not.toHaveProperty('owner');
  });
});

describe('doubts', () => {
  const rules = async (query: string) =>
    (
      (await ask('GET', `/api/live/quality${query}`, undefined, ANONYMOUS)).body as {
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
});
