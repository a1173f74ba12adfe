/** Files of a run of traffic are as open as the scenario that it was computed of, whatever their form. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { DOCUMENT_FORMATS } from '../../server/services/documents.ts';
import { type StoredCity, storedCity } from '../conformance/stored-city.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const street = (id: string, fromM: number, toM: number, ends: readonly [string, string]): Feature => ({
  layer: 'roads',
  id,
  geometry: {
    type: 'LineString',
    coordinates: [
      [E + fromM, N - 30],
      [E + toM, N - 30],
    ],
  },
  properties: {
    ...{ class: 'main', name: `ul. ${id}`, lanes: 2, speed_kmh: 50, oneway: false },
    ...{ from_node: ends[0], to_node: ends[1] },
  },
});
const FILES = [...DOCUMENT_FORMATS.map((format) => `report.${format}`), 'links.csv', 'gmns.zip', 'sumo.zip'];

let city: StoredCity;
beforeAll(async () => {
  const streets = [street('Zachodnia', 0, 200, ['a', 'b']), street('Wschodnia', 200, 400, ['b', 'c'])];
  city = await storedCity([...sampleFeatures(4), ...streets], { modelThreads: 1 });
});
afterAll(async () => {
  await city.close();
  expect(city.log.filter(({ level }) => level === 'error')).toEqual([]);
});

const ask = (path: string, who: string | undefined, method = 'GET', body?: object, revision?: unknown) =>
  fetch(`${city.url}/api/${path}`, {
    method,
    headers: {
      ...(who !== undefined && { authorization: who }),
      ...(body && { 'content-type': 'application/json' }),
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
async function json(reply: Promise<Response>): Promise<Readonly<Record<string, unknown>>> {
  const answer = await reply;
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}
const statuses = (run: unknown, who: string | undefined) =>
  Promise.all(
    FILES.map(async (file) => {
      const reply = await ask(`traffic/runs/${run}/${file}`, who);
      await reply.arrayBuffer();
      return [file, reply.status] as const;
    }),
  );
const all = (status: number) => FILES.map((file) => [file, status]);

it('files of traffic in a scenario of staff are there for staff alone, until it is opened', async () => {
  const { id, revision } = await json(
    ask('scenarios', 'anna', 'POST', { title: 'Poufne zamknięcie', access: 'staff' }),
  );
  const closing = { kind: 'close-road', road: 'Wschodnia' };
  await json(ask(`scenarios/${id}/edits`, 'anna', 'POST', closing, revision));
  const question = { model: 'traffic-assignment', parameters: { targetGap: 1e-4 }, scenario: id };
  const { id: run } = await json(ask('runs', 'anna', 'POST', question));
  const stateOf = async () => (await json(ask(`runs/${run}`, 'anna')))['state'];
  await expect.poll(stateOf, { timeout: 60_000 }).toBe('successful');

  expect(await statuses(run, 'anna')).toEqual(all(200));
  expect(await statuses(run, 'guest')).toEqual(all(404));
  expect(await statuses(run, undefined)).toEqual(all(404));
  const refused = await (await ask(`traffic/runs/${run}/links.csv`, 'guest')).text();
  expect(refused).not.toContain('Poufne');

  const now = await json(ask(`scenarios/${id}`, 'anna'));
  await json(ask(`scenarios/${id}`, 'anna', 'PATCH', { access: 'link' }, now['revision']));
  expect(await statuses(run, undefined)).toEqual(all(200));
}, 120_000);
