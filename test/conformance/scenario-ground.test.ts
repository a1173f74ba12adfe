/** The service as it is started shapes the ground of a scenario; decoders of others read what comes. */
import { createRequire } from 'node:module';
import type decoder from '@here/quantized-mesh-decoder';
import validator from 'gltf-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { editReplySchema, type StoredEdit, scenarioReplySchema } from '../../core/wire/scenario.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { tileRectangle, tilesOver } from '../../tiles/terrain/geographic-tiles.ts';
import { readGlb } from '../support/glb-reader.ts';
import { contentUris } from '../support/tileset-reader.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

// The package is CommonJS with a default export.
const { default: decode } = createRequire(import.meta.url)('@here/quantized-mesh-decoder') as {
  default: typeof decoder;
};
const toLonLat = transformBetween(2177, 4326);
const toStore = transformBetween(4326, 2177);
const PAD_M = 95;
const HALF_M = 60;
const Z = 16;

let service: WholeService;
let place: Xy;
let id: string;
let shaped: StoredEdit;
let revision = 1;

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}${path}`, { headers: { ...service.staff, ...headers } });
async function post(path: string, body: unknown, from?: number): Promise<unknown> {
  const reply = await fetch(`${service.url}/api/scenarios${path}`, {
    method: 'POST',
    headers: {
      ...service.staff,
      'content-type': 'application/json',
      ...(from !== undefined && { 'if-match': `"${from}"` }),
    },
    body: JSON.stringify(body),
  });
  const document = await reply.json();
  if (!reply.ok) throw new Error(JSON.stringify(document));
  return document;
}
async function make(edit: object): Promise<StoredEdit> {
  const made = editReplySchema.parse(await post(`/${id}/edits`, edit, revision));
  revision = made.scenario.revision;
  return made.edit;
}
const square = (halfM: number) =>
  [
    [-halfM, -halfM],
    [halfM, -halfM],
    [halfM, halfM],
    [-halfM, halfM],
  ].map(([x = 0, y = 0]) => [place[0] + x, place[1] + y]);

beforeAll(async () => {
  service = await startWholeService();
  const { city } = (await (await get('/api/layers')).json()) as {
    city: { home: { lon: number; lat: number } };
  };
  const [e, n] = toStore([city.home.lon, city.home.lat]);
  place = [Math.round(e), Math.round(n)];
  ({ id } = scenarioReplySchema.parse(await post('', { title: 'Nasyp' })));
  shaped = await make({ kind: 'shape-terrain', outline: square(HALF_M), heightM: PAD_M, sideRun: 1 });
}, 120_000);
afterAll(async () => {
  await service.close();
  expect(service.log.filter(({ level }) => level === 'error')).toEqual([]);
});

const addressOf = (east: number, z = Z) => {
  const [lon, lat] = toLonLat([place[0] + east, place[1]]);
  const { startX: x, startY: y } = tilesOver(z, { west: lon, east: lon, south: lat, north: lat });
  return { z, x, y, path: `/tiles/terrain/${z}/${x}/${y}.terrain` };
};
async function tile(path: string, headers: Record<string, string> = {}) {
  const reply = await get(path, headers);
  return {
    status: reply.status,
    etag: reply.headers.get('etag')?.replace('W/', ''),
    bytes: new Uint8Array(await reply.arrayBuffer()),
  };
}

describe('the ground of a scenario', () => {
  it('is level where it was levelled, as a decoder of others reads it, and as before in the city', async () => {
    const at = addressOf(0);
    const box = tileRectangle(at.z, at.x, at.y);
    const heights = (bytes: Uint8Array) => {
      const { vertexData, header } = decode(bytes.slice().buffer);
      const count = vertexData.length / 3;
      const { minHeight = 0, maxHeight = 0 } = header;
      return Array.from({ length: count }, (_, i) => {
        const [u = 0, v = 0, h = 0] = [0, 1, 2].map((k) => (vertexData[k * count + i] ?? 0) / 32_767);
        const [lon, lat] = [box.west + (box.east - box.west) * u, box.south + (box.north - box.south) * v];
        const [e, n] = toStore([lon, lat]);
        const isOnPad = Math.abs(e - place[0]) < HALF_M - 1 && Math.abs(n - place[1]) < HALF_M - 1;
        const heightM = minHeight + (maxHeight - minHeight) * h - EGM96.undulationM(lon, lat);
        return isOnPad ? [heightM] : [];
      }).flat();
    };
    const there = heights((await tile(`/s/${id}${at.path}`)).bytes);
    expect(there.length).toBeGreaterThan(0);
    for (const heightM of there) expect(heightM).toBeCloseTo(PAD_M, 1);
    const city = heights((await tile(at.path)).bytes);
    for (const heightM of city) expect(heightM).toBeLessThan(PAD_M - 1);
    expect((await tile(`${at.path}?scenario=${id}`)).bytes).toEqual((await tile(`/s/${id}${at.path}`)).bytes);
  });

  it('has validators of its own where it was touched; all else is the tile of the city', async () => {
    const [here, there] = [addressOf(0), addressOf(900)];
    const [base, scenario] = [await tile(here.path), await tile(`/s/${id}${here.path}`)];
    expect(scenario.etag).not.toBe(base.etag);
    const known = { 'if-none-match': scenario.etag ?? '' };
    expect((await tile(`/s/${id}${here.path}`, known)).status).toBe(304);
    const [far, farScenario] = [await tile(there.path), await tile(`/s/${id}${there.path}`)];
    expect(farScenario).toEqual(far);
  });

  it('is asked about each time, since it can be put back', async () => {
    const { path } = addressOf(0);
    const cacheFor = async (asked: string) =>
      (await fetch(`${service.url}${asked}`)).headers.get('cache-control');
    const version = async (prefix: string) =>
      ((await (await get(`${prefix}/tiles/terrain/layer.json`)).json()) as { version: string }).version;
    const [base, scenario] = [await version(''), await version(`/s/${id}`)];
    expect(scenario).not.toBe(base);
    expect(await cacheFor(`${path}?v=${base}`)).toContain('immutable');
    for (const known of [base, scenario]) {
      expect(await cacheFor(`/s/${id}${path}?v=${known}`)).toBe('no-cache');
    }
    await post(`/${id}/undo`, undefined, revision++);
    expect(await version(`/s/${id}`)).toBe(base);
    expect((await tile(`/s/${id}${path}`)).etag).toBe((await tile(path)).etag);
    await post(`/${id}/redo`, undefined, revision++);
    expect(await version(`/s/${id}`)).toBe(scenario);
  });

  it('has the sensors of the city, by both addresses', async () => {
    const things = async (path: string) =>
      ((await (await get(path)).json()) as { value: { name: string }[] }).value.map(({ name }) => name);
    const path = '/sta/v1.1/Things?$select=name&$orderby=id';
    const city = await things(path);
    expect(city.length).toBeGreaterThan(10);
    expect(await things(`/s/${id}${path}`)).toEqual(city);
    expect(await things(`${path}&scenario=${id}`)).toEqual(city);
  });

  it('tells what was moved', () => {
    const { fillM3 = 0, cutM3 = 0, errorM3 = 0, areaM2 = 0, reachM = 0 } = shaped.earthwork ?? {};
    expect(fillM3 + cutM3).toBeGreaterThan(10_000);
    expect(errorM3).toBeLessThan(0.02 * (fillM3 + cutM3));
    expect(areaM2).toBeGreaterThan(4 * HALF_M * HALF_M);
    expect(reachM).toBeGreaterThan(1);
  });

  it('carries what is built on it and moved to it, in tiles that a validator of others accepts', async () => {
    const house = await make({
      kind: 'add-building',
      footprint: square(8),
      storeys: 3,
      roof: { shape: 'hipped' },
      function: 'm',
    });
    expect(house.groundHeightM).toBeCloseTo(PAD_M, 2);
    const building = house.objects[0]?.id;
    await make({ kind: 'move-building', building, byM: [20, 5], turnDeg: 30 });
    await make({ kind: 'change-building', building, storeys: 5 });
    const folder = `/s/${id}/tiles/3d/buildings`;
    const uris = await contentUris(
      async (uri) => new Uint8Array(await (await get(`${folder}/${uri}`)).arrayBuffer()),
    );
    let found = 0;
    for (const uri of uris) {
      const { bytes } = await tile(`${folder}/${uri}`);
      const { rows } = await readGlb(bytes);
      if (!rows.some((row) => row['id'] === building)) continue;
      found++;
      const { issues } = await validator.validateBytes(bytes);
      expect(issues.numErrors).toBe(0);
    }
    expect(found).toBe(1);
    const item = (await (
      await get(`/s/${id}/ogc/collections/buildings_3d/items/${building}?f=json`)
    ).json()) as { properties: { height_m: number; ground_height_m: number; storeys_above: number } };
    expect(item.properties.ground_height_m).toBeCloseTo(PAD_M, 2);
    expect(item.properties.storeys_above).toBe(5);
  });
});
