/**
 * WFS 2.0 and FES 2.0: the assertions of OGC's own suite (ets-wfs20) for Simple and Basic WFS, each under its name.
 * Those of Transaction, Locking and stored queries are in the files of these operations. xmllint judges documents.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  childOf,
  childrenOf,
  descendantsOf,
  gmlIdOf,
  hrefOf,
  type XmlElement,
} from '../../../core/xml/element.ts';
import { FILE_LIMITS, parseXml } from '../../../core/xml/reader.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN, sampleFeatures } from '../../support/sample-city.ts';
import { sharedData } from '../../support/shared-data.ts';
import { type XmlJudge, xmlJudge } from '../outside-tools.ts';
import { type StoredCity, storedCity } from '../stored-city.ts';

const PARCELS = 57;
const FEATURES = sampleFeatures(PARCELS);
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const TYPES = SAMPLE_LAYERS.map(({ name }) => `bl:${name}`);
const TYPE = 'bl:parcels';

let city: StoredCity;
let judge: XmlJudge | undefined;
beforeAll(async () => {
  city = await storedCity(PARCELS);
  if (existsSync(sharedData('ogc-schemas'))) {
    judge = await xmlJudge(await (await kvp('request=DescribeFeatureType')).text());
  }
});
afterAll(async () => {
  await judge?.close();
  await city.close();
});

const kvp = (query: string) => fetch(`${city.url}/wfs?service=WFS&version=2.0.0&${query}`);
const NAMESPACES =
  'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="https://blizniak.pl/ns/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const post = (inside: string, operation = 'GetFeature', attributes = '') =>
  fetch(`${city.url}/wfs`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: `<wfs:${operation} service="WFS" version="2.0.0" ${NAMESPACES} ${attributes}>${inside}</wfs:${operation}>`,
  });
const where = (filter: string, type = TYPE) =>
  post(`<wfs:Query typeNames="${type}"><fes:Filter>${filter}</fes:Filter></wfs:Query>`);

/** A valid answer of 200. */
async function answer(reply: Response): Promise<XmlElement> {
  const text = await reply.text();
  expect(reply.status, text.slice(0, 400)).toBe(200);
  expect(await judge?.faults(text)).toBe(judge && '');
  return parseXml(text);
}
/** Status and codes of a valid report of exceptions. */
async function refusal(reply: Response) {
  const text = await reply.text();
  expect(await judge?.faults(text)).toBe(judge && '');
  const exception = childOf(parseXml(text), 'Exception');
  return [reply.status, exception?.attributes['exceptionCode'], exception?.attributes['locator']];
}
const members = (root: XmlElement) => childrenOf(root, 'member').flatMap(({ children }) => children);
const ids = (root: XmlElement) => members(root).map((feature) => gmlIdOf(feature) ?? '');
const values = (root: XmlElement, name: string) =>
  members(root).map((feature) => childOf(feature, name)?.text ?? null);
const capabilities = async () => answer(await kvp('request=GetCapabilities'));
const constraint = (root: XmlElement, name: string) =>
  [...descendantsOf(root)]
    .filter(({ local, attributes }) => local === 'Constraint' && attributes['name'] === name)
    .map((each) => childOf(each, 'DefaultValue')?.text);

const reference = (name: string) => `<fes:ValueReference>${name}</fes:ValueReference>`;
const literal = (value: string | number) => `<fes:Literal>${value}</fes:Literal>`;
const compare = (operator: string, name: string, value: string | number, attributes = '') =>
  `<fes:${operator} ${attributes}>${reference(name)}${literal(value)}</fes:${operator}>`;
/** How many features of a layer of the sample have it. */
const expected = (layer: string, keeps: (properties: Readonly<Record<string, unknown>>) => boolean) =>
  FEATURES.filter((feature) => feature.layer === layer && keeps(feature.properties)).length;
const storeysAre = async (operator: string, attributes: string, keeps: (storeys: number) => boolean) => {
  const found = await answer(
    await where(compare(operator, 'bl:storeys_above', 3, attributes), 'bl:buildings'),
  );
  const storeys = values(found, 'storeys_above').map(Number);
  expect(storeys.every(keeps)).toBe(true);
  expect(storeys).toHaveLength(expected('buildings', ({ storeys_above }) => keeps(Number(storeys_above))));
  expect(storeys.length).toBeGreaterThan(0);
};
const envelope = (srsName: string, low: string, high: string) =>
  `<gml:Envelope ${srsName && `srsName="${srsName}"`}><gml:lowerCorner>${low}</gml:lowerCorner><gml:upperCorner>${high}</gml:upperCorner></gml:Envelope>`;
/** The first two parcels, northing first. */
const CORNERS = [`${N + 1} ${E + 1}`, `${N + 19} ${E + 39}`] as const;
const URN = 'urn:ogc:def:crs:EPSG::2177';
const instant = (when: string) =>
  `<gml:TimeInstant gml:id="t"><gml:timePosition>${when}</gml:timePosition></gml:TimeInstant>`;
const period = (begin: string, end: string) =>
  `<gml:TimePeriod gml:id="t"><gml:beginPosition>${begin}</gml:beginPosition><gml:endPosition>${end}</gml:endPosition></gml:TimePeriod>`;
const since = async (operator: string, operand: string, keeps: (moment: number) => boolean) => {
  const found = await answer(
    await where(`<fes:${operator}>${reference('bl:version_since')}${operand}</fes:${operator}>`),
  );
  const moments = values(found, 'version_since').map((text) => Date.parse(text ?? ''));
  expect(moments.every(keeps)).toBe(true);
  expect(moments).toHaveLength(
    expected('parcels', ({ version_since }) => keeps(Date.parse(String(version_since)))),
  );
  expect(moments.length).toBeGreaterThan(0);
};
const MIDDLE = Date.parse('2017-01-01T00:00:00Z');
const GET_BY_ID = 'urn:ogc:def:query:OGC-WFS::GetFeatureById';
const firstId = async () =>
  ids(await answer(await kvp(`request=GetFeature&typeNames=${TYPE}&count=1`)))[0] ?? '';

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  'SuitePreconditions.verifyServiceDescription': async () => {
    expect((await capabilities()).local).toBe('WFS_Capabilities');
  },
  'SuitePreconditions.serviceIsAvailable': async () => {
    expect((await kvp('request=GetCapabilities')).status).toBe(200);
  },
  'SuitePreconditions.dataAreAvailable': async () => {
    expect(ids(await answer(await kvp(`request=GetFeature&typeNames=${TYPE}&count=3`)))).toHaveLength(3);
  },

  'ServiceMetadataTests.capabilitiesDocIsXmlSchemaValid': async () => {
    const types = [...descendantsOf(await capabilities())].filter(({ local }) => local === 'FeatureType');
    const records = types.map(
      (type) => new URL(hrefOf(childOf(type, 'MetadataURL') ?? type) ?? '').searchParams,
    );
    expect(records.map((record) => record.get('id')?.replace('blizniak:', 'bl:'))).toEqual(
      types.map((type) => childOf(type, 'Name')?.text),
    );
  },
  'ServiceMetadataTests.capabilitiesDocCorrespondsToWfsSimple': async () => {
    const root = await capabilities();
    expect(constraint(root, 'ImplementsSimpleWFS')).toEqual(['TRUE']);
    const operations = [...descendantsOf(root)].filter(({ local }) => local === 'Operation');
    expect(operations.map(({ attributes }) => attributes['name'])).toEqual(
      expect.arrayContaining([
        'GetCapabilities',
        'DescribeFeatureType',
        'ListStoredQueries',
        'DescribeStoredQueries',
        'GetFeature',
      ]),
    );
    expect(constraint(root, 'KVPEncoding')).toEqual(['TRUE']);
    expect(constraint(root, 'XMLEncoding')).toEqual(['TRUE']);
  },
  'BasicCapabilitiesTests.describesBasicWFS': async () => {
    const root = await capabilities();
    expect(constraint(root, 'ImplementsBasicWFS')).toEqual(['TRUE']);
    for (const name of ['ImplementsQuery', 'ImplementsResourceId', 'ImplementsMinStandardFilter']) {
      expect([name, constraint(root, name)]).toEqual([name, ['TRUE']]);
    }
    const operations = [...descendantsOf(root)].filter(({ local }) => local === 'Operation');
    expect(operations.map(({ attributes }) => attributes['name'])).toContain('GetPropertyValue');
  },
  'SimpleCapabilitiesTests.getCapabilities_missingServiceParam': async () => {
    const reply = await fetch(`${city.url}/wfs?request=GetCapabilities`);
    expect(await refusal(reply)).toEqual([400, 'MissingParameterValue', 'service']);
  },
  'SimpleCapabilitiesTests.getFullCapabilities': async () => {
    const sections = (await capabilities()).children.map(({ local }) => local);
    expect(sections).toEqual([
      'ServiceIdentification',
      'ServiceProvider',
      'OperationsMetadata',
      'FeatureTypeList',
      'Filter_Capabilities',
    ]);
  },
  'SimpleCapabilitiesTests.getCapabilities_acceptVersions': async () => {
    const base = `${city.url}/wfs?service=WFS&request=GetCapabilities&acceptVersions=`;
    const root = await answer(await fetch(`${base}2.0.0,1.1.0`));
    expect(root.attributes['version']).toMatch(/^2\.0\./);
    expect(await refusal(await fetch(`${base}100.0.0`))).toEqual([
      400,
      'VersionNegotiationFailed',
      'acceptVersions',
    ]);
  },
  'DescribeFeatureTypeTests.describeAllFeatureTypes': async () => {
    const schema = parseXml(await (await kvp('request=DescribeFeatureType')).text(), FILE_LIMITS);
    const elements = childrenOf(schema, 'element').map(({ attributes }) => `bl:${attributes['name']}`);
    expect(elements).toEqual(expect.arrayContaining(TYPES));
  },
  'DescribeFeatureTypeTests.describeUnknownFeatureType': async () => {
    const asked = `request=DescribeFeatureType&typeNames=ns1:Unknown&namespaces=${encodeURIComponent('xmlns(ns1,http://example.org)')}`;
    expect(await refusal(await kvp(asked))).toEqual([400, 'InvalidParameterValue', 'typeNames']);
  },
  'ListStoredQueriesTests.listStoredQueries': async () => {
    const listed = childrenOf(await answer(await kvp('request=ListStoredQueries')), 'StoredQuery');
    expect(listed.map(({ attributes }) => attributes['id'])).toContain(GET_BY_ID);
    const returned = listed.flatMap((each) => childrenOf(each, 'ReturnFeatureType').map(({ text }) => text));
    expect(TYPES).toEqual(expect.arrayContaining(returned.filter((text) => text !== '')));
  },
  'DescribeStoredQueriesTests.describeAllStoredQueries': async () => {
    const root = await answer(await kvp('request=DescribeStoredQueries'));
    expect(childrenOf(root, 'StoredQueryDescription').length).toBeGreaterThan(0);
  },
  'DescribeStoredQueriesTests.describeStoredQuery_GetFeatureById': async () => {
    const root = await answer(
      await post(`<wfs:StoredQueryId>${GET_BY_ID}</wfs:StoredQueryId>`, 'DescribeStoredQueries'),
    );
    const [description] = childrenOf(root, 'StoredQueryDescription');
    expect(childrenOf(description ?? root, 'Parameter').map(({ attributes }) => attributes['name'])).toEqual([
      'id',
    ]);
  },
  'StoredQueryTests.unknownStoredQuery': async () => {
    const reply = await post('<wfs:StoredQuery id="http://docbook.org/ns/docbook"/>');
    expect((await refusal(reply)).slice(0, 2)).toEqual([400, 'InvalidParameterValue']);
  },
  'StoredQueryTests.invokeGetFeatureByIdWithUnknownID': async () => {
    const reply = await kvp(`request=GetFeature&storedQuery_id=${GET_BY_ID}&id=uuid-1234`);
    expect((await refusal(reply)).slice(0, 2)).toEqual([404, 'NotFound']);
  },
  'StoredQueryTests.invokeGetFeatureById': async () => {
    const id = await firstId();
    const root = await answer(
      await post(
        `<wfs:StoredQuery id="${GET_BY_ID}"><wfs:Parameter name="id">${id}</wfs:Parameter></wfs:StoredQuery>`,
      ),
    );
    expect([root.local, gmlIdOf(root)]).toEqual(['parcels', id]);
  },

  'BasicGetFeatureTests.getFeaturesByType': async () => {
    for (const type of TYPES) {
      const root = await answer(await kvp(`request=GetFeature&typeNames=${type}&count=5`));
      expect(members(root).every(({ local }) => `bl:${local}` === type)).toBe(true);
    }
  },
  'BasicGetFeatureTests.getFeatureInOtherCRS': async () => {
    const types = [...descendantsOf(await capabilities())].filter(({ local }) => local === 'FeatureType');
    const parcels = types.find((type) => childOf(type, 'Name')?.text === TYPE);
    const others = parcels ? childrenOf(parcels, 'OtherCRS').map(({ text }) => text) : [];
    expect(others.length).toBeGreaterThan(5);
    for (const srsName of others) {
      const root = await answer(
        await kvp(`request=GetFeature&typeNames=${TYPE}&count=2&srsName=${encodeURIComponent(srsName)}`),
      );
      const said = [...descendantsOf(root)].flatMap(({ attributes }) => attributes['srsName'] ?? []);
      expect(new Set(said)).toEqual(new Set([srsName]));
    }
  },
  'BasicGetFeatureTests.getFeatureInUnsupportedCRS': async () => {
    const reply = await kvp(`request=GetFeature&typeNames=${TYPE}&srsName=urn:ogc:def:crs:EPSG::32690`);
    expect(await refusal(reply)).toEqual([400, 'InvalidParameterValue', 'srsName']);
  },
  'GetPropertyValueTests.getProperty_gmlId': async () => {
    const root = await answer(await kvp(`request=GetPropertyValue&typeNames=${TYPE}&valueReference=@gml:id`));
    const read = childrenOf(root, 'member').map(({ text }) => text);
    expect(read).toEqual(ids(await answer(await kvp(`request=GetFeature&typeNames=${TYPE}`))));
  },
  'GetPropertyValueTests.getProperty_emptyValueRef': async () => {
    const reply = await post(`<wfs:Query typeNames="${TYPE}"/>`, 'GetPropertyValue', 'valueReference=""');
    expect((await refusal(reply))[2]).toBe('valueReference');
  },

  'ComparisonOperatorTests.propertyIsLessThan_matchAny': () =>
    storeysAre('PropertyIsLessThan', 'matchAction="Any"', (storeys) => storeys < 3),
  'ComparisonOperatorTests.propertyIsLessThan_matchAll': () =>
    storeysAre('PropertyIsLessThan', 'matchAction="All"', (storeys) => storeys < 3),
  'ComparisonOperatorTests.propertyIsGreaterThan_matchAny': () =>
    storeysAre('PropertyIsGreaterThan', 'matchAction="Any"', (storeys) => storeys > 3),
  'ComparisonOperatorTests.propertyIsGreaterThanEqualTo_matchAny': () =>
    storeysAre('PropertyIsGreaterThanOrEqualTo', 'matchAction="Any"', (storeys) => storeys >= 3),
  'ComparisonOperatorTests.propertyIsLessThanEqualTo_matchAny': () =>
    storeysAre('PropertyIsLessThanOrEqualTo', 'matchAction="Any"', (storeys) => storeys <= 3),
  'ComparisonOperatorTests.invalidPropertyReference': async () => {
    const reply = await where(compare('PropertyIsEqualTo', 'undefined', 'x'));
    expect((await refusal(reply)).slice(0, 2)).toEqual([400, 'InvalidParameterValue']);
  },
  'ComparisonOperatorTests.invalidOperand_boundedBy': async () => {
    const reply = await where(compare('PropertyIsGreaterThan', 'gml:boundedBy', 2001));
    expect((await refusal(reply))[0]).toBe(400);
  },
  'PropertyIsEqualToOperatorTests.propertyIsEqualTo_caseSensitive': async () => {
    for (const [value, found] of [
      ['B', expected('parcels', ({ land_use }) => land_use === 'B')],
      ['b', 0],
    ] as const) {
      const root = await answer(
        await where(compare('PropertyIsEqualTo', 'bl:land_use', value, 'matchCase="true"')),
      );
      expect([value, members(root).length]).toEqual([value, found]);
    }
  },
  'PropertyIsEqualToOperatorTests.propertyIsNotEqualTo_caseSensitive': async () => {
    for (const [value, found] of [
      ['B', expected('parcels', ({ land_use }) => land_use !== 'B')],
      ['b', PARCELS],
    ] as const) {
      const root = await answer(
        await where(compare('PropertyIsNotEqualTo', 'bl:land_use', value, 'matchCase="true"')),
      );
      expect([value, members(root).length]).toEqual([value, found]);
    }
  },
  'PropertyIsLikeOperatorTests.propertyIsLike': async () => {
    const like = `<fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="\\">${reference('bl:land_use')}${literal('R*')}</fes:PropertyIsLike>`;
    const uses = values(await answer(await where(like)), 'land_use');
    expect(uses.every((use) => use?.startsWith('R'))).toBe(true);
    expect(uses).toHaveLength(expected('parcels', ({ land_use }) => String(land_use).startsWith('R')));
  },
  'PropertyIsLikeOperatorTests.propertyIsNotLike': async () => {
    const unlike = `<fes:Not><fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="\\">${reference('bl:land_use')}${literal('R*')}</fes:PropertyIsLike></fes:Not>`;
    const uses = values(await answer(await where(unlike)), 'land_use');
    expect(uses.some((use) => use?.startsWith('R'))).toBe(false);
    expect(uses).toHaveLength(expected('parcels', ({ land_use }) => !String(land_use).startsWith('R')));
  },
  'PropertyIsNilOperatorTests.propertyIsNil': async () => {
    // Nothing is written with xsi:nil here: what has no value is left out.
    const root = await answer(
      await where(`<fes:PropertyIsNil>${reference('bl:map_sheet')}</fes:PropertyIsNil>`),
    );
    for (const feature of members(root)) {
      expect(
        childOf(feature, 'map_sheet')?.attributes['{http://www.w3.org/2001/XMLSchema-instance}nil'] ?? 'true',
      ).toBe('true');
    }
  },
  'PropertyIsNullOperatorTests.gmlNameIsNull': async () => {
    const root = await answer(
      await where(`<fes:PropertyIsNull>${reference('gml:name')}</fes:PropertyIsNull>`),
    );
    expect(members(root)).toHaveLength(PARCELS);
  },
  'PropertyIsNullOperatorTests.propertyIsNotNull': async () => {
    const root = await answer(
      await where(`<fes:Not><fes:PropertyIsNull>${reference('bl:map_sheet')}</fes:PropertyIsNull></fes:Not>`),
    );
    expect(values(root, 'map_sheet')).not.toContain(null);
    expect(members(root)).toHaveLength(expected('parcels', ({ map_sheet }) => map_sheet !== null));
  },
  'ResourceIdFilterTests.twoValidFeatureIdentifiers': async () => {
    const two = ids(await answer(await kvp(`request=GetFeature&typeNames=${TYPE}&count=2`)));
    const filter = two.map((id) => `<fes:ResourceId rid="${id}"/>`).join('');
    expect(ids(await answer(await where(filter))).sort()).toEqual([...two].sort());
    const asked = await kvp(`request=GetFeature&typeNames=${TYPE}&resourceId=${two.join()}`);
    expect(ids(await answer(asked)).sort()).toEqual([...two].sort());
  },
  'ResourceIdFilterTests.unknownFeatureIdentifier': async () => {
    const root = await answer(await where('<fes:ResourceId rid="test-abc.1"/>'));
    expect(members(root)).toEqual([]);
  },
  'ResourceIdFilterTests.inconsistentFeatureIdentifierAndType': async () => {
    const reply = await kvp(`request=GetFeature&typeNames=bl:buildings&resourceId=${await firstId()}`);
    expect((await refusal(reply)).slice(0, 2)).toEqual([400, 'InvalidParameterValue']);
  },
  'BBOXTests.nonSpecificBBOX': async () => {
    const box = `<fes:BBOX>${envelope(URN, ...CORNERS)}</fes:BBOX>`;
    expect(ids(await answer(await where(box)))).toHaveLength(2);
  },
  'BBOXTests.bboxWithDefaultExtent': async () => {
    const types = [...descendantsOf(await capabilities())].filter(({ local }) => local === 'FeatureType');
    const parcels = types.find((type) => childOf(type, 'Name')?.text === TYPE);
    const box = childOf(parcels, 'WGS84BoundingBox');
    const [low, high] = ['LowerCorner', 'UpperCorner'].map((name) => childOf(box, name)?.text ?? '');
    const filter = `<fes:BBOX>${reference('bl:geom')}${envelope('urn:ogc:def:crs:OGC:1.3:CRS84', low ?? '', high ?? '')}</fes:BBOX>`;
    expect(ids(await answer(await where(filter)))).toHaveLength(PARCELS);
  },
  'BBOXTests.invalidGeometryOperand': async () => {
    const box = `<fes:BBOX>${reference('bl:land_use')}${envelope(URN, ...CORNERS)}</fes:BBOX>`;
    expect((await refusal(await where(box)))[0]).toBe(400);
  },
  'IntersectsTests.intersectsPolygon': async () => {
    const ring = [
      [1, 1],
      [1, 39],
      [19, 39],
      [19, 1],
      [1, 1],
    ].map(([n = 0, e = 0]) => `${N + n} ${E + e}`);
    const polygon = `<gml:Polygon gml:id="p" srsName="${URN}"><gml:exterior><gml:LinearRing><gml:posList>${ring.join(' ')}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;
    const found = await answer(
      await where(`<fes:Intersects>${reference('bl:geom')}${polygon}</fes:Intersects>`),
    );
    expect(ids(found)).toHaveLength(2);
  },
  'IntersectsTests.intersectsCurve': async () => {
    const curve = `<gml:Curve gml:id="c" srsName="${URN}"><gml:segments><gml:LineStringSegment><gml:posList>${N + 5} ${E + 5} ${N + 5} ${E + 65}</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>`;
    const found = await answer(
      await where(`<fes:Intersects>${reference('bl:geom')}${curve}</fes:Intersects>`),
    );
    expect(ids(found)).toHaveLength(4);
  },
  'AfterTests.afterInstant': () =>
    since('After', instant('2017-01-01T00:00:00Z'), (moment) => moment > MIDDLE),
  'AfterTests.afterInstantWithOffset': () =>
    since('After', instant('2017-01-01T02:00:00+02:00'), (moment) => moment > MIDDLE),
  'AfterTests.afterPeriod': () =>
    since('After', period('2015-01-01T00:00:00Z', '2017-01-01T00:00:00Z'), (moment) => moment > MIDDLE),
  'BeforeTests.beforePeriod': () =>
    since('Before', period('2017-01-01T00:00:00Z', '2019-01-01T00:00:00Z'), (moment) => moment < MIDDLE),
  'DuringTests.duringPeriod': () =>
    since(
      'During',
      period('2015-01-01T00:00:00Z', '2017-01-01T00:00:00Z'),
      (moment) => moment > Date.parse('2015-01-01T00:00:00Z') && moment < MIDDLE,
    ),
  'PagingTests.getFeatureWithHitsOnly': async () => {
    const root = await answer(await kvp(`request=GetFeature&typeNames=${TYPE}&resultType=hits&count=10`));
    expect([root.attributes['numberMatched'], root.attributes['numberReturned']]).toEqual([
      `${PARCELS}`,
      '0',
    ]);
    expect(root.attributes['next']).toBeDefined();
    const first = await answer(await fetch(root.attributes['next'] ?? ''));
    expect(ids(first)).toHaveLength(10);
  },
  'PagingTests.traverseResultSetInBothDirections': async () => {
    let page = await answer(await kvp(`request=GetFeature&typeNames=${TYPE}&count=20`));
    const first = ids(page);
    const seen = [...first];
    while (page.attributes['next']) {
      page = await answer(await fetch(page.attributes['next']));
      seen.push(...ids(page));
    }
    expect([seen.length, new Set(seen).size]).toEqual([PARCELS, PARCELS]);
    while (page.attributes['previous']) page = await answer(await fetch(page.attributes['previous']));
    expect(ids(page)).toEqual(first);
  },
};

describe('ets-wfs20', () => {
  it.each(Object.keys(CASES))('%s', async (id) => {
    await CASES[id]?.();
  });
});
