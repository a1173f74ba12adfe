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
    "land_use = 'B' OR",
    "kind LIKE '%%%%%%%%%%%%%%%%%%%%%%_a'",
    'S_INTERSECTS(geom, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))',
    'S_WITHIN(geom, BBOX(1e308, 1e308, 1e309, 1e309))',
    '{"op":"s_touches","args":[{"property":"geom"},{"type":"Point","coordinates":[1e400,null]}]}',
    `${'NOT ('.repeat(900)}1=1`,
  ],
  ...[
    'cql2-json',
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
  ...['acceptVersions', 'sections', 'language', 'version', 'keptRequest', 'cql_filter'],
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
    'filter',
    'filter-crs',
    'filter-lang',
  ],
  ...['id', 'land_use', 'registered_area_ha', 'version_since', 'f', 'lang', 'register_group'],
];

/** Requests to WMS that would be answered as they are. */
const WMS_OPERATIONS: readonly Readonly<Record<string, string>>[] = [
  { request: 'GetCapabilities' },
  { request: 'GetMap' },
  { request: 'GetMap', transparent: 'TRUE', exceptions: 'INIMAGE' },
  { request: 'GetFeatureInfo', query_layers: 'parcels', info_format: 'application/json', i: '9', j: '9' },
  { request: 'GetFeatureInfo', query_layers: 'parcels', info_format: 'text/html', x: '9', y: '9' },
  { request: 'GetLegendGraphic', layer: 'parcels' },
];
const WMS_FRAME = {
  ...{ service: 'WMS', layers: 'parcels,buildings', styles: '', crs: 'EPSG:2177', srs: 'EPSG:2177' },
  ...{ bbox: '5807990,6426990,5808090,6427090', width: '40', height: '40', format: 'image/png' },
};
const WMS_PARAMETERS = [
  ...['service', 'version', 'request', 'layers', 'styles', 'crs', 'srs', 'bbox', 'width', 'height', 'format'],
  ...[
    'transparent',
    'bgcolor',
    'exceptions',
    'time',
    'query_layers',
    'info_format',
    'feature_count',
    'i',
    'j',
  ],
  ...['x', 'y', 'layer', 'style', 'language', 'updatesequence', 'at', 'rule', 'sld', 'filter', 'cql_filter'],
];

/** Sound requests with one to three values that are not. */
function* wmsRequests(seed: number, count: number): Generator<string> {
  const { next: random } = randomOf('hostile pictures', seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let i = 0; i < count; i++) {
    const version = pick(['1.3.0', '1.1.1']);
    const query = new URLSearchParams({ ...WMS_FRAME, version, ...pick(WMS_OPERATIONS) });
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--) query.set(pick(WMS_PARAMETERS), pick(VALUES));
    if (random() < 0.2) query.append(pick(WMS_PARAMETERS), pick(VALUES));
    yield `/wms?${query}`;
  }
}

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

/** What the bodies of WMS look like, by their type. */
const WMS_FORM: Readonly<Record<string, RegExp>> = {
  'image/png': /^\x89PNG/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/webp': /^RIFF/,
  'text/xml': /<ServiceExceptionReport|<WMS_Capabilities|<WMT_MS_Capabilities/,
  'application/vnd.ogc.se_xml': /<ServiceExceptionReport/,
  'application/vnd.ogc.wms_xml': /<WMT_MS_Capabilities/,
  'application/json': /^\{/,
  'application/geo+json': /^\{/,
  'text/html': /<html/,
  'text/plain': /\S/,
  'application/gml+xml': /<gml:FeatureCollection/,
};

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

/** Addresses and parameters of tiles with one or two parts that are odd. */
function* tileRequests(seed: number, count: number): Generator<string> {
  const { next: random } = randomOf('hostile tiles', seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const sound = {
    layer: 'parcels',
    style: 'default',
    grid: 'EPSG2177',
    level: '12',
    row: '2055',
    column: '1635',
  };
  for (let i = 0; i < count; i++) {
    const asked: Record<keyof typeof sound, string> = { ...sound };
    for (let n = Math.floor(random() * 3); n > 0; n--) {
      asked[pick(Object.keys(sound) as (keyof typeof sound)[])] = pick(VALUES);
    }
    const { layer, style, grid, level, row, column } = asked;
    const end = [grid, level, row, column].map(encodeURIComponent).join('/');
    const query = {
      service: 'WMTS',
      request: 'GetTile',
      version: '1.0.0',
      layer,
      style,
      format: 'image/png',
    };
    const place = { tileMatrixSet: grid, tileMatrix: level, tileRow: row, tileCol: column };
    yield pick([
      `/wmts?${new URLSearchParams({ ...query, ...place })}`,
      `/wmts/1.0.0/${encodeURIComponent(layer)}/${encodeURIComponent(style)}/${end}.png`,
      `/ogc/collections/${encodeURIComponent(layer)}/${pick(['tiles', 'map/tiles'])}/${end}`,
    ]);
  }
}

it('stands five hundred odd requests for tiles', async () => {
  const kinds = new Set<string>();
  for (const path of tileRequests(2177, 500)) {
    const reply = await fetch(`${city.url}${path}`, { signal: AbortSignal.timeout(10_000) });
    const body = Buffer.from(await reply.arrayBuffer()).toString('latin1');
    const kind = reply.headers.get('content-type')?.split(';')[0] ?? `${reply.status}`;
    expect([path, reply.status < 500]).toEqual([path, true]);
    expect([path, INSIDE.exec(body)?.[0]]).toEqual([path, undefined]);
    if (!reply.ok) {
      expect([path, kind]).toEqual([
        path,
        path.startsWith('/wmts') ? 'application/xml' : 'application/problem+json',
      ]);
    }
    kinds.add(kind);
  }
  expect([...kinds]).toEqual(
    expect.arrayContaining(['image/png', 'application/xml', 'application/problem+json']),
  );
});

it.each([2177, 20261122])(
  'stands a thousand odd requests for pictures (seed %i)',
  async (seed) => {
    const kinds = new Set<string>();
    for (const path of wmsRequests(seed, 1000)) {
      const reply = await fetch(`${city.url}${path}`, { signal: AbortSignal.timeout(10_000) });
      const body = Buffer.from(await reply.arrayBuffer()).toString('latin1');
      const kind = reply.headers.get('content-type')?.split(';')[0] ?? '';
      expect([path, reply.status < 500 || reply.status === 501]).toEqual([path, true]);
      expect([path, INSIDE.exec(body)?.[0]]).toEqual([path, undefined]);
      expect([path, WMS_FORM[kind]?.test(body)]).toEqual([path, true]);
      if (!reply.ok) expect([path, body.includes('<ServiceException')]).toEqual([path, true]);
      kinds.add(kind);
    }
    // Among them were some that were drawn, identified and refused, or nothing was tried.
    expect([...kinds].toSorted()).toEqual(
      expect.arrayContaining(['application/json', 'image/png', 'text/xml']),
    );
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
