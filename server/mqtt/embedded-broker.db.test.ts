import { type ChildProcess, spawn } from 'node:child_process';
import { connect as connectTcp } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TwinError } from '../../core/errors.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { freePort } from '../../test/support/product.ts';
import { sampleThing } from '../../test/support/sample-sensors.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { gathered } from '../live/gather.ts';
import { type LiveHub, openLiveHub } from '../live/hub.ts';
import { sensorThings } from '../protocols/sta/protocol.ts';
import type { Services } from '../services.ts';
import { NOTICE_CHANNEL, OBSERVATION_CHANNEL, observationLog } from '../store/observations.ts';
import { storeSensorThings } from '../store/sensor-things.ts';
import { sql } from '../store/sql.ts';
import { type EmbeddedBroker, type EmbeddedBrokerOptions, openEmbeddedBroker } from './embedded-broker.ts';
import { openInbox } from './inbox.ts';
import { sensorThingsDoor } from './sensor-things-door.ts';

const STAFF: Identity = { who: 'staff', roles: ['public', 'staff'] };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const KNOWN: Readonly<Record<string, Identity>> = {
  [basic('staff:right')]: STAFF,
  'Bearer blz_token': STAFF,
  [basic('reader:right')]: { who: 'reader', roles: ['public'] },
};
const identify = ({ authorization }: Readonly<Record<string, string | undefined>>): Identity => {
  if (authorization === undefined) return ANONYMOUS;
  const known = KNOWN[authorization];
  if (known === undefined) throw new TwinError('unauthenticated', 'The name or the password is wrong');
  return known;
};

let database: TestDatabase;
const servers: { hub: LiveHub; broker: EmbeddedBroker }[] = [];
const logged: object[] = [];
beforeAll(async () => {
  database = await testDatabase();
  for (const name of ['one', 'two']) {
    await storeSensorThings(database.pool, database.pool).createThing(sampleThing(name));
  }
  servers.push(await openServer(), await openServer());
});
const clients: MqttClient[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  for (const { hub, broker } of servers) {
    await hub.close();
    await broker.close();
  }
  await database.drop();
});

async function openServer(options: Partial<EmbeddedBrokerOptions> = {}) {
  const pool = database.openAnother();
  const hub = openLiveHub({
    log: observationLog(pool),
    listen: (listener) => pool.listen([OBSERVATION_CHANNEL, NOTICE_CHANNEL], listener),
    mostReaders: 10,
    noticeChannel: NOTICE_CHANNEL,
  });
  const things = storeSensorThings(pool, pool);
  const sensors = { ...things, record: gathered(things.record, 100) };
  const quiet = { sensors: { ...sensors, setAside: async () => {} } };
  const door = sensorThingsDoor(sensorThings(quiet as unknown as Services), 'https://twin.example.org');
  const keep = (fields: object, message: string) => logged.push({ ...fields, message });
  const broker = await openEmbeddedBroker({
    inbox: openInbox(door, [], sensors.setAside),
    door,
    live: hub,
    identify,
    log: { info: keep, warn: keep, error: keep },
    host: '127.0.0.1',
    port: 0,
    mostClients: 50,
    mostBytes: 20_000,
    messagesPerS: 100_000,
    ...options,
  });
  return { hub, broker };
}

const portOf = (server = 0): number => servers[server]?.broker.port() ?? 0;

async function connect(options: IClientOptions & { server?: number } = {}) {
  const { server = 0, ...rest } = options;
  const client = await connectAsync(`mqtt://127.0.0.1:${portOf(server)}`, { reconnectPeriod: 0, ...rest });
  clients.push(client);
  client.on('error', () => {});
  const heard: { topic: string; body: Record<string, unknown> }[] = [];
  client.on('message', (topic, payload) => heard.push({ topic, body: JSON.parse(payload.toString()) }));
  return { client, heard };
}
const asStaff = { username: 'staff', password: 'right' };

/** Whether a message was acknowledged, or its sender cut off. */
const publish = (client: MqttClient, topic: string, payload: string): Promise<'kept' | 'cut'> =>
  Promise.race([
    client.publishAsync(topic, payload, { qos: 1 }).then(() => 'kept' as const),
    new Promise<'cut'>((resolve) => client.once('close', () => resolve('cut'))),
  ]);

let minute = 0;
const observation = (result: unknown) =>
  JSON.stringify({ phenomenonTime: new Date(Date.UTC(2026, 5, 1, 0, minute++)).toISOString(), result });
const kept = async (datastream = 1) =>
  (
    await database.pool.read<{ result: number }>(
      sql`select result from live.observation where datastream_id = ${datastream}::bigint order by phenomenon_time`,
    )
  ).map(({ result }) => result);
const asides = () =>
  database.pool.read<{ detail: string; sent: string }>(
    sql`select detail, sent from live.observation_aside order by id`,
  );

describe('SensorThings over MQTT', () => {
  it('keeps an observation before it acknowledges, and tells every subscriber of every server once', async () => {
    const readers = await Promise.all([connect(), connect({ server: 1 })]);
    for (const { client } of readers)
      await client.subscribeAsync('v1.1/Datastreams(1)/Observations', { qos: 1 });
    const { client } = await connect(asStaff);
    await client.publishAsync('v1.1/Datastreams(1)/Observations', observation(21.5), { qos: 1 });
    expect(await kept()).toEqual([21.5]);
    await client.publishAsync('v1.1/Datastreams(2)/Observations', observation(5), { qos: 1 });
    await client.publishAsync(
      'v1.1/Observations',
      JSON.stringify({ ...JSON.parse(observation(22)), Datastream: { '@iot.id': 1 } }),
      { qos: 2 },
    );
    for (const { heard } of readers) {
      await expect.poll(() => heard.map(({ body }) => body['result'])).toEqual([21.5, 22]);
      expect(heard[0]?.body).toMatchObject({
        '@iot.id': '1-2026-06-01T00:00:00Z',
        '@iot.selfLink': expect.stringMatching(/^https:\/\/twin\.example\.org\/sta\/v1\.1\/Observations\(/),
        phenomenonTime: '2026-06-01T00:00:00Z',
      });
    }
  });

  it('makes entities with all that is inside them, and tells those who follow the set, the one or a property', async () => {
    const { client, heard } = await connect(asStaff);
    await client.subscribeAsync(['v1.1/Things', 'v1.1/Things(1)/name', 'v1.1/Things(1)/description']);
    const { name, description } = { name: 'Nowa', description: 'Przez MQTT' };
    await client.publishAsync('v1.1/Things', JSON.stringify({ name, description }), { qos: 1 });
    await expect.poll(() => heard).toMatchObject([{ topic: 'v1.1/Things', body: { name, description } }]);
    await database.pool.read(sql`update live.thing set name = 'Inna nazwa' where id = 1`);
    await expect
      .poll(() => heard.slice(1).toSorted((a, b) => a.topic.localeCompare(b.topic)))
      .toMatchObject([
        { topic: 'v1.1/Things', body: { '@iot.id': 1, name: 'Inna nazwa' } },
        { topic: 'v1.1/Things(1)/name', body: { name: 'Inna nazwa' } },
      ]);
  });

  it('lets the public follow and nobody but staff publish; wrong passwords do not come in', async () => {
    const reader = await connect({ username: 'reader', password: 'right' });
    expect(await publish(reader.client, 'v1.1/Datastreams(1)/Observations', observation(1))).toBe('cut');
    const anonymous = await connect();
    expect(await publish(anonymous.client, 'v1.1/Datastreams(1)/Observations', observation(1))).toBe('cut');
    await expect(connect({ username: 'staff', password: 'wrong' })).rejects.toThrow(
      'Bad username or password',
    );
    const byToken = await connect({ username: 'station', password: 'blz_token' });
    await byToken.client.publishAsync('v1.1/Datastreams(1)/Observations', observation(23), { qos: 1 });
    expect(await kept()).toEqual([21.5, 22, 23]);
  });

  it('refuses what is no topic of the service, and keeps aside what is no observation', async () => {
    const { client } = await connect(asStaff);
    for (const topic of [
      '#',
      'v1.1/#',
      'v1.1/Nothings',
      'v1.1/Things(99)',
      'v1.1/Things?$filter=x',
      'other',
    ]) {
      await expect(client.subscribeAsync(topic), topic).rejects.toThrow();
    }
    await client.publishAsync('v1.1/Datastreams(1)/Observations', '{"result":', { qos: 1 });
    await client.publishAsync('v1.1/Datastreams(99)/Observations', observation(1), { qos: 1 });
    await client.publishAsync('elsewhere/1', 'hello', { qos: 1 });
    expect((await asides()).map(({ detail }) => detail)).toEqual([
      expect.stringContaining('v1.1/Datastreams(1)/Observations'),
      expect.stringContaining('There is no Datastream 99'),
      expect.stringContaining('no source reads this topic'),
    ]);
    expect((await asides())[2]?.sent).toBe('hello');
  });

  it('speaks with the clients of Mosquitto', async () => {
    const listener = spawn('stdbuf', [
      '-o0',
      'mosquitto_sub',
      '-p',
      String(portOf(1)),
      '-t',
      'v1.1/Datastreams(2)/Observations',
      '-q',
      '1',
      '-C',
      '1',
      '-d',
    ]);
    children.push(listener);
    let output = '';
    listener.stdout.on('data', (text: Buffer) => {
      output += text.toString();
    });
    await expect.poll(() => output, { timeout: 5_000 }).toContain('Subscribed');
    const sender = spawn('mosquitto_pub', [
      '-p',
      String(portOf()),
      '-u',
      'staff',
      '-P',
      'right',
      '-t',
      'v1.1/Datastreams(2)/Observations',
      '-m',
      observation(77),
      '-q',
      '1',
    ]);
    children.push(sender);
    expect(await new Promise((resolve) => sender.once('close', resolve))).toBe(0);
    await expect.poll(() => output, { timeout: 5_000 }).toContain('"result":77');
  });

  it('stays up under malformed packets, packets too long, and clients that only connect', async () => {
    const cut = (bytes: Buffer): Promise<void> =>
      new Promise((resolve) => {
        const socket = connectTcp(portOf(), '127.0.0.1', () => socket.write(bytes));
        socket.on('error', () => {});
        socket.on('close', () => resolve());
      });
    await cut(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    await cut(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await cut(Buffer.from([0x30, 0x05, 0x00, 0x01, 0x61, 0x62, 0x63]));
    const { client } = await connect(asStaff);
    expect(await publish(client, 'v1.1/Things', 'x'.repeat(30_000))).toBe('cut');
    const after = await connect(asStaff);
    await after.client.publishAsync('v1.1/Datastreams(2)/Observations', observation(78), { qos: 1 });
    expect((await kept(2)).at(-1)).toBe(78);
  });

  it('slows down whoever floods, and takes all of it', async () => {
    const slow = await openServer({ messagesPerS: 50 });
    servers.push(slow);
    const flooding = await connect({ ...asStaff, server: 2 });
    const before = (await kept(2)).length;
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        flooding.client.publishAsync('v1.1/Datastreams(2)/Observations', observation(n), { qos: 1 }),
      ),
    );
    expect(performance.now() - begun).toBeGreaterThan(800);
    expect(await kept(2)).toHaveLength(before + 100);
  });

  it('says that its port is taken by another program, and goes on without', async () => {
    const port = await freePort();
    const first = await openServer({ port });
    const second = await openServer({ port });
    expect(second.broker.port()).toBeUndefined();
    expect(logged.at(-1)).toMatchObject({
      port,
      message: 'mqtt does not listen',
      reason: 'the port is taken by another program',
    });
    for (const { hub, broker } of [first, second]) {
      await hub.close();
      await broker.close();
    }
  });
});
