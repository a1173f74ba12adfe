import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInGrid, tileGridOf } from '../../../core/geo/tile-grid.ts';
import { readGlb } from '../../../test/support/glb-reader.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { BUILDINGS_3D_LAYER, sampleBuildings } from '../../../test/support/sample-buildings.ts';
import { SAMPLE_LAYERS, sampleServices } from '../../../test/support/sample-city.ts';
import { contentUris } from '../../../test/support/tileset-reader.ts';
import { surfacesOf } from '../../../tiles/mesh/surfaces.ts';
import type { TileSource } from '../../../tiles/source.ts';
import { EGM96 } from '../../../tiles/terrain/egm96.ts';
import { terrainPyramid } from '../../../tiles/terrain/terrain-source.ts';
import { MemoryBuildings } from '../../../tiles/tileset/memory-buildings.ts';
import { tilesetSource } from '../../../tiles/tileset/tileset-source.ts';

/** Every layer of the sample city; column 0 is empty, the others hold their address as text. */
const addresses: TileSource = {
  async get({ layer, grid, z, x, y }, _signal, known) {
    const found = SAMPLE_LAYERS.some(({ name }) => name === layer);
    const tms = tileGridOf(grid);
    if (!found || !tms || !isInGrid(tms, z, x, y)) return undefined;
    const etag = `"${layer}-${grid}-${z}-${x}-${y}"`;
    if (etag === known) return 'unchanged';
    const bytes = x === 0 ? new Uint8Array() : Buffer.from(`${layer} ${grid} ${z}/${x}/${y} `.repeat(200));
    return { bytes, contentType: 'application/vnd.mapbox-vector-tile', etag };
  },
};

const town = sampleBuildings(80);
let app: RunningApp;
beforeAll(async () => {
  const rows = town.map(({ geometry, ...row }) => ({ ...row, surfaces: surfacesOf(geometry) }));
  const solids = tilesetSource(new MemoryBuildings(BUILDINGS_3D_LAYER, rows), EGM96);
  app = await runApp({
    ...sampleServices(),
    vectorTiles: () => addresses,
    tiles3d: () => solids,
    terrain: () => terrainPyramid({ undulation: EGM96 }).source,
  });
});
afterAll(async () => {
  await app.close();
  expect(app.log.filter(({ level }) => level === 'error')).toEqual([]);
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers });

async function problem(path: string): Promise<Record<string, unknown>> {
  const response = await get(path);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return { ...((await response.json()) as object), status: response.status };
}

describe('GET /tiles/vector/{layer}/{z}/{x}/{y}.mvt', () => {
  it('gives the tile of the grid that was asked, Mercator by default', async () => {
    const text = async (path: string) => (await (await get(path)).text()).split(' ').slice(0, 3).join(' ');
    expect(await text('/tiles/vector/parcels/3/4/2.mvt')).toBe('parcels WebMercatorQuad 3/4/2');
    expect(await text('/tiles/vector/parcels/3/4/2.mvt?tms=EPSG2177')).toBe('parcels EPSG2177 3/4/2');
    expect(await text('/tiles/vector/buildings/3/4/2.mvt?tms=EPSG2180')).toBe('buildings EPSG2180 3/4/2');
  });

  it('must be asked about each time, and answers 304 without bytes to who has it', async () => {
    const path = '/tiles/vector/parcels/3/4/2.mvt';
    const first = await get(path, { 'accept-encoding': 'gzip' });
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(first.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(first.headers.get('content-encoding')).toBe('gzip');
    const etag = first.headers.get('etag') ?? '';
    for (const header of [etag, etag.replace(/^W\//, ''), `"other", ${etag}`]) {
      const again = await get(path, { 'if-none-match': header });
      expect([header, again.status, (await again.arrayBuffer()).byteLength]).toEqual([header, 304, 0]);
      expect(again.headers.get('etag')?.replace(/^W\//, '')).toBe(etag.replace(/^W\//, ''));
    }
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is 204 where the tile holds nothing', async () => {
    const response = await get('/tiles/vector/parcels/3/0/2.mvt');
    expect(response.status).toBe(204);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it('says what is wrong with an address', async () => {
    expect(await problem('/tiles/vector/nothing/3/4/2.mvt')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('no layer "nothing"'),
    });
    expect(await problem('/tiles/vector/parcels/3/8/0.mvt')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('There is no tile 3/8/0'),
    });
    expect(await problem('/tiles/vector/parcels/25/0/0.mvt')).toMatchObject({ status: 404 });
    expect(await problem('/tiles/vector/parcels/16/1/0.mvt?tms=EPSG2177')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('levels of EPSG2177 are 0 to 15'),
    });
    expect(await problem('/tiles/vector/parcels/3/4/2.mvt?tms=EPSG9999')).toMatchObject({
      status: 400,
      parameter: 'tms',
      detail: expect.stringContaining('use WebMercatorQuad, EPSG2177, EPSG2180'),
    });
    for (const path of ['a/4/2', '3/-1/2', '3/4/1.5', '3/4/1e3', '3/9999999999/1', '3/4/%00', '3/4/']) {
      const { status } = await problem(`/tiles/vector/parcels/${path}.mvt`);
      expect([path, status === 400 || status === 404]).toEqual([path, true]);
    }
    expect(await problem('/tiles/vector/parcels/3/4/2.png')).toMatchObject({ status: 404 });
    expect(await problem('/tiles/elsewhere')).toMatchObject({ status: 404 });
  });
});

describe('GET /tiles/vector/{layer}/tilejson.json', () => {
  it('is TileJSON 3.0.0 whose tiles can be fetched', async () => {
    const response = await get('/tiles/vector/parcels/tilejson.json');
    const { tilejson, tiles, scheme, maxzoom, vector_layers, bounds, minzoom } = (await response.json()) as {
      tilejson: string;
      scheme: string;
      tiles: string[];
      vector_layers: { id: string; fields: Record<string, string> }[];
      bounds: number[];
      minzoom: number;
      maxzoom: number;
    };
    expect([tilejson, scheme, maxzoom]).toEqual(['3.0.0', 'xyz', 18]);
    expect(vector_layers[0]?.id).toBe('parcels');
    expect(vector_layers[0]?.fields['registered_area_ha']).toBe('Pole ewidencyjne / Registered area [ha]');
    const [west = 0, south = 0, east = 0, north = 0] = bounds;
    expect(west > 16 && east < 17.5 && south > 52 && north < 53 && west < east && south < north).toBe(true);
    expect(minzoom).toBeGreaterThanOrEqual(13);
    expect(minzoom).toBeLessThanOrEqual(15);
    const url = (tiles[0] ?? '').replace('{z}', '3').replace('{x}', '4').replace('{y}', '2');
    expect((await fetch(url)).status).toBe(200);
  });

  it('describes the grid for clients that draw in its CRS', async () => {
    const tilejson = (await (await get('/tiles/vector/parcels/tilejson.json?tms=EPSG2177')).json()) as {
      tiles: string[];
      crs: string;
      origin: number[];
      resolutions: number[];
    };
    expect(tilejson.tiles[0]).toMatch(/\{y\}\.mvt\?tms=EPSG2177$/);
    expect(tilejson.crs).toBe('EPSG:2177');
    expect(tilejson.origin).toEqual([6_100_000, 6_219_200]);
    expect(tilejson.resolutions.slice(0, 3)).toEqual([3200, 1600, 800]);
  });

  it('is 404 for an unknown layer', async () => {
    expect(await problem('/tiles/vector/nothing/tilejson.json')).toMatchObject({ status: 404 });
  });
});

describe('GET /tiles/3d/buildings', () => {
  const uris = () =>
    contentUris(async (uri) => new Uint8Array(await (await get(`/tiles/3d/buildings/${uri}`)).arrayBuffer()));

  it('leads from tileset.json to every building', async () => {
    const response = await get('/tiles/3d/buildings/tileset.json');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const { asset, schema } = (await response.json()) as {
      asset: { version: string };
      schema: { classes: { building: { properties: Record<string, { description: string }> } } };
    };
    expect(asset.version).toBe('1.1');
    expect(schema.classes.building.properties['height_m']?.description).toBe('Wysokość / Height [m]');
    const ids = new Set<unknown>();
    for (const uri of await uris()) {
      const tile = await fetch(new URL(uri, response.url));
      expect([uri, tile.status, tile.headers.get('content-type')]).toEqual([uri, 200, 'model/gltf-binary']);
      const { rows } = await readGlb(new Uint8Array(await tile.arrayBuffer()));
      for (const { id } of rows) ids.add(id);
    }
    expect(ids).toEqual(new Set(town.map(({ id }) => id)));
  });

  it('answers 304 for the document and the content', async () => {
    const [content = ''] = await uris();
    const subtree = content.replace(/\/.*/, '/0/0/0.subtree');
    for (const path of ['tileset.json', content, subtree]) {
      const first = await get(`/tiles/3d/buildings/${path}`);
      const again = await get(`/tiles/3d/buildings/${path}`, {
        'if-none-match': first.headers.get('etag') ?? '',
      });
      expect([path, again.status]).toEqual([path, 304]);
    }
  });

  it('is 404 for other sets, levels without content and other endings', async () => {
    expect(await problem('/tiles/3d/trees/tileset.json')).toMatchObject({
      status: 404,
      detail: expect.stringContaining(`the city's are "buildings"`),
    });
    expect(await problem('/tiles/3d/buildings/5-12-16/0/0/0.glb')).toMatchObject({ status: 404 });
    expect(await problem('/tiles/3d/buildings/6-25-32/1/2/0.glb')).toMatchObject({ status: 404 });
    expect(await problem('/tiles/3d/buildings/6-25-32/1/0/0.subtree')).toMatchObject({ status: 404 });
    expect(await problem('/tiles/3d/buildings/6-25-32/0/0/0.b3dm')).toMatchObject({ status: 404 });
    expect(await problem('/tiles/3d/buildings/6-25-32/0/x/0.glb')).toMatchObject({
      status: 400,
      parameter: 'x',
    });
    expect(await problem('/tiles/3d/buildings/6-25/0/0/0.glb')).toMatchObject({
      status: 400,
      parameter: 'root',
    });
  });
});

describe('GET /tiles/terrain', () => {
  it('has a layer.json whose tiles can be fetched, kept for ever under their version', async () => {
    const response = await get('/tiles/terrain/layer.json');
    const layer = (await response.json()) as { version: string; tiles: string[]; description: string };
    expect(layer.description).toMatch(/No terrain model is configured/);
    const path = (layer.tiles[0] ?? '')
      .replace('{z}', '5')
      .replace('{x}', '35')
      .replace('{y}', '25')
      .replace('{version}', layer.version);
    const tile = await fetch(new URL(path, response.url));
    expect(tile.status).toBe(200);
    expect(tile.headers.get('content-type')).toBe('application/vnd.quantized-mesh');
    expect(tile.headers.get('cache-control')).toContain('immutable');
    const unversioned = await get('/tiles/terrain/5/35/25.terrain');
    expect(unversioned.headers.get('cache-control')).toBe('no-cache');
  });

  it('is kept for ever only under the version of the ground that it shows', async () => {
    const { version } = (await (await get('/tiles/terrain/layer.json')).json()) as { version: string };
    const path = '/tiles/terrain/5/35/25.terrain';
    const etagOf = ({ headers }: Response) => headers.get('etag')?.replace(/^W\//, '') ?? '';
    const etag = etagOf(await get(`${path}?v=${version}`));
    for (const old of ['0aW-older_ground', version.slice(0, 8), '']) {
      for (const [headers, status] of [
        [{}, 200],
        [{ 'if-none-match': etag }, 304],
      ] as const) {
        const answer = await get(`${path}?v=${old}`, headers);
        expect([old, answer.status, answer.headers.get('cache-control')]).toEqual([old, status, 'no-cache']);
        expect(etagOf(answer)).toBe(etag);
      }
    }
    const again = await get(`${path}?v=${version}`, { 'if-none-match': etag });
    expect([again.status, again.headers.get('cache-control')]).toEqual([
      304,
      expect.stringContaining('immutable'),
    ]);
  });

  it('travels compressed', async () => {
    const http = await import('node:http');
    const { encoding, bytes } = await new Promise<{ encoding: string | undefined; bytes: Buffer }>(
      (resolve, reject) => {
        http
          .get(
            `${app.url}/tiles/terrain/0/0/0.terrain`,
            { headers: { 'accept-encoding': 'gzip' } },
            (answer) => {
              const chunks: Buffer[] = [];
              answer.on('data', (chunk: Buffer) => chunks.push(chunk));
              answer.on('end', () =>
                resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(chunks) }),
              );
            },
          )
          .on('error', reject);
      },
    );
    expect(encoding).toBe('gzip');
    expect(gunzipSync(bytes).length).toBeGreaterThan(2 * bytes.length);
  });

  it('is 404 beyond what layer.json lists', async () => {
    expect(await problem('/tiles/terrain/6/70/50.terrain')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('"available"'),
    });
  });
});
