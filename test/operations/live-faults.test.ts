import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readEvents } from '../support/event-reader.ts';
import { killAllProducts, newFolder, type Service, startService, stopService } from '../support/product.ts';

const folder = newFolder();
/** A burst of two hundred values of one datastream, then one in a second. */
const env = { DATA_DIR: join(folder, 'data'), LIVE_VALUES_PER_S: '1', MQTT_PORT: 'off' };
const STREAMS = 60;
/** Further datastreams whose two hundred values nothing else has spent. */
const UNSPENT = range(STREAMS + 1, 50);
let authorization = '';
let first: Service;
let second: Service;

beforeAll(async () => {
  first = await startService({ env });
  const password = /password (\S+)/.exec(first.output())?.[1] ?? '';
  authorization = `Basic ${Buffer.from(`staff:${password}`).toString('base64')}`;
  second = await startService({ env });
  const described = { name: 'x', description: 'x' };
  const datastream = {
    ...described,
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
    unitOfMeasurement: { name: 'x', symbol: 'x', definition: 'x' },
    Sensor: { ...described, encodingType: 'text/html', metadata: 'x' },
    ObservedProperty: { ...described, definition: 'x' },
  };
  const Datastreams = Array.from({ length: STREAMS + UNSPENT.length }, () => datastream);
  expect((await send(first, '/Things', { ...described, Datastreams })).status).toBe(201);
}, 180_000);
afterAll(async () => {
  await killAllProducts();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  /** 0 without an answer. */
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
}

async function send({ url }: Pick<Service, 'url'>, path: string, body: object): Promise<Answer> {
  try {
    const reply = await fetch(`${url}/sta/v1.1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization, 'content-type': 'application/json' },
    });
    return { status: reply.status, body: await reply.text(), retryAfter: reply.headers.get('retry-after') };
  } catch {
    return { status: 0, body: '', retryAfter: null };
  }
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => from + n);
}

let minute = 0;
const moment = () => new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString();
let turn = 0;
const nextStream = () => 1 + (turn++ % STREAMS);

/** Sends values over several connections at once; the results that were acknowledged. */
async function burst(services: readonly Service[], results: readonly number[]): Promise<readonly number[]> {
  const acknowledged: number[] = [];
  const left = [...results];
  const lanes = Array.from({ length: 16 }, async (_, lane) => {
    for (let result = left.shift(); result !== undefined; result = left.shift()) {
      const service = services[lane % services.length];
      if (service === undefined) return;
      const body = { phenomenonTime: moment(), result };
      const { status } = await send(service, `/Datastreams(${nextStream()})/Observations`, body);
      if (status === 201) acknowledged.push(result);
      else await sleep(20);
    }
  });
  await Promise.all(lanes);
  return acknowledged;
}

/** Every result that the service has. */
async function kept({ url }: Service): Promise<ReadonlySet<number>> {
  const results = new Set<number>();
  let next: string | undefined = `${url}/sta/v1.1/Observations?$top=1000&$select=result`;
  while (next !== undefined) {
    const reply = await fetch(next);
    const page: { value: { result: number }[]; '@iot.nextLink'?: string } = JSON.parse(await reply.text());
    for (const { result } of page.value) results.add(result);
    next = page['@iot.nextLink'];
  }
  return results;
}

const missing = (there: ReadonlySet<number>, wanted: readonly number[]) =>
  wanted.filter((result) => !there.has(result));

it('nothing that was acknowledged is lost when the database is killed in the middle of a burst', async () => {
  const pid = Number(readFileSync(join(env.DATA_DIR, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  const sending = burst([first, second], range(0, 1_500));
  await sleep(700);
  process.kill(pid, 'SIGKILL');
  const acknowledged = await sending;
  expect(acknowledged.length).toBeGreaterThan(50);
  const reach = async () =>
    (await send(first, '/Datastreams(1)/Observations', { phenomenonTime: moment(), result: -1 })).status;
  await expect.poll(reach, { timeout: 30_000, interval: 300 }).toBe(201);
  expect(missing(await kept(first), acknowledged)).toEqual([]);
}, 120_000);

it('nor when a server is killed in the middle of one; its readers go on at the other where they were', async () => {
  const doomed = await startService({ env });
  const events: { event: string; id?: string; data: { observations?: { result: number }[] } }[] = [];
  const follow = (service: Service, since = '') => {
    const client = new WebSocket(
      `${service.url.replace('http', 'ws')}/events?topics=observations&since=${since}`,
    );
    client.on('message', (text) => events.push(JSON.parse(String(text))));
    client.on('error', () => {});
    return client;
  };
  const cut = follow(doomed);
  await expect.poll(() => events.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const sending = burst([doomed, second], range(10_000, 1_000));
  await sleep(800);
  doomed.child.kill('SIGKILL');
  await doomed.ended;
  cut.terminate();
  const last = events.findLast(({ id }) => id !== undefined)?.id;
  const again = follow(second, last);
  const acknowledged = await sending;
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(missing(await kept(second), acknowledged)).toEqual([]);
  const told = () =>
    new Set(events.flatMap(({ data }) => (data.observations ?? []).map(({ result }) => result)));
  await expect.poll(() => missing(told(), acknowledged), { timeout: 15_000 }).toEqual([]);
  again.terminate();
}, 120_000);

it('a sensor that floods is told to wait, and the others are heard', async () => {
  const address = `/Datastreams(${STREAMS})/Observations`;
  const answers: Answer[] = [];
  for (let n = 0; n < 300 && answers.at(-1)?.status !== 429; n++) {
    answers.push(await send(first, address, { phenomenonTime: moment(), result: n }));
  }
  const refused = answers.at(-1);
  expect(refused?.status).toBe(429);
  expect(Number(refused?.retryAfter)).toBeGreaterThan(0);
  expect(refused?.body).toMatch(
    /Datastream 60 sends more than 1 values a second in the long run; wait \d+ s/,
  );
  const other = await send(first, '/Datastreams(1)/Observations', { phenomenonTime: moment(), result: 1 });
  expect(other.status).toBe(201);
}, 60_000);

it('a reader that never reads holds up nobody: the others are told everything', async () => {
  const { port, hostname } = new URL(first.url);
  const idle = connect(Number(port), hostname);
  idle.pause();
  idle.write(`GET /events?topics=observations HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  const awake = await readEvents(`${first.url}/events?topics=observations`);
  let sent = 0;
  for (let round = 0; round < 9; round++) {
    const blocks = UNSPENT.map((id) => ({
      Datastream: { '@iot.id': id },
      components: ['phenomenonTime', 'result'],
      dataArray: range(0, 20).map(() => [moment(), round]),
    }));
    const { status, body } = await send(second, '/CreateObservations', blocks);
    expect([status, body.match(/"error[^"]*/g) ?? []]).toEqual([201, []]);
    sent += 1_000;
  }
  await expect.poll(() => awake.results().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(sent);
  awake.close();
  await awake.ended;
  idle.destroy();
  const answered = performance.now();
  expect((await fetch(`${first.url}/ready`)).status).toBe(200);
  expect(performance.now() - answered).toBeLessThan(5_000);
  expect(await stopService(first)).toBe(0);
}, 90_000);
