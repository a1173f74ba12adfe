/**
 * OGC API – Features 1.0, Parts 1 and 2: the assertions of OGC's own suite (ets-ogcapi-features10), each under its name.
 * Coordinates are judged by PROJ.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRS84_URI, crsUri } from '../../../core/geo/crs.ts';
import { sampleFeatures } from '../../support/sample-city.ts';
import { projected } from '../outside-tools.ts';
import { type StoredCity, storedCity } from '../stored-city.ts';

const PARCELS = 57;
const COLLECTION = 'parcels';
const ONE = sampleFeatures(PARCELS).find(({ layer }) => layer === COLLECTION)?.id ?? '';
/** Longitude and latitude; the first two rows of parcels and some of the third lie in it. */
const BOX = '16.92,52.40,16.9285,52.4009';
const SINCE = '2015-01-01T00:00:00Z/..';

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
});
afterAll(() => city.close());

interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
}
// biome-ignore lint/suspicious/noExplicitAny: documents of the standard, read by the tests only
type Document = any;

const address = (path: string, query = '') => `${city.url}/ogc${path}${query && `?${query}`}`;
async function get(path: string, query = ''): Promise<Document> {
  const reply = await fetch(address(path, query), { headers: { accept: 'application/json' } });
  expect([path, query, reply.status]).toEqual([path, query, 200]);
  return reply.json();
}
const ITEMS = `/collections/${COLLECTION}/items`;
const ITEM = `${ITEMS}/${encodeURIComponent(ONE)}`;
const query = (...pairs: (readonly [string, string])[]) =>
  pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
const rels = ({ links }: { links: readonly Link[] }) => links.map(({ rel }) => rel);
const status = async (path: string, asked = '') => (await fetch(address(path, asked))).status;
const crsHeader = async (path: string, asked = '') =>
  (await fetch(address(path, asked))).headers.get('content-crs');

/** A parameter of the items of a collection, as the API description has it. */
async function parameter(name: string): Promise<Document> {
  const api = await get('/api');
  const listed = api.paths[ITEMS].get.parameters.map((each: { $ref?: string }) =>
    each.$ref ? api.components.parameters[each.$ref.split('/').at(-1) ?? ''] : each,
  );
  return listed.find((each: { name: string }) => each.name === name);
}

/** The kinds of listing which the suite asks for the same things. */
const PLAIN = '';
const BOXED = `bbox=${BOX}`;
const LIMITED = 'limit=5';
const DATED = query(['datetime', SINCE]);

const isInCrs84 = async (asked: string) => {
  expect(await crsHeader(ITEMS, asked)).toBe(`<${CRS84_URI}>`);
  for (const { geometry } of (await get(ITEMS, asked)).features) {
    for (const [lon, lat] of geometry.coordinates.flat(2)) {
      expect(lon > 16.9 && lon < 17 && lat > 52.3 && lat < 52.5).toBe(true);
    }
  }
};
const isACollection = async (asked: string) => {
  const page = await get(ITEMS, asked);
  expect(page.type).toBe('FeatureCollection');
};
const hasFeatures = async (asked: string) => {
  const { features } = await get(ITEMS, asked);
  expect(features.length).toBeGreaterThan(0);
  for (const { type, id, geometry, properties } of features) {
    expect([type, typeof id, typeof geometry, typeof properties]).toEqual([
      'Feature',
      'string',
      'object',
      'object',
    ]);
  }
};
const hasLinks = async (asked: string) => {
  const page = await get(ITEMS, asked);
  expect(rels(page)).toEqual(expect.arrayContaining(['self', 'alternate']));
  for (const { href, type } of page.links as readonly Link[]) {
    const reply = await fetch(href);
    const isOf = reply.headers.get('content-type')?.split(';')[0];
    expect([href, reply.status, isOf]).toEqual([href, 200, type?.split(';')[0]]);
  }
};
const hasTimeStamp = async (asked: string) => {
  const before = Date.now();
  const { timeStamp } = await get(ITEMS, asked);
  expect(Date.parse(timeStamp)).toBeGreaterThanOrEqual(before - 1000);
  expect(Date.parse(timeStamp)).toBeLessThanOrEqual(Date.now() + 1000);
};
/** Follows `next` to the end, as the suite does. */
const matchesAllPages = async (asked: string) => {
  let page = await get(ITEMS, asked);
  const { numberMatched } = page;
  let count = 0;
  for (;;) {
    count += page.features.length;
    const next = (page.links as readonly Link[]).find(({ rel }) => rel === 'next');
    if (!next) break;
    page = await (await fetch(next.href)).json();
  }
  expect(count).toBe(numberMatched);
};
const returnsAsManyAsItSays = async (asked: string) => {
  const { numberReturned, features } = await get(ITEMS, asked);
  expect(features).toHaveLength(numberReturned);
};

/** By EPSG: these write the northing or latitude first. */
const NORTHING_FIRST = new Set(['2176', '2177', '2178', '2179', '2180', '4258', '4326']);
const codeOf = (uri: string) => uri.split('/').at(-1) ?? '';
/** The first corner of what is listed, easting or longitude first. */
const firstCorner = (features: readonly Document[], uri: string): readonly [number, number] => {
  const [a, b] = features[0].geometry.coordinates.flat(2)[0];
  return NORTHING_FIRST.has(codeOf(uri)) ? [b, a] : [a, b];
};
/** Holds listings in every CRS of the collection against PROJ. */
async function isTransformed(path: string, featuresOf: (document: Document) => readonly Document[]) {
  const { crs } = await get(`/collections/${COLLECTION}`);
  const corner = firstCorner(featuresOf(await get(path)), CRS84_URI);
  for (const uri of crs.filter((each: string) => each !== CRS84_URI)) {
    const asked = query(['crs', uri]);
    const [easting, northing] = firstCorner(featuresOf(await get(path, asked)), uri);
    const [[x = 0, y = 0] = []] = await projected([corner], 4326, Number(codeOf(uri)));
    // Longitudes of eight decimals are a millimetre; heights of a 3D CRS are no matter here.
    const tolerance = uri.endsWith('/4326') || uri.endsWith('/4258') ? 1e-7 : 0.01;
    expect([uri, Math.abs(easting - x) < tolerance, Math.abs(northing - y) < tolerance]).toEqual([
      uri,
      true,
      true,
    ]);
    expect(await crsHeader(path, asked)).toBe(`<${uri}>`);
  }
}
const crsUris = /^https?:\/\/www\.opengis\.net\/def\/crs\/(EPSG\/[\d.]+\/\d+|OGC\/[\d.]+\/CRS84h?)$/;
async function everyCollection(): Promise<readonly Document[]> {
  return (await get('/collections')).collections;
}

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  'GeneralHttp.http': async () => {
    const reply = await fetch(address(''));
    expect([reply.status, reply.headers.get('date')?.endsWith('GMT')]).toEqual([200, true]);
    expect(await status('/nothing')).toBe(404);
  },
  'LandingPage.landingPageRetrieval': async () => {
    expect((await fetch(address('/'), { headers: { accept: 'application/json' } })).status).toBe(200);
  },
  'LandingPage.landingPageValidation': async () => {
    const landing = await get('/');
    for (const rel of ['service-desc', 'service-doc', 'conformance', 'data']) {
      expect(rels(landing)).toContain(rel);
    }
  },
  'ApiDefinition.openapiDocumentRetrieval': async () => {
    const { links } = (await get('/')) as { links: readonly Link[] };
    for (const { href, type } of links.filter(({ rel }) => rel.startsWith('service-'))) {
      const reply = await fetch(href);
      const isOf = reply.headers.get('content-type')?.split(';')[0];
      expect([reply.status, isOf]).toEqual([200, type?.split(';')[0]]);
    }
  },
  'ApiDefinition.apiDefinitionValidation': async () => {
    // The whole document is validated by another's validator in test/contract/openapi.test.ts.
    const api = await get('/api');
    expect(api.openapi).toMatch(/^3\.0\.\d$/);
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/', '/conformance', '/collections', ITEMS]),
    );
  },
  'Conformance.validateConformanceOperationAndResponse': async () => {
    const { conformsTo } = await get('/conformance');
    for (const each of ['core', 'oas30', 'html', 'geojson']) {
      expect(conformsTo).toContain(`http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${each}`);
    }
  },

  'FeatureCollections.validateFeatureCollectionsMetadataOperation': async () => {
    await get('/collections');
  },
  'FeatureCollections.validateFeatureCollectionsMetadataOperationResponse_Links': async () => {
    const { links } = (await get('/collections')) as { links: readonly Link[] };
    expect(links.map(({ rel }) => rel)).toEqual(expect.arrayContaining(['self', 'alternate']));
    for (const link of links) expect([link.rel, typeof link.type]).toEqual([link.rel, 'string']);
  },
  'FeatureCollections.validateFeatureCollectionsMetadataOperationResponse_Items': async () => {
    for (const { id, links } of await everyCollection()) {
      const listing = (links as readonly Link[]).filter(({ rel }) => rel === 'items');
      expect([id, listing.map(({ type }) => type).includes('application/geo+json')]).toEqual([id, true]);
    }
  },
  'FeatureCollections.validateFeatureCollectionsMetadataOperationResponse_CrsProperty': async () => {
    for (const { id, crs } of await everyCollection())
      expect([id, crs.includes(CRS84_URI)]).toEqual([id, true]);
  },
  'FeatureCollections.validateFeatureCollectionsMetadataOperationResponse_Content': async () => {
    for (const { id } of await everyCollection()) expect((await get(`/collections/${id}`)).id).toBe(id);
  },
  'FeatureCollection.validateFeatureCollectionMetadataOperation': async () => {
    for (const { id } of await everyCollection())
      expect([id, await status(`/collections/${id}`)]).toEqual([id, 200]);
  },
  'FeatureCollection.validateFeatureCollectionMetadataResponse': async () => {
    for (const listed of await everyCollection()) {
      const { id, title, extent, itemType, crs } = await get(`/collections/${listed.id}`);
      expect({ id, title, extent, itemType, crs }).toEqual({
        id: listed.id,
        title: listed.title,
        extent: listed.extent,
        itemType: listed.itemType,
        crs: listed.crs,
      });
    }
  },

  'Features.validateFeaturesOperation': () => isACollection(PLAIN),
  'Features.validateFeaturesResponse_GeometryInCRS84': () => isInCrs84(PLAIN),
  'Features.validateFeaturesResponse_TypeProperty': () => isACollection(PLAIN),
  'Features.validateFeaturesResponse_FeaturesProperty': () => hasFeatures(PLAIN),
  'Features.validateFeaturesResponse_Links': () => hasLinks(PLAIN),
  'Features.validateFeaturesResponse_TimeStamp': () => hasTimeStamp(PLAIN),
  'Features.validateFeaturesResponse_NumberMatched': () => matchesAllPages(PLAIN),
  'Features.validateFeaturesResponse_NumberReturned': () => returnsAsManyAsItSays(PLAIN),

  'FeaturesBBox.boundingBoxParameterDefinition': async () => {
    const bbox = await parameter('bbox');
    expect(bbox).toMatchObject({ in: 'query', schema: { type: 'array', items: { type: 'number' } } });
    expect([bbox.required ?? false, bbox.style, bbox.explode]).toEqual([false, 'form', false]);
    const lengths = bbox.schema.oneOf ?? [bbox.schema];
    expect(lengths[0].minItems).toBe(4);
    expect(lengths.at(-1).maxItems).toBe(6);
  },
  'FeaturesBBox.validateFeaturesWithBoundingBoxOperation': () => isACollection(BOXED),
  'FeaturesBBox.validateFeaturesWithBoundingBoxResponse': async () => {
    const [west, south, east, north] = BOX.split(',').map(Number) as [number, number, number, number];
    const meets = ({ geometry }: Document) => {
      const corners: readonly [number, number][] = geometry.coordinates.flat(2);
      const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
      return (
        Math.max(...lons) >= west &&
        Math.min(...lons) <= east &&
        Math.max(...lats) >= south &&
        Math.min(...lats) <= north
      );
    };
    const inside = (await get(ITEMS, `${BOXED}&limit=100`)).features;
    const all = (await get(ITEMS, 'limit=100')).features;
    expect(inside.every(meets)).toBe(true);
    expect(inside.length).toBe(all.filter(meets).length);
    expect(inside.length).toBeLessThan(all.length);
    for (const box of ['16,52,0,17,53,100', '177,-90,-177,90', '-180,-90,180,90'])
      await get(ITEMS, `bbox=${box}`);
  },
  'FeaturesBBox.validateFeaturesResponse_GeometryInCRS84': () => isInCrs84(BOXED),
  'FeaturesBBox.validateFeaturesWithBoundingBoxResponse_TypeProperty': () => isACollection(BOXED),
  'FeaturesBBox.validateFeaturesWithBoundingBoxResponse_FeaturesProperty': () => hasFeatures(BOXED),
  'FeaturesBBox.validateFeaturesWithBoundingBoxResponse_Links': () => hasLinks(BOXED),
  'FeaturesBBox.validateFeaturesWithBoundingBoxResponse_TimeStamp': () => hasTimeStamp(BOXED),
  'FeaturesBBox.validateFeaturesWithBoundingBoxResponse_NumberMatched': () => matchesAllPages(BOXED),
  'FeaturesBBox.validateFeaturesResponse_NumberReturned': () => returnsAsManyAsItSays(BOXED),

  'FeaturesLimit.limitParameterDefinition': async () => {
    const limit = await parameter('limit');
    expect(limit).toMatchObject({ in: 'query', schema: { type: 'integer', minimum: 1 } });
    expect(limit.schema.default).toBeLessThanOrEqual(limit.schema.maximum);
    expect([limit.required ?? false, limit.style ?? 'form', limit.explode ?? false]).toEqual([
      false,
      'form',
      false,
    ]);
  },
  'FeaturesLimit.validateFeaturesWithLimitOperation': () => isACollection(LIMITED),
  'FeaturesLimit.validateFeaturesWithLimitResponse': async () => {
    expect((await get(ITEMS, LIMITED)).features).toHaveLength(5);
    expect((await get(ITEMS, 'limit=1000')).features).toHaveLength(PARCELS);
  },
  'FeaturesLimit.validateFeaturesWithLimitResponse_GeometryInCRS84': () => isInCrs84(LIMITED),
  'FeaturesLimit.validateFeaturesWithLimitResponse_TypeProperty': () => isACollection(LIMITED),
  'FeaturesLimit.validateFeaturesWithLimitResponse_FeaturesProperty': () => hasFeatures(LIMITED),
  'FeaturesLimit.validateFeaturesWithLimitResponse_Links': () => hasLinks(LIMITED),
  'FeaturesLimit.validateFeaturesWithLimitResponse_TimeStamp': () => hasTimeStamp(LIMITED),
  'FeaturesLimit.validateFeaturesWithLimitResponse_NumberMatched': () => matchesAllPages(LIMITED),
  'FeaturesLimit.validateFeaturesResponse_NumberReturned': () => returnsAsManyAsItSays(LIMITED),

  'FeaturesTime.timeParameterDefinition': async () => {
    const datetime = await parameter('datetime');
    expect(datetime).toMatchObject({ in: 'query', schema: { type: 'string' } });
    expect([datetime.required ?? false, datetime.style ?? 'form', datetime.explode ?? false]).toEqual([
      false,
      'form',
      false,
    ]);
  },
  'FeaturesTime.validateFeaturesWithDateTimeOperation': () => isACollection(DATED),
  'FeaturesTime.validateFeaturesWithDateTimeResponse': async () => {
    const found = (await get(ITEMS, `${DATED}&limit=100`)).numberMatched;
    const before = (await get(ITEMS, `${query(['datetime', '../2009-12-31T00:00:00Z'])}`)).numberMatched;
    expect(found).toBeGreaterThan(0);
    expect(before).toBe(0);
    for (const datetime of [
      '2018-02-12T23:20:52Z',
      '../2018-03-18T12:31:12Z',
      '2018-02-12T00:00:00Z/2018-03-18T12:31:12Z',
    ]) {
      await get(ITEMS, query(['datetime', datetime]));
    }
  },
  'FeaturesTime.validateFeaturesWithDateTimeResponse_GeometryInCRS84': () => isInCrs84(DATED),
  'FeaturesTime.validateFeaturesWithDateTimeResponse_TypeProperty': () => isACollection(DATED),
  'FeaturesTime.validateFeaturesWithDateTimeResponse_FeaturesProperty': () => hasFeatures(DATED),
  'FeaturesTime.validateFeaturesWithDateTimeResponse_Links': () => hasLinks(DATED),
  'FeaturesTime.validateFeaturesWithDateTimeResponse_TimeStamp': () => hasTimeStamp(DATED),
  'FeaturesTime.validateFeaturesWithDateTimeResponse_NumberMatched': () => matchesAllPages(DATED),
  'FeaturesTime.validateFeaturesResponse_NumberReturned': () => returnsAsManyAsItSays(DATED),

  'FeaturesErrorConditions.validateFeaturesOperation_QueryParamInvalid': async () => {
    expect(await status(ITEMS, 'limit=wrong')).toBe(400);
    expect(await status(ITEMS, 'bbox=1,2,3')).toBe(400);
    expect(await status(ITEMS, 'datetime=yesterday')).toBe(400);
  },
  'FeaturesErrorConditions.validateFeaturesOperation_QueryParamUnknown': async () => {
    expect(await status(ITEMS, 'unknownQueryParameter=xyz')).toBe(400);
  },
  'Feature.featureOperation': async () => {
    expect(await status(ITEM)).toBe(200);
    for (const { id, links } of await everyCollection()) {
      const href = (links as readonly Link[]).find(({ rel }) => rel === 'items')?.href ?? '';
      const page: Document = await (await fetch(`${href}${href.includes('?') ? '&' : '?'}limit=1`)).json();
      const [first] = page.features;
      if (first)
        expect([id, await status(`/collections/${id}/items/${encodeURIComponent(first.id)}`)]).toEqual([
          id,
          200,
        ]);
    }
  },
  'Feature.validateFeatureResponse': async () => {
    const feature = await get(ITEM);
    expect([feature.type, feature.id]).toEqual(['Feature', ONE]);
    expect(rels(feature)).toEqual(expect.arrayContaining(['self', 'alternate', 'collection']));
  },

  'CrsRequirementClassPrecondition.verifyConformanceClass': async () => {
    expect((await get('/conformance')).conformsTo).toContain(
      'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
    );
  },
  'DiscoveryCollectionCrsUri.verifyCollectionCrsIdentifierOfCrsProperty': async () => {
    for (const uri of (await get(`/collections/${COLLECTION}`)).crs) expect(uri).toMatch(crsUris);
  },
  'DiscoveryCollectionCrsUri.verifyCollectionCrsIdentifierOfStorageCrsProperty': async () => {
    expect((await get(`/collections/${COLLECTION}`)).storageCrs).toMatch(crsUris);
  },
  'DiscoveryCollectionDefaultCrs.verifyCollectionCrsIdentifierOfCrsProperty': async () => {
    expect((await get(`/collections/${COLLECTION}`)).crs).toContain(CRS84_URI);
  },
  'DiscoveryCollectionStorageCrs.verifyCollectionCrsIdentifierOfCrsProperty': async () => {
    const { crs, storageCrs } = await get(`/collections/${COLLECTION}`);
    expect(crs).toContain(storageCrs);
  },
  'DiscoveryCollectionsCrsUri.verifyCollectionsCrsIdentifierOfCrsProperty': async () => {
    for (const uri of (await get('/collections')).crs ?? []) expect(uri).toMatch(crsUris);
  },
  'DiscoveryCollectionsCrsUri.verifyCollectionsCrsIdentifierOfStorageCrs': async () => {
    expect((await get('/collections')).storageCrs ?? CRS84_URI).toMatch(crsUris);
  },
  'DiscoveryCollectionsCrsUri.verifyCollectionsCollectionCrsIdentifierOfCrsProperty': async () => {
    for (const { crs } of await everyCollection()) for (const uri of crs) expect(uri).toMatch(crsUris);
  },
  'DiscoveryCollectionsCrsUri.verifyCollectionsCollectionCrsIdentifierOfStorageCrs': async () => {
    for (const { storageCrs } of await everyCollection()) expect(storageCrs).toMatch(crsUris);
  },
  'DiscoveryCollectionsDefaultCrs.verifyCollectionsPathCollectionCrsPropertyContainsDefaultCrs': async () => {
    for (const { crs } of await everyCollection()) expect(crs).toContain(CRS84_URI);
  },
  'DiscoveryCollectionsStorageCrs.verifyCollectionsPathCollectionCrsPropertyContainsStorageCrs': async () => {
    for (const { crs, storageCrs } of await everyCollection()) expect(crs).toContain(storageCrs);
  },

  'BBoxCrsParameter.verifyBboxCrsParameterWithDefaultCrs': async () => {
    const plain = (await get(ITEMS, BOXED)).features;
    expect((await get(ITEMS, `${BOXED}&${query(['bbox-crs', CRS84_URI])}`)).features).toEqual(plain);
  },
  'BBoxCrsParameter.verifyBboxCrsParameter': async () => {
    const plain = (await get(ITEMS, `${BOXED}&limit=100`)).features.map(({ id }: Document) => id);
    const [west, south, east, north] = BOX.split(',').map(Number) as [number, number, number, number];
    for (const srid of [4326, 4258, 2177, 2180, 3857]) {
      const corners = await projected(
        [
          [west, south],
          [east, north],
        ],
        4326,
        srid,
      );
      const written = corners.map(([x = 0, y = 0]) => (NORTHING_FIRST.has(String(srid)) ? [y, x] : [x, y]));
      const asked = `${query(['bbox', written.flat().join()], ['bbox-crs', crsUri(srid)])}&limit=100`;
      const found = (await get(ITEMS, asked)).features.map(({ id }: Document) => id);
      expect([srid, found]).toEqual([srid, plain]);
    }
  },
  'BBoxCrsParameterDefault.verifyBboxCrsParameterDefault': async () => {
    expect((await get(ITEMS, BOXED)).numberMatched).toBe(
      (await get(ITEMS, `${BOXED}&${query(['bbox-crs', CRS84_URI])}`)).numberMatched,
    );
  },
  'BBoxCrsParameterInvalid.verifyBboxCrsParameterInvalid': async () => {
    for (const uri of ['http://www.opengis.net/def/crs/0/unsupported', crsUri(9999)]) {
      expect(await status(ITEMS, `${BOXED}&${query(['bbox-crs', uri])}`)).toBe(400);
    }
  },
  'FeatureCrsParameter.verifyFeatureCrsParameter': async () => {
    for (const uri of (await get(`/collections/${COLLECTION}`)).crs) {
      expect(await crsHeader(ITEM, query(['crs', uri]))).toBe(`<${uri}>`);
    }
  },
  'FeatureCrsParameterDefault.verifyFeatureCrsParameterDefault': async () => {
    expect(await crsHeader(ITEM)).toBe(`<${CRS84_URI}>`);
  },
  'FeatureCrsParameterInvalid.verifyFeatureCrsParameterInvalid': async () => {
    expect(await status(ITEM, query(['crs', 'http://www.opengis.net/def/crs/0/unsupported']))).toBe(400);
  },
  'FeatureCrsParameterTransform.verifyFeatureCrsParameterTransformWithCrsParameter': () =>
    isTransformed(ITEM, (feature) => [feature]),
  'FeatureCrsParameterTransform.verifyFeatureCrsParameterTransformWithoutCrsParameter': async () => {
    expect(await get(ITEM)).toEqual({
      ...(await get(ITEM, query(['crs', CRS84_URI]))),
      links: expect.anything(),
    });
  },
  'FeaturesCrsParameter.verifyFeaturesCrsParameter': async () => {
    for (const uri of (await get(`/collections/${COLLECTION}`)).crs) {
      expect(await crsHeader(ITEMS, query(['crs', uri]))).toBe(`<${uri}>`);
    }
  },
  'FeaturesCrsParameterDefault.verifyFeaturesCrsParameterDefault': async () => {
    expect(await crsHeader(ITEMS)).toBe(`<${CRS84_URI}>`);
  },
  'FeaturesCrsParameterInvalid.verifyFeaturesCrsParameterInvalid': async () => {
    expect(await status(ITEMS, query(['crs', 'http://www.opengis.net/def/crs/0/unsupported']))).toBe(400);
  },
  'FeaturesCrsParameterTransform.verifyFeaturesCrsParameterTransformWithCrsParameter': () =>
    isTransformed(ITEMS, ({ features }) => features),
  'FeaturesCrsParameterTransform.verifyFeaturesCrsParameterTransformWithoutCrsParameter': async () => {
    expect((await get(ITEMS)).features).toEqual((await get(ITEMS, query(['crs', CRS84_URI]))).features);
  },
};

describe('ets-ogcapi-features10', () => {
  it.each(Object.keys(CASES))('%s', async (id) => {
    await CASES[id]?.();
  });
});
