/** Reading by WFS 1.1.0 (04-094): xmllint with OGC's schemas judges, GDAL, OWSLib and QGIS read what they read by 2.0. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childOf, childrenOf, childText, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';
import { oldXmlJudge, readByGdal, tool, type XmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 40;
const FEATURES = sampleFeatures(PARCELS);
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const TYPES = SAMPLE_LAYERS.map(({ name }) => name);

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
}, 60_000);
afterAll(() => city.close());

const get = async (query: string, version = '1.1.0') =>
  (await fetch(`${city.url}/wfs?service=WFS&version=${version}&${query}`)).text();
const post = async (inside: string, attributes = '') =>
  (
    await fetch(`${city.url}/wfs`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: `<wfs:GetFeature service="WFS" version="1.1.0" xmlns:wfs="http://www.opengis.net/wfs" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:bl="https://blizniak.pl/ns/1.0" ${attributes}>${inside}</wfs:GetFeature>`,
    })
  ).text();
const idsIn = (text: string) =>
  childrenOf(parseXml(text), 'featureMember').flatMap(({ children }) =>
    children.map(({ attributes }) => attributes['{http://www.opengis.net/gml}id']?.replace('parcels-', '')),
  );
const where = (filter: string, more = '') =>
  post(`<wfs:Query typeName="bl:parcels" ${more}><ogc:Filter>${filter}</ogc:Filter></wfs:Query>`);
const envelope = (srsName: string, low: string, high: string) =>
  `<ogc:BBOX><ogc:PropertyName>bl:geom</ogc:PropertyName><gml:Envelope srsName="${srsName}"><gml:lowerCorner>${low}</gml:lowerCorner><gml:upperCorner>${high}</gml:upperCorner></gml:Envelope></ogc:BBOX>`;

describeWithSharedData('every answer of 1.1.0 is valid against the schemas of OGC', () => {
  let judge: XmlJudge;
  beforeAll(async () => {
    judge = await oldXmlJudge(
      {
        'http://www.opengis.net/wfs': 'wfs/1.1.0/wfs.xsd',
        'http://www.opengis.net/ows': 'ows/1.0.0/owsAll.xsd',
      },
      await get('request=DescribeFeatureType'),
    );
  });
  afterAll(() => judge.close());

  it('capabilities, features of every type, counts and faults', async () => {
    const answers = [
      await get('request=GetCapabilities'),
      ...(await Promise.all(TYPES.map((type) => get(`request=GetFeature&typeName=bl:${type}`)))),
      await get(`request=GetFeature&typeName=${TYPES.join()}&maxFeatures=3`),
      await get('request=GetFeature&typeName=parcels&resultType=hits'),
      await get('request=GetFeature&typeName=nothing'),
      await get('request=GetFeature&typeName=parcels&srsName=EPSG:4326'),
    ];
    expect(await judge.faults(...answers)).toBe('');
    expect(
      await judge.faults(answers[1]?.replace('<bl:id>', '<bl:odd>').replace('</bl:id>', '</bl:odd>') ?? ''),
    ).not.toBe('');
  });
});

describe('requests of 1.1.0', () => {
  it('get the version that was agreed upon', async () => {
    const versionOf = async (query: string) => {
      const root = parseXml(
        await (await fetch(`${city.url}/wfs?service=WFS&request=GetCapabilities${query}`)).text(),
      );
      return root.local === 'ExceptionReport'
        ? childOf(root, 'Exception')?.attributes['exceptionCode']
        : root.attributes['version'];
    };
    for (const [query, version] of [
      ['', '2.0.0'],
      ['&version=2.0.0', '2.0.0'],
      ['&version=2.0.2', '2.0.0'],
      ['&version=1.1.0', '1.1.0'],
      ['&version=1.0.0', '1.0.0'],
      ['&version=0.0.14', '1.0.0'],
      ['&version=9.9.9', '2.0.0'],
      ['&acceptVersions=1.1.0,2.0.0', '1.1.0'],
      ['&acceptVersions=1.0.0', '1.0.0'],
      ['&acceptVersions=3.0.0,2.0.0,1.1.0', '2.0.0'],
      ['&acceptVersions=0.5.0', 'VersionNegotiationFailed'],
    ] as const) {
      expect([query, await versionOf(query)]).toEqual([query, version]);
    }
  });

  it('say how many features there are, and give as many as are wanted, sorted, with the properties that are wanted', async () => {
    const hits = parseXml(await get('request=GetFeature&typeName=bl:parcels&resultType=hits'));
    expect([hits.attributes['numberOfFeatures'], hits.children.length]).toEqual([String(PARCELS), 0]);
    const text = await get(
      'request=GetFeature&typeName=bl:parcels&maxFeatures=5&sortBy=id D&propertyName=land_use',
    );
    const all = FEATURES.filter(({ layer }) => layer === 'parcels').map(({ id }) => id);
    expect(idsIn(text)).toEqual(all.toSorted().toReversed().slice(0, 5));
    const [member] = childrenOf(parseXml(text), 'featureMember');
    expect([...descendantsOf(member ?? hits)].some(({ local }) => local === 'geom')).toBe(false);
    const two = idsIn(text).slice(0, 2);
    const named = await get(
      `request=GetFeature&typeName=bl:parcels&featureId=${two.map((id) => `parcels-${encodeURIComponent(String(id))}`).join()}`,
    );
    expect(idsIn(named).toSorted()).toEqual(two.toSorted());
  });

  it('are filtered as Filter Encoding 1.1 says, in the axis order of each spelling', async () => {
    const north = [`${N + 1} ${E + 1}`, `${N + 19} ${E + 39}`] as const;
    const east = [`${E + 1} ${N + 1}`, `${E + 39} ${N + 19}`] as const;
    expect(idsIn(await where(envelope('urn:ogc:def:crs:EPSG::2177', ...north)))).toHaveLength(2);
    expect(idsIn(await where(envelope('EPSG:2177', ...east)))).toHaveLength(2);
    expect(
      idsIn(await where(envelope('http://www.opengis.net/gml/srs/epsg.xml#2177', ...east))),
    ).toHaveLength(2);
    const equal =
      '<ogc:PropertyIsEqualTo><ogc:PropertyName>bl:land_use</ogc:PropertyName><ogc:Literal>B</ogc:Literal></ogc:PropertyIsEqualTo>';
    const expected = FEATURES.filter(
      ({ layer, properties }) => layer === 'parcels' && properties['land_use'] === 'B',
    );
    expect(idsIn(await where(equal))).toHaveLength(expected.length);
    const found = await where(`<ogc:And>${equal}<ogc:Not>${equal}</ogc:Not></ogc:And>`);
    expect(idsIn(found)).toEqual([]);
    const sorted = await post(
      '<wfs:Query typeName="bl:parcels"><ogc:SortBy><ogc:SortProperty><ogc:PropertyName>bl:id</ogc:PropertyName><ogc:SortOrder>DESC</ogc:SortOrder></ogc:SortProperty></ogc:SortBy></wfs:Query>',
      'maxFeatures="2"',
    );
    expect(idsIn(sorted)).toHaveLength(2);
    expect(String(idsIn(sorted)[0]) > String(idsIn(sorted)[1])).toBe(true);
  });

  it.each(['urn:ogc:def:crs:EPSG::4326', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::2177', 'EPSG:2177', ''])(
    'have the coordinates of 2.0 in %s',
    async (srsName) => {
      const positions = (text: string) => [...text.matchAll(/<gml:posList>([^<]*)/g)].map(([, list]) => list);
      const old = positions(await get(`request=GetFeature&typeName=parcels&srsName=${srsName}`));
      expect(old).toHaveLength(PARCELS);
      expect(old).toEqual(
        positions(await get(`request=GetFeature&typeNames=parcels&srsName=${srsName}`, '2.0.0')),
      );
    },
  );

  it('say faults in their own form, and come in other formats', async () => {
    const fault = parseXml(await get('request=GetFeature&typeName=moons'));
    expect([fault.namespace, childOf(fault, 'Exception')?.attributes['exceptionCode']]).toEqual([
      'http://www.opengis.net/ows',
      'InvalidParameterValue',
    ]);
    expect(childText(childOf(fault, 'Exception'), 'ExceptionText')).toContain('parcels');
    const json = JSON.parse(await get('request=GetFeature&typeName=parcels&outputFormat=application/json'));
    expect(json.features).toHaveLength(PARCELS);
    const modern = parseXml(
      await get('request=GetFeature&typeName=parcels&outputFormat=application/gml%2Bxml; version=3.2'),
    );
    expect(childOf(modern, 'Exception')?.attributes['locator']).toBe('outputFormat');
  });
});

describe('clients', () => {
  it('GDAL reads by 1.1.0 what it reads by 2.0', async () => {
    for (const type of ['parcels', 'buildings_3d']) {
      const [old, modern] = await Promise.all(
        ['1.1.0', '2.0.0'].map((version) =>
          readByGdal(`WFS:${city.url}/wfs?VERSION=${version}`, `bl:${type}`),
        ),
      );
      const places = (read: typeof old) =>
        new Map(read?.features.map(({ properties, geometry }) => [properties['id'], geometry]));
      expect(places(old).size).toBeGreaterThan(0);
      expect(places(old)).toEqual(places(modern));
    }
    const { features } = await readByGdal(`WFS:${city.url}/wfs?VERSION=1.1.0`, 'bl:parcels', [
      ...['-spat', ...[E + 1, N + 1, E + 39, N + 19].map(String)],
      ...['-where', "parcel_number <> 'none'"],
    ]);
    expect(features).toHaveLength(2);
  });

  it('OWSLib reads capabilities, schema and features', async () => {
    const script = `
import json, sys
from owslib.wfs import WebFeatureService
wfs = WebFeatureService(sys.argv[1] + '/wfs', version='1.1.0')
answer = wfs.getfeature(typename=['bl:parcels'], bbox=(6427001, 5808001, 6427039, 5808019), srsname='EPSG:2177', maxfeatures=9).read()
print(json.dumps({'version': wfs.version, 'types': list(wfs.contents), 'crs': str(wfs['bl:parcels'].crsOptions[0]),
  'schema': wfs.get_schema('bl:parcels')['properties']['registered_area_ha'], 'found': answer.decode().count('<bl:parcels ')}))`;
    const read = JSON.parse(await tool('/usr/bin/python3', ['-c', script, city.url]));
    expect(read).toMatchObject({
      ...{ version: '1.1.0', crs: 'urn:ogc:def:crs:EPSG::2177', schema: 'double' },
      types: TYPES.map((name) => `bl:${name}`),
      found: 2,
    });
  });

  it.skipIf(!HAS_QGIS)(
    `QGIS${QGIS_NOTE} finds parcels where 2.0 has them, by 1.1.0 and by 1.0.0`,
    async () => {
      const script = `
answer = {}
for version in ('1.1.0', '1.0.0', '2.0.0'):
  for srid in (2177, 4326):
    source = QgsDataSourceUri()
    for key, value in dict(url=sys.argv[1] + '/wfs', typename='bl:parcels', version=version, srsname='EPSG:%d' % srid).items():
      source.setParam(key, value)
    layer = QgsVectorLayer(source.uri(False), 'parcels', 'WFS')
    answer.setdefault(str(srid), []).append(sorted([f['id'], round(f.geometry().vertexAt(0).x(), 7), round(f.geometry().vertexAt(0).y(), 7)] for f in layer.getFeatures()))`;
      const answer = await askQgis<Record<string, readonly (readonly unknown[])[]>>(script, [city.url]);
      for (const [old, oldest, modern] of Object.values(answer)) {
        expect(old).toHaveLength(PARCELS);
        expect([old, oldest]).toEqual([modern, modern]);
      }
    },
  );
});
