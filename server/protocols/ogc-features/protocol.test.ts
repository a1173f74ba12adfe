import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRS84_URI, crsUri } from '../../../core/geo/crs.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import {
  SAMPLE_LAYERS,
  SAMPLE_ORIGIN,
  sampleParcelId,
  sampleServices,
} from '../../../test/support/sample-city.ts';

const PARCELS = 57;
let app: RunningApp;
beforeAll(async () => {
  app = await runApp(sampleServices(PARCELS));
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : `${app.url}/ogc${path}`, { headers });
// biome-ignore lint/suspicious/noExplicitAny: documents of the standard, read by the tests only
const json = async (path: string): Promise<any> => {
  const reply = await get(path);
  expect(reply.status, await reply.clone().text()).toBe(200);
  return reply.json();
};
const items = (query: string) => json(`/collections/parcels/items?${query}`);
const refusal = async (path: string) => {
  const reply = await get(path);
  const { detail, parameter } = (await reply.json()) as { detail: string; parameter: string };
  return { status: reply.status, detail, parameter };
};

describe('documents', () => {
  it('leads from the landing page to every collection and its items', async () => {
    const landing = await json('');
    const rels = landing.links.map(({ rel }: { rel: string }) => rel);
    const own = ['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data'];
    const processes = ['processes', 'job-list'].map((rel) => `http://www.opengis.net/def/rel/ogc/1.0/${rel}`);
    const others = ['tiling-schemes', 'styles', 'ogc-catalog'].map(
      (rel) => `http://www.opengis.net/def/rel/ogc/1.0/${rel}`,
    );
    expect(rels).toEqual([...own, ...processes, ...others]);
    for (const { href, type } of landing.links) {
      const reply = await get(href);
      expect([href, reply.status, reply.headers.get('content-type')?.split(';')[0]]).toEqual([
        href,
        200,
        type.split(';')[0],
      ]);
    }
    const { collections } = await json('/collections');
    expect(collections.map(({ id }: { id: string }) => id)).toEqual([
      ...SAMPLE_LAYERS.map(({ name }) => name),
      'datasets',
    ]);
    for (const { links } of collections)
      for (const { href } of links) expect((await get(href)).status).toBe(200);
  });

  it('describes a collection with its extent and its CRS', async () => {
    const collection = await json('/collections/parcels');
    expect(collection).toMatchObject({ id: 'parcels', itemType: 'feature', storageCrs: crsUri(2177) });
    expect(collection.crs[0]).toBe(CRS84_URI);
    expect(collection.crs).toContain(crsUri(2177));
    const [west, south, east, north] = collection.extent.spatial.bbox[0];
    expect([west, south].map((degrees) => degrees.toFixed(3))).toEqual(['16.927', '52.400']);
    expect(east - west).toBeLessThan(0.01);
    expect(north).toBeGreaterThan(south);
  });

  it('speaks Polish unless English is asked for', async () => {
    const title = async (path: string, headers = {}) =>
      ((await (await get(path, headers)).json()) as { title: string }).title;
    expect(await title('/collections/parcels')).toBe('Działki ewidencyjne');
    expect(await title('/collections/parcels?lang=en')).toBe('Parcels');
    expect(await title('/collections/parcels', { 'accept-language': 'de, en;q=0.8, pl;q=0.5' })).toBe(
      'Parcels',
    );
    expect((await refusal('/collections?lang=de')).parameter).toBe('lang');
  });

  it('shows every resource as a page too, without scripts and styles in it', async () => {
    for (const path of [
      '',
      '/conformance',
      '/api',
      '/collections',
      '/collections/parcels',
      '/collections/parcels/items',
      `/collections/parcels/items/${encodeURIComponent(sampleParcelId(0))}`,
      '/collections/parcels/queryables',
    ]) {
      const reply = await get(`${path}?f=html&lang=en`);
      const page = await reply.text();
      expect([path, reply.status, reply.headers.get('content-language')]).toEqual([path, 200, 'en']);
      expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(page).not.toMatch(/<script|<style|style=|undefined|\[object/);
    }
    const page = await (await get('/collections/parcels/items?limit=50', { accept: 'text/html' })).text();
    expect(page).toContain('RIIIa &amp; &quot;Ł&quot; &lt;ź&gt;');
    expect(page).toContain('Pokazano 50 z 57');
    expect(page).toContain('<td class="number">0,04</td>');
    const next = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await (await get(next)).text()).match(/<tr>/g)).toHaveLength(7 + 1);
  });

  it('offers an API description whose parameters the server takes', async () => {
    const api = await json('/api');
    expect(api.openapi).toMatch(/^3\.0\./);
    const { parameters } = api.paths['/collections/parcels/items'].get;
    const known = parameters.map(
      (each: { name?: string; $ref?: string }) => each.name ?? each.$ref?.split('/').at(-1),
    );
    const samples: Record<string, string> = {
      bbox: '16,52,17,53',
      datetime: '2020-01-01T00:00:00Z',
      'bbox-crs': CRS84_URI,
      filter: "land_use = 'B'",
      'filter-crs': CRS84_URI,
      'filter-lang': 'cql2-text',
      crs: CRS84_URI,
      properties: 'land_use',
      sortby: '-id',
      limit: '1',
      offset: '1',
      skipGeometry: 'true',
      f: 'json',
      lang: 'pl',
      registered_area_ha: '0.04',
      object_since: '2010-01-01T00:00:00Z',
      version_since: '2010-01-01T00:00:00Z',
      version_until: '2010-01-01T00:00:00Z',
    };
    for (const name of known.filter((name: string) => name !== 'cursor')) {
      expect([
        name,
        (await get(`/collections/parcels/items?${name}=${encodeURIComponent(samples[name] ?? 'x')}`)).status,
      ]).toEqual([name, 200]);
    }
    expect(parameters.find(({ name }: { name?: string }) => name === 'crs').schema.enum).toContain(
      crsUri(2180),
    );
  });
});

describe('pages', () => {
  it('gives each object exactly once, by key', async () => {
    const seen: string[] = [];
    let next: string | undefined = `${app.url}/ogc/collections/parcels/items?limit=10`;
    while (next) {
      const page = await json(next);
      expect(page).toMatchObject({ numberMatched: PARCELS, numberReturned: page.features.length });
      expect(Date.parse(page.timeStamp)).not.toBeNaN();
      seen.push(...page.features.map(({ id }: { id: string }) => id));
      next = page.links.find(({ rel }: { rel: string }) => rel === 'next')?.href;
    }
    expect(seen).toHaveLength(PARCELS);
    expect(new Set(seen).size).toBe(PARCELS);
  });

  it('pages a sorted and filtered listing by offset, and back', async () => {
    const query = 'limit=4&sortby=-land_use,parcel_number&map_sheet=AR_10';
    const whole = await items(query.replace('limit=4', 'limit=1000'));
    const second = await json(
      (await items(query)).links.find(({ rel }: { rel: string }) => rel === 'next').href,
    );
    expect(second.features).toEqual(whole.features.slice(4, 8));
    const back = second.links.find(({ rel }: { rel: string }) => rel === 'prev').href;
    expect((await json(back)).features).toEqual(whole.features.slice(0, 4));
  });

  it('takes a limit beyond the maximum for the maximum, and refuses what is none', async () => {
    expect((await items('limit=1000000')).features).toHaveLength(PARCELS);
    for (const limit of ['0', '-1', 'NaN', '1e3', '1.5', '']) {
      expect(await refusal(`/collections/parcels/items?limit=${limit}`)).toMatchObject({
        status: 400,
        parameter: 'limit',
      });
    }
  });

  it('leaves next out on the last page even when it is full', async () => {
    const page = await items(`limit=${PARCELS}`);
    expect(page.links.map(({ rel }: { rel: string }) => rel)).toEqual(['self', 'alternate', 'collection']);
  });
});

describe('filters', () => {
  it('selects by property values, ids and box together', async () => {
    expect((await items('land_use=B')).numberMatched).toBe(15);
    expect((await items('registered_area_ha=0.04')).numberMatched).toBe(PARCELS);
    expect(
      (await items(`id=${encodeURIComponent(sampleParcelId(10))}`)).features[0].properties.parcel_number,
    ).toBe('11');
    const { easting, northing } = SAMPLE_ORIGIN;
    const box = `bbox-crs=${encodeURIComponent(crsUri(2177))}&bbox=${northing + 1},${easting + 1},${northing + 19},${easting + 59}`;
    expect(
      (await items(box)).features.map(
        ({ properties }: { properties: { parcel_number: string } }) => properties.parcel_number,
      ),
    ).toEqual(['1', '2', '3']);
    expect((await items(`${box}&land_use=B`)).numberMatched).toBe(1);
  });

  it('finds by CQL2 what parameters find, as text and as JSON, in the CRS of filter-crs, page by page', async () => {
    const written = (filter: string, more = '') =>
      items(`limit=1000&filter=${encodeURIComponent(filter)}${more}`);
    expect((await written("land_use = 'B'")).features).toEqual(
      (await items('limit=1000&land_use=B')).features,
    );
    const node = JSON.stringify({ op: '=', args: [{ property: 'land_use' }, 'B'] });
    expect((await written(node, '&filter-lang=cql2-json')).numberMatched).toBe(15);
    expect(
      (await written("parcel_number LIKE '1%' AND map_sheet IS NOT NULL", '&land_use=B')).numberMatched,
    ).toBe(3);
    const { easting, northing } = SAMPLE_ORIGIN;
    const point = `S_INTERSECTS(geom, POINT(${northing + 30} ${easting + 30}))`;
    const [found] = (await written(point, `&filter-crs=${encodeURIComponent(crsUri(2177))}`)).features;
    const [lon, lat] = found.geometry.coordinates[0][0][0];
    const again = `S_INTERSECTS(geom, POINT(${lon + 1e-5} ${lat + 1e-5}))`;
    expect((await written(again)).features.map(({ id }: { id: string }) => id)).toEqual([found.id]);
    const first = await items(`limit=10&filter=${encodeURIComponent("land_use = 'B'")}`);
    const second = await json(first.links.find(({ rel }: { rel: string }) => rel === 'next').href);
    expect(second.features).toHaveLength(5);
  });

  it('says what is wrong with a filter', async () => {
    const refused = (query: string) => refusal(`/collections/parcels/items?${query}`);
    expect(await refused('filter=land_use%20%3D')).toMatchObject({
      status: 400,
      parameter: 'filter',
      detail: expect.stringContaining('At character 11'),
    });
    expect(await refused("filter=nothing%3D'7'")).toMatchObject({ status: 400, parameter: 'filter' });
    expect(await refused('filter=1%3D1&filter-lang=sql')).toMatchObject({
      status: 400,
      parameter: 'filter-lang',
    });
    expect(await refused('filter=1%3D1&filter-crs=EPSG:2177')).toMatchObject({
      status: 400,
      parameter: 'filter-crs',
    });
  });

  it('reads boxes with heights, and boxes that cross the antimeridian', async () => {
    expect((await items('bbox=16.9,52.3,0,17,52.5,100')).numberMatched).toBe(PARCELS);
    expect((await items('bbox=177,65,-177,70')).numberMatched).toBe(0);
    expect((await items('bbox=170,50,16.95,70')).numberMatched).toBe(PARCELS);
  });

  it('returns nothing for swapped axes, and a hint when they cannot be', async () => {
    expect((await items('bbox=52.3,16.9,52.5,17')).numberMatched).toBe(0);
    expect((await refusal('/collections/parcels/items?bbox=16.9,152.3,17,152.5')).detail).toMatch(/swapped/);
  });

  it('meets objects by their time in the register', async () => {
    const first = (await items('limit=1000')).features;
    const since = (year: string) =>
      first.filter(
        (feature: { properties: { version_since: string } }) => feature.properties.version_since <= year,
      ).length;
    expect((await items('datetime=../2015-12-31T00:00:00Z')).numberMatched).toBe(
      since('2015-12-31T00:00:00Z'),
    );
    expect((await items('datetime=2012-06-01')).numberMatched).toBe(since('2012-06-01T23:59:59Z'));
    expect((await items('datetime=2015-01-01T00:00:00Z/..')).numberMatched).toBe(PARCELS);
    expect((await items('datetime=../2010-06-01T08:30:00Z')).numberMatched).toBe(
      since('2010-06-01T08:30:00Z'),
    );
    expect((await items('datetime=../2010-06-01T08:29:59Z')).numberMatched).toBe(0);
    for (const datetime of [
      'yesterday',
      '2020',
      '2020-13-01',
      '2020-01-02/2020-01-01',
      '2020-01-01/2020-01-02/2020-01-03',
      '2020-01-01T00:00:00Z/x',
    ]) {
      expect((await refusal(`/collections/parcels/items?datetime=${datetime}`)).parameter).toBe('datetime');
    }
  });

  it('returns only the properties that are asked for', async () => {
    const { features } = await items('properties=land_use,id&skipGeometry=true&limit=1');
    expect(features[0]).toMatchObject({ geometry: null, properties: { land_use: 'B' } });
    expect(Object.keys(features[0].properties)).toEqual(['land_use']);
  });
});

describe('coordinates', () => {
  it('says the CRS of every answer and follows the order of its authority', async () => {
    const first = async (crs: string) => {
      const reply = await get(`/collections/parcels/items?limit=1&crs=${encodeURIComponent(crs)}`);
      const body = (await reply.json()) as { features: { geometry: { coordinates: number[][][][] } }[] };
      return [reply.headers.get('content-crs'), body.features[0]?.geometry.coordinates[0]?.[0]?.[0]];
    };
    expect(await first(crsUri(2177))).toEqual([
      `<${crsUri(2177)}>`,
      [SAMPLE_ORIGIN.northing, SAMPLE_ORIGIN.easting],
    ]);
    expect(await first('urn:ogc:def:crs:EPSG::2177')).toEqual(await first(crsUri(2177)));
    const [, lonLat] = await first(CRS84_URI);
    const [, latLon] = await first(crsUri(4326));
    expect(latLon).toEqual((lonLat as number[]).toReversed());
  });

  it.each(['EPSG:2177', 'http://www.opengis.net/def/crs/EPSG/0/9999', 'nonsense', ''])(
    'refuses crs=%s',
    async (crs) => {
      for (const parameter of ['crs', 'bbox-crs']) {
        expect(
          await refusal(`/collections/parcels/items?${parameter}=${encodeURIComponent(crs)}`),
        ).toMatchObject({ status: 400, parameter });
      }
      expect((await refusal(`/collections/parcels/items/1?crs=${encodeURIComponent(crs)}`)).parameter).toBe(
        'crs',
      );
    },
  );
});

describe('one object', () => {
  it.each([encodeURIComponent(sampleParcelId(0)), sampleParcelId(0), '306401_1.0021.AR_10.1-x2F-4'])(
    'is found as %s',
    async (id) => {
      const reply = await get(`/collections/parcels/items/${id}`);
      expect(reply.headers.get('content-type')).toBe('application/geo+json');
      const feature = (await reply.json()) as { id: string; links: { rel: string; href: string }[] };
      expect(feature.id).toBe(sampleParcelId(0));
      expect(feature.links.map(({ rel }) => rel)).toEqual(['self', 'alternate', 'collection']);
      expect((await get(feature.links[0]?.href ?? '')).status).toBe(200);
    },
  );

  it('is missed with 404', async () => {
    expect(await refusal('/collections/parcels/items/none')).toMatchObject({ status: 404, parameter: 'id' });
  });
});

it.each([
  ['/collections/dUmmYColLection', 404, 'layer'],
  ['/collections/parcels/items?unknown=1', 400, 'unknown'],
  ['/collections?limit=1', 400, 'limit'],
  ['/collections/parcels/items?bbox=1,2,3', 400, 'bbox'],
  ['/collections/parcels/items?bbox=NaN,2,3,4', 400, 'bbox'],
  ['/collections/parcels/items?bbox=1,2,Infinity,4', 400, 'bbox'],
  ['/collections/parcels/items?bbox=1,9,3,4', 400, 'bbox'],
  ['/collections/parcels/items?limit=1&limit=2', 400, 'limit'],
  ['/collections/parcels/items?properties=owner', 400, 'properties'],
  ['/collections/parcels/items?sortby=owner', 400, 'sortby'],
  ['/collections/parcels/items?registered_area_ha=big', 400, 'filter'],
  ['/collections/parcels/items?cursor=abc', 400, 'cursor'],
  ['/collections/parcels/items?offset=-1', 400, 'offset'],
  ['/collections/parcels/items?f=gml', 400, 'f'],
  ['/nowhere', 404, 'path'],
])('refuses %s', async (path, status, parameter) => {
  expect(await refusal(path)).toMatchObject({ status, parameter });
});

it('offers what Accept wants, or says that it cannot', async () => {
  expect(
    (await get('/collections', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).headers.get(
      'content-type',
    ),
  ).toMatch(/^text\/html/);
  expect(
    (await get('/collections/parcels/items', { accept: 'application/geo+json' })).headers.get('content-type'),
  ).toBe('application/geo+json');
  expect((await get('/collections', { accept: 'image/png' })).status).toBe(406);
});

it('logs nothing worse than the access line', () => {
  expect(app.log.filter(({ level }) => level !== 'info')).toEqual([]);
});
