/** Layers of somebody else's WMS at our doors: another server of the product, behind a front that can misbehave. */
import type { ServerResponse } from 'node:http';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ObjectPage, readGeoJsonPage, readGmlPage } from '../../core/cascade/read-objects.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import type { NewSource } from '../../core/wire/cascade.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { type Misbehaviour, type OddFront, openOddFront } from '../../test/support/odd-front.ts';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import {
  SAMPLE_LAYERS,
  SAMPLE_ORIGIN,
  sampleFeatures,
  sampleServices,
} from '../../test/support/sample-city.ts';
import { memoryMaps } from '../../tiles/picture/memory-maps.ts';
import type { Identity } from '../access/identity.ts';
import type { Cascade } from '../services/cascade.ts';
import { openCascade } from './open-cascade.ts';

const STAFF: Identity = { who: 'anna', roles: ['staff'] };

let database: TestDatabase;
let theirs: RunningApp;
let ours: RunningApp;
let front: OddFront;
let cascade: Cascade;

beforeAll(async () => {
  database = await testDatabase();
  front = await openOddFront();
  const source = memorySource(SAMPLE_LAYERS, sampleFeatures(25));
  theirs = await runApp(
    { ...sampleServices(25, source), maps: () => memoryMaps(source) },
    { publicUrl: front.url },
  );
  front.behind = theirs.url;
  cascade = open();
  ours = await runApp({ ...sampleServices(), cascade });
});
afterAll(async () => {
  front.close();
  await ours.close();
  await theirs.close();
  await database.drop();
});
beforeEach(async () => {
  front.reset();
  await cascade.save('county', COUNTY(), STAFF);
  front.asked.length = 0;
});

function open(privateHosts = [new URL(front.url).host], timeoutMs = 30_000, pauseMs = 600_000): Cascade {
  const onFault = (error: unknown) => {
    throw error;
  };
  return openCascade({ pool: database.pool, privateHosts, onFault, timeoutMs, pauseMs });
}

const COUNTY = (): NewSource => ({
  ...{ url: `${front.url}/wms`, layers: ['parcels'], owner: 'Starosta', licence: 'CC BY 4.0' },
});
const box = [0, 0, 200, 200].map((side, i) =>
  i % 2 === 0 ? SAMPLE_ORIGIN.easting + side : SAMPLE_ORIGIN.northing + side,
);
const [minE = 0, minN = 0, maxE = 0, maxN = 0] = box;
const mapOf = (layers: string, more: Readonly<Record<string, string>> = {}): URLSearchParams =>
  new URLSearchParams({
    ...{ service: 'WMS', version: '1.3.0', request: 'GetMap', layers, styles: '', crs: 'EPSG:2177' },
    bbox: [minN, minE, maxN, maxE].join(','),
    ...{ width: '120', height: '120', format: 'image/png', transparent: 'TRUE', ...more },
  });
const wms = (app: RunningApp, parameters: URLSearchParams) => fetch(`${app.url}/wms?${parameters}`);
const pictureOf = async (reply: Response) => Buffer.from(await reply.arrayBuffer());
// biome-ignore lint/suspicious/noExplicitAny: what the tests look into
const jsonOf = async (reply: Response): Promise<any> => reply.json();
const POINT = { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [17, 52] } };
const LINE = {
  ...POINT,
  geometry: {
    type: 'LineString',
    coordinates: [
      [17, 52],
      [18, 52],
    ],
  },
};
const stateNow = async () => (await cascade.list(STAFF)).find(({ name }) => name === 'county')?.state;

describe('a layer of another WMS', () => {
  it('is drawn at our WMS as it is drawn there, pixel by pixel', async () => {
    const here = await wms(ours, mapOf('county_parcels'));
    expect(here.headers.get('content-type')).toBe('image/png');
    const there = await pictureOf(await wms(theirs, mapOf('parcels')));
    expect(await pictureOf(here)).toEqual(there);
    expect(await stateNow()).toMatchObject({ state: 'works', reason: null, keptAnswers: 1 });
  });

  it('is asked in the order of axes of its version', async () => {
    await cascade.save('county', { ...COUNTY(), version: '1.1.1' }, STAFF);
    const old = await pictureOf(await wms(ours, mapOf('county_parcels')));
    expect(front.asked.at(-1)).toContain('SRS=EPSG%3A2177&BBOX=6427000%2C5808000%2C6427200%2C5808200');
    expect(old).toEqual(await pictureOf(await wms(theirs, mapOf('parcels'))));
  });

  it('lies where it belongs in a CRS that its service does not know', async () => {
    front.misbehaviour = undefined;
    const capabilities = await (await fetch(`${theirs.url}/wms?service=WMS&request=GetCapabilities`)).text();
    const only3857 = capabilities.replaceAll(/<CRS>(?!EPSG:3857)[^<]*<\/CRS>/g, '');
    front.misbehaviour = (reply) => reply.end(only3857);
    await cascade.save('county', COUNTY(), STAFF);
    front.misbehaviour = undefined;
    const frame = {
      widthPx: 120,
      heightPx: 120,
      bbox: { minX: minE, minY: minN, maxX: maxE, maxY: maxN, srid: 2177 },
    };
    const [layer] = await cascade.layers();
    const [placed] =
      (layer && (await cascade.maps.pictures?.({ layer }, frame, AbortSignal.timeout(5_000)))) ?? [];
    expect(placed?.bbox.srid).toBe(3857);
    const told = await wms(ours, mapOf('county_parcels', { format: 'image/png' }));
    expect(told.status).toBe(200);
    expect(front.asked.at(-1)).toContain('CRS=EPSG%3A3857');
  });

  it('tells what lies at a pixel, and has the legend of its service', async () => {
    const info = mapOf('county_parcels', {
      ...{ request: 'GetFeatureInfo', query_layers: 'county_parcels', i: '66', j: '114' },
      info_format: 'application/json',
    });
    const told = await jsonOf(await wms(ours, info));
    const there = new URLSearchParams(info);
    for (const name of ['layers', 'query_layers']) there.set(name, 'parcels');
    const { features } = await jsonOf(await wms(theirs, there));
    expect(told.features).toHaveLength(1);
    expect(told.features[0]).toMatchObject({ id: features[0].id });
    const legend = { service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', sld_version: '1.1.0' };
    const asking = (layer: string) =>
      new URLSearchParams({ ...legend, layer, format: 'image/png', language: 'pl' });
    expect((await wms(ours, asking('county_parcels'))).headers.get('content-type')).toBe('image/png');
  });

  it('is told where its legend is, in the legend of its group as data', async () => {
    await cascade.save('county', { ...COUNTY(), layers: ['parcels', 'buildings'] }, STAFF);
    const { layers } = await jsonOf(await fetch(`${ours.url}/api/layers`));
    const { group } = layers.find(({ name }: { name: string }) => name === 'county_parcels');
    const asking = new URLSearchParams({
      ...{ service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', sld_version: '1.1.0' },
      ...{ layer: `group-${group.name}`, format: 'application/json' },
    });
    const { Legend } = await jsonOf(await wms(ours, asking));
    const told = Legend.filter(({ layerName }: { layerName: string }) => layerName.startsWith('county_'));
    expect(told.map(({ rules }: { rules: object[] }) => rules)).toEqual([[], []]);
    for (const { legendUrl } of told) {
      const legend = await fetch(legendUrl);
      expect(legend.headers.get('content-type')).toBe('image/png');
    }
  });

  it('stands in the catalogue with owner and licence, and as tiles of WMTS', async () => {
    const { layers } = await jsonOf(await fetch(`${ours.url}/api/layers`));
    expect(layers.find(({ name }: { name: string }) => name === 'county_parcels')).toMatchObject({
      ...{ steward: { pl: 'Starosta' }, licence: { en: 'CC BY 4.0' }, dataset: 'outside' },
      cascaded: { source: 'county', shows: 'pictures', isQueryable: true },
    });
    const tile = await fetch(`${ours.url}/wmts/1.0.0/county_parcels/default/EPSG2177/3/2/3.png`);
    expect([tile.status, tile.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('is told to be down, shows what was kept, and comes back', async () => {
    const first = await pictureOf(await wms(ours, mapOf('county_parcels')));
    front.misbehaviour = (reply) => reply.destroy();
    const kept = await wms(ours, mapOf('county_parcels'));
    expect(await pictureOf(kept)).toEqual(first);
    expect(kept.headers.get('warning')).toMatch(/^110 Outside service of county_parcels is down since/);
    const other = await wms(ours, mapOf('county_parcels', { width: '130' }));
    expect(await other.text()).toMatch(
      /county.* is down since .* its last good answer is of .* nothing .* is kept/,
    );
    const { layers } = await jsonOf(await fetch(`${ours.url}/api/layers`));
    const told = layers.find(({ name }: { name: string }) => name === 'county_parcels').cascaded.state;
    expect(told).toMatchObject({ state: 'down', keptAnswers: 1 });
    // A server that begins knows it too.
    expect((await open().list(STAFF))[0]?.state).toMatchObject({ state: 'down', since: told.since });
    front.misbehaviour = undefined;
    expect((await wms(ours, mapOf('county_parcels', { width: '130' }))).status).toBe(200);
    expect(await stateNow()).toMatchObject({ state: 'works', reason: null });
  });

  it('is left alone after three failures, whoever asks', async () => {
    front.misbehaviour = (reply) => reply.writeHead(503).end();
    for (const width of ['101', '102', '103', '104', '105', '106'])
      await wms(ours, mapOf('county_parcels', { width }));
    expect(front.asked.length).toBe(3);
  });

  it('is tried again after the pause, and works for all once one has found out', async () => {
    const patient = open(undefined, 30_000, 1);
    const [layer] = await patient.layers();
    if (!layer) throw new Error('nothing was taken');
    const bbox = { minX: minE, minY: minN, maxX: maxE, maxY: maxN, srid: 2177 };
    const draw = (widthPx: number) =>
      patient.maps.pictures?.({ layer }, { bbox, widthPx, heightPx: 90 }, new AbortController().signal);
    front.misbehaviour = (reply) => reply.writeHead(503).end();
    for (const widthPx of [91, 92, 93]) await expect(draw(widthPx)).rejects.toThrow(/status 503/);
    front.misbehaviour = undefined;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await draw(94)).toHaveLength(1);
    expect(await Promise.all([draw(95), draw(96)])).toHaveLength(2);
  });
});

describe('a layer of objects of another service', () => {
  const bytesOf = async (reply: Response) => new Uint8Array(await reply.arrayBuffer());
  const items = async (app: RunningApp, layer: string, more = '') =>
    jsonOf(await fetch(`${app.url}/ogc/collections/${layer}/items?limit=100&${more}`));
  const placesOf = ({ features }: { features: { geometry: { coordinates: number[][][] } }[] }) =>
    features
      .map(({ geometry }) => geometry.coordinates.flat(3).map((side) => Math.round(side * 1e6)))
      .toSorted();

  it.each([
    ['wfs', 'bl:parcels'],
    ['ogc', 'parcels'],
  ])('of /%s is served again by OGC API, WFS and WMS, and read only', async (door, layer) => {
    await cascade.save('other', { url: `${front.url}/${door}`, layers: [layer], owner: 'Gmina' }, STAFF);
    const [here, there] = [await items(ours, 'other_parcels'), await items(theirs, 'parcels')];
    expect(here.numberMatched).toBe(25);
    expect(placesOf(here)).toEqual(placesOf(there));
    const { parcel_number: number } = there.features[7].properties;
    const one = await items(
      ours,
      'other_parcels',
      `filter=${encodeURIComponent(`parcel_number='${number}'`)}`,
    );
    expect(one.detail).toBeUndefined();
    expect(one.features.map((each: { properties: object }) => each.properties)).toEqual([
      expect.objectContaining({ parcel_number: number }),
    ]);
    const hits = 'service=WFS&version=2.0.0&request=GetFeature&typeNames=other_parcels&resultType=hits';
    expect(await (await fetch(`${ours.url}/wfs?${hits}`)).text()).toContain('numberMatched="25"');
    const drawn = await pictureOf(await wms(ours, mapOf('other_parcels')));
    expect(drawn).not.toEqual(await pictureOf(await wms(ours, mapOf('other_parcels', { bbox: '0,0,1,1' }))));
    // While it is down all of it is still there.
    front.misbehaviour = (reply) => reply.destroy();
    expect((await items(ours, 'other_parcels')).numberMatched).toBe(25);
    expect((await cascade.list(STAFF)).find(({ name }) => name === 'other')?.state.state).toBe('down');
  });

  it('is the same in GML as in GeoJSON', async () => {
    const asking =
      'service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&srsName=urn:ogc:def:crs:EPSG::4326';
    const gml = readGmlPage(await bytesOf(await fetch(`${theirs.url}/wfs?${asking}`)));
    const json = readGeoJsonPage(
      await bytesOf(await fetch(`${theirs.url}/ogc/collections/parcels/items?limit=100`)),
    );
    expect(gml.objects).toHaveLength(25);
    const ways = ({ objects }: ObjectPage) =>
      placesOf({ features: objects as never }).map((place) => place.map((side) => Math.round(side / 10)));
    expect(ways(gml)).toEqual(ways(json));
  });

  it.each([
    [
      'more pages than one may hold',
      { features: Array.from({ length: 20_001 }, () => POINT) },
      /more than 20000/,
    ],
    [
      'a next page elsewhere',
      { features: [POINT], links: [{ rel: 'next', href: 'http://10.0.0.1/' }] },
      /at another service/,
    ],
    ['points among lines', { features: [POINT, LINE] }, /mixes/],
    ['no geometry', { features: [{ ...POINT, geometry: null }] }, /no object with a geometry/],
  ])('is refused in words when it gives %s', async (_what, page, words) => {
    front.misbehaviour = (reply) => {
      const isList = front.asked.at(-1)?.includes('/collections?') === true;
      reply.end(JSON.stringify(isList ? { collections: [{ id: 'odd' }] } : page));
    };
    const taken = cascade.save('odd', { url: `${front.url}/ogc`, layers: ['odd'] }, STAFF);
    const read = taken.then(() => cascade.features.count({ layer: 'odd_odd' }, new AbortController().signal));
    await expect(read).rejects.toThrow(words);
  });
});

describe('a service that answers badly', () => {
  /** A PNG that says to be so large and holds one row. */
  const hugePng = (): Buffer => {
    const header = Buffer.alloc(33);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(header);
    header.write('IHDR', 12);
    header.writeUInt32BE(1_000_000_000, 16);
    header.writeUInt32BE(1_000_000_000, 20);
    return Buffer.concat([header, deflateSync(Buffer.alloc(4_000))]);
  };
  const png = (reply: ServerResponse) => reply.writeHead(200, { 'content-type': 'image/png' });
  const cases: readonly (readonly [string, Misbehaviour, RegExp])[] = [
    [
      'a page for people',
      (reply) => reply.setHeader('content-type', 'text/html').end('<html><h1>Przerwa techniczna</h1></html>'),
      /text\/html in place of a picture: Przerwa techniczna/,
    ],
    [
      'an exception report',
      (reply) =>
        reply
          .setHeader('content-type', 'text/xml')
          .end(
            '<ServiceExceptionReport><ServiceException>brak tabeli</ServiceException></ServiceExceptionReport>',
          ),
      /in place of a picture: brak tabeli/,
    ],
    ['a picture that breaks off', (reply) => png(reply).end(hugePng().subarray(0, 20)), /no picture/],
    ['a picture of 10¹⁸ pixels', (reply) => png(reply).end(hugePng()), /1000000000 × 1000000000 pixels/],
    [
      'an SVG that names a file',
      (reply) =>
        png(reply).end('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
      /no picture/,
    ],
    [
      'a way into the private network',
      (reply) => reply.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end(),
      /address of a private network/,
    ],
    [
      'a way to a file',
      (reply) => reply.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /only http and https/,
    ],
    ['a way around in a circle', (reply) => reply.writeHead(302, { location: '/wms' }).end(), /status 302/],
  ];
  it.each(cases)('is down in words when it gives %s', async (_what, misbehave, words) => {
    front.misbehaviour = misbehave;
    const reply = await wms(ours, mapOf('county_parcels', { width: '111' }));
    expect(await reply.text()).toMatch(words);
    const state = await stateNow();
    expect(state?.state).toBe('down');
    expect(state?.reason).toMatch(words);
  });

  it.each<readonly [string, Misbehaviour]>([
    ['nothing at all', () => {}],
    [
      'a body without end',
      (reply) => {
        png(reply);
        const timer = setInterval(() => reply.write(Buffer.alloc(10)), 20);
        reply.on('close', () => clearInterval(timer));
      },
    ],
  ])('is given up in time when it gives %s', async (_what, misbehave) => {
    front.misbehaviour = misbehave;
    const hasty = open(undefined, 300);
    await expect(hasty.offer({ url: `${front.url}/wms` }, STAFF)).rejects.toThrow(/0\.3 s/);
  });

  const bomb = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(100)}"><!ENTITY b "&a;&a;&a;">]><WMS_Capabilities version="1.3.0">&b;</WMS_Capabilities>`;
  it.each([
    ['entities', (reply: ServerResponse) => reply.end(bomb), /cannot be read as XML/],
    ['a page', (reply: ServerResponse) => reply.end('<!DOCTYPE html><html></html>'), /page for people/],
    [
      'an exception',
      (reply: ServerResponse) => reply.end('<ServiceExceptionReport>zły klucz</ServiceExceptionReport>'),
      /exception: zły klucz/,
    ],
    ['a poem', (reply: ServerResponse) => reply.end('Litwo, ojczyzno moja'), /cannot be read as XML/],
  ])('is not taken when its capabilities are %s', async (_what, misbehave, words) => {
    front.misbehaviour = misbehave;
    await expect(cascade.offer({ url: `${front.url}/wms` }, STAFF)).rejects.toThrow(words);
  });
});

describe('who may name a service', () => {
  it('is staff only', async () => {
    expect((await fetch(`${ours.url}/api/cascade`)).status).toBe(401);
    await expect(cascade.save('x', COUNTY(), { who: 'guest', roles: ['public'] })).rejects.toThrow(/staff/);
  });

  it('cannot name one in a private network unless the operator does', async () => {
    const strict = open([]);
    await expect(strict.offer({ url: `${front.url}/wms` }, STAFF)).rejects.toThrow(/private network/);
    await expect(strict.offer({ url: 'http://localhost:1/wms' }, STAFF)).rejects.toThrow(/private network/);
    await expect(strict.offer({ url: 'http://[::ffff:169.254.169.254]/wms' }, STAFF)).rejects.toThrow(
      /private/,
    );
    expect(front.asked).toEqual([]);
  });

  it('takes it away again', async () => {
    await cascade.remove('county', STAFF);
    expect(await (await wms(ours, mapOf('county_parcels'))).text()).toContain('LayerNotDefined');
    await expect(cascade.remove('county', STAFF)).rejects.toThrow(/no outside source/);
  });
});
