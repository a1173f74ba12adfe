/** OGC API – Features Part 4 over PostGIS: the same changes as WFS Transaction makes, with preconditions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { reproject } from '../../core/geo/crs.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const tree = (id: string): Feature => ({
  layer: 'trees',
  id,
  geometry: { type: 'Point', coordinates: [E + 5, N + 5] },
  properties: { species: 'lipa', height_m: 12.5, form: 'broadleaved', planted_year: 1900 },
});

const COUNTED = Array.from({ length: 9 }, (_, index) => `C${index}`);

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity([
    ...sampleFeatures(2),
    ...['T1', 'T2', 'T3', 'T4', 'T5', 'T6/1', ...COUNTED].map(tree),
  ]);
}, 60_000);
afterAll(() => city.close());

const ITEMS = '/ogc/collections/trees/items';
const IN_2177 = { 'content-crs': '<http://www.opengis.net/def/crs/EPSG/0/2177>' };
const send = (
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  who = 'anna',
) =>
  fetch(`${city.url}${path}`, {
    method,
    headers: {
      authorization: who,
      ...(body === undefined ? {} : { 'content-type': 'application/geo+json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const point = (easting: number, northing: number) => ({ type: 'Point', coordinates: [northing, easting] });
const feature = (properties: object, more: object = {}) => ({
  ...{ type: 'Feature', geometry: point(E + 7, N + 8), properties },
  ...more,
});
async function item(id: string, query = '') {
  const reply = await fetch(`${city.url}${ITEMS}/${id}?f=json${query}`);
  const found = JSON.parse(await reply.text());
  return {
    status: reply.status,
    etag: reply.headers.get('etag') ?? '',
    properties: found.properties,
    place: found.geometry?.coordinates,
  };
}
/** Status and what was wrong. */
async function refusal(reply: Response): Promise<readonly [number, string]> {
  const problem = JSON.parse(await reply.text());
  expect(problem.status).toBe(reply.status);
  return [reply.status, problem.parameter];
}

describe('objects', () => {
  it('are created where Content-Crs says, and found at their Location', async () => {
    const reply = await send('POST', ITEMS, feature({ species: 'dąb' }, { id: 'N/1' }), IN_2177);
    expect([reply.status, reply.headers.get('location')]).toEqual([201, `${city.url}${ITEMS}/N-x2F-1`]);
    const made = await item('N-x2F-1', '&crs=http://www.opengis.net/def/crs/EPSG/0/2177');
    expect([made.place, made.properties.species]).toEqual([[N + 8, E + 7], 'dąb']);
    expect(reply.headers.get('etag')).toBe(made.etag);
  });

  it('are created in CRS84 where nothing says another CRS, with an identifier of the store', async () => {
    const [[lon, lat] = [0, 0]] = [
      ...positionsOf(reproject({ type: 'Point', coordinates: [E + 9, N + 9] }, 2177, 4326)),
    ];
    const sent = { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: {} };
    const location = (await send('POST', ITEMS, sent)).headers.get('location') ?? '';
    const { place } = await item(
      location.split('/').at(-1) ?? '',
      '&crs=http://www.opengis.net/def/crs/EPSG/0/2177',
    );
    expect(place.map((value: number) => Math.round(value * 1000) / 1000)).toEqual([N + 9, E + 9]);
  });

  it('are replaced whole, and lose what is not sent', async () => {
    const reply = await send('PUT', `${ITEMS}/T1`, feature({ form: 'shrub' }), IN_2177);
    expect(reply.status).toBe(204);
    const { properties, etag } = await item('T1');
    expect([properties.form, properties.species, etag]).toEqual(['shrub', null, reply.headers.get('etag')]);
  });

  it('are changed in part by a merge patch', async () => {
    const patch = { properties: { height_m: 13, form: null } };
    const type = { 'content-type': 'application/merge-patch+json' };
    expect((await send('PATCH', `${ITEMS}/T2`, patch, type)).status).toBe(204);
    const { properties } = await item('T2');
    expect([properties.height_m, properties.form, properties.species]).toEqual([13, null, 'lipa']);
  });

  it('are deleted, also when the identifier holds a slash', async () => {
    expect((await send('DELETE', `${ITEMS}/T6/1`)).status).toBe(204);
    expect((await item('T6-x2F-1')).status).toBe(404);
    expect(await refusal(await send('DELETE', `${ITEMS}/T6/1`))).toEqual([404, 'id']);
  });

  it('are told by OWSLib as they are now', async () => {
    await send('PATCH', `${ITEMS}/T3`, { properties: { species: 'wiąz' } });
    const script = `
import sys
from owslib.ogcapi.features import Features
print(Features(sys.argv[1] + '/ogc').collection_item('trees', 'T3')['properties']['species'])`;
    expect(await tool('/usr/bin/python3', ['-c', script, city.url])).toBe('wiąz\n');
  });
});

describe('preconditions', () => {
  it.each(['PUT', 'PATCH', 'DELETE'])(
    'keep %s from losing what somebody else has changed',
    async (method) => {
      const { etag } = await item('T4');
      await send('PATCH', `${ITEMS}/T4`, { properties: { height_m: Math.random() } }, {}, 'bartek');
      const body = method === 'DELETE' ? undefined : feature({ species: 'x' });
      const stale = await send(method, `${ITEMS}/T4`, body, { ...IN_2177, 'if-match': etag });
      expect(await refusal(stale)).toEqual([412, 'if-match']);
      const fresh = await send(method, `${ITEMS}/T4`, body, {
        ...IN_2177,
        'if-match': (await item('T4')).etag,
      });
      expect(fresh.status).toBe(204);
    },
  );

  it('let the second writer through who names no version', async () => {
    expect((await send('PATCH', `${ITEMS}/T2`, { properties: {} }, { 'if-match': '*' })).status).toBe(204);
  });
});

/** One more year by a door of the three, if the object is still as it was read; whether it was. */
const RAISE: readonly ((id: string) => Promise<boolean>)[] = [
  async (id) => {
    const { etag, properties } = await item(id);
    const next = { properties: { planted_year: properties.planted_year + 1 } };
    const { status } = await send('PATCH', `${ITEMS}/${id}`, next, { 'if-match': etag });
    expect([204, 412]).toContain(status);
    return status === 204;
  },
  ...(['2.0.0', '1.1.0'] as const).map((version) => async (id: string) => {
    const year: number = (await item(id)).properties.planted_year;
    return (await transactYear(version, id, year)) === 1;
  }),
];

/** WFS Transaction that is meant for the object as it was read; how many it changed. */
async function transactYear(version: '2.0.0' | '1.1.0', id: string, wasYear: number): Promise<number> {
  const [wfs, filter, name, reference, equal] =
    version === '2.0.0'
      ? ['http://www.opengis.net/wfs/2.0', 'http://www.opengis.net/fes/2.0', ...NAMES_2]
      : ['http://www.opengis.net/wfs', 'http://www.opengis.net/ogc', ...NAMES_1];
  const is = (property: string, value: string | number) =>
    `<f:PropertyIsEqualTo><f:${equal}>${property}</f:${equal}><f:Literal>${value}</f:Literal></f:PropertyIsEqualTo>`;
  const body =
    `<w:Transaction service="WFS" version="${version}" xmlns:w="${wfs}" xmlns:f="${filter}" xmlns:bl="https://blizniak.pl/ns/1.0">` +
    `<w:Update typeName="bl:trees"><w:Property><w:${name}>${reference}planted_year</w:${name}><w:Value>${wasYear + 1}</w:Value></w:Property>` +
    `<f:Filter><f:And>${is('bl:id', id)}${is('bl:planted_year', wasYear)}</f:And></f:Filter></w:Update></w:Transaction>`;
  const reply = await fetch(`${city.url}/wfs`, {
    method: 'POST',
    headers: { authorization: 'anna', 'content-type': 'text/xml' },
    body,
  });
  const said = await reply.text();
  expect([reply.status, said]).toEqual([200, expect.stringContaining('totalUpdated')]);
  return Number(/totalUpdated>(\d+)</.exec(said)?.[1]);
}
const NAMES_2 = ['ValueReference', 'bl:', 'ValueReference'];
const NAMES_1 = ['Name', 'bl:', 'PropertyName'];

describe('a hundred editors at once', () => {
  it('lose no update, be it by PATCH with a precondition or by transactions of WFS 2.0 and 1.1 that name what was read', async () => {
    const objects = ['T5', ...COUNTED];
    const editors = Array.from({ length: 100 }, (_, index) => index);
    await Promise.all(
      editors.map(async (index) => {
        const [id, raise] = [objects[index % objects.length], RAISE[index % RAISE.length]];
        while (id && raise && !(await raise(id)));
      }),
    );
    const years = await Promise.all(objects.map(async (id) => (await item(id)).properties.planted_year));
    expect(years).toEqual(objects.map(() => 1900 + editors.length / objects.length));
  }, 120_000);
});

describe('what is offered', () => {
  it('is said by OPTIONS, for each collection', async () => {
    const allow = async (path: string) =>
      (await fetch(`${city.url}${path}`, { method: 'OPTIONS' })).headers.get('allow');
    expect(await allow(ITEMS)).toBe('GET, POST, HEAD, OPTIONS');
    expect(await allow(`${ITEMS}/T2`)).toBe('GET, PUT, PATCH, DELETE, HEAD, OPTIONS');
    expect(await allow('/ogc/collections/parcels/items')).toBe('GET, HEAD, OPTIONS');
    expect(await allow('/ogc/collections/parcels/items/1')).toBe('GET, HEAD, OPTIONS');
  });

  it('stands in the API description of the collections that can be changed', async () => {
    const { paths } = JSON.parse(await (await fetch(`${city.url}/ogc/api`)).text());
    expect(Object.keys(paths['/collections/trees/items/{featureId}'])).toEqual([
      'get',
      'put',
      'patch',
      'delete',
    ]);
    expect(Object.keys(paths['/collections/parcels/items/{featureId}'])).toEqual(['get']);
  });
});

describe('refused', () => {
  it.each([
    ['who is nobody', '', 401],
    ['who is not staff', 'guest', 403],
  ])('is %s', async (_, who, status) => {
    const [refused] = await refusal(await send('POST', ITEMS, feature({}), IN_2177, who));
    expect(refused).toBe(status);
  });

  it.each([
    ['an unknown property', feature({ colour: 'red' }), 400, 'colour'],
    ['a value of another type', feature({ height_m: 'tall' }), 400, 'height_m'],
    ['a code that its list does not have', feature({ form: 'cactus' }), 400, 'form'],
    ['no geometry', feature({}, { geometry: null }), 400, 'geom'],
    [
      'a geometry of another kind',
      feature(
        {},
        {
          geometry: {
            type: 'LineString',
            coordinates: [
              [N, E],
              [N + 1, E],
            ],
          },
        },
      ),
      400,
      'geom',
    ],
    ['a list of values', feature({ species: ['a'] }), 400, 'properties.species'],
    ['what is no feature', { type: 'FeatureCollection', features: [] }, 400, 'type'],
    ['an identifier that is taken', feature({}, { id: 'T2' }), 409, 'id'],
  ])('is %s', async (_, body, status, parameter) => {
    expect(await refusal(await send('POST', ITEMS, body, IN_2177))).toEqual([status, parameter]);
  });

  it.each([
    ['another media type', 'POST', ITEMS, { 'content-type': 'text/csv' }, 415, 'content-type'],
    [
      'an unknown CRS',
      'POST',
      ITEMS,
      { 'content-crs': '<http://www.opengis.net/def/crs/EPSG/0/2180000>' },
      400,
      'content-crs',
    ],
    ['a tag that is none', 'PUT', `${ITEMS}/T2`, { ...IN_2177, 'if-match': '"abc"' }, 400, 'if-match'],
    ['an object that is not there', 'PUT', `${ITEMS}/T99`, IN_2177, 404, 'id'],
    ['a collection that is kept elsewhere', 'DELETE', '/ogc/collections/parcels/items/1', {}, 403, 'parcels'],
    ['what was', 'DELETE', `/at/2026-01-01T00:00:00Z${ITEMS}/T2`, {}, 501, 'at'],
  ])('is %s', async (_, method, path, headers, status, parameter) => {
    const body = method === 'DELETE' ? undefined : feature({});
    expect(await refusal(await send(method, path, body, headers))).toEqual([status, parameter]);
  });
});
