/** Stored queries that staff keep (09-025r2, 14). Cases of ets-wfs20 bear their names; xmllint with OGC's schemas judges. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childOf, childrenOf, childText, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { sharedData } from '../support/shared-data.ts';
import { type XmlJudge, xmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 23;
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const LANGUAGE = 'urn:ogc:def:queryLanguage:OGC-WFS::WFS_QueryExpression';
const BY_TYPE = 'urn:example:wfs2-query:GetFeatureByTypeName';

let city: StoredCity;
let judge: XmlJudge | undefined;
beforeAll(async () => {
  city = await storedCity(PARCELS);
  const schema = await fetch(`${city.url}/wfs?service=WFS&version=2.0.0&request=DescribeFeatureType`);
  if (existsSync(sharedData('ogc-schemas'))) judge = await xmlJudge(await schema.text());
}, 60_000);
afterAll(async () => {
  await judge?.close();
  await city.close();
});

async function ask(request: RequestInit, address = '') {
  const reply = await fetch(`${city.url}/wfs${address}`, request);
  const text = await reply.text();
  expect(await judge?.faults(text)).toBe(judge && '');
  const root = parseXml(text);
  const exception = childOf(root, 'Exception');
  const { exceptionCode: code, locator } = exception?.attributes ?? {};
  const members = childrenOf(root, 'member').flatMap(({ children }) => children);
  return { status: reply.status, root, text, fault: [reply.status, code, locator], members };
}
const get = (query: string, who = '') =>
  ask({ headers: { authorization: who } }, `?service=WFS&version=2.0.0&${query}`);
const post = (name: string, attributes: string, inside = '', who = 'anna') =>
  ask({
    method: 'POST',
    headers: { 'content-type': 'application/xml', authorization: who },
    body: `<wfs:${name} service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:bl="https://blizniak.pl/ns/1.0" ${attributes}>${inside}</wfs:${name}>`,
  });
interface Definition {
  readonly id: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: string;
  readonly returns?: string;
  readonly language?: string;
  readonly isPrivate?: boolean;
}
const written = ({ id, parameters, query, returns = '', language = LANGUAGE, isPrivate }: Definition) =>
  `<wfs:StoredQueryDefinition id="${id}"><wfs:Title xml:lang="en">Objects &amp; more</wfs:Title><wfs:Title xml:lang="pl">Obiekty</wfs:Title>${Object.entries(
    parameters,
  )
    .map(([name, type]) => `<wfs:Parameter name="${name}" type="${type}"/>`)
    .join(
      '',
    )}<wfs:QueryExpressionText returnFeatureTypes="${returns}" language="${language}" isPrivate="${isPrivate ?? false}">${query}</wfs:QueryExpressionText></wfs:StoredQueryDefinition>`;
const create = (definition: Definition, who?: string) =>
  post('CreateStoredQuery', '', written(definition), who);
const drop = (id: string, who?: string) => post('DropStoredQuery', `id="${id}"`, '', who);
const call = (id: string, parameters: string) =>
  get(`request=GetFeature&storedQuery_Id=${encodeURIComponent(id)}&${parameters}`);

const byType: Definition = {
  id: BY_TYPE,
  parameters: { typeName: 'xsd:QName' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the place of a parameter
  query: '<wfs:Query typeNames="${typeName}"/>',
};
const compare = (operator: string, property: string, value: string) =>
  `<fes:${operator}><fes:ValueReference>${property}</fes:ValueReference><fes:Literal>${value}</fes:Literal></fes:${operator}>`;
const where = (filter: string, type = 'bl:parcels') =>
  `<wfs:Query typeNames="${type}"><fes:Filter>${filter}</fes:Filter></wfs:Query>`;
const place = (name: string) => `\${${name}}`;
const within: Definition = {
  id: 'urn:x:parcels-within',
  parameters: { area: 'gml:PolygonType', least: 'xsd:double' },
  returns: 'bl:parcels',
  query: where(
    `<fes:And>${compare('PropertyIsGreaterThan', 'bl:registered_area_ha', place('least'))}<fes:Intersects><fes:ValueReference>bl:geom</fes:ValueReference>${place('area')}</fes:Intersects></fes:And>`,
  ),
};
const square = (attributes: string) =>
  `<gml:Polygon ${attributes} srsName="urn:ogc:def:crs:EPSG::2177"><gml:exterior><gml:LinearRing><gml:posList>${N + 1} ${E + 1} ${N + 19} ${E + 1} ${N + 19} ${E + 39} ${N + 1} ${E + 39} ${N + 1} ${E + 1}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;

describe('stored queries (ets-wfs20)', () => {
  it('StoredQueryManagement.supportedStoredQueryLanguages', async () => {
    const { root } = await get('request=GetCapabilities');
    const named = [...descendantsOf(root)].find(
      ({ attributes }) => attributes['name'] === 'CreateStoredQuery',
    );
    const language = [...descendantsOf(named ?? root)].find(
      ({ attributes }) => attributes['name'] === 'language',
    );
    expect(childText(childOf(language, 'AllowedValues'), 'Value')).toBe(LANGUAGE);
    const manages = [...descendantsOf(root)].find(
      ({ attributes }) => attributes['name'] === 'ManageStoredQueries',
    );
    expect(childText(manages, 'DefaultValue')).toBe('TRUE');
  });

  it('CreateStoredQueryTests.createGetFeatureByTypeName', async () => {
    const made = await create(byType);
    expect([made.status, made.root.local]).toEqual([200, 'CreateStoredQueryResponse']);
    for (const type of ['parcels', 'buildings']) {
      const { status, members } = await call(BY_TYPE, `typeName=bl:${type}`);
      expect(status).toBe(200);
      expect(new Set(members.map(({ local }) => local))).toEqual(new Set([type]));
    }
    await drop(BY_TYPE);
  });

  it('CreateStoredQueryTests.createStoredQueryWithUnsupportedQueryLanguage', async () => {
    const { fault } = await create({ ...byType, language: 'http://qry.example.org' });
    expect(fault).toEqual([400, 'InvalidParameterValue', 'language']);
  });

  it('CreateStoredQueryTests.duplicateQuery', async () => {
    await create(byType);
    expect((await create(byType)).fault).toEqual([409, 'DuplicateStoredQueryIdValue', BY_TYPE]);
    await drop(BY_TYPE);
  });

  it('DropStoredQueryTests.dropStoredQuery', async () => {
    await create(byType);
    const dropped = await drop(BY_TYPE);
    expect([dropped.status, dropped.root.local]).toEqual([200, 'DropStoredQueryResponse']);
    expect((await call(BY_TYPE, 'typeName=bl:parcels')).fault).toEqual([
      400,
      'InvalidParameterValue',
      'storedQuery_Id',
    ]);
  });

  it('DropStoredQueryTests.dropNonexistentQuery', async () => {
    expect((await drop('urn:uuid:0')).fault).toEqual([400, 'InvalidParameterValue', 'id']);
  });
});

describe('stored queries', () => {
  it('answer by KVP and by XML, with geometries and numbers as parameters, page by page', async () => {
    expect((await create(within)).status).toBe(200);
    const area = encodeURIComponent(square('gml:id="p" xmlns:gml="http://www.opengis.net/gml/3.2"'));
    const page = await call(within.id, `area=${area}&least=0.01&count=1`);
    expect([page.root.attributes['numberMatched'], page.members.length]).toEqual(['2', 1]);
    const next = await fetch(page.root.attributes['next'] ?? '');
    expect(childrenOf(parseXml(await next.text()), 'member')).toHaveLength(1);
    const posted = await post(
      'GetFeature',
      '',
      `<wfs:StoredQuery id="${within.id}"><wfs:Parameter name="area">${square('gml:id="p"')}</wfs:Parameter><wfs:Parameter name="least">0</wfs:Parameter></wfs:StoredQuery>`,
      '',
    );
    expect(posted.members).toHaveLength(2);
    await drop(within.id);
  });

  it('are listed and described with words, parameters and text, which a private one keeps', async () => {
    await create(within);
    await create({ ...byType, isPrivate: true });
    const listed = (await get('request=ListStoredQueries')).root.children.map(
      ({ attributes }) => attributes['id'],
    );
    expect(listed).toEqual(['urn:ogc:def:query:OGC-WFS::GetFeatureById', BY_TYPE, within.id]);
    const { root, text } = await get(`request=DescribeStoredQueries&storedQuery_Id=${BY_TYPE},${within.id}`);
    const [byTypeTold, withinTold] = root.children;
    expect(childrenOf(withinTold ?? root, 'Title').map((title) => title.text)).toEqual([
      'Objects & more',
      'Obiekty',
    ]);
    expect(childrenOf(withinTold ?? root, 'Parameter').map(({ attributes }) => attributes['type'])).toEqual([
      'gml:PolygonType',
      'xsd:double',
    ]);
    expect(childOf(withinTold, 'QueryExpressionText')?.attributes['returnFeatureTypes']).toBe('bl:parcels');
    expect(text).toContain(place('area'));
    expect(childOf(byTypeTold, 'QueryExpressionText')?.children).toEqual([]);
    for (const id of [BY_TYPE, within.id]) await drop(id);
  });

  it('are kept and dropped by staff only', async () => {
    expect((await create(byType, '')).status).toBe(401);
    expect((await create(byType, 'guest')).status).toBe(403);
    await create(byType);
    expect((await drop(BY_TYPE, 'guest')).status).toBe(403);
    expect((await get(`request=DropStoredQuery&storedQuery_Id=${BY_TYPE}`)).status).toBe(401);
    expect((await get(`request=DropStoredQuery&storedQuery_Id=${BY_TYPE}`, 'anna')).status).toBe(200);
  });

  const least = { least: 'xsd:double' };
  it.each<[string, Partial<Definition>, string]>([
    ['an unknown type', { query: '<wfs:Query typeNames="bl:moons"/>', parameters: {} }, 'typeNames'],
    ['an unknown property', { query: where(compare('PropertyIsEqualTo', 'bl:nothing', place('least'))) }, ''],
    ['text for a number', { parameters: { least: 'xsd:string' } }, 'filter'],
    ['a type of parameters that is not known', { parameters: { least: 'xsd:duration' } }, 'least'],
    ['a place without a parameter', { parameters: {} }, 'least'],
    ['a parameter without a place', { parameters: { ...least, most: 'xsd:int' } }, 'most'],
    ['a parameter that requests have', { parameters: { count: 'xsd:int' } }, 'count'],
    ['another answer than it says', { returns: 'bl:buildings' }, 'returnFeatureTypes'],
    ['a join', { query: '<wfs:Query typeNames="bl:parcels bl:buildings"/>', parameters: {} }, 'typeNames'],
  ])('are refused with %s', async (_, wrong, locator) => {
    const sound = { id: 'urn:x:large', parameters: least, returns: 'bl:parcels' };
    const query = where(compare('PropertyIsGreaterThan', 'bl:registered_area_ha', place('least')));
    const { fault } = await create({ ...sound, query, ...wrong });
    expect(fault[0]).toBe(400);
    if (locator) expect(fault[2]).toBe(locator);
    expect((await get('request=ListStoredQueries')).root.children).toHaveLength(1);
  });

  it('keep none of several when one is at fault, and refuse values of another type', async () => {
    const large: Definition = {
      ...{ id: 'urn:x:large', parameters: least },
      query: where(compare('PropertyIsGreaterThan', 'bl:registered_area_ha', place('least'))),
    };
    const both = await post('CreateStoredQuery', '', written(large) + written({ ...large, language: 'x' }));
    expect(both.status).toBe(400);
    const twice = await post('CreateStoredQuery', '', written(large) + written(large));
    expect(twice.fault[1]).toBe('DuplicateStoredQueryIdValue');
    expect((await get('request=ListStoredQueries')).root.children).toHaveLength(1);
    await create(large);
    expect((await call(large.id, 'least=much')).fault).toEqual([400, 'InvalidParameterValue', 'least']);
    expect((await call(large.id, '')).fault).toEqual([400, 'MissingParameterValue', 'least']);
    expect((await call(large.id, 'LEAST=0')).members).toHaveLength(PARCELS);
    await drop(large.id);
  });
});
