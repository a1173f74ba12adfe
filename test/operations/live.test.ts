import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { type EventReader, readEvents } from '../support/event-reader.ts';
import { killAllProducts, newFolder, type Service, startService, stopService } from '../support/product.ts';

const folder = newFolder();
const env = { DATA_DIR: join(folder, 'data') };
afterAll(async () => {
  await killAllProducts();
  rmSync(folder, { recursive: true, force: true });
});

const THING = {
  name: 'Stacja',
  description: 'Próba',
  Locations: [
    {
      name: 'Rynek',
      description: 'Słup',
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [16.93, 52.41] },
    },
  ],
  Datastreams: [
    {
      name: 'PM10',
      description: 'Pył',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'µg/m³', symbol: 'µg/m³', definition: null },
      Sensor: { name: 'X', description: 'x', encodingType: 'text/html', metadata: 'https://example.org' },
      ObservedProperty: { name: 'PM10', definition: 'https://example.org', description: 'x' },
    },
  ],
};

let minute = 0;
/** @returns the status, 0 without an answer */
async function send(service: Service, path: string, body: object, password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`staff:${password}`).toString('base64')}`;
  return fetch(`${service.url}/sta/v1.1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization },
  }).then(
    async (reply) => {
      await reply.text();
      return reply.status;
    },
    () => 0,
  );
}
const value = (result: number) => ({
  phenomenonTime: new Date(Date.UTC(2026, 5, 1, 0, minute++)).toISOString(),
  result,
});
const seen = (reader: EventReader): number[] => [...new Set(reader.results())].toSorted((a, b) => a - b);

it('two servers on one database tell every value, through a kill -9 of the database, and end their streams at once', async () => {
  const first = await startService({ env });
  const password = /password (\S+)/.exec(first.output())?.[1] ?? '';
  const second = await startService({ env });
  expect(await send(first, '/Things', THING, password)).toBe(201);
  const readers = await Promise.all([first, second].map(({ url }) => readEvents(`${url}/events`)));
  const post = (service: Service, result: number) =>
    send(service, '/Datastreams(1)/Observations', value(result), password);

  const acknowledged: number[] = [];
  for (let result = 0; result < 40; result++) {
    expect(await post(result % 2 === 0 ? first : second, result)).toBe(201);
    acknowledged.push(result);
  }
  for (const reader of readers)
    await expect.poll(() => seen(reader), { timeout: 5_000 }).toEqual(acknowledged);

  const pid = Number(readFileSync(join(env.DATA_DIR, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  const statuses = new Set<number>();
  for (let result = 100; result < 160; result++) {
    if (result === 110) process.kill(pid, 'SIGKILL');
    const body = value(result);
    // As a sensor does that was not answered: the same value again.
    for (let status = 0; status !== 201; ) {
      status = await send(result % 2 === 0 ? first : second, '/Datastreams(1)/Observations', body, password);
      statuses.add(status);
      if (status !== 201) await sleep(100);
    }
    acknowledged.push(result);
  }
  expect([...statuses].filter((status) => ![201, 503].includes(status))).toEqual([]);
  for (const reader of readers) {
    await expect.poll(() => seen(reader), { timeout: 20_000 }).toEqual(acknowledged);
    const said = reader.events
      .filter(({ event }) => event === 'status')
      .map(({ data }) => JSON.parse(data).live);
    expect(said).toContain(false);
    await expect
      .poll(() => JSON.parse(reader.events.findLast(({ event }) => event === 'status')?.data ?? '').live, {
        timeout: 20_000,
      })
      .toBe(true);
  }

  // Who was away asks for what came after the last event that it got.
  const [before] = readers.map(
    ({ events }) => events.find(({ event }) => event === 'observations')?.id ?? '',
  );
  const resumed = await readEvents(`${second.url}/events`, { 'last-event-id': before ?? '' });
  await expect
    .poll(() => seen(resumed), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(acknowledged.slice(1)));

  const begun = performance.now();
  expect(await stopService(second)).toBe(0);
  await Promise.all([readers[1]?.ended, resumed.ended]);
  // The grace period of requests under way is ten seconds.
  expect(performance.now() - begun).toBeLessThan(8_000);
  expect(resumed.events.at(-1)?.event).toBe('end');
  expect(await stopService(first)).toBe(0);
});
