import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleFeatures, sampleServices } from '../../../test/support/sample-city.ts';

const PARCELS = 20;
const IDS = sampleFeatures(PARCELS).flatMap(({ layer, id }) => (layer === 'buildings_3d' ? [id] : []));

let app: RunningApp;
beforeAll(async () => {
  app = await runApp(sampleServices(PARCELS));
});
afterAll(() => app.close());

const get = (ids: readonly string[], headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/buildings.glb?${new URLSearchParams({ ids: ids.join() })}`, { headers });

it('writes the buildings that are asked for, each a node with its id, in their order, and nothing else', async () => {
  const asked = [IDS[2] ?? '', IDS[0] ?? ''];
  const reply = await get(asked);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toBe('model/gltf-binary');
  const bytes = Buffer.from(await reply.arrayBuffer());
  expect(bytes.toString('latin1', 0, 4)).toBe('glTF');
  expect(bytes.readUInt32LE(8)).toBe(bytes.length);
  const document = JSON.parse(bytes.toString('utf8', 20, 20 + bytes.readUInt32LE(12)));
  const [root] = document.scenes[0].nodes;
  const shown = document.nodes[root].children.map((n: number) => document.nodes[n].name);
  expect(shown).toEqual(asked);
  expect(document.asset.extras).toMatchObject({
    crs: 'EPSG:2177',
    heights: expect.stringContaining('EVRF2007'),
  });
  const etag = reply.headers.get('etag') ?? '';
  expect((await get(asked, { 'if-none-match': etag })).status).toBe(304);
});

it('names an id that no building has, and bounds how many may be asked for', async () => {
  const unknown = await get([IDS[0] ?? '', 'nobody']);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({
    parameter: 'ids',
    detail: expect.stringContaining('"nobody"'),
  });
  const many = await get(Array.from({ length: 201 }, (_, n) => `b${n}`));
  expect(many.status).toBe(400);
  expect(await many.json()).toMatchObject({ parameter: 'ids', detail: expect.stringContaining('201') });
  expect((await fetch(`${app.url}/api/buildings.glb`)).status).toBe(400);
});
