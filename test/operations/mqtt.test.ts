import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { asidesReplySchema, providersReplySchema } from '../../core/wire/providers.ts';
import { CONFORMANCE, MQTT_CONFORMANCE } from '../../server/protocols/sta/conformance.ts';
import { emptyDatabase } from '../support/database.ts';
import { freePort, killAllProducts, newFolder, type Service, startService } from '../support/product.ts';

const folder = newFolder();
const sources = join(folder, 'sources.json');
writeFileSync(
  sources,
  JSON.stringify({
    sources: [
      {
        name: 'boxes',
        adapter: 'mapping',
        topics: ['boxes/+/up'],
        newDevices: 'make',
        mapping: { format: 'json', device: 'topic[1]', time: 't', values: [{ path: 'pm', code: 'pm10' }] },
      },
    ],
  }),
);
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let first: Service;
let second: Service;
let staff: Record<string, string>;
let brokerPort: number;
let broker: ChildProcess | undefined;
const clients: MqttClient[] = [];

beforeAll(async () => {
  database = await emptyDatabase();
  brokerPort = await freePort();
  await startBroker();
  first = await startService({ env: envOf('one') });
  const password = /password (\S+)/.exec(first.output())?.[1] ?? '';
  staff = { authorization: `Basic ${Buffer.from(`staff:${password}`).toString('base64')}` };
  second = await startService({ env: envOf('two') });
  const made = await fetch(`${first.url}/sta/v1.1/Things`, {
    method: 'POST',
    headers: staff,
    body: JSON.stringify(THING),
  });
  expect(made.status).toBe(201);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
afterAll(async () => {
  await killAllProducts();
  await stopBroker('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const envOf = (name: string) => ({
  DATABASE_URL: database.url,
  DATA_DIR: join(folder, name),
  MQTT_URL: `mqtt://127.0.0.1:${brokerPort}`,
  SENSOR_SOURCES: sources,
});

const THING = {
  name: 'Stacja',
  description: 'Próba',
  Datastreams: [
    {
      name: 'PM10',
      description: 'Pył',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'µg/m³', symbol: 'µg/m³', definition: 'ucum:ug/m3' },
      Sensor: { name: 'X', description: 'x', encodingType: 'text/html', metadata: 'https://example.org' },
      ObservedProperty: { name: 'PM10', definition: 'https://example.org', description: 'x' },
    },
  ],
};

async function startBroker(): Promise<void> {
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(
    config,
    `listener ${brokerPort} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location ${folder}/\nmax_queued_messages 0\nuser root\n`,
  );
  broker = spawn('mosquitto', ['-c', config], {
    stdio: 'ignore',
    env: { PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  await connect(`mqtt://127.0.0.1:${brokerPort}`);
}

async function stopBroker(signal: NodeJS.Signals): Promise<void> {
  const stopping = broker;
  broker = undefined;
  if (stopping === undefined) return;
  const ended = new Promise((resolve) => stopping.once('close', resolve));
  stopping.kill(signal);
  await ended;
}

/** Waits for a broker that is still starting. */
async function connect(url: string, options: object = {}): Promise<MqttClient> {
  for (let attempt = 0; ; attempt++) {
    try {
      const client = await connectAsync(url, { reconnectPeriod: 200, ...options }, false);
      client.on('error', () => {});
      clients.push(client);
      return client;
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

let minute = 0;
const observation = (result: number) =>
  JSON.stringify({ phenomenonTime: new Date(Date.UTC(2026, 5, 1, 0, minute++)).toISOString(), result });

/** Every result of the first datastream, by the door of a server. */
async function kept({ url }: Service): Promise<number[]> {
  const reply = await fetch(`${url}/sta/v1.1/Datastreams(1)/Observations?$top=1000&$select=result`);
  const { value } = (await reply.json()) as { value: { result: number }[] };
  return value.map(({ result }) => result).toSorted((a, b) => a - b);
}

it('loses nothing that was acknowledged, and keeps nothing twice: a restart of the broker, then kill -9 of the leading server, each in a burst', async () => {
  const sender = await connect(`mqtt://127.0.0.1:${brokerPort}`, { clean: false, clientId: 'sender' });
  const follower = await connect(`mqtt://127.0.0.1:${brokerPort}`);
  const told = new Set<unknown>();
  follower.on('message', (_, payload) => {
    const message = JSON.parse(payload.toString());
    if ('@iot.id' in message) told.add(message.result);
  });
  await follower.subscribeAsync('v1.1/Datastreams(1)/Observations', { qos: 1 });
  const sent: Promise<unknown>[] = [];
  const send = (result: number) =>
    sent.push(sender.publishAsync('v1.1/Datastreams(1)/Observations', observation(result), { qos: 1 }));
  for (let result = 0; result < 150; result++) send(result);
  await sent[30];
  await stopBroker('SIGTERM');
  for (let result = 150; result < 300; result++) send(result);
  await startBroker();
  await Promise.all(sent);
  const soFar = Array.from({ length: 300 }, (_, n) => n);
  await expect.poll(() => kept(second), { timeout: 40_000 }).toEqual(soFar);

  for (let result = 300; result < 600; result++) send(result);
  await sent[350];
  first.child.kill('SIGKILL');
  await Promise.all(sent);
  const all = Array.from({ length: 600 }, (_, n) => n);
  await expect.poll(() => kept(second), { timeout: 40_000 }).toEqual(all);
  send(600);
  await expect.poll(() => told.has(600), { timeout: 10_000 }).toBe(true);
});

it('takes in a declared source through the broker, and keeps what is malformed aside, listed for staff', async () => {
  const sender = await connect(`mqtt://127.0.0.1:${brokerPort}`);
  for (let round = 0; round < 100; round++) {
    const payload = randomBytes(round);
    await sender.publishAsync(round % 2 === 0 ? 'boxes/7/up' : 'v1.1/Datastreams(1)/Observations', payload, {
      qos: 1,
    });
  }
  await sender.publishAsync('boxes/7/up', '{"t":"2026-06-01T10:00:00Z","pm":17}', { qos: 1 });
  const statusOf = async () => {
    const reply = await fetch(`${second.url}/api/live/providers`);
    const { providers } = providersReplySchema.parse(await reply.json());
    return providers[0];
  };
  await expect.poll(async () => (await statusOf())?.written, { timeout: 20_000 }).toBe(1);
  expect(await statusOf()).toMatchObject({
    name: 'boxes',
    state: 'ok',
    aside: 50,
    lastError: expect.stringContaining('no JSON'),
  });
  expect((await fetch(`${second.url}/api/live/asides`)).status).toBe(401);
  const listed = await fetch(`${second.url}/api/live/asides?limit=1000`, { headers: staff });
  const { asides } = asidesReplySchema.parse(await listed.json());
  const times = (source: string) =>
    asides.filter((one) => one.source === source).reduce((sum, one) => sum + one.times, 0);
  expect([times('boxes'), times('mqtt')]).toEqual([50, 50]);
});

/** What the service root says of MQTT; the same for both classes, also below a prefix of state. */
async function declaredEndpoints({ url }: Service): Promise<readonly string[]> {
  for (const prefix of ['', '/at/2026-06-30']) {
    const { serverSettings } = (await (await fetch(`${url}${prefix}/sta/v1.1`)).json()) as {
      serverSettings: Record<string, { endpoints: readonly string[] }> & { conformance: readonly string[] };
    };
    const told = MQTT_CONFORMANCE.map((name) => serverSettings[name]?.endpoints ?? []);
    if (prefix !== '') return told[0] ?? [];
    expect(serverSettings.conformance).toEqual([...CONFORMANCE, ...MQTT_CONFORMANCE]);
    expect(told[1]).toEqual(told[0]);
  }
  return [];
}

it('speaks MQTT where its service root says: over WebSocket through the HTTP server, and over TCP', async () => {
  const port = await freePort();
  const alone = await startService({
    env: { DATABASE_URL: database.url, DATA_DIR: join(folder, 'alone'), MQTT_PORT: String(port) },
  });
  const [tcp = '', webSocket = ''] = await declaredEndpoints(alone);
  expect(new URL(tcp).port).toBe(String(port));
  const browser = await connect(webSocket, { protocolVersion: 4 });
  const heard: { result?: number }[] = [];
  browser.on('message', (_, payload) => heard.push(JSON.parse(payload.toString())));
  await browser.subscribeAsync('v1.1/Datastreams(1)/Observations?$select=result', { qos: 1 });
  const [, name, password] =
    /^(\w+):(.*)$/.exec(Buffer.from(staff['authorization']?.slice(6) ?? '', 'base64').toString()) ?? [];
  const sensor = await connect(tcp, { username: name, password });
  await sensor.publishAsync('v1.1/Datastreams(1)/Observations', observation(1_000), { qos: 1 });
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([{ result: 1_000 }]);
  alone.child.kill('SIGTERM');
  expect(await alone.ended).toBe(0);
});
