/** `resultQuality` (18-088, 8.2.7) of observations of which their producer says nothing (ADR 24). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordObservations } from '../../server/store/observations.ts';
import { sql } from '../../server/store/sql.ts';
import { type Document, openSensorThingsDoor, type SensorThingsDoor } from '../support/sensor-things-door.ts';

let door: SensorThingsDoor;
const REASON = { pl: 'ta sama wartość', en: 'the same value' };
const OK = { status: 'ok', judgedBy: 'twin' };
const hour = (n: number) => `2026-05-01T${String(n).padStart(2, '0')}:00:00Z`;

/** Two datastreams of hourly values: of the first the hours 2 to 4 are in doubt, and all from 8 on. */
beforeAll(async () => {
  door = await openSensorThingsDoor();
  for (const name of ['one', 'two']) expect((await make(name)).status).toBe(201);
  const drafts = [1, 2].flatMap((datastreamId) =>
    Array.from({ length: 10 }, (_, n) => ({ datastreamId, phenomenonTime: new Date(hour(n)), result: n })),
  );
  await recordObservations(door.database.pool, drafts);
  await door.database.pool.read(sql`insert into live.quality_episode
      (datastream_id, rule, began_at, ended_at, count, reason, detail)
    values (1, 'flat-line', ${hour(2)}::timestamptz, ${hour(4)}::timestamptz, 3, ${JSON.stringify(REASON)}::jsonb, '{}'),
      (1, 'spike', ${hour(3)}::timestamptz, ${hour(3)}::timestamptz, 1, '{"pl": "skok", "en": "jump"}', '{}'),
      (1, 'range', ${hour(8)}::timestamptz, null, 2, ${JSON.stringify(REASON)}::jsonb, '{}'),
      (2, 'outage', ${hour(0)}::timestamptz, null, 9, ${JSON.stringify(REASON)}::jsonb, '{}')`);
});
afterAll(() => door.close());

const make = (name: string) => door.ask('/Things', { method: 'POST', body: THING(name) });
const THING = (name: string) => ({
  name,
  description: name,
  Datastreams: [
    {
      name,
      description: name,
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'degree', symbol: '°C', definition: 'ucum:Cel' },
      Sensor: { name: 'T', description: 't', encodingType: 'text/html', metadata: 'https://example.org' },
      ObservedProperty: { name: 'T', definition: 'https://example.org/t', description: 't' },
    },
  ],
});
const qualities = (entities: readonly Document[]) => entities.map(({ resultQuality }) => resultQuality);
const statuses = (entities: readonly Document[]) =>
  qualities(entities)
    .map((one) => one?.status)
    .join(' ');

describe('the quality of a result', () => {
  it('is told with the rule and its reason where a doubt holds over its time', async () => {
    const { value } = await door.get('/Datastreams(1)/Observations?$orderby=phenomenonTime');
    expect(statuses(value)).toBe('ok ok suspect suspect suspect ok ok ok suspect suspect');
    const flat = { status: 'suspect', rule: 'flat-line', reason: REASON, since: hour(2), judgedBy: 'twin' };
    expect(qualities(value.slice(1, 5))).toEqual([OK, flat, flat, flat]);
    expect(value[9].resultQuality).toMatchObject({ rule: 'range', since: hour(8) });
  });

  it('is told at every address: within others, as a data array, alone, as a property', async () => {
    const { value } = await door.get(
      '/Things?$orderby=id&$expand=Datastreams($expand=Observations($orderby=phenomenonTime))',
    );
    const [one, two] = value.map(({ Datastreams }: Document) => statuses(Datastreams[0].Observations));
    expect(one).toBe('ok ok suspect suspect suspect ok ok ok suspect suspect');
    expect(two).toBe('ok ok ok ok ok ok ok ok ok ok');
    const table = await door.get(
      '/Observations?$resultFormat=dataArray&$select=resultQuality&$orderby=phenomenonTime desc&$top=4&$filter=Datastream/id eq 1',
    );
    expect(table.value[0].dataArray.map(([{ status }]: Document) => status)).toEqual([
      'suspect',
      'suspect',
      'ok',
      'ok',
    ]);
    const address = `/Observations('1-${hour(3)}')`;
    expect(await door.get(`${address}/resultQuality/rule/$value`)).toBe('flat-line');
    expect((await door.get(`${address}?$select=resultQuality`)).resultQuality.status).toBe('suspect');
  });

  it('costs one statement for a page, and none when it is not asked for', async () => {
    const reads = async (path: string) => {
      const before = door.reads();
      await door.get(path);
      return door.reads() - before;
    };
    expect(await reads('/Observations?$top=20')).toBe(2);
    expect(await reads('/Observations?$top=20&$select=result,phenomenonTime')).toBe(1);
    expect(await reads('/Datastreams(1)/Observations?$filter=result gt 99')).toBe(2);
  });

  it('is what the producer says, if he says anything, and ours does not become his by being sent back', async () => {
    const said = { phenomenonTime: '2026-05-01T02:30:00Z', result: 5, resultQuality: { code: 'good' } };
    const { self } = await door.make('/Datastreams(1)/Observations', said);
    expect((await door.get(self)).resultQuality).toEqual({ code: 'good' });
    const address = `/Observations('2-${hour(5)}')`;
    const { resultQuality } = await door.get(address);
    expect(resultQuality).toEqual(OK);
    const patched = await door.ask(address, {
      method: 'PATCH',
      body: [{ op: 'replace', path: '/result', value: 50 }],
      contentType: 'application/json-patch+json',
    });
    expect(patched.body).toMatchObject({ result: 50, resultQuality: OK });
    expect((await door.ask(address, { method: 'PATCH', body: { result: 51, resultQuality } })).status).toBe(
      200,
    );
    const rows = await door.database.pool.read<{ result_quality: unknown }>(
      sql`select result_quality from live.observation where datastream_id = 2 and result = 51`,
    );
    expect(rows).toEqual([{ result_quality: null }]);
  });

  it('says of values from the future, out of range, estimated and foretold what they are', async () => {
    const now = Date.now();
    const measure = async (properties: object, aheadMs: number) => {
      await door.ask('/Datastreams(2)', { method: 'PATCH', body: { properties } });
      const phenomenonTime = new Date(now + aheadMs).toISOString();
      const { self } = await door.make('/Datastreams(2)/Observations', { phenomenonTime, result: 500 });
      return (await door.get(self)).resultQuality;
    };
    expect(await measure({}, 3_600_000)).toMatchObject({ status: 'suspect', rule: 'clock' });
    expect(await measure({ validRange: [0, 100] }, -1)).toMatchObject({ status: 'suspect', rule: 'range' });
    expect(await measure({ method: 'estimated' }, -2)).toEqual({ ...OK, status: 'estimated' });
    expect(await measure({ method: 'forecast' }, 7_200_000)).toEqual({ ...OK, status: 'forecast' });
  });
});
