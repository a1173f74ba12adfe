/** How often each layer is asked for at each door, as the office reads it; what nobody was given is not counted. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordId } from '../../core/metadata/metadata-record.ts';
import type { UseTable } from '../../core/wire/data-use.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

const PARCEL = '306401_1.0021.AR_10.161';

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
}, 120_000);
afterAll(() => service.close());

const asked = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(service.url + path, { headers });

async function usesOf(layer: string): Promise<Record<string, readonly [number, number | null]>> {
  const reply = await asked(`/api/uses?by=day&layer=${layer}`, service.staff);
  expect(reply.status).toBe(200);
  const { rows } = (await reply.json()) as UseTable;
  return Object.fromEntries(
    rows.map(({ door, profile, requests, handedOut }) => [
      profile === null ? door : `${door} ${profile}`,
      [requests, handedOut],
    ]),
  );
}
/** Around a place: the tile in WebMercatorQuad at level 16, and a map at a scale at which everything is drawn. */
function around([lon = 0, lat = 0]: readonly number[]) {
  const y = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
  const bbox = [lon - 0.001, lat - 0.0006, lon + 0.001, lat + 0.0006].join(',');
  return {
    tile: `${Math.floor((lon / 360 + 0.5) * 2 ** 16)}/${Math.floor(y * 2 ** 16)}`,
    map: (layers: string) =>
      `/wms?service=WMS&version=1.3.0&request=GetMap&layers=${layers}&styles=&crs=CRS:84&bbox=${bbox}&width=256&height=256&format=image/png`,
  };
}

it('counts one request of each layer for an answer, with what went out, and nothing of what was refused', async () => {
  const read = async (path: string, headers = {}) => {
    const reply = await asked(path, headers);
    expect([200, 304], `${path}: ${reply.status}`).toContain(reply.status);
    const bytes = await reply.arrayBuffer();
    return { bytes, etag: reply.headers.get('etag') ?? '' };
  };
  await read('/ogc/collections/parcels/items?limit=7');
  await read('/ogc/collections/parcels/items?limit=7');
  const { bytes } = await read(`/ogc/collections/parcels/items/${PARCEL}`);
  const { tile, map } = around(JSON.parse(new TextDecoder().decode(bytes)).geometry.coordinates.flat(9));
  await read(
    '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&count=5&outputFormat=application/json',
  );
  await read('/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&count=5&resultType=hits');
  await read('/wfs?service=WFS&version=2.0.0&request=GetCapabilities');
  await read(`/uldk?request=GetParcelById&id=${PARCEL}&result=id,region`);
  const { etag } = await read(map('parcels,buildings'));
  await read(map('parcels,buildings'), { 'if-none-match': etag });
  await read(`/tiles/vector/parcels/16/${tile}.mvt`);
  await read('/tiles/3d/buildings/tileset.json');
  await read(`/download?parcels=${PARCEL}&layers=parcels&formats=geojson`);
  // Refused, which WMS says with 200.
  await read(map('parcels').replace('width=256', 'width=x'));
  for (const bad of [
    '/ogc/collections/parcels/items?limit=none',
    '/tiles/vector/parcels/99/0/0.mvt',
    '/ogc/collections/parcels/items/nobody',
  ]) {
    expect((await asked(bad)).status, bad).toBeGreaterThanOrEqual(400);
  }

  const uses = await usesOf('parcels');
  expect(uses).toMatchObject({
    'ogc-features': [3, 15],
    wfs: [1, 5],
    uldk: [1, 1],
    wms: [2, 1],
    'vector-tiles': [1, 1],
    'download public': [1, expect.any(Number)],
  });
  expect(await usesOf('buildings')).toEqual({ wms: [2, 1] });
  expect(await usesOf('buildings_3d')).toEqual({ '3d-tiles': [1, 1] });
  expect(Object.keys(await usesOf('precincts'))).toEqual([]);
});

it('tells the sums to everybody in the record of the layer, and days and doors to staff alone, also as a table', async () => {
  const record = async () =>
    (
      (await (await asked('/ogc/collections/datasets/items?limit=500')).json()) as {
        features: { id: string; properties: { uses?: { requests: number; doors: { door: string }[] } } }[];
      }
    ).features.find(({ id }) => id === recordId({ name: 'parcels' }));
  await usesOf('parcels');
  const told = await record();
  expect(told?.properties.uses?.requests).toBeGreaterThanOrEqual(8);
  await asked(`/ogc/collections/datasets/items/${encodeURIComponent(told?.id ?? '')}`);
  expect(await usesOf('parcels')).toMatchObject({ records: [1, 1] });
  expect((await asked('/api/uses')).status).toBe(401);
  expect((await asked('/api/uses?by=hour', service.staff)).status).toBe(400);
  const csv = await (await asked('/api/uses?by=year&door=wms&f=csv', service.staff)).text();
  const [head, ...lines] = csv.trim().split('\r\n');
  expect(head).toBe('period,layer,door,profile,requests,handed_out');
  expect(lines.map((line) => line.replace(/^\d{4},/, ''))).toEqual([
    'buildings,wms,,2,1',
    'parcels,wms,,2,1',
  ]);
});
