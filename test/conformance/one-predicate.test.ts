/** One predicate in every language of filters finds the same objects, at every door that takes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import { cqlJson, cqlText, fesXml } from '../support/predicate-writers.ts';
import { ASKED_OF, anyPredicate, type Predicate } from '../support/random-predicates.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 60;
/** Of each layer. */
const PREDICATES = 120;
const CRS = 'http://www.opengis.net/def/crs/EPSG/0/2177';
type AskedLayer = keyof typeof ASKED_OF;

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
});
afterAll(() => city.close());

interface Found {
  readonly features: readonly { readonly id: string }[];
}

async function idsOf(reply: Response): Promise<readonly string[]> {
  const text = await reply.text();
  if (!text.startsWith('{')) throw new Error(text);
  const { features } = JSON.parse(text) as Found;
  if (!features) throw new Error(text);
  return features.map(({ id }) => id).toSorted();
}

const get = (path: string, parameters: Readonly<Record<string, string>>) =>
  fetch(`${city.url}${path}?${new URLSearchParams(parameters)}`);
const post = (body: string) =>
  fetch(`${city.url}/wfs`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });

const WAYS: Readonly<Record<string, (layer: AskedLayer, it: Predicate) => Promise<Response>>> = {
  'CQL2 text': (layer, it) =>
    get(`/ogc/collections/${layer}/items`, {
      ...{ f: 'json', limit: '1000', 'filter-crs': CRS, filter: cqlText(it, 'northing') },
    }),
  'CQL2 JSON': (layer, it) =>
    get(`/ogc/collections/${layer}/items`, {
      ...{ f: 'json', limit: '1000', 'filter-crs': CRS, 'filter-lang': 'cql2-json' },
      filter: JSON.stringify(cqlJson(it)),
    }),
  'FES 2.0': (layer, it) =>
    post(
      `<wfs:GetFeature service="WFS" version="2.0.0" outputFormat="application/json" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"><wfs:Query typeNames="${layer}"><fes:Filter>${fesXml(it, '2.0')}</fes:Filter></wfs:Query></wfs:GetFeature>`,
    ),
  'FES 1.1': (layer, it) =>
    post(
      `<wfs:GetFeature service="WFS" version="1.1.0" outputFormat="application/json" xmlns:wfs="http://www.opengis.net/wfs" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml"><wfs:Query typeName="${layer}"><ogc:Filter>${fesXml(it, '1.1')}</ogc:Filter></wfs:Query></wfs:GetFeature>`,
    ),
  CQL_FILTER: (layer, it) =>
    get('/wfs', {
      ...{ service: 'WFS', version: '2.0.0', request: 'GetFeature', typeNames: layer },
      ...{ outputFormat: 'application/json', cql_filter: cqlText(it, 'easting') },
    }),
};

/** The digest of what WMS draws of the whole city. */
async function drawn(layer: AskedLayer, filter: Readonly<Record<string, string>>): Promise<string> {
  const { easting, northing } = SAMPLE_ORIGIN;
  const reply = await get('/wms', {
    ...{ service: 'WMS', version: '1.3.0', request: 'GetMap', layers: layer, styles: '', crs: 'EPSG:2177' },
    bbox: `${northing},${easting},${northing + 60},${easting + 400}`,
    ...{ width: '800', height: '120', format: 'image/png', ...filter },
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  if (reply.headers.get('content-type') !== 'image/png') throw new Error(String(bytes));
  return bytes.toString('base64');
}

describe.each(Object.keys(ASKED_OF) as AskedLayer[])('one predicate of %s', (layer) => {
  it('finds the same objects in every language, and draws them', async () => {
    const random = randomOf('one-predicate', layer);
    const telling = new Set<string>();
    const all = layer === 'parcels' ? PARCELS : PARCELS / 3;
    for (let n = 0; n < PREDICATES; n++) {
      const predicate = anyPredicate(random, layer, 2);
      const told = cqlText(predicate, 'easting');
      const found = await Promise.all(
        Object.entries(WAYS).map(
          async ([way, find]) => [way, await idsOf(await find(layer, predicate))] as const,
        ),
      );
      const [[, expected] = ['', []]] = found;
      for (const [way, ids] of found) expect([told, way, ids]).toEqual([told, way, expected]);
      if (expected.length > 0 && expected.length < all) telling.add(predicate.is);
      if (n % 6 > 0) continue;
      const fes = `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">${fesXml(predicate, '2.0')}</fes:Filter>`;
      expect([told, await drawn(layer, { cql_filter: told })]).toEqual([
        told,
        await drawn(layer, { filter: fes }),
      ]);
    }
    // Predicates that find nothing or everything would agree in any language.
    expect([...telling]).toEqual(
      expect.arrayContaining(['and', 'or', 'not', '=', '<>', 'in', 'like', 'intersects', 'dwithin']),
    );
    expect(telling.size).toBeGreaterThan(12);
  });
});
