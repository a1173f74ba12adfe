/** TIME of WMS and WMTS: the city as it was recorded at a moment. Names of cases are those of ets-wms13. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TILE_GRIDS, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { dayInCity } from '../../core/scenario/recorded-moment.ts';
import { fill } from '../support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../support/sample-city.ts';
import { tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
const CHANGED = sampleParcelId(0);

let city: StoredCity;
let before: string;
beforeAll(async () => {
  city = await storedCity(40);
  await sleep(5);
  before = new Date().toISOString();
  await sleep(5);
  await fill(
    city.pool,
    sampleFeatures(40).map((feature) =>
      feature.id === CHANGED
        ? { ...feature, properties: { ...feature.properties, land_use: 'Ti' } }
        : feature,
    ),
  );
});
afterAll(() => city.close());

type Parameters = Readonly<Record<string, string>>;
const MAP = {
  ...{ service: 'WMS', version: '1.3.0', request: 'GetMap', layers: 'parcels,buildings', styles: '' },
  ...{ crs: 'EPSG:2177', bbox: `${northing},${easting},${northing + 100},${easting + 100}` },
  ...{ width: '200', height: '200', format: 'image/png' },
};
const INFO = {
  ...{ request: 'GetFeatureInfo', query_layers: 'parcels', i: '20', j: '179' },
  info_format: 'application/json',
};
const map = (changes: Parameters = {}, prefix = '') =>
  fetch(`${city.url}${prefix}/wms?${new URLSearchParams({ ...MAP, ...changes })}`);
const bytes = async (reply: Response) => {
  expect(reply.headers.get('content-type')).toBe('image/png');
  return Buffer.from(await reply.arrayBuffer()).toString('base64');
};
const landUse = async (changes: Parameters) => {
  const { features } = (await (await map({ ...INFO, ...changes })).json()) as {
    features: { properties: { land_use: string } }[];
  };
  return features[0]?.properties.land_use;
};
const codeOf = async (reply: Response) =>
  /<ServiceException code="(\w+)" locator="time">/.exec(await reply.text())?.[1];
const capabilities = async (version: string, prefix = '') =>
  (await fetch(`${city.url}${prefix}/wms?service=WMS&request=GetCapabilities&version=${version}`)).text();

describe('TIME (ets-wms13)', () => {
  it('finds the city of a moment, as its address does', async () => {
    expect(await landUse({})).toBe('Ti');
    expect(await landUse({ time: before })).not.toBe('Ti');
    expect(
      await landUse({
        time: before,
        version: '1.1.1',
        srs: 'EPSG:2177',
        x: '20',
        y: '179',
        bbox: `${easting},${northing},${easting + 100},${northing + 100}`,
      }),
    ).not.toBe('Ti');
    expect(await bytes(await map({ time: before }))).toBe(await bytes(await map({}, `/at/${before}`)));
    const [now, then] = [await map(), await map({ time: before })];
    expect(then.headers.get('etag')).not.toBe(now.headers.get('etag'));
    expect(then.headers.has('warning')).toBe(false);
  });

  it('current, and what began today and lasts, is the present (time:time-current-instant)', async () => {
    const now = dayInCity(new Date());
    for (const time of ['current', now.slice(0, 4), now.slice(0, 7), now]) {
      expect([time, await landUse({ time })]).toEqual([time, 'Ti']);
    }
  });

  it('left out is the present, and said so in a header (time:time-default)', async () => {
    for (const reply of [await map(), await map(INFO)]) {
      expect(reply.headers.get('warning')).toBe('99 Default value used: time=current ISO8601');
    }
  });

  it('that is no moment of the extent is refused', async () => {
    const wrong = [
      '1999-01-01T00:00:00Z',
      '1999',
      '2999-01-01',
      '2026-13',
      'yesterday',
      `${before},${before}`,
      `${before}/current`,
    ];
    for (const time of wrong) {
      expect([time, await codeOf(await map({ time }))]).toEqual([time, 'InvalidDimensionValue']);
    }
    expect(await codeOf(await map({ time: before }, `/at/${before}`))).toBe('InvalidDimensionValue');
  });

  it('is told in the capabilities of the present, and nowhere else', async () => {
    const newer = await capabilities('1.3.0');
    const dimension =
      /<Dimension name="time" units="ISO8601" default="current" multipleValues="0" nearestValue="0" current="1">(.*?)\/(.*?)\/PT1S</.exec(
        newer,
      );
    const [, since = '', until = ''] = dimension ?? [];
    expect(await codeOf(await map({ time: since }))).toBeUndefined();
    expect(Date.parse(until)).toBeGreaterThanOrEqual(Date.parse(since));
    expect(await capabilities('1.1.1')).toContain(
      `<Dimension name="time" units="ISO8601"/><Extent name="time"`,
    );
    expect(await capabilities('1.3.0', `/at/${before}`)).not.toContain('<Dimension');
  });

  it('is read by OWSLib', async () => {
    const script = `
import sys
from owslib.wms import WebMapService
wms = WebMapService(sys.argv[1] + '/wms', version='1.3.0')
time = wms['parcels'].dimensions['time']
print(time['units'], time['default'], time['values'][0].split('/')[2])`;
    expect((await tool('/usr/bin/python3', ['-c', script, city.url])).trim()).toBe('ISO8601 current PT1S');
  });
});

describe('TIME of WMTS (07-057r7)', () => {
  /** The tile of level 12 with the changed parcel. */
  const place = () => {
    const grid = TILE_GRIDS.EPSG2177;
    const spot = { minX: easting + 20, minY: northing + 20, maxX: easting + 20, maxY: northing + 20 };
    const range = tilesInGrid(grid, { ...spot, srid: grid.srid }, 12);
    if (!range) throw new Error('the city lies in the grid');
    return { row: `${range.minY}`, column: `${range.minX}` };
  };
  const byKvp = (changes: Parameters = {}, prefix = '', headers = {}) => {
    const { row, column } = place();
    const query = {
      ...{ service: 'WMTS', request: 'GetTile', version: '1.0.0', layer: 'parcels', style: 'default' },
      ...{ format: 'image/png', tileMatrixSet: 'EPSG2177', tileMatrix: '12', tileRow: row, tileCol: column },
    };
    return fetch(`${city.url}${prefix}/wmts?${new URLSearchParams({ ...query, ...changes })}`, { headers });
  };
  const byAddress = (time?: string) => {
    const { row, column } = place();
    const state = time === undefined ? '' : `${encodeURIComponent(time)}/`;
    return fetch(`${city.url}/wmts/1.0.0/parcels/default/${state}EPSG2177/12/${row}/${column}.png`);
  };
  const refusalOf = async (reply: Response) => [
    reply.status,
    ...(/exceptionCode="(\w+)" locator="(\w+)"/.exec(await reply.text())?.slice(1) ?? []),
  ];
  const layerOf = async (prefix = '') =>
    /<Layer>.*<ows:Identifier>parcels<.*/.exec(
      await (await fetch(`${city.url}${prefix}/wmts/1.0.0/WMTSCapabilities.xml`)).text(),
    )?.[0] ?? '';

  it('finds the city of a moment by KVP and by address, as the address of the moment does', async () => {
    const then = await bytes(await byKvp({ time: before }));
    expect(then).not.toBe(await bytes(await byKvp()));
    expect(then).toBe(await bytes(await byAddress(before)));
    expect(then).toBe(await bytes(await byKvp({}, `/at/${before}`)));
  });

  it('tells states apart in the ETag, and answers 304 to who has the tile of that state', async () => {
    const etagOf = async (time: string) => (await byKvp({ time })).headers.get('etag') ?? '';
    const [then, now] = [await etagOf(before), await etagOf('current')];
    expect(then).not.toBe(now);
    const statusOf = async (known: string) =>
      (await byKvp({ time: before }, '', { 'if-none-match': known })).status;
    expect([await statusOf(then), await statusOf(now)]).toEqual([304, 200]);
  });

  it('left out, left to the default, or left as the variable that it is, is the present', async () => {
    const present = await bytes(await byAddress());
    const year = dayInCity(new Date()).slice(0, 4);
    for (const time of ['current', 'default', '{Time}', year]) {
      expect([time, await bytes(await byAddress(time))]).toEqual([time, present]);
      expect([time, await bytes(await byKvp({ time }))]).toEqual([time, present]);
    }
  });

  it('that is no moment of the extent is refused as WMS refuses it', async () => {
    const refused = [400, 'InvalidParameterValue', 'time'];
    for (const time of [
      '1999',
      '2999-01-01',
      '2026-13',
      'yesterday',
      `${before},${before}`,
      `${before}/now`,
    ]) {
      expect([time, await refusalOf(await byKvp({ time }))]).toEqual([time, refused]);
      expect([time, await refusalOf(await byAddress(time))]).toEqual([time, refused]);
    }
    expect(await refusalOf(await byKvp({ time: before }, `/at/${before}`))).toEqual(refused);
  });

  it('is a dimension of the layers of the present, with its variable in their template', async () => {
    const layer = await layerOf();
    const [, since = ''] =
      /<ows:Identifier>Time<\/ows:Identifier><ows:UOM>ISO8601<\/ows:UOM><Default>current<\/Default><Current>true<\/Current><Value>([^/]+)\/[^/]+\/PT1S<\/Value><\/Dimension>/.exec(
        layer,
      ) ?? [];
    expect((await byKvp({ time: since })).status).toBe(200);
    expect(layer).toContain('/parcels/{Style}/{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"');
    const past = await layerOf(`/at/${before}`);
    expect(past).toContain('/parcels/{Style}/{TileMatrixSet}/');
    expect(past).not.toContain('<Dimension>');
  });
});
