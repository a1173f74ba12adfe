/** Two servers on one database: what one has committed, the very next request to the other shows, at every door. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TILE_GRIDS, tileBounds, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { childOf, descendantsOf, gmlIdOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { idsInGlb } from '../../tiles/mesh/ids-in-glb.ts';
import { BOX_FACES, boxCorners } from '../support/box-city-json.ts';
import {
  killAllProducts,
  newFolder,
  runBlizniak,
  type Service,
  startService,
  stopService,
} from '../support/product.ts';
import { contentUris } from '../support/tileset-reader.ts';

const LEVEL = 15;
const GRID = TILE_GRIDS.EPSG2177;
const tileOf = (x: number, y: number) => {
  const range = tilesInGrid(GRID, { minX: x, minY: y, maxX: x, maxY: y, srid: 2177 }, LEVEL);
  return { column: range?.minX ?? 0, row: range?.minY ?? 0 };
};
/** The middle of a tile, so that a few metres lead into no other. */
const { column: COLUMN, row: ROW } = tileOf(6_427_000, 5_808_000);
const { minX, minY, maxX, maxY } = tileBounds(GRID, LEVEL, COLUMN, ROW);
const [E, N] = [Math.round((minX + maxX) / 2), Math.round((minY + maxY) / 2)];
const FAR_M = 2_000;

const folder = newFolder();
const env = { DATA_DIR: join(folder, 'data') };
let servers: readonly [Service, Service];
let password: string;
beforeAll(async () => {
  const first = await startService({ env });
  password = /password (\S+)/.exec(first.output())?.[1] ?? '';
  servers = [first, await startService({ env })];
  for (const [id, eastM] of [
    ['near', 0],
    ['far', FAR_M],
    ...[1, 2, 3, 4].map((n) => [`page-${n}`, -FAR_M - n] as const),
  ] as const) {
    expect((await transact(first, insert(id, eastM))).status).toBe(200);
  }
}, 120_000);
afterAll(async () => {
  for (const server of [...servers].toReversed()) await stopService(server);
  await killAllProducts();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (id: string, eastM: number) =>
  `<wfs:Insert><bl:trees><bl:id>${id}</bl:id><bl:height_m>5</bl:height_m><bl:geom><gml:Point gml:id="p" srsName="EPSG:2177"><gml:pos>${E + eastM} ${N}</gml:pos></gml:Point></bl:geom></bl:trees></wfs:Insert>`;
const rid = (id: string) => `<fes:Filter><fes:ResourceId rid="trees-${id}"/></fes:Filter>`;
const change = (id: string, name: string, value: string) =>
  `<wfs:Update typeName="bl:trees"><wfs:Property><wfs:ValueReference>${name}</wfs:ValueReference><wfs:Value>${value}</wfs:Value></wfs:Property>${rid(id)}</wfs:Update>`;
const place = (eastM: number) =>
  `<gml:Point gml:id="p" srsName="EPSG:2177"><gml:pos>${E + eastM} ${N}</gml:pos></gml:Point>`;
const remove = (id: string) => `<wfs:Delete typeName="bl:trees">${rid(id)}</wfs:Delete>`;

async function post(server: Service, operation: string, inside: string, attributes = '') {
  const reply = await fetch(`${server.url}/wfs`, {
    method: 'POST',
    headers: {
      'content-type': 'text/xml',
      authorization: `Basic ${Buffer.from(`staff:${password}`).toString('base64')}`,
    },
    body: `<wfs:${operation} service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="https://blizniak.pl/ns/1.0" ${attributes}>${inside}</wfs:${operation}>`,
  });
  const root = parseXml(await reply.text());
  const exception = childOf(root, 'Exception')?.attributes;
  return { status: reply.status, lockId: root.attributes['lockId'], locator: exception?.['locator'] };
}
const transact = (server: Service, actions: string, attributes = '') =>
  post(server, 'Transaction', actions, attributes);

/** Doors at which a tree, or where it stands, is seen; each has an ETag or is a document of its own. */
function doorsAt(eastM: number, id: string): Readonly<Record<string, string>> {
  const [x, y] = [E + eastM, N];
  const { column, row } = tileOf(x, y);
  return {
    WFS: `/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&resourceId=trees-${id}&outputFormat=json`,
    'OGC API': `/ogc/collections/trees/items/${id}`,
    WMS: `/wms?service=WMS&version=1.3.0&request=GetMap&layers=trees&styles=&crs=EPSG:2177&bbox=${y - 20},${x - 20},${y + 20},${x + 20}&width=100&height=100&format=image/png`,
    WMTS: `/wmts/1.0.0/trees/default/EPSG2177/${LEVEL}/${row}/${column}.png`,
    MVT: `/tiles/vector/trees/${LEVEL}/${column}/${row}.mvt?tms=EPSG2177`,
  };
}
/** What stands there, without the moment at which it was written. */
async function seen(server: Service, path: string): Promise<string> {
  const reply = await fetch(`${server.url}${path}`);
  expect([path, reply.status]).toEqual([path, 200]);
  const body = Buffer.from(await reply.arrayBuffer()).toString('latin1');
  return body.replaceAll(server.url, '').replace(/"timeStamp":"[^"]*"/, '');
}
const etagOf = async (server: Service, path: string): Promise<string> =>
  (await fetch(`${server.url}${path}`)).headers.get('etag') ?? '';
const seenAt = async (server: Service, doors: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(doors).map(async ([door, path]) => [door, await seen(server, path)] as const),
    ),
  );

it('shows an edit at every door of both servers with the next request, and leaves untouched tiles their ETags', async () => {
  const [first, second] = servers;
  const [near, far] = [doorsAt(0, 'near'), doorsAt(FAR_M, 'far')];
  for (const [writer, eastM] of [
    [first, 3],
    [second, 7],
  ] as const) {
    const before = await seenAt(first, near);
    expect(await seenAt(second, near)).toEqual(before);
    const tiles = ['WMS', 'WMTS', 'MVT'].map((door) => [near[door] ?? '', far[door] ?? ''] as const);
    const etags = (paths: readonly string[]) =>
      Promise.all(servers.flatMap((server) => paths.map((path) => etagOf(server, path))));
    const [nearBefore, farBefore] = [
      await etags(tiles.map(([path]) => path)),
      await etags(tiles.map(([, path]) => path)),
    ];
    expect([...nearBefore, ...farBefore]).not.toContain('');

    const moved = change('near', 'geom', place(eastM)) + change('near', 'height_m', String(eastM));
    expect((await transact(writer, moved)).status).toBe(200);

    for (const server of servers) {
      const after = await seenAt(server, near);
      for (const door of Object.keys(near))
        expect([door, after[door] === before[door]]).toEqual([door, false]);
    }
    expect(await seenAt(second, near)).toEqual(await seenAt(first, near));
    const nearAfter = await etags(tiles.map(([path]) => path));
    expect(nearAfter.filter((etag, index) => etag === nearBefore[index])).toEqual([]);
    expect(await etags(tiles.map(([, path]) => path))).toEqual(farBefore);
  }
});

it('heeds at one server the locks of the other', async () => {
  const [first, second] = servers;
  const query = `<wfs:Query typeNames="bl:trees">${rid('far')}</wfs:Query>`;
  const { lockId } = await post(first, 'LockFeature', query);
  expect(lockId).toBeTruthy();
  const grown = change('far', 'height_m', '9');
  expect(await transact(second, grown)).toMatchObject({ status: 400, locator: 'lockId' });
  expect((await post(second, 'LockFeature', query)).status).toBe(400);
  expect((await transact(second, grown, `lockId="${lockId}" releaseAction="ALL"`)).status).toBe(200);
  expect((await transact(first, change('far', 'height_m', '10'))).status).toBe(200);
});

it('follows at one server the pages that the other began, in the state of the first page', async () => {
  const [first, second] = servers;
  const box = `${N - 5},${E - FAR_M - 50},${N + 5},${E - FAR_M},urn:ogc:def:crs:EPSG::2177`;
  const page = async (address: string) => {
    const root = parseXml(await (await fetch(address)).text());
    const ids = [...descendantsOf(root)].flatMap((each) =>
      each.local === 'trees' ? (gmlIdOf(each) ?? []) : [],
    );
    return { ids, next: root.attributes['next'] };
  };
  const begun = await page(
    `${first.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&count=2&bbox=${box}`,
  );
  expect(begun.ids).toEqual(['trees-page-1', 'trees-page-2']);
  expect((await transact(second, remove('page-3') + insert('page-0', -FAR_M - 9))).status).toBe(200);
  const next = await page(begun.next?.replace(first.url, second.url) ?? '');
  expect(next.ids).toEqual(['trees-page-3', 'trees-page-4']);
  const count = async (server: Service) =>
    parseXml(
      await (
        await fetch(
          `${server.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&resultType=hits&bbox=${box}`,
        )
      ).text(),
    ).attributes['numberMatched'];
  expect(await Promise.all(servers.map(count))).toEqual(['4', '4']);
});

it('tells the same updateSequence, which each edit raises at both', async () => {
  const [first, second] = servers;
  const told = async (server: Service, door: string) =>
    Number(
      parseXml(await (await fetch(`${server.url}${door}&request=GetCapabilities`)).text()).attributes[
        'updateSequence'
      ],
    );
  for (const door of ['/wfs?service=WFS', '/wms?service=WMS', '/wmts?service=WMTS']) {
    const before = await told(first, door);
    expect(await told(second, door)).toBe(before);
    expect((await transact(second, change('far', 'height_m', '11'))).status).toBe(200);
    expect((await transact(second, change('far', 'height_m', '12'))).status).toBe(200);
    const after = await told(first, door);
    expect(after).toBeGreaterThan(before);
    expect(await told(second, door)).toBe(after);
  }
});

/** CityJSON of boxes. @param places eastwards of the middle of the tile, m */
function boxes(places: Readonly<Record<string, number>>): string {
  const objects = Object.keys(places).map((id, index) => {
    const shell = BOX_FACES.map((face) => [face.map((corner) => corner + index * 8)]);
    const geometry = [{ type: 'Solid', lod: '1', boundaries: [shell] }];
    return [id, { type: 'Building', geometry }] as const;
  });
  return JSON.stringify({
    ...{ type: 'CityJSON', version: '2.0' },
    transform: { scale: [1, 1, 1], translate: [E, N, 60] },
    metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/2177' },
    CityObjects: Object.fromEntries(objects),
    vertices: Object.values(places).flatMap((eastM) => boxCorners([eastM, 0, 0])),
  });
}

it('hands out the same 3D tiles at both, and after a change of the model only its tile is another', async () => {
  const [first, second] = servers;
  const file = join(folder, 'model.city.json');
  writeFileSync(file, boxes({ 'box-near': 0, 'box-far': 3 * FAR_M }));
  const load = runBlizniak(['load', file], { env });
  expect([await load.ended, load.output()]).toEqual([0, expect.stringContaining('2 written')]);

  const at = (server: Service, uri: string) => fetch(`${server.url}/tiles/3d/buildings/${uri}`);
  const tilesOf = async (server: Service) => {
    const uris = await contentUris(
      async (uri) => new Uint8Array(await (await at(server, uri)).arrayBuffer()),
    );
    const read = uris.map(async (uri) => {
      const reply = await at(server, uri);
      const bytes = new Uint8Array(await reply.arrayBuffer());
      const told = { etag: reply.headers.get('etag'), ids: idsInGlb(bytes), text: String(bytes) };
      return [uri, told] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  };
  const before = await tilesOf(first);
  expect(await tilesOf(second)).toEqual(before);
  const tileWith = (tiles: typeof before, id: string) =>
    Object.values(tiles).find(({ ids }) => ids.includes(id));
  expect([tileWith(before, 'box-near')?.ids, tileWith(before, 'box-far')?.ids]).toEqual([
    ['box-near'],
    ['box-far'],
  ]);

  const demolished = await fetch(`${second.url}/api/model/changes`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`staff:${password}`).toString('base64')}`,
    },
    body: JSON.stringify({
      id: 'gone',
      changes: [
        {
          ...{ op: 'state', building: 'box-near', state: 'demolished', since: '2026-11-01' },
          ...{ source: 'Operat P.3064.2026.1', accuracyM: 0.1, accuracyBasis: 'survey' },
        },
      ],
    }),
  });
  expect([demolished.status, await demolished.text()]).toEqual([201, expect.any(String)]);
  const after = await tilesOf(first);
  expect(await tilesOf(second)).toEqual(after);
  expect(tileWith(after, 'box-near')).toBeUndefined();
  expect(tileWith(after, 'box-far')).toEqual(tileWith(before, 'box-far'));
});
