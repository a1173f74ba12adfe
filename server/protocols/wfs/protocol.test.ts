import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childOf, childrenOf, descendantsOf, gmlIdOf, type XmlElement } from '../../../core/xml/element.ts';
import { FILE_LIMITS, parseXml } from '../../../core/xml/reader.ts';
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

const kvp = (query: string) => fetch(`${app.url}/wfs?service=WFS&version=2.0.0&${query}`);
const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/xml') =>
  fetch(`${app.url}/wfs`, { method: 'POST', body, headers: { 'content-type': type } });

const NAMESPACES =
  'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="https://blizniak.pl/ns/1.0"';
const getFeature = (inside: string, attributes = '') =>
  `<?xml version="1.0"?><wfs:GetFeature service="WFS" version="2.0.0" ${NAMESPACES} ${attributes}>${inside}</wfs:GetFeature>`;
const query = (filter: string, types = 'bl:parcels') =>
  getFeature(`<wfs:Query typeNames="${types}"><fes:Filter>${filter}</fes:Filter></wfs:Query>`);

async function document(reply: Response): Promise<XmlElement> {
  const text = await reply.text();
  expect(reply.status, text.slice(0, 500)).toBe(200);
  return parseXml(text, FILE_LIMITS);
}
const members = (root: XmlElement) => childrenOf(root, 'member').flatMap(({ children }) => children);
const ids = (root: XmlElement) => members(root).map((feature) => gmlIdOf(feature) ?? '');
const numbers = (root: XmlElement) => [root.attributes['numberMatched'], root.attributes['numberReturned']];

/** Status, code and locator of an exception report. */
async function refusal(reply: Response): Promise<[number, string | undefined, string | undefined]> {
  const root = parseXml(await reply.text());
  expect(root.local).toBe('ExceptionReport');
  const exception = childOf(root, 'Exception');
  expect(childOf(exception, 'ExceptionText')?.text.length).toBeGreaterThan(10);
  return [reply.status, exception?.attributes['exceptionCode'], exception?.attributes['locator']];
}

describe('capabilities', () => {
  it('come in Polish, or in English when asked by any of three ways', async () => {
    const title = async (reply: Promise<Response>) => {
      const root = await document(await reply);
      return childOf(childOf(root, 'ServiceIdentification'), 'Title')?.text;
    };
    const base = `${app.url}/wfs?SERVICE=WFS&REQUEST=GetCapabilities`;
    expect(await title(fetch(base))).toMatch(/^Bliźniak/);
    expect(await title(fetch(`${base}&AcceptLanguages=en,pl`))).toMatch(/^Blizniak/);
    expect(await title(fetch(`${base}&language=eng`))).toMatch(/^Blizniak/);
    expect(await title(fetch(base, { headers: { 'accept-language': 'en-GB' } }))).toMatch(/^Blizniak/);
  });

  it('give only the sections asked for', async () => {
    const root = await document(await kvp('request=GetCapabilities&sections=FeatureTypeList'));
    expect(root.children.map(({ local }) => local)).toEqual(['FeatureTypeList']);
  });

  it('negotiate the version', async () => {
    expect((await kvp('request=GetCapabilities&acceptVersions=3.0.0,2.0.0')).status).toBe(200);
    expect(await refusal(await kvp('request=GetCapabilities&acceptVersions=0.0.14'))).toEqual([
      400,
      'VersionNegotiationFailed',
      'acceptVersions',
    ]);
  });

  it('name every type with its CRS and extent, as XML too', async () => {
    const root = await document(await post(`<wfs:GetCapabilities service="WFS" ${NAMESPACES}/>`));
    const types = childrenOf(childOf(root, 'FeatureTypeList') ?? root, 'FeatureType');
    expect(types.map((type) => childOf(type, 'Name')?.text)).toEqual(
      SAMPLE_LAYERS.map(({ name }) => `bl:${name}`),
    );
    expect(childOf(types[0], 'DefaultCRS')?.text).toBe('urn:ogc:def:crs:EPSG::2177');
    expect(childOf(childOf(types[0], 'WGS84BoundingBox'), 'LowerCorner')?.text).toMatch(
      /^16\.9\d+ 52\.4\d+$/,
    );
  });
});

describe('features', () => {
  it('come all, a page of them, or counted', async () => {
    const all = await document(await kvp('request=GetFeature&typeNames=bl:parcels'));
    expect([numbers(all), members(all).length]).toEqual([[`${PARCELS}`, `${PARCELS}`], PARCELS]);
    const page = await document(await kvp('request=GetFeature&typeNames=parcels&count=5&startIndex=55'));
    expect([numbers(page), ids(page)]).toEqual([[`${PARCELS}`, '2'], ids(all).slice(55)]);
    const hits = await document(await kvp('request=GetFeature&typeNames=parcels&resultType=hits'));
    expect([numbers(hits), members(hits)]).toEqual([[`${PARCELS}`, '0'], []]);
    const none = await document(await kvp('request=GetFeature&typeNames=parcels&count=0'));
    expect([numbers(none), members(none)]).toEqual([[`${PARCELS}`, '0'], []]);
    const beyond = await document(await kvp('request=GetFeature&typeNames=parcels&count=5&startIndex=900'));
    expect([numbers(beyond), members(beyond)]).toEqual([[`${PARCELS}`, '0'], []]);
  });

  it('lead from page to page in both directions', async () => {
    const seen: string[] = [];
    let page = await document(await kvp('request=GetFeature&typeNames=parcels&COUNT=20&STARTINDEX=0'));
    const first = ids(page);
    for (;;) {
      seen.push(...ids(page));
      const next = page.attributes['next'];
      if (!next) break;
      page = await document(await fetch(next));
    }
    expect(new Set(seen).size).toBe(PARCELS);
    for (let previous = page.attributes['previous']; previous; previous = page.attributes['previous']) {
      page = await document(await fetch(previous));
    }
    expect(ids(page)).toEqual(first);
  });

  it.each([
    ['as XML', 20, ''],
    ['as XML too long for an address', 20, 'x'.repeat(9_000)],
  ])('lead on by links when posted %s', async (_, count, padding) => {
    const filter = `<fes:Filter><fes:Or><fes:PropertyIsNotEqualTo matchCase="false"><fes:ValueReference>bl:land_use</fes:ValueReference><fes:Literal>${padding} &lt;"ł"&amp;</fes:Literal></fes:PropertyIsNotEqualTo><fes:Not><fes:ResourceId rid="parcels-none"/></fes:Not></fes:Or></fes:Filter>`;
    const body = getFeature(
      `<wfs:Query typeNames="bl:parcels" srsName="EPSG:2180"><wfs:PropertyName>land_use</wfs:PropertyName>${filter}</wfs:Query>`,
      `count="${count}"`,
    );
    let page = await document(await post(body));
    const first = ids(page);
    const seen = [...first];
    while (page.attributes['next']) {
      page = await document(await fetch(page.attributes['next']));
      seen.push(...ids(page));
      expect(members(page)[0]?.children.map(({ local }) => local)).toEqual(['id', 'land_use']);
    }
    expect([seen.length, new Set(seen).size]).toEqual([PARCELS, PARCELS]);
    while (page.attributes['previous']) page = await document(await fetch(page.attributes['previous']));
    expect(ids(page)).toEqual(first);
  });

  it('lead from a count to the first page, and say when a link has expired', async () => {
    const hits = await document(
      await post(getFeature('<wfs:Query typeNames="bl:parcels"/>', 'resultType="hits" count="5"')),
    );
    expect(ids(await document(await fetch(hits.attributes['next'] ?? '')))).toHaveLength(5);
    expect(await refusal(await kvp('keptRequest=gone&count=1'))).toEqual([
      400,
      'InvalidParameterValue',
      'keptRequest',
    ]);
  });

  it('are the same by KVP, by a posted form and as XML', async () => {
    const wanted = ids(
      await document(
        await kvp('request=GetFeature&typeNames=bl:buildings&count=3&sortBy=storeys_above DESC'),
      ),
    );
    const form =
      'service=WFS&version=2.0.0&request=GetFeature&typeNames=bl:buildings&count=3&sortBy=storeys_above+D';
    expect(ids(await document(await post(form, 'application/x-www-form-urlencoded')))).toEqual(wanted);
    const xml = getFeature(
      '<wfs:Query typeNames="bl:buildings"><fes:SortBy><fes:SortProperty><fes:ValueReference>bl:storeys_above</fes:ValueReference><fes:SortOrder>DESC</fes:SortOrder></fes:SortProperty></fes:SortBy></wfs:Query>',
      'count="3"',
    );
    expect(ids(await document(await post(xml)))).toEqual(wanted);
    expect(wanted).toHaveLength(3);
  });

  it('are found by resource id with and without the type, and by the bare business id', async () => {
    const id = sampleParcelId(10);
    const rid = `parcels-${id.replace('/', '-x2F-')}`;
    const found = async (rest: string) => ids(await document(await kvp(`request=GetFeature&${rest}`)));
    expect(await found(`resourceId=${rid}`)).toEqual([rid]);
    expect(await found(`typeNames=bl:parcels&resourceId=${encodeURIComponent(id)}`)).toEqual([rid]);
    expect(await found(`resourceId=${rid},buildings-306401_1.0021.1.1_BUD`)).toEqual([
      rid,
      'buildings-306401_1.0021.1.1_BUD',
    ]);
    const both = `resourceId=${rid},buildings-306401_1.0021.1.1_BUD,buildings-306401_1.0021.4.1_BUD`;
    expect(await found(`${both}&startIndex=1&count=1`)).toEqual(['buildings-306401_1.0021.1.1_BUD']);
    expect(await found(`${both}&startIndex=2`)).toEqual(['buildings-306401_1.0021.4.1_BUD']);
    expect(await found('typeNames=parcels&resourceId=parcels-none')).toEqual([]);
    expect(await refusal(await kvp(`request=GetFeature&typeNames=buildings&resourceId=${rid}`))).toEqual([
      400,
      'InvalidParameterValue',
      'resourceId',
    ]);
    expect(await refusal(await kvp('request=GetFeature&resourceId=something'))).toEqual([
      400,
      'MissingParameterValue',
      'typeNames',
    ]);
  });

  it('stand bare in the answer to GetFeatureById', async () => {
    const rid = `parcels-${sampleParcelId(0).replace('/', '-x2F-')}`;
    const byId = (id: string) =>
      kvp(`request=GetFeature&storedQuery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=${id}`);
    const root = await document(await byId(rid));
    expect([root.local, root.namespace, gmlIdOf(root)]).toEqual([
      'parcels',
      'https://blizniak.pl/ns/1.0',
      rid,
    ]);
    const posted = getFeature(
      `<wfs:StoredQuery id="urn:ogc:def:query:OGC-WFS::GetFeatureById"><wfs:Parameter name="id">${rid}</wfs:Parameter></wfs:StoredQuery>`,
    );
    expect(gmlIdOf(await document(await post(posted)))).toBe(rid);
    expect(await refusal(await byId('parcels-none'))).toEqual([404, 'NotFound', 'id']);
    expect(await refusal(await byId('nonsense'))).toEqual([404, 'NotFound', 'id']);
    expect(await refusal(await kvp('request=GetFeature&storedQuery_id=other'))).toEqual([
      400,
      'InvalidParameterValue',
      'storedQuery_Id',
    ]);
  });

  it('carry only the properties asked for', async () => {
    const root = await document(
      await kvp('request=GetFeature&typeNames=parcels&count=1&propertyName=bl:land_use'),
    );
    expect(members(root)[0]?.children.map(({ local }) => local)).toEqual(['id', 'land_use']);
    const withGeometry = await document(
      await kvp('request=GetFeature&typeNames=parcels&count=1&propertyName=land_use,geom'),
    );
    expect(members(withGeometry)[0]?.children.map(({ local }) => local)).toEqual(['id', 'land_use', 'geom']);
  });

  it('of two queries stand in two collections inside one', async () => {
    const root = await document(await kvp('request=GetFeature&typeNames=(bl:parcels)(bl:buildings)'));
    expect(members(root).map((inner) => [inner.local, members(inner)[0]?.local, ...numbers(inner)])).toEqual([
      ['FeatureCollection', 'parcels', '57', '57'],
      ['FeatureCollection', 'buildings', '19', '19'],
    ]);
    expect(numbers(root)).toEqual(['76', '76']);
  });

  it('come as GeoJSON, easting first', async () => {
    const reply = await kvp('request=GetFeature&typeNames=parcels&count=2&outputFormat=application/json');
    expect(reply.headers.get('content-type')).toBe('application/json');
    const body = (await reply.json()) as { features: { geometry: { coordinates: number[][][][] } }[] };
    expect(body).toMatchObject({
      numberMatched: PARCELS,
      numberReturned: 2,
      crs: { properties: { name: 'urn:ogc:def:crs:EPSG::2177' } },
    });
    expect(body.features[0]?.geometry.coordinates[0]?.[0]?.[0]).toEqual([
      SAMPLE_ORIGIN.easting,
      SAMPLE_ORIGIN.northing,
    ]);
  });

  it('keep heights', async () => {
    const root = await document(await kvp('request=GetFeature&typeNames=buildings_3d&count=1'));
    const surface = [...descendantsOf(root)].find(({ local }) => local === 'MultiSurface');
    expect(surface?.attributes['srsDimension']).toBe('3');
    const positions = [...descendantsOf(root)].find(({ local }) => local === 'posList')?.text.split(' ');
    expect(positions).toHaveLength(15);
    expect(positions?.[2]).toBe('71.25');
  });
});

describe('filters', () => {
  const filtered = async (filter: string, types?: string) =>
    members(await document(await post(query(filter, types)))).length;
  const equals = (name: string, value: string, operator = 'PropertyIsEqualTo') =>
    `<fes:${operator}><fes:ValueReference>${name}</fes:ValueReference><fes:Literal>${value}</fes:Literal></fes:${operator}>`;

  it('compare, join and negate', async () => {
    expect(await filtered(equals('bl:land_use', 'B'))).toBe(15);
    expect(await filtered(`<fes:Not>${equals('bl:land_use', 'B')}</fes:Not>`)).toBe(42);
    expect(
      await filtered(`<fes:Or>${equals('parcel_number', '1')}${equals('parcel_number', '2')}</fes:Or>`),
    ).toBe(2);
    expect(
      await filtered(equals('bl:storeys_above', '4', 'PropertyIsGreaterThanOrEqualTo'), 'bl:buildings'),
    ).toBe(8);
    expect(await filtered(equals('gml:name', 'x'))).toBe(0);
  });

  it('select by box and by geometry in any CRS', async () => {
    const { easting, northing } = SAMPLE_ORIGIN;
    const envelope = `<gml:Envelope srsName="urn:ogc:def:crs:EPSG::2177"><gml:lowerCorner>${northing + 1} ${easting + 1}</gml:lowerCorner><gml:upperCorner>${northing + 19} ${easting + 39}</gml:upperCorner></gml:Envelope>`;
    expect(await filtered(`<fes:BBOX>${envelope}</fes:BBOX>`)).toBe(2);
    expect(
      await filtered(
        `<fes:Intersects><fes:ValueReference>bl:geom</fes:ValueReference><gml:Point gml:id="p" srsName="EPSG:2177"><gml:pos>${easting + 5} ${northing + 5}</gml:pos></gml:Point></fes:Intersects>`,
      ),
    ).toBe(1);
  });

  it('read the box of KVP in the order of its CRS, or of the layer when it names none', async () => {
    const { easting, northing } = SAMPLE_ORIGIN;
    const [e, n] = [easting + 25, northing + 5];
    for (const bbox of [
      `${n},${e},${n + 1},${e + 1}`,
      `${n},${e},${n + 1},${e + 1},urn:ogc:def:crs:EPSG::2177`,
      `${e},${n},${e + 1},${n + 1},EPSG:2177`,
    ]) {
      const root = await document(await kvp(`request=GetFeature&typeNames=parcels&bbox=${bbox}`));
      expect([bbox, ids(root)]).toEqual([bbox, ['parcels-306401_1.0021.AR_10.2']]);
    }
  });

  it('work in KVP with and without declarations', async () => {
    const filter = `<Filter>${equals('land_use', 'B').replaceAll('fes:', '')}</Filter>`;
    const declared = `<fes:Filter ${NAMESPACES}>${equals('land_use', 'B')}</fes:Filter>`;
    for (const text of [filter, declared]) {
      const root = await document(
        await kvp(`request=GetFeature&typeNames=parcels&filter=${encodeURIComponent(text)}`),
      );
      expect(members(root)).toHaveLength(15);
    }
  });
});

describe('values', () => {
  it('come alone, without objects that have none', async () => {
    const root = await document(
      await kvp('request=GetPropertyValue&typeNames=parcels&valueReference=map_sheet'),
    );
    expect([root.local, ...numbers(root), members(root)[0]?.local]).toEqual([
      'ValueCollection',
      '29',
      '29',
      'map_sheet',
    ]);
    const rids = await document(
      await kvp('request=GetPropertyValue&typeNames=parcels&valueReference=@gml:id&count=2'),
    );
    expect(childrenOf(rids, 'member').map(({ text }) => text)).toEqual([
      'parcels-306401_1.0021.AR_10.1-x2F-4',
      'parcels-306401_1.0021.AR_10.10',
    ]);
  });

  it('need a reference', async () => {
    const value = (rest: string) => kvp(`request=GetPropertyValue&typeNames=parcels${rest}`);
    expect(await refusal(await value(''))).toEqual([400, 'MissingParameterValue', 'valueReference']);
    expect(await refusal(await value('&valueReference='))).toEqual([
      400,
      'InvalidParameterValue',
      'valueReference',
    ]);
    expect(await refusal(await value('&valueReference=owner'))).toEqual([
      400,
      'InvalidParameterValue',
      'valueReference',
    ]);
  });
});

describe('bad requests', () => {
  it.each([
    ['', 'MissingParameterValue', 'service'],
    ['service=WMS&request=GetCapabilities', 'InvalidParameterValue', 'service'],
    ['service=WFS', 'MissingParameterValue', 'request'],
    ['service=WFS&version=2.0.0&request=Explode', 'OperationNotSupported', 'Explode'],
    ['service=WFS&request=GetFeature&typeNames=parcels', 'MissingParameterValue', 'version'],
    ['service=WFS&version=3.0.0&request=GetFeature&typeNames=parcels', 'InvalidParameterValue', 'version'],
    ['service=WFS&version=9&request=DescribeFeatureType', 'InvalidParameterValue', 'version'],
  ])('refuses "%s"', async (query, code, locator) => {
    expect(await refusal(await fetch(`${app.url}/wfs?${query}`))).toEqual([400, code, locator]);
  });

  it.each([
    ['request=DescribeFeatureType&typeNames=owners', 'typeNames'],
    ['request=DescribeFeatureType&outputFormat=text/plain', 'outputFormat'],
    ['request=GetFeature&typeNames=owners', 'typeNames'],
    ['request=GetFeature&typeNames=x:parcels&namespaces=xmlns(x,http://else)', 'typeNames'],
    ['request=GetFeature&typeNames=parcels&outputFormat=shape', 'outputFormat'],
    ['request=GetFeature&typeNames=parcels&srsName=EPSG:9999', 'srsName'],
    ['request=GetFeature&typeNames=parcels&srsName=urn:ogc:def:crs:EPSG::7415', 'srsName'],
    ['request=GetFeature&typeNames=parcels&propertyName=owner', 'propertyName'],
    ['request=GetFeature&typeNames=parcels&sortBy=geom', 'sortBy'],
    ['request=GetFeature&typeNames=parcels&sortBy=a b c', 'sortBy'],
    ['request=GetFeature&typeNames=parcels&count=-1', 'count'],
    ['request=GetFeature&typeNames=parcels&count=1e3', 'count'],
    ['request=GetFeature&typeNames=parcels&startIndex=x', 'startIndex'],
    ['request=GetFeature&typeNames=parcels&cursor=x', 'cursor'],
    ['request=GetFeature&typeNames=parcels&cursor=WzIsImEiXQ&startIndex=1', 'startIndex'],
    ['request=GetFeature&typeNames=parcels&cursor=WzIsImEiXQ&sortBy=id', 'cursor'],
    ['request=GetFeature&typeNames=parcels&resultType=some', 'resultType'],
    ['request=GetFeature&typeNames=parcels&bbox=1,2,3', 'bbox'],
    ['request=GetFeature&typeNames=parcels&bbox=NaN,2,3,4', 'bbox'],
    ['request=GetFeature&typeNames=parcels&bbox=1,2,3,NaN', 'bbox'],
    ['request=GetFeature&typeNames=parcels&bbox=1,2,3,Infinity', 'bbox'],
    ['request=GetFeature&typeNames=parcels&bbox=1,2,3,-inf', 'bbox'],
    ['request=GetFeature&typeNames=parcels&bbox=9,2,3,4,EPSG:2177', 'bbox'],
    ['request=GetFeature&typeNames=parcels&bbox=1,2,3,4,EPSG:99', 'bbox'],
    ['request=GetFeature&typeNames=parcels&count=1&COUNT=2', 'COUNT'],
    ['request=GetFeature&typeNames=parcels&bbox=1,2,3,4&resourceId=parcels-1', 'bbox'],
  ])('refuses "%s"', async (query, locator) => {
    expect(await refusal(await kvp(query))).toEqual([400, 'InvalidParameterValue', locator]);
  });

  it('refuses joins and remote references by name', async () => {
    expect(await refusal(await kvp('request=GetFeature&typeNames=parcels,buildings'))).toEqual([
      400,
      'OptionNotSupported',
      'typeNames',
    ]);
    expect(await refusal(await kvp('request=GetFeature&typeNames=parcels&resolve=remote'))).toEqual([
      400,
      'OptionNotSupported',
      'resolve',
    ]);
    expect((await kvp('request=GetFeature&typeNames=parcels&resolve=local')).status).toBe(200);
  });

  it('refuses a filter on an unknown property', async () => {
    const filter =
      '<fes:PropertyIsNull><fes:ValueReference>bl:owner</fes:ValueReference></fes:PropertyIsNull>';
    expect(await refusal(await post(query(filter)))).toEqual([400, 'InvalidParameterValue', 'filter']);
  });

  it.each([
    ['a DTD', '<!DOCTYPE a [<!ENTITY x "y">]><a/>'],
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a text that ends too early', query('<fes:ResourceId rid="a"/>').slice(0, -20)],
    ['no XML at all', 'GET me everything'],
    ['another vocabulary', '<GetFeature xmlns="http://www.opengis.net/wfs/3.0"/>'],
    ['bytes that are no text', '\u0000\u0001'],
  ])('refuses %s', async (_name, body) => {
    const [status, code] = await refusal(await post(body));
    expect([status, code]).toEqual([400, 'OperationParsingFailed']);
  });

  it('refuses bytes that are not in the encoding they claim', async () => {
    const latin2 = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a b="\u00b3"/>', 'latin1');
    expect(await refusal(await post(new Uint8Array(latin2)))).toEqual([
      400,
      'OperationParsingFailed',
      'encoding',
    ]);
  });

  it('reads a filter in another encoding', async () => {
    const filter =
      '<fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><fes:ValueReference>land_use</fes:ValueReference><fes:Literal>*\u00b3*</fes:Literal></fes:PropertyIsLike>';
    const latin2 = Buffer.from(query(filter).replace('?>', ' encoding="ISO-8859-2"?>'), 'latin1');
    // \u00b3 is ł in ISO 8859-2; the register has Ł, and case counts.
    expect(members(await document(await post(new Uint8Array(latin2))))).toHaveLength(0);
    const capital = Buffer.from(latin2.toString('latin1').replace('\u00b3', '\u00a3'), 'latin1');
    expect(members(await document(await post(new Uint8Array(capital))))).toHaveLength(42);
  });

  it('refuses XML that is deeper than any request', async () => {
    const deep = query(`${'<fes:Not>'.repeat(500)}${'</fes:Not>'.repeat(500)}`);
    expect((await refusal(await post(deep)))[0]).toBe(413);
  });

  it('refuses a hundred megabytes without reading them', async () => {
    const reply = await post(new Uint8Array(100 * 1024 * 1024)).catch((error: unknown) => error);
    // The client may find the connection closed before it has read the answer; both are fine.
    if (reply instanceof Response)
      expect(await refusal(reply)).toEqual([413, 'OperationProcessingFailed', 'body']);
    expect((await kvp('request=GetCapabilities')).status).toBe(200);
  });

  it('refuses more resource ids than any page has', async () => {
    const list = Array.from({ length: 10_001 }, (_, index) => `p${index}`).join(',');
    const form = `service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&resourceId=${list}`;
    expect(await refusal(await post(form, 'application/x-www-form-urlencoded'))).toEqual([
      400,
      'InvalidParameterValue',
      'resourceId',
    ]);
  });

  it('answers in its own form below its address, too', async () => {
    expect(await refusal(await fetch(`${app.url}/wfs/nowhere`))).toEqual([404, 'NotFound', 'path']);
    expect((await fetch(`${app.url}/wfs`, { method: 'DELETE' })).status).toBe(405);
  });
});

it('logs nothing worse than the access line', () => {
  expect(app.log.filter(({ level }) => level !== 'info')).toEqual([]);
});
