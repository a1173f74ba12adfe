/** Reading by WFS 1.0.0 (02-058): xmllint with OGC's schemas judges; GML 2.1.2, Filter Encoding 1.0, easting always first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childOf, childrenOf, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { oldXmlJudge, readByGdal, tool, type XmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 40;
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const TYPES = SAMPLE_LAYERS.map(({ name }) => name);
const WFS = 'http://www.opengis.net/wfs';

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
}, 60_000);
afterAll(() => city.close());

const get = async (query: string) =>
  (await fetch(`${city.url}/wfs?service=WFS&version=1.0.0&${query}`)).text();
const post = async (inside: string, operation = 'GetFeature', attributes = '') =>
  (
    await fetch(`${city.url}/wfs`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: `<${operation} service="WFS" version="1.0.0" xmlns="${WFS}" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:bl="https://blizniak.pl/ns/1.0" ${attributes}>${inside}</${operation}>`,
    })
  ).text();
const idsIn = (text: string) =>
  childrenOf(parseXml(text), 'featureMember').flatMap(({ children }) =>
    children.map(({ attributes }) => attributes['fid']),
  );
const where = (filter: string) =>
  post(`<Query typeName="bl:parcels"><ogc:Filter>${filter}</ogc:Filter></Query>`).then(idsIn);
const tuples = (text: string) => [...text.matchAll(/<gml:coordinates>([^<]*)/g)].map(([, list = '']) => list);
/** The first two numbers of each position of 2.0, as pairs with the easting first. */
async function modernTuples(srsName: string) {
  const answer = await fetch(
    `${city.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&srsName=${srsName}`,
  );
  return [...(await answer.text()).matchAll(/<gml:posList>([^<]*)/g)].map(([, list = '']) =>
    list.replace(/(\S+) (\S+)/g, '$1,$2'),
  );
}

describeWithSharedData('every answer of 1.0.0 is valid against the schemas of OGC', () => {
  let features: XmlJudge;
  let capabilities: XmlJudge;
  let faults: XmlJudge;
  beforeAll(async () => {
    features = await oldXmlJudge(
      { [WFS]: 'wfs/1.0.0/WFS-basic.xsd' },
      await get('request=DescribeFeatureType'),
    );
    capabilities = await oldXmlJudge({ [WFS]: 'wfs/1.0.0/WFS-capabilities.xsd' });
    faults = await oldXmlJudge({ 'http://www.opengis.net/ogc': 'wfs/1.0.0/OGC-exception.xsd' });
  });
  afterAll(async () => {
    for (const judge of [features, capabilities, faults]) await judge.close();
  });

  it('capabilities, features of every type, and faults', async () => {
    expect(
      await capabilities.faults(await get('request=GetCapabilities'), await post('', 'GetCapabilities')),
    ).toBe('');
    const answers = [
      ...(await Promise.all(TYPES.map((type) => get(`request=GetFeature&typeName=bl:${type}`)))),
      await get(`request=GetFeature&typeName=${TYPES.join()}&maxFeatures=3`),
      await get('request=GetFeature&typeName=parcels&srsName=EPSG:4326&bbox=0,0,1,1'),
      await get('request=GetFeature&typeName=parcels&outputFormat=GML2'),
    ];
    expect(await features.faults(...answers)).toBe('');
    const broken = answers.at(-1)?.replaceAll('gml:outerBoundaryIs', 'gml:exterior') ?? '';
    expect(await features.faults(broken)).not.toBe('');
    expect(
      await faults.faults(
        await get('request=GetFeature&typeName=moons'),
        await get('request=GetFeature&typeName=parcels&resultType=hits'),
        await get('request=GetFeature&typeName=parcels&outputFormat=gml32'),
      ),
    ).toBe('');
  });
});

describe('requests of 1.0.0', () => {
  it.each(['EPSG:2177', 'urn:ogc:def:crs:EPSG::2177', ''])(
    'have the easting first and EPSG:n for a name, asked for "%s"',
    async (srsName) => {
      const text = await get(`request=GetFeature&typeName=bl:parcels&srsName=${srsName}`);
      expect(tuples(text)).toHaveLength(PARCELS);
      expect(tuples(text)).toEqual(await modernTuples('EPSG:2177'));
      const names = [...descendantsOf(parseXml(text))].flatMap(
        ({ attributes }) => attributes['srsName'] ?? [],
      );
      expect(new Set(names)).toEqual(new Set(['EPSG:2177']));
    },
  );

  it('have the longitude first in degrees', async () => {
    const text = await get('request=GetFeature&typeName=parcels&srsName=urn:ogc:def:crs:EPSG::4326');
    expect(tuples(text)).toEqual(await modernTuples('EPSG:4326'));
  });

  it('have heights as the third number', async () => {
    const text = await get('request=GetFeature&typeName=buildings_3d');
    const numbers = tuples(text).flatMap((list) =>
      list.split(' ').map((tuple) => tuple.split(',').map(Number)),
    );
    expect(new Set(numbers.map((tuple) => tuple.length))).toEqual(new Set([3]));
    expect(new Set(numbers.map(([, , height]) => height))).toEqual(new Set([71.25, 80.75]));
  });

  it('are filtered as Filter Encoding 1.0 says: boxes of coordinates or of coord, identifiers, distances', async () => {
    const box = (corners: string, srsName = 'EPSG:2177') =>
      `<ogc:BBOX><ogc:PropertyName>bl:geom</ogc:PropertyName><gml:Box srsName="${srsName}">${corners}</gml:Box></ogc:BBOX>`;
    const tuplesOfBox = `<gml:coordinates>${E + 1},${N + 1} ${E + 39},${N + 19}</gml:coordinates>`;
    const coord = (x: number, y: number) => `<gml:coord><gml:X>${x}</gml:X><gml:Y>${y}</gml:Y></gml:coord>`;
    const found = await where(box(tuplesOfBox));
    expect(found).toHaveLength(2);
    expect(await where(box(coord(E + 1, N + 1) + coord(E + 39, N + 19)))).toEqual(found);
    expect(await where(box(tuplesOfBox, 'urn:ogc:def:crs:EPSG::2177'))).toEqual(found);
    expect(
      idsIn(await get(`request=GetFeature&typeName=parcels&bbox=${E + 1},${N + 1},${E + 39},${N + 19}`)),
    ).toEqual(found);
    const ids = found.map((fid) => `<ogc:FeatureId fid="${fid}"/>`).join('');
    expect(await where(ids)).toEqual(found);
    expect(
      idsIn(
        await get(
          `request=GetFeature&typeName=parcels&featureId=${found.map((fid) => encodeURIComponent(String(fid))).join()}`,
        ),
      ),
    ).toEqual(found);
    const near = `<ogc:DWithin><ogc:PropertyName>geom</ogc:PropertyName><gml:Point srsName="EPSG:2177"><gml:coordinates>${E - 3},${N + 5}</gml:coordinates></gml:Point><ogc:Distance units="m">4</ogc:Distance></ogc:DWithin>`;
    expect(await where(near)).toHaveLength(1);
    const like =
      '<ogc:PropertyIsLike wildCard="*" singleChar="." escape="!"><ogc:PropertyName>land_use</ogc:PropertyName><ogc:Literal>B*</ogc:Literal></ogc:PropertyIsLike>';
    const expected = sampleFeatures(PARCELS).filter(
      ({ layer, properties }) => layer === 'parcels' && String(properties['land_use']).startsWith('B'),
    );
    expect(await where(like)).toHaveLength(expected.length);
  });

  it('give some of the properties, as many objects as are wanted, and another format', async () => {
    const text = await post(
      '<Query typeName="bl:parcels"><ogc:PropertyName>bl:land_use</ogc:PropertyName></Query>',
      'GetFeature',
      'maxFeatures="5"',
    );
    expect(idsIn(text)).toHaveLength(5);
    expect(tuples(text)).toEqual([]);
    const json = JSON.parse(await get('request=GetFeature&typeName=parcels&outputFormat=application/json'));
    expect(json.features).toHaveLength(PARCELS);
    const hits = parseXml(await get('request=GetFeature&typeName=parcels&resultType=hits'));
    expect(childOf(hits, 'ServiceException')?.attributes).toMatchObject({ locator: 'resultType' });
  });
});

describe('clients of 1.0.0', () => {
  // Of solids GDAL keeps the plan only: GML 2.1.2 has no place in which it looks for the number of dimensions.
  it('GDAL finds by box and by value what it finds by 2.0', async () => {
    const found = (version: string) =>
      readByGdal(`WFS:${city.url}/wfs?VERSION=${version}`, 'bl:parcels', [
        ...['-spat', ...[E + 1, N + 1, E + 39, N + 19].map(String)],
        ...['-where', "parcel_number <> 'none'"],
      ]);
    const [old, modern] = [await found('1.0.0'), await found('2.0.0')];
    const places = ({ features }: typeof old) => features.map(({ geometry }) => geometry);
    expect(places(old)).toHaveLength(2);
    expect(places(old)).toEqual(places(modern));
  });

  it('OWSLib reads capabilities, schema and features', async () => {
    const script = `
import json, sys
from owslib.wfs import WebFeatureService
wfs = WebFeatureService(sys.argv[1] + '/wfs', version='1.0.0')
answer = wfs.getfeature(typename=['bl:parcels'], bbox=(6427001, 5808001, 6427039, 5808019), srsname='EPSG:2177', maxfeatures=9).read()
print(json.dumps({'version': wfs.version, 'types': list(wfs.contents), 'crs': str(wfs['bl:parcels'].crsOptions[0]),
  'degrees': [round(n) for n in wfs['bl:parcels'].boundingBoxWGS84], 'schema': wfs.get_schema('bl:parcels')['properties']['registered_area_ha'], 'found': answer.decode().count('<bl:parcels ')}))`;
    const read = JSON.parse(await tool('/usr/bin/python3', ['-c', script, city.url]));
    expect(read).toMatchObject({
      ...{ version: '1.0.0', crs: 'urn:ogc:def:crs:EPSG::2177', schema: 'double' },
      types: TYPES.map((name) => `bl:${name}`),
      ...{ degrees: [17, 52, 17, 52], found: 2 },
    });
  });
});
