import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sensorSourcesSchema } from '../../core/wire/sensor-source.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { sensorThingsDoor } from '../mqtt/sensor-things-door.ts';
import { sensorThings } from '../protocols/sta/protocol.ts';
import type { Services } from '../services.ts';
import { storeSensorSources } from '../store/sensor-sources.ts';
import { storeSensorThings } from '../store/sensor-things.ts';
import { sql } from '../store/sql.ts';
import { openSources, pauseMs, type Sources } from './sources.ts';

const STAFF = { who: 'sources', roles: ['public', 'staff'] } as const;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const servers: Server[] = [];
const asking: AbortController[] = [];
afterEach(() => {
  for (const controller of asking.splice(0)) controller.abort();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

function open(...declared: object[]): Sources {
  const sensors = storeSensorThings(database.pool, database.pool);
  const door = sensorThingsDoor(sensorThings({ sensors } as unknown as Services), 'https://twin.example.org');
  return openSources({
    sources: sensorSourcesSchema.parse({ sources: declared }).sources,
    store: storeSensorSources(database.pool),
    sensors,
    create: (path, body) => door.create(`v1.1/${path}`, Buffer.from(JSON.stringify(body)), STAFF),
  });
}

async function provider(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ask(sources: Sources): void {
  const controller = new AbortController();
  asking.push(controller);
  sources.askAll(controller.signal).catch(() => {});
}

const status = async (name: string) =>
  (await storeSensorSources(database.pool).providers()).find((one) => one.name === name);
const reasons = async (source: string) =>
  (await storeSensorSources(database.pool).asides(1_000))
    .filter((one) => one.source === source)
    .map(({ detail }) => detail);
const values = (prefix: string) =>
  database.pool.read<{ external_id: string; name: string; result: number; forecast: boolean }>(
    sql`select external_id, property.name, result, datastream.properties ->> 'method' is not null as forecast
      from live.observation join live.datastream on datastream.id = datastream_id
      join live.thing on thing.id = thing_id join live.observed_property as property on property.id = observed_property_id
      where external_id like ${`${prefix}:%`}::text order by datastream_id, phenomenon_time`,
  );
const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const mapping = {
  format: 'json',
  device: 'id',
  time: 't',
  lon: 'lon',
  lat: 'lat',
  values: [
    { path: 'pm', code: 'pm10' },
    { path: 'temp', code: 'temperature' },
    { path: 'beep', code: 'beep' },
  ],
};

describeWithSharedData('sources of recorded messages', () => {
  it('a LoRaWAN device that nobody knows becomes a Thing with declared kinds, and the same uplink sent again changes nothing', async () => {
    const payload = readFileSync(
      sharedData('sensors', 'lorawan', 'Decentlab-DL-PM', 'ChirpStack', 'payload.json'),
    );
    const [heard] = open({
      name: 'lora',
      adapter: 'chirpstack',
      model: 'decentlab-dl-pm',
      topics: ['application/+/device/+/event/up'],
      newDevices: 'make',
      provider: 'Miasto',
    }).heard;
    for (let round = 0; round < 2; round++) await heard?.take('application/1/device/2/event/up', payload);
    const found = await values('lora');
    expect(found.map(({ name, result }) => [name, result])).toEqual(
      expect.arrayContaining([
        ['Pył PM10', 3.9],
        ['Pył PM2,5', 3.9],
        ['Wilgotność względna', expect.closeTo(41.63, 1)],
      ]),
    );
    expect(await status('lora')).toMatchObject({
      state: 'ok',
      written: found.length,
      known: found.length,
      undeclared: expect.arrayContaining(['battery-voltage']),
    });
  });

  it('Airly: forecasts go to a datastream of their own, and the newest one counts', async () => {
    const answer = JSON.parse(
      readFileSync(sharedData('sensors', 'airly', 'measurements_typical.json'), 'utf8'),
    );
    const installation = readFileSync(sharedData('sensors', 'airly', 'installations_typical.json'));
    const stretches: { fromDateTime: string; values: { name: string }[] }[] = [
      ...answer.history,
      answer.current,
    ];
    const hours = stretches.filter(({ values: all }) => all.some(({ name }) => name === 'PM10'));
    let foretold = 55.5;
    const url = await provider((request, response) => {
      if (request.headers['apikey'] !== 'secret') response.writeHead(401).end();
      else if (request.url?.startsWith('/installations/204')) response.end(installation);
      else {
        answer.forecast[0].values = [{ name: 'PM10', value: foretold++ }];
        response.end(JSON.stringify(answer));
      }
    });
    ask(
      open({
        name: 'airly',
        adapter: 'airly',
        url,
        devices: [204],
        headers: { apikey: 'secret' },
        everyS: 1,
        newDevices: 'make',
      }),
    );
    await expect
      .poll(
        async () => (await values('airly')).filter(({ forecast }) => forecast).map(({ result }) => result),
        { timeout: 8_000 },
      )
      .toEqual([56.5]);
    const measured = (await values('airly')).filter(({ forecast }) => !forecast);
    expect(measured.filter(({ name }) => name === 'Pył PM10')).toHaveLength(
      new Set(hours.map(({ fromDateTime }) => fromDateTime)).size,
    );
    expect(await reasons('airly')).toEqual([]);
  });

  it('GIOŚ: hours of every post of a station, known ones not asked again when nothing is new', async () => {
    const file = (name: string) => readFileSync(sharedData('sensors', 'gios', name));
    let notModified = 0;
    const url = await provider((request, response) => {
      const [, post] = /getData\/(\d+)/.exec(request.url ?? '') ?? [];
      if (request.url?.startsWith('/station/sensors')) response.end(file('station.json'));
      else if (request.url?.startsWith('/station/findAll')) response.end(file('stations.json'));
      else if (request.headers['if-none-match'] === '"1"') {
        notModified++;
        response.writeHead(304).end();
      } else if (post === '3759' || post === '3760')
        response.setHeader('etag', '"1"').end(file(`sensor_${post}.json`));
      else response.end('{"Lista danych pomiarowych":[]}');
    });
    ask(open({ name: 'gios', adapter: 'gios', url, devices: ['552'], everyS: 1, newDevices: 'make' }));
    await expect.poll(() => notModified, { timeout: 10_000 }).toBeGreaterThan(1);
    const found = await values('gios');
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['Dwutlenek azotu']));
    expect(await status('gios')).toMatchObject({ state: 'ok', undeclared: ['no'] });
    const [thing] = await database.pool.read<{ name: string }>(
      sql`select name from live.thing where external_id = 'gios:552'`,
    );
    expect(thing?.name).toBe('Warszawa, ul. Kondratowicza');
  });
});

it('keeps the values of unknown devices and of unreadable messages aside, in words, and what is sound in them', async () => {
  const [heard] = open({ name: 'boxes', adapter: 'mapping', topics: ['boxes/+'], mapping }).heard;
  await heard?.take('boxes/1', bytes({ id: 'b1', t: '2026-06-01T10:00:00Z', pm: 5 }));
  await heard?.take('boxes/1', bytes('{"id":\0'));
  await heard?.take('boxes/1', bytes([{ id: 'b1' }]));
  expect((await reasons('boxes')).toReversed()).toEqual([
    'unknown device b1: make a Thing with the externalId boxes:b1',
    expect.stringMatching(/^boxes\/1: no JSON/),
    'record 1: no time at t: undefined',
  ]);
  expect(await status('boxes')).toMatchObject({ written: 0, aside: 3 });
});

it('makes a Thing with its place, and later the datastream that it did not have; two servers make it once', async () => {
  const declared = { name: 'made', adapter: 'mapping', topics: ['made/#'], mapping, newDevices: 'make' };
  const [first] = open(declared).heard;
  const [second] = open(declared).heard;
  const message = (minute: number, more: object) =>
    bytes({ id: 7, t: `2026-06-01T10:0${minute}:00Z`, lon: 16.93, lat: 52.41, beep: 'no', ...more });
  await Promise.all([
    first?.take('made/7', message(1, { pm: 5 })),
    second?.take('made/7', message(2, { pm: 6 })),
  ]);
  await first?.take('made/7', message(3, { pm: 7, temp: '21,5' }));
  expect((await values('made')).map(({ result }) => result)).toEqual([5, 6, 7, 21.5]);
  const things = await database.pool.read(
    sql`select from live.thing join live.thing_location on thing_id = thing.id where external_id = 'made:7'`,
  );
  expect(things).toHaveLength(1);
  expect((await status('made'))?.undeclared).toEqual(['beep']);
});

it('a provider that hangs, lies, fails or floods is seen as such, and the others go on', async () => {
  const hangs = await provider(() => {});
  const lies = await provider((_, response) => response.end('<html>Maintenance</html>'));
  const fails = await provider((_, response) => response.writeHead(500).end());
  const floods = await provider((_, response) => {
    const part = Buffer.alloc(1_000_000, 0x20);
    const more = () => {
      while (!response.destroyed) if (!response.write(part)) return response.once('drain', more);
      return response;
    };
    more();
  });
  let well = false;
  const recovers = await provider((_, response) => {
    if (!well) response.writeHead(503).end();
    else response.end(JSON.stringify([{ id: 'r', t: '2026-06-01T10:00:00Z', pm: 5 }]));
  });
  const common = { adapter: 'mapping', mapping, everyS: 1, timeoutS: 0.5, newDevices: 'make' };
  ask(
    open(
      { ...common, name: 'hangs', url: hangs },
      { ...common, name: 'lies', url: lies },
      { ...common, name: 'fails', url: fails },
      { ...common, name: 'floods', url: floods, mostBytes: 5_000_000, timeoutS: 20 },
      { ...common, name: 'refuses', url: 'http://127.0.0.1:9' },
      { ...common, name: 'recovers', url: recovers },
    ),
  );
  const errorOf = (name: string) =>
    expect.poll(async () => (await status(name))?.lastError, { timeout: 10_000 });
  await errorOf('hangs').toContain('did not answer within 0.5 s');
  await errorOf('lies').toContain('no JSON');
  await errorOf('fails').toContain('answered 500');
  await errorOf('floods').toContain('sends more than 5000000 bytes');
  await errorOf('refuses').toContain('cannot be reached');
  await expect.poll(async () => (await status('fails'))?.state, { timeout: 10_000 }).toBe('open');
  expect(await status('recovers')).toMatchObject({ lastSuccess: null });
  well = true;
  await expect.poll(async () => (await status('recovers'))?.state, { timeout: 15_000 }).toBe('ok');
  expect(await status('recovers')).toMatchObject({ written: 1, lastError: expect.stringContaining('503') });
});

it('leaves a failing provider in peace for longer and longer, up to an hour', () => {
  expect([0, 1, 2, 3, 4, 5, 30].map((failures) => pauseMs({ everyS: 60 }, failures))).toEqual([
    60_000, 60_000, 60_000, 120_000, 240_000, 480_000, 3_600_000,
  ]);
});
