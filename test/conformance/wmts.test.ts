/** WMTS 1.0.0 (07-057r7). The judges are xmllint with the schemas of OGC, GDAL, OWSLib and PROJ. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TILE_GRIDS, tileBounds, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { decodePicture } from '../support/decoded-picture.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { projected, tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
/** A wall of the first building, metres from the lower left corner, and a place without anything. */
const WALL = { e: 6, n: 10 } as const;
const NOWHERE = { e: -30, n: 50 } as const;

let city: StoredCity;
let folder: string;
beforeAll(async () => {
  city = await storedCity(420);
  folder = await mkdtemp(join(tmpdir(), 'blizniak-wmts-'));
});
afterAll(async () => {
  await city.close();
  await rm(folder, { recursive: true, force: true });
});

const kvp = (changes: Readonly<Record<string, string | undefined>>) => {
  const query = new URLSearchParams({ service: 'WMTS' });
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) query.set(name, value);
  return `${city.url}/wmts?${query}`;
};
/** The tile of level 12 of EPSG:2177 with the first parcels. */
const place = () => {
  const grid = TILE_GRIDS.EPSG2177;
  const at = {
    minX: easting + WALL.e,
    minY: northing + WALL.n,
    maxX: easting + WALL.e,
    maxY: northing + WALL.n,
  };
  const range = tilesInGrid(grid, { ...at, srid: grid.srid }, 12);
  if (!range) throw new Error('the city lies in the grid');
  return { z: 12, x: range.minX, y: range.minY };
};
const tileKvp = (changes: Readonly<Record<string, string | undefined>> = {}) => {
  const { z, x, y } = place();
  return kvp({
    ...{ request: 'GetTile', version: '1.0.0', layer: 'buildings', style: 'default', format: 'image/png' },
    ...{ tileMatrixSet: 'EPSG2177', tileMatrix: `${z}`, tileRow: `${y}`, tileCol: `${x}` },
    ...changes,
  });
};
const capabilities = async (language = 'pl') =>
  (await fetch(`${city.url}/wmts/1.0.0/WMTSCapabilities.xml?language=${language}`)).text();
const bytesOf = async (address: string) => {
  const reply = await fetch(address);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png']);
  return Buffer.from(await reply.arrayBuffer());
};

it('gives the same tile by KVP, by address and as WMS draws it', async () => {
  const { z, x, y } = place();
  const tile = await bytesOf(tileKvp());
  expect(
    tile.equals(await bytesOf(`${city.url}/wmts/1.0.0/buildings/default/EPSG2177/${z}/${y}/${x}.png`)),
  ).toBe(true);
  const { minX, minY, maxX, maxY } = tileBounds(TILE_GRIDS.EPSG2177, z, x, y);
  const map = `service=WMS&version=1.1.1&request=GetMap&layers=buildings&styles=&srs=EPSG:2177&bbox=${minX},${minY},${maxX},${maxY}&width=256&height=256&format=image/png&transparent=TRUE`;
  expect(tile.equals(await bytesOf(`${city.url}/wms?${map}`))).toBe(true);
  expect((await decodePicture(tile)).colours().size).toBeGreaterThan(2);
});

it('answers 304 to who has the tile', async () => {
  const first = await fetch(tileKvp());
  const etag = first.headers.get('etag') ?? '';
  await first.arrayBuffer();
  const again = await fetch(tileKvp(), { headers: { 'if-none-match': etag } });
  expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
});

it.each([
  [{ service: undefined }, 400, 'MissingParameterValue', 'service'],
  [{ service: 'WMS' }, 501, 'OperationNotSupported', 'service'],
  [{ request: 'GetFeatureInfo' }, 501, 'OperationNotSupported', 'request'],
  [{ request: undefined }, 400, 'MissingParameterValue', 'request'],
  [{ version: '2.0.0' }, 400, 'InvalidParameterValue', 'version'],
  [{ layer: 'nobody' }, 400, 'InvalidParameterValue', 'layer'],
  [{ layer: 'building_residents' }, 400, 'InvalidParameterValue', 'layer'],
  [{ style: 'fancy' }, 400, 'InvalidParameterValue', 'style'],
  [{ format: 'image/gif' }, 400, 'InvalidParameterValue', 'format'],
  [{ tileMatrixSet: 'toString' }, 400, 'InvalidParameterValue', 'tileMatrixSet'],
  [{ tileMatrix: '99' }, 400, 'InvalidParameterValue', 'tileMatrix'],
  [{ tileRow: '-1' }, 400, 'InvalidParameterValue', 'tileRow'],
  [{ tileRow: '4096' }, 400, 'TileOutOfRange', 'tileRow'],
  [{ tileCol: '999999999' }, 400, 'TileOutOfRange', 'tileCol'],
  [{ tileCol: undefined }, 400, 'MissingParameterValue', 'tileCol'],
])('says what is wrong with %o', async (changes, status, code, locator) => {
  const reply = await fetch(
    'service' in changes && changes.service === undefined
      ? tileKvp().replace('service=WMTS&', '')
      : 'tileCol' in changes && changes.tileCol === undefined
        ? tileKvp().replace(/&tileCol=\d+/, '')
        : 'request' in changes && changes.request === undefined
          ? tileKvp().replace('&request=GetTile', '')
          : tileKvp(changes),
  );
  const text = await reply.text();
  expect([reply.status, /exceptionCode="(\w+)"/.exec(text)?.[1], /locator="(\w+)"/.exec(text)?.[1]]).toEqual([
    status,
    code,
    locator,
  ]);
});

it('answers addresses that lead nowhere in its own form', async () => {
  for (const path of [
    '1.0.0/parcels/default/EPSG2177/1/0/0.gif',
    'nothing',
    '1.0.0/parcels/default/EPSG2177/a/b/c.png',
  ]) {
    const reply = await fetch(`${city.url}/wmts/${path}`);
    expect([path, reply.status < 500, (await reply.text()).includes('ows:ExceptionReport')]).toEqual([
      path,
      true,
      true,
    ]);
  }
});

describeWithSharedData('documents are valid by the schemas of OGC', () => {
  const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
  const schema = () => sharedData('ogc-schemas', 'ogc', 'wmts', '1.0', 'wmtsGetCapabilities_response.xsd');
  const faults = async (document: string): Promise<string> => {
    const file = join(folder, 'capabilities.xml');
    await writeFile(file, document);
    try {
      await tool('xmllint', ['--nonet', '--noout', '--schema', schema(), file], catalog);
      return '';
    } catch (error) {
      return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    }
  };

  it('finds the capabilities valid in both languages, and looks', async () => {
    expect(await faults(await capabilities('pl'))).toBe('');
    expect(await faults(await capabilities('en'))).toBe('');
    expect(await faults((await capabilities()).replace('<TileWidth>', '<TileWidth>wide'))).toContain(
      'TileWidth',
    );
  });
});

describe('GDAL', () => {
  it.each(Object.values(TILE_GRIDS).map(({ name, srid }) => [name, srid] as const))(
    'reads %s where PROJ says that things are',
    async (name, srid) => {
      const spots = [WALL, NOWHERE].map(({ e, n }) => [easting + e, northing + n]);
      const [[x = 0, y = 0] = [], [x2 = 0, y2 = 0] = []] = await projected(spots, 2177, srid);
      const colourAt = async (e: number, n: number) => {
        const file = join(folder, `${name}.png`);
        const window = [e - 1, n + 1, e + 1, n - 1].map(String);
        const source = `WMTS:${city.url}/wmts/1.0.0/WMTSCapabilities.xml,layer=buildings,tilematrixset=${name}`;
        await tool(
          'gdal_translate',
          ['-q', '-of', 'PNG', '-projwin', ...window, '-outsize', '9', '9', source, file],
          {
            GDAL_ENABLE_WMS_CACHE: 'NO',
          },
        );
        return (await decodePicture(await readFile(file))).at(4, 4);
      };
      expect((await colourAt(x, y))[3]).toBeGreaterThan(100);
      expect((await colourAt(x2, y2))[3]).toBe(0);
    },
  );
});

describe('OWSLib', () => {
  it('reads every layer and a tile', async () => {
    const { z, x, y } = place();
    const script = `
import json, sys
from owslib.wmts import WebMapTileService
wmts = WebMapTileService(sys.argv[1] + '/wmts')
tile = wmts.gettile(layer='buildings', tilematrixset='EPSG2177', tilematrix='${z}', row=${y}, column=${x}, format='image/png')
print(json.dumps([sorted(wmts.contents), sorted(wmts.tilematrixsets), tile.read()[1:4].decode()]))`;
    expect(JSON.parse(await tool('/usr/bin/python3', ['-c', script, city.url]))).toEqual([
      SAMPLE_LAYERS.map(({ name }) => name).toSorted(),
      Object.keys(TILE_GRIDS).toSorted(),
      'PNG',
    ]);
  });
});
