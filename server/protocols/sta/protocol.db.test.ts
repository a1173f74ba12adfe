import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { makeMonths } from '../../store/observations.ts';
import { storeSensorThings } from '../../store/sensor-things.ts';
import { sql } from '../../store/sql.ts';

let database: TestDatabase;
let app: RunningApp;
beforeAll(async () => {
  database = await testDatabase();
  const sensors = storeSensorThings(database.pool, database.pool);
  app = await runApp(
    { ...sampleServices(1), sensors },
    {
      identify: ({ authorization }) =>
        authorization === undefined
          ? { who: 'anonymous', roles: ['public'] }
          : { who: 'jan', roles: authorization === 'staff' ? ['public', 'staff'] : ['public'] },
    },
  );
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, never>;
  readonly location: string | null;
}

async function ask(path: string, body?: unknown, authorization = 'staff'): Promise<Answer> {
  const address = path.startsWith('http') ? path : `${app.url}/sta/v1.1${path}`;
  const reply = await fetch(address, {
    ...(body !== undefined && {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    headers: authorization === '' ? {} : { authorization },
  });
  return {
    status: reply.status,
    body: (await reply.json()) as Answer['body'],
    location: reply.headers.get('location'),
  };
}

const OM = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';
const STREAM = {
  name: 'Temperatura',
  description: 'Na 2 m',
  observationType: OM,
  unitOfMeasurement: { name: 'stopień Celsjusza', symbol: '°C', definition: 'ucum:Cel' },
  properties: { expectedIntervalS: 600, colour: 'red' },
  Sensor: { name: 'T', description: 't', encodingType: 'text/html', metadata: 'https://example.org' },
  ObservedProperty: { name: 'Temperature', definition: 'http://example.org/t', description: 't' },
};
const thing = (externalId?: string) => ({
  name: 'Stacja',
  description: 'Próba',
  properties: { ...(externalId && { externalId }), kind: 'air' },
  Locations: [
    {
      name: 'Rynek',
      description: 'Słup',
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [16.93, 52.41] },
    },
  ],
  Datastreams: [STREAM],
});

/** A new thing's only datastream, as its address. */
async function newStream(): Promise<string> {
  const { body } = await ask('/Things', thing());
  const { body: streams } = await ask(body['Datastreams@iot.navigationLink'] ?? '');
  const [stream] = streams['value'] as unknown as { '@iot.selfLink': string }[];
  return stream?.['@iot.selfLink'] ?? '';
}

describe('a Thing', () => {
  it('is made with all that is inside it, and every link of it leads somewhere', async () => {
    const made = await ask('/Things', thing('a-1'));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Stacja', properties: { externalId: 'a-1', kind: 'air' } });
    expect((await ask(made.location ?? '')).body).toEqual(made.body);
    const seen = new Map<string, unknown>();
    const visit = async (entity: Record<string, unknown>): Promise<void> => {
      for (const [name, link] of Object.entries(entity)) {
        if (!name.endsWith('Link') || seen.has(String(link))) continue;
        const { status, body } = await ask(String(link), undefined, '');
        expect([link, status]).toEqual([link, 200]);
        seen.set(String(link), body);
        for (const next of (body['value'] as unknown as Record<string, unknown>[]) ?? [body])
          await visit(next);
      }
    };
    await visit(made.body);
    const stream = [...seen.values()].find((one) => (one as { name?: string }).name === 'Temperatura');
    expect(stream).toMatchObject({
      unitOfMeasurement: STREAM.unitOfMeasurement,
      observationType: OM,
      properties: STREAM.properties,
    });
    expect([...seen.keys()].some((link) => link.endsWith('/Sensor'))).toBe(true);
  });

  it('of a known externalId is refused, and a faulty part leaves nothing of the whole', async () => {
    await ask('/Things', thing('a-2'));
    expect(await ask('/Things', thing('a-2'))).toMatchObject({
      status: 409,
      body: { code: 409, type: 'error' },
    });
    const half = { ...thing('a-3'), Datastreams: [{ ...STREAM, Sensor: { '@iot.id': 4_711 } }] };
    expect(await ask('/Things', half)).toMatchObject({ status: 404, body: { parameter: 'Sensor' } });
    const [row] = await database.pool.read<{ count: number }>(
      sql`select count(*) as count from live.thing where external_id = 'a-3'`,
    );
    expect(row?.count).toBe(0);
  });

  it.each([
    [
      'a place that is swapped',
      { Locations: [{ ...thing().Locations[0], location: { type: 'Point', coordinates: [52.41, 516.9] } }] },
      'Locations.0.location.coordinates',
    ],
    [
      'a stream without its sensor',
      { Datastreams: [{ ...STREAM, Sensor: undefined }] },
      'Datastreams.0.Sensor',
    ],
    ['a misspelt member', { Location: [] }, 'body'],
    ['a null character', { name: 'a\0b' }, 'name'],
  ])('with %s is refused where it is wrong', async (_, change, parameter) => {
    const { status, body } = await ask('/Things', { ...thing(), ...change });
    expect([status, body['parameter']]).toEqual([400, parameter]);
  });

  it('is made by staff alone', async () => {
    expect((await ask('/Things', thing(), '')).status).toBe(401);
    expect((await ask('/Things', thing(), 'guest')).status).toBe(403);
  });
});

describe('an Observation', () => {
  it('is kept once, however often it is sent, and another at its time is refused', async () => {
    const stream = await newStream();
    const value = { phenomenonTime: '2026-06-01T12:00:00+02:00', result: 21.5 };
    const first = await ask(`${stream}/Observations`, value);
    expect(first).toMatchObject({
      status: 201,
      body: { phenomenonTime: '2026-06-01T10:00:00Z', result: 21.5 },
    });
    expect(await ask(`${stream}/Observations`, value)).toEqual(first);
    const other = await ask(`${stream}/Observations`, { ...value, result: 22 });
    expect(other).toMatchObject({ status: 409, body: { parameter: 'phenomenonTime' } });
    const { body } = await ask(`${stream}/Observations?$count=true`);
    expect(body).toMatchObject({ '@iot.count': 1, value: [{ result: 21.5 }] });
    const { status, ...one } = await ask(first.location ?? '');
    const judged = { resultQuality: { status: 'ok', judgedBy: 'twin' } };
    expect([status, one.body]).toEqual([200, { ...first.body, ...judged }]);
  });

  it('takes the present when it brings no time, and a stretch of time', async () => {
    const stream = await newStream();
    const before = Date.now();
    const { body } = await ask(`${stream}/Observations`, { result: 1 });
    expect(Date.parse(body['phenomenonTime'] ?? '')).toBeGreaterThanOrEqual(before);
    const hour = '2026-06-01T10:00:00Z/2026-06-01T11:00:00Z';
    expect((await ask(`${stream}/Observations`, { phenomenonTime: hour, result: 2 })).body).toMatchObject({
      phenomenonTime: hour,
    });
  });

  it('from the future is kept and marked, and is not the latest value', async () => {
    const stream = await newStream();
    await ask(`${stream}/Observations`, { result: 5 });
    const future = { phenomenonTime: new Date(Date.now() + 86_400_000).toISOString(), result: 99 };
    const { body } = await ask(`${stream}/Observations`, future);
    expect(body).toMatchObject({ parameters: { flags: ['future'] } });
    const reply = await fetch(`${app.url}/api/live/sensors`);
    const { sensors } = (await reply.json()) as {
      sensors: { datastreams: { id: number; latest: object }[] }[];
    };
    const id = Number(/\((\d+)\)$/.exec(stream)?.[1]);
    const shown = sensors.flatMap(({ datastreams }) => datastreams).find((one) => one.id === id);
    expect(shown?.latest).toMatchObject({ result: 5 });
  });

  it.each(
    (
      [
        ['{"result":1,"phenomenonTime":"yesterday"}', 400, 'phenomenonTime'],
        ['{"result":1,"phenomenonTime":"2026-06-01T10:00:00"}', 400, 'phenomenonTime'],
        ['{"result":1,"phenomenonTime":"9999-06-01T10:00:00Z"}', 400, 'phenomenonTime'],
        ['{"result":1,"phenomenonTime":"2026-06-01T11:00:00Z/2026-06-01T10:00:00Z"}', 400, 'phenomenonTime'],
        ['{"result":null}', 400, 'result'],
        ['{"result":1e999}', 400, 'result'],
        ['{}', 400, 'result'],
        ['{"result":1,"resultquality":"good"}', 400, 'body'],
        ['{"result":', 400, 'body'],
        ['[]', 400, 'body'],
        ['', 400, 'body'],
        [`{"result":1,"more":"${'x'.repeat(1_100_000)}"}`, 413, 'body'],
      ] as const
    ).map(([body, status, parameter]) => [body.slice(0, 60), body, status, parameter] as const),
  )('that reads %s is refused', async (_, body, status, parameter) => {
    const answer = await ask(`${await newStream()}/Observations`, body);
    expect([answer.status, answer.body['parameter']]).toEqual([status, parameter]);
    expect(answer.body).toMatchObject({ code: status, type: 'error' });
  });

  it('of nobody is refused, and of a datastream named twice differently', async () => {
    const value = { result: 1, Datastream: { '@iot.id': 4_711 } };
    expect(await ask('/Observations', value)).toMatchObject({
      status: 404,
      body: { parameter: 'Datastream' },
    });
    expect((await ask('/Observations', { result: 1 })).status).toBe(400);
    expect((await ask(`${await newStream()}/Observations`, value)).status).toBe(400);
  });
});

describe('a collection', () => {
  it('is paged by its links, in the order asked for, whatever the page', async () => {
    const stream = await newStream();
    for (let n = 0; n < 7; n++) {
      await ask(`${stream}/Observations`, {
        phenomenonTime: `2026-06-0${n + 1}T00:00:00Z`,
        result: (n * 3) % 7,
      });
    }
    const results: unknown[] = [];
    let next = `${stream}/Observations?$top=3&$orderby=result desc`;
    for (; next !== undefined; ) {
      const { body } = await ask(next);
      results.push(...(body['value'] as unknown as { result: number }[]).map(({ result }) => result));
      next = body['@iot.nextLink'] as unknown as string;
    }
    expect(results).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  it.each([
    ['/Things?$filter=name eq 1', 400],
    ['/Things?$expand=Sensors', 400],
    ['/Things?$top=many', 400],
    ['/Things?$orderby=result', 400],
    ['/Things?top=3', 400],
    ['/Nothings', 404],
    ['/Things(999999)', 404],
    ["/Observations('1-2026-13-01T00:00:00Z')", 404],
    ['/Things(1)/Sensors', 404],
    ['/Things/Datastreams', 404],
  ])('refuses %s with %i', async (path, status) => {
    expect(await ask(path)).toMatchObject({ status, body: { code: status, type: 'error' } });
  });
});

describe('a month', () => {
  it('takes in what waited among the others, and loses and doubles nothing', async () => {
    const stream = await newStream();
    const now = new Date().toISOString();
    await ask(`${stream}/Observations`, { phenomenonTime: now, result: 3 });
    await Promise.all([makeMonths(database.pool), makeMonths(database.pool)]);
    await ask(`${stream}/Observations`, { phenomenonTime: now, result: 3 });
    const { body } = await ask(`${stream}/Observations?$count=true`);
    expect(body).toMatchObject({ '@iot.count': 1 });
    const tables = await database.pool.read<{ table: string }>(
      sql`select distinct tableoid::regclass::text as table from live.observation
        where phenomenon_time = ${now}::timestamptz`,
    );
    expect(tables).toEqual([{ table: `live.observation_${now.slice(0, 7).replace('-', '_')}` }]);
  });
});
