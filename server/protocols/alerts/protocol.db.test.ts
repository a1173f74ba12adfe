import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskProtocols, askProtocols } from '../../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { sampleThing } from '../../../test/support/sample-sensors.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import { storeAlerts } from '../../store/alerts.ts';
import { storeSensorThings } from '../../store/sensor-things.ts';
import { sql } from '../../store/sql.ts';
import { alerts, thresholds } from './protocol.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
let database: TestDatabase;
let asked: AskProtocols;
const ask = (method: string, address: string, body?: unknown, who = STAFF) =>
  asked(method, address, body, who);

beforeAll(async () => {
  database = await testDatabase();
  await storeSensorThings(database.pool, database.pool).createThing(sampleThing('one'));
  const services = { ...sampleServices(), alerts: storeAlerts(database.pool) };
  asked = askProtocols([alerts(services), thresholds(services)]);
  await database.pool.read(sql`insert into alerting.alert (key, severity, title, message, thing_id, datastream_id, began_at, owner)
    select 'k' || n, 'warning', '{"pl": "a", "en": "b"}', '{"pl": "a", "en": "b"}', 1, 1, now(), 'ola' from generate_series(1, 3) as n;
    insert into alerting.alert_change (alert_id, revision, who, state) select id, 1, 'system', 'open' from alerting.alert`);
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
