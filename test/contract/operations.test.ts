/** What those who run the service see of it, and nobody else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OperationsState, operationsSchema } from '../../core/wire/operations.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

const TOKEN = 'a-token-of-the-monitoring';
let service: WholeService;
beforeAll(async () => {
  service = await startWholeService({ METRICS_TOKEN: TOKEN });
}, 120_000);
afterAll(() => service.close());

const monitoring = { authorization: `Bearer ${TOKEN}` };
const metrics = async (headers: Readonly<Record<string, string>> = monitoring) =>
  (await fetch(`${service.url}/metrics`, { headers })).text();
const seriesOf = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')[1],
  );

it('measures are read with the token or as staff, and by nobody else', async () => {
  const statusWith = async (path: string, headers: Readonly<Record<string, string>>) =>
    (await fetch(`${service.url}${path}`, { headers })).status;
  expect(await statusWith('/metrics', {})).toBe(401);
  expect(await statusWith('/metrics', { authorization: `Bearer ${TOKEN}x` })).toBe(401);
  expect(await statusWith('/metrics', monitoring)).toBe(200);
  expect(await statusWith('/metrics', service.staff)).toBe(200);
  // The token opens nothing else.
  expect(await statusWith('/api/operations', monitoring)).toBe(403);
  expect(await statusWith('/api/accounts', monitoring)).toBe(403);
  expect(await statusWith('/api/operations', {})).toBe(401);
});

it('requests are counted by door and status, with durations and bytes', async () => {
  const before = await metrics();
  await (await fetch(`${service.url}/wfs?service=WFS&request=GetCapabilities`)).arrayBuffer();
  await (await fetch(`${service.url}/wfs?service=WFS&request=Nonsense`)).arrayBuffer();
  await expect
    .poll(async () => seriesOf(await metrics(), 'blizniak_http_request_seconds_count{door="wfs"}'))
    .toBe((seriesOf(before, 'blizniak_http_request_seconds_count{door="wfs"}') || 0) + 2);
  const after = await metrics();
  for (const status of [200, 400]) {
    expect(seriesOf(after, `blizniak_http_requests_total{door="wfs",method="GET",status="${status}"}`)).toBe(
      1,
    );
  }
  expect(seriesOf(after, 'blizniak_http_sent_bytes_total{door="wfs"}')).toBeGreaterThan(1_000);
  for (const series of [
    ...['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'],
    ...['blizniak_database_connections{pool="public",state="open"}', 'blizniak_cache_bytes{cache="shapes"}'],
    ...['blizniak_http_held_back_total{by="budget"}', 'blizniak_http_held_back_total{by="load"}'],
    ...['blizniak_layer_loaded_timestamp_seconds{layer="parcels"}', 'blizniak_database_bytes{schema="city"}'],
  ]) {
    expect(seriesOf(after, series), series).toBeGreaterThanOrEqual(0);
  }
  expect(seriesOf(after, 'blizniak_database_up')).toBe(1);
});

it('the page of operations tells load, queue, freshness and storage', async () => {
  const reply = await fetch(`${service.url}/api/operations`, { headers: service.staff });
  const state: OperationsState = operationsSchema.parse(await reply.json());
  expect(state.server.doors.map(({ door }) => door)).toContain('metrics');
  expect(state.layers.find(({ layer }) => layer === 'parcels')).toMatchObject({
    ...{ isStale: false, synthetic: true, objects: expect.any(Number) },
  });
  expect(state.storage.databaseBytes).toBeGreaterThan(10_000_000);
  expect(state.server.residentBytes).toBeGreaterThan(50_000_000);
});
