/** The city of an earlier moment through every door, beside the present one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TILE_GRIDS, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { fill } from '../support/filled-database.ts';
import { readGlb } from '../support/glb-reader.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../support/sample-city.ts';
import { contentUris } from '../support/tileset-reader.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 40;
const CHANGED = sampleParcelId(1);
/** Came with the second load: one parcel, and the buildings of the next row. */
const ALL = sampleFeatures(PARCELS + 9);
const NEW_PARCEL = sampleParcelId(PARCELS + 1);

let city: StoredCity;
let before: string;
beforeAll(async () => {
  city = await storedCity(PARCELS);
  await sleep(5);
  before = new Date().toISOString();
  await sleep(5);
  await fill(
    city.pool,
    ALL.map((feature) =>
      feature.id === CHANGED
        ? { ...feature, properties: { ...feature.properties, land_use: 'Ti' } }
        : feature,
    ),
  );
});
afterAll(() => city.close());

const get = async (path: string, headers: Record<string, string> = {}) =>
  fetch(`${city.url}${path}`, { headers });
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>;

/** The tile of the plan's grid over the sample. */
function tileOver(z: number): string {
  const { easting: x, northing: y } = SAMPLE_ORIGIN;
  const range = tilesInGrid(
    TILE_GRIDS.EPSG2177,
    { minX: x + 1, minY: y + 1, maxX: x + 1, maxY: y + 1, srid: 2177 },
    z,
  );
  return `${z}/${range?.minX}/${range?.minY}`;
}

describe.each(['?at=', '/at/'])('with %s', (form) => {
  const past = (path: string) => {
    if (form === '/at/') return `/at/${before}${path}`;
    return `${path}${path.includes('?') ? '&' : '?'}at=${before}`;
  };

  it('WFS counts, shows and links what was known then', async () => {
    const hits = async (path: string) => /numberMatched="(\d+)"/.exec(await (await get(path)).text())?.[1];
    const request = '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels';
    expect(await hits(`${request}&resultType=hits`)).toBe(String(PARCELS + 9));
    expect(await hits(past(`${request}&resultType=hits`))).toBe(String(PARCELS));
    const page = await (await get(past(`${request}&count=5`))).text();
    const next = /next="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(next).toContain(`/at/${before}/wfs?`);
    expect(await (await fetch(next)).text()).toContain(`numberMatched="${PARCELS}"`);
    const capabilities = await (await get(past('/wfs?service=WFS&request=GetCapabilities'))).text();
    expect(capabilities).toContain(`/at/${before}/wfs`);
  });

  it('OGC API counts, filters and finds what was known then', async () => {
    const items = '/ogc/collections/parcels/items?land_use=Ti&f=json';
    expect(await json(items)).toMatchObject({ numberMatched: 1 });
    expect(await json(past(items))).toMatchObject({ numberMatched: 0 });
    const one = `/ogc/collections/parcels/items/${encodeURIComponent(NEW_PARCEL)}?f=json`;
    expect((await get(one)).status).toBe(200);
    expect((await get(past(one))).status).toBe(404);
    const links = JSON.stringify(await json(past('/ogc/collections?f=json')));
    expect(links).toContain(`/at/${before}/ogc/collections/parcels/items`);
    expect(links).not.toContain(`${city.url}/ogc`);
  });

  it('the catalogue counts what was known then', async () => {
    const count = async (path: string) => {
      const { layers } = (await json(path)) as { layers: { name: string; status: { count: number } }[] };
      return layers.find(({ name }) => name === 'parcels')?.status.count;
    };
    expect(await count('/api/layers')).toBe(PARCELS + 9);
    expect(await count(past('/api/layers'))).toBe(PARCELS);
  });

  it('vector tiles draw what was known then, under another validator', async () => {
    const path = `/tiles/vector/parcels/${tileOver(11)}.mvt?tms=EPSG2177`;
    const ids = async (address: string) => {
      const reply = await get(address);
      const layer = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer()))).layers[
        'parcels'
      ];
      const found = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).properties['id']);
      return { etag: reply.headers.get('etag')?.replace('W/', ''), found };
    };
    const now = await ids(path);
    const then = await ids(past(path));
    expect(now.found).toContain(NEW_PARCEL);
    expect(then.found).not.toContain(NEW_PARCEL);
    expect(then.found).toContain(CHANGED);
    expect(then.etag).not.toBe(now.etag);
    expect((await get(past(path), { 'if-none-match': then.etag ?? '' })).status).toBe(304);
    const tilejson = await json(past('/tiles/vector/parcels/tilejson.json?tms=EPSG2177'));
    expect(JSON.stringify(tilejson['tiles'])).toContain(`/at/${before}/tiles/vector/`);
  });

  it('3D Tiles hold the buildings that were known then', async () => {
    const count = async (address: (path: string) => string) => {
      const bytes = async (uri: string) =>
        new Uint8Array(await (await get(address(`/tiles/3d/buildings/${uri}`))).arrayBuffer());
      const tiles = (await contentUris(bytes)).map(
        async (uri) => (await readGlb(await bytes(uri))).rows.length,
      );
      return (await Promise.all(tiles)).reduce((sum, each) => sum + each, 0);
    };
    const buildings = (features: typeof ALL) =>
      features.filter(({ layer }) => layer === 'buildings_3d').length;
    expect(await count((path) => path)).toBe(buildings(ALL));
    expect(await count(past)).toBe(buildings(sampleFeatures(PARCELS)));
    expect(buildings(ALL)).toBeGreaterThan(buildings(sampleFeatures(PARCELS)));
  });
});

it('is the present, under the same validator, where nothing has changed since', async () => {
  const path = `/tiles/vector/parcels/${tileOver(11)}.mvt?tms=EPSG2177`;
  const now = await get(path);
  const then = await get(`${path}&at=${new Date().toISOString()}`);
  expect(then.headers.get('etag')).toBe(now.headers.get('etag'));
});
