/** Requests that nobody should send: each gets an error in the protocol's own form, quickly, and the server goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(60);
});
afterAll(() => city.close());

const VALUES: readonly string[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e309',
    'NaN',
    '-0',
    '9'.repeat(400),
    '1,2,3,4',
    '4,3,2,1',
    '1,1,NaN,1',
    '0,0,0,0',
  ],
  ...[
    '52.4,16.9,52.5,17.0,urn:ogc:def:crs:EPSG::4326',
    '1e308,1e308,1e309,1e309',
    '-180,-90,180,90',
    '🏠',
    'ł',
  ],
  ...[
    "'",
    '"',
    '\\',
    '%',
    '%25',
    '_',
    ';',
    '--',
    '/*',
    '\u0007',
    '\ufffe',
    '<',
    '&amp;',
    ']]>',
    '$'.concat('{x}'),
    '{{7*7}}',
  ],
  ...[
    'parcels',
    'bl:parcels',
    '(parcels)(buildings)',
    '(',
    ')(',
    'parcels,buildings',
    'x:parcels',
    '__proto__',
  ],
  ...[
    'constructor',
    'toString',
    'id',
    'geom',
    'register_group',
    'land_use',
    '-land_use',
    'land_use DESC',
    '@gml:id',
  ],
  ...[
    'EPSG:2177',
    'EPSG:0',
    'urn:ogc:def:crs:EPSG::999999',
    'CRS:84',
    'http://www.opengis.net/def/crs/EPSG/0/4326',
  ],
  ...['2024-01-01', '2024-02-31', '../..', '2024-01-01/2023-01-01', '0000-00-00T00:00:00Z', '275760-09-13'],
  ...[
    '<Filter/>',
    '<Filter><a/></Filter>',
    '<!DOCTYPE a><Filter/>',
    '<Filter><Not/></Filter>',
    '<Filter><And/></Filter>',
  ],
  ...[
    'json',
    'html',
    'application/json',
    'hits',
    'results',
    'local',
    'remote',
    'true',
    'pl',
    'WzAsImEiXQ',
    'x'.repeat(3000),
  ],
];

const WFS_PARAMETERS = [
  ...['typeNames', 'count', 'startIndex', 'cursor', 'bbox', 'srsName', 'filter', 'sortBy', 'propertyName'],
  ...[
    'resourceId',
    'resultType',
    'outputFormat',
    'valueReference',
    'resolve',
    'namespaces',
    'storedQuery_Id',
    'id',
  ],
  ...['acceptVersions', 'sections', 'language', 'version', 'keptRequest'],
];
const OPERATIONS = [
  'GetCapabilities',
  'DescribeFeatureType',
  'GetFeature',
  'GetPropertyValue',
  'DescribeStoredQueries',
];
const OGC_PATHS = [
  '',
  '/collections',
  '/collections/parcels',
  '/collections/parcels/queryables',
  '/collections/parcels/items',
];
const OGC_PARAMETERS = [
  ...[
    'bbox',
    'bbox-crs',
    'crs',
    'datetime',
    'limit',
    'offset',
    'cursor',
    'properties',
    'skipGeometry',
    'sortby',
  ],
  ...['id', 'land_use', 'registered_area_ha', 'version_since', 'f', 'lang', 'register_group'],
];

/** Requests as a person's careless script, or worse, would send them. */
function* requests(seed: number, count: number): Generator<{ readonly door: string; readonly path: string }> {
  const { next: random } = randomOf('hostile', seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let i = 0; i < count; i++) {
    const isWfs = random() < 0.5;
    const query = new URLSearchParams(
      isWfs ? { service: 'WFS', version: '2.0.0', request: pick(OPERATIONS), typeNames: 'parcels' } : {},
    );
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
      query.set(pick(isWfs ? WFS_PARAMETERS : OGC_PARAMETERS), pick(VALUES));
    }
    if (random() < 0.3) query.append(pick(WFS_PARAMETERS), pick(VALUES));
    yield isWfs
      ? { door: 'wfs', path: `/wfs?${query}` }
      : { door: 'ogc', path: `/ogc${pick(OGC_PATHS)}?${query}` };
  }
}

const INSIDE = /node_modules|\bat .*\.[tj]s:\d+|SQLSTATE|syntax error|relation "|column "/i;
const OWN_FORM = {
  wfs: /<ows:ExceptionReport|<wfs:|<xsd:schema|FeatureCollection/,
  ogc: /^\s*[{<]/,
} as const;

it.each([2177, 4326, 20260630])(
  'stands a thousand odd requests (seed %i)',
  async (seed) => {
    for (const { door, path } of requests(seed, 1000)) {
      const reply = await fetch(`${city.url}${path}`, { signal: AbortSignal.timeout(10_000) });
      const body = await reply.text();
      expect([path, reply.status < 500 || reply.status === 501]).toEqual([path, true]);
      expect([path, INSIDE.exec(body)?.[0]]).toEqual([path, undefined]);
      expect([path, OWN_FORM[door as keyof typeof OWN_FORM].test(body)]).toEqual([path, true]);
      if (!reply.ok) {
        const type = door === 'wfs' ? 'application/xml' : 'application/problem+json';
        expect([path, reply.headers.get('content-type')]).toEqual([path, type]);
      }
    }
  },
  120_000,
);

describe('heavy requests to WFS', () => {
  const NAMESPACES =
    'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"';
  const post = (body: string, contentType = 'application/xml') =>
    fetch(`${city.url}/wfs`, { method: 'POST', headers: { 'content-type': contentType }, body });
  const filtered = (filter: string) =>
    post(
      `<wfs:GetFeature service="WFS" version="2.0.0" count="5" ${NAMESPACES}><wfs:Query typeNames="parcels"><fes:Filter>${filter}</fes:Filter></wfs:Query></wfs:GetFeature>`,
    );
  const isNull =
    '<fes:PropertyIsNull><fes:ValueReference>map_sheet</fes:ValueReference></fes:PropertyIsNull>';
  const like = (pattern: string) =>
    `<fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><fes:ValueReference>land_use</fes:ValueReference><fes:Literal>${pattern}</fes:Literal></fes:PropertyIsLike>`;
  const ring = (vertices: number) =>
    Array.from({ length: vertices + 1 }, (_, i) => {
      const angle = ((i % vertices) / vertices) * 2 * Math.PI;
      return `${(5_808_000 + 500 * Math.sin(angle)).toFixed(3)} ${(6_427_000 + 500 * Math.cos(angle)).toFixed(3)}`;
    }).join(' ');
  const within = (vertices: number) =>
    `<fes:Intersects><fes:ValueReference>geom</fes:ValueReference><gml:Polygon gml:id="p" srsName="urn:ogc:def:crs:EPSG::2177"><gml:exterior><gml:LinearRing><gml:posList>${ring(vertices)}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></fes:Intersects>`;

  async function refused(reply: Response, status: number): Promise<string> {
    const body = await reply.text();
    expect([reply.status, /ows:ExceptionReport/.test(body)]).toEqual([status, true]);
    return /<ows:ExceptionText>([^<]*)/.exec(body)?.[1] ?? '';
  }

  it('refuse a thousand Ands within each other', async () => {
    await refused(await filtered('<fes:And>'.repeat(1000) + isNull + '</fes:And>'.repeat(1000)), 413);
  });

  it('read a thousand predicates side by side', async () => {
    const reply = await filtered(`<fes:And>${isNull.repeat(1000)}</fes:And>`);
    expect([reply.status, /numberMatched="30"/.test(await reply.text())]).toEqual([200, true]);
  });

  it('refuse a polygon of a million vertices for its size and read one of 20,000', async () => {
    await refused(await filtered(within(1_000_000)), 413);
    const reply = await filtered(within(20_000));
    expect([reply.status, (await reply.text()).includes('numberMatched="60"')]).toEqual([200, true]);
  });

  it('answer a LIKE that makes others hang', async () => {
    const startMs = performance.now();
    expect((await filtered(like(`${'*a'.repeat(2000)}*b`))).status).toBe(200);
    expect((await filtered(like('%'.repeat(5000)))).status).toBe(200);
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  it('refuse a million type names', async () => {
    const names = Array.from({ length: 1_000_000 }, () => 'x').join(',');
    const form = `service=WFS&version=2.0.0&request=GetFeature&typeNames=${names}`;
    await refused(await post(form, 'application/x-www-form-urlencoded'), 413);
    const many = `service=WFS&version=2.0.0&request=GetFeature&typeNames=${'(parcels)'.repeat(50_000)}`;
    await refused(await post(many, 'application/x-www-form-urlencoded'), 400);
    const queries = '<wfs:Query typeNames="parcels"/>'.repeat(101);
    const asXml = `<wfs:GetFeature service="WFS" version="2.0.0" ${NAMESPACES}>${queries}</wfs:GetFeature>`;
    expect(await refused(await post(asXml), 400)).toContain('At most 100 queries');
    const described = `service=WFS&version=2.0.0&request=DescribeFeatureType&typeNames=${'parcels,'.repeat(50_000)}x`;
    await refused(await post(described, 'application/x-www-form-urlencoded'), 400);
  });
});

it('logs nothing worse than the access line', () => {
  expect(city.log.filter(({ level }) => level !== 'info')).toEqual([]);
});
