/** WFS 2.0 against the schemas of OGC and the readers that people use (A.2, B.2, B.3 of the reference). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVED_CRS } from '../../core/geo/crs.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { projected, readByGdal, tool, type XmlJudge, xmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 420;
const FEATURES = sampleFeatures(PARCELS);
const countOf = (layer: string) => FEATURES.filter((feature) => feature.layer === layer).length;
const TYPES = ['parcels', 'buildings', 'buildings_3d'] as const;

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
});
afterAll(() => city.close());

const wfs = async (query: string): Promise<string> =>
  (await fetch(`${city.url}/wfs?service=WFS&version=2.0.0&${query}`)).text();
const post = async (inside: string, root = 'GetFeature'): Promise<string> =>
  (
    await fetch(`${city.url}/wfs`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: `<wfs:${root} service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="https://blizniak.pl/ns/1.0">${inside}</wfs:${root}>`,
    })
  ).text();

describeWithSharedData('every answer is valid against the schemas of OGC', () => {
  let judge: XmlJudge;
  beforeAll(async () => {
    judge = await xmlJudge(await wfs('request=DescribeFeatureType'));
  });
  afterAll(() => judge.close());

  it.each([
    'request=GetCapabilities',
    'request=GetCapabilities&AcceptLanguages=en',
    'request=GetCapabilities&sections=ServiceIdentification,FeatureTypeList',
    ...TYPES.map((name) => `request=GetFeature&typeNames=${name}`),
    'request=GetFeature&typeNames=buildings_3d&srsName=urn:ogc:def:crs:EPSG::4326&count=5',
    'request=GetFeature&typeNames=(parcels)(buildings)&count=30',
    'request=GetFeature&typeNames=parcels&resultType=hits',
    'request=GetFeature&typeNames=parcels&count=3&startIndex=3',
    'request=GetFeature&storedQuery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=parcels-306401_1.0021.AR_10.1-x2F-4',
    'request=GetPropertyValue&typeNames=parcels&valueReference=bl:land_use',
    'request=GetPropertyValue&typeNames=parcels&valueReference=geom&count=3',
    'request=GetPropertyValue&typeNames=parcels&valueReference=@gml:id&count=3',
    'request=ListStoredQueries',
    'request=DescribeStoredQueries',
    'request=Explode',
    'request=GetFeature&typeNames=<nobody>&count="1"',
    'request=GetFeature&typeNames=parcels&count=-1',
  ])('%s', async (query) => {
    expect(await judge.faults(await wfs(query))).toBe('');
  });

  it('refuses a document that breaks the schema of its type, so the judge does look', async () => {
    const broken = (await wfs('request=GetFeature&typeNames=parcels&count=1')).replace(
      /<bl:registered_area_ha>[^<]*/,
      '<bl:registered_area_ha>much',
    );
    expect(await judge.faults(broken)).toContain('registered_area_ha');
  });

  it('describes one type alone, too', async () => {
    const alone = await xmlJudge(await wfs('request=DescribeFeatureType&typeNames=bl:buildings'));
    expect(await alone.faults(await wfs('request=GetFeature&typeNames=bl:buildings&count=2'))).toBe('');
    await alone.close();
  });
});

describe('GDAL', () => {
  it('lists every type and counts what is in it', async () => {
    for (const type of TYPES) {
      const info = await tool('ogrinfo', ['-ro', '-so', `WFS:${city.url}/wfs`, `bl:${type}`]);
      expect(info).toContain(`Feature Count: ${countOf(type)}`);
      expect(info).toContain('ID["EPSG",2177]');
    }
  });

  it.each([2177, 4326, 2180, 3857])(
    'reads every parcel in EPSG:%d where PROJ says that it is',
    async (srid) => {
      const source = `WFS:${city.url}/wfs?SRSNAME=urn:ogc:def:crs:EPSG::${srid}`;
      const { features } = await readByGdal(source, 'bl:parcels');
      expect(features).toHaveLength(PARCELS);
      const corners = new Map(
        FEATURES.flatMap(({ layer, id, geometry }) =>
          layer === 'parcels' && geometry?.type === 'MultiPolygon'
            ? [[id, geometry.coordinates[0]?.[0]?.[0] ?? []] as const]
            : [],
        ),
      );
      const read = features.map(({ properties, geometry }) => ({
        corner: corners.get(String(properties['id'])) ?? [],
        ring: geometry.coordinates[0]?.[0] ?? [],
      }));
      const expected = await projected(
        read.map(({ corner }) => corner),
        2177,
        srid,
      );
      const tolerance = srid === 4326 ? 1e-8 : 0.001;
      const misplaced = read.filter(({ ring }, index) => {
        const [x = Number.NaN, y = Number.NaN] = expected[index] ?? [];
        return !ring.some(([a = 0, b = 0]) => Math.abs(a - x) <= tolerance && Math.abs(b - y) <= tolerance);
      });
      expect(misplaced).toEqual([]);
    },
  );

  it('reads heights of buildings', async () => {
    const { features } = await readByGdal(`WFS:${city.url}/wfs`, 'bl:buildings_3d');
    expect(features).toHaveLength(countOf('buildings_3d'));
    const heights = new Set(
      features.flatMap(({ geometry }) => geometry.coordinates.flat(2).map(([, , z]) => z)),
    );
    expect(heights).toEqual(new Set([71.25, 80.75]));
  });

  it('filters on the server, by property and by place', async () => {
    const source = `WFS:${city.url}/wfs`;
    const bare = await readByGdal(source, 'bl:parcels', ['-where', "land_use = 'B' AND parcel_number < '2'"]);
    const expected = FEATURES.filter(
      ({ layer, properties }) =>
        layer === 'parcels' && properties['land_use'] === 'B' && String(properties['parcel_number']) < '2',
    );
    expect(bare.features).toHaveLength(expected.length);
    const { easting, northing } = SAMPLE_ORIGIN;
    const box = [easting + 1, northing + 1, easting + 39, northing + 19].map(String);
    expect((await readByGdal(source, 'bl:parcels', ['-spat', ...box])).features).toHaveLength(2);
    const asked = city.log.map(({ fields }) => String(fields['query'] ?? ''));
    expect(asked.some((query) => /FILTER=.*land_use/i.test(query))).toBe(true);
    expect(asked.some((query) => /BBOX|Envelope/i.test(query))).toBe(true);
  });
});

describe('OWSLib', () => {
  it('reads the capabilities, the schema and features', async () => {
    const script = `
import json, sys
from owslib.wfs import WebFeatureService
wfs = WebFeatureService(sys.argv[1] + '/wfs', version='2.0.0')
box = wfs['bl:parcels'].boundingBoxWGS84
answer = wfs.getfeature(typename=['bl:parcels'], bbox=(6427001, 5808001, 6427039, 5808019, 'EPSG:2177'), outputFormat='application/json')
print(json.dumps({
  'types': list(wfs.contents), 'crs': str(wfs['bl:parcels'].crsOptions[0]), 'west': box[0], 'south': box[1],
  'schema': wfs.get_schema('bl:parcels')['properties']['registered_area_ha'],
  'found': len(json.loads(answer.read())['features']),
}))`;
    const answer = JSON.parse(await tool('/usr/bin/python3', ['-c', script, city.url]));
    expect(answer).toMatchObject({
      types: SAMPLE_LAYERS.map(({ name }) => `bl:${name}`),
      crs: 'urn:ogc:def:crs:EPSG::2177',
      schema: 'double',
      found: 2,
    });
    expect(answer.west).toBeCloseTo(16.9273, 3);
    expect(answer.south).toBeCloseTo(52.4005, 3);
  });
});

describe('other formats of GetFeature', () => {
  it('are read by GDAL: the same parcels, values and places as in GeoJSON', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'blizniak-wfs-'));
    const ask = `${city.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&count=60`;
    try {
      const expected = (await (await fetch(`${ask}&outputFormat=json`)).json()) as {
        features: {
          id: string;
          properties: Record<string, unknown>;
          geometry: { coordinates: number[][][][] };
        }[];
      };
      for (const [format, file] of [
        ['csv', 'parcels.csv'],
        ['application/flatgeobuf', 'parcels.fgb'],
        ['application/geopackage%2Bsqlite3', 'parcels.gpkg'],
      ] as const) {
        const reply = await fetch(`${ask}&outputFormat=${format}`);
        expect(reply.headers.get('content-disposition')).toContain(file);
        expect(reply.headers.get('link')).toContain('rel="next"');
        await writeFile(join(folder, file), Buffer.from(await reply.arrayBuffer()));
        const options = file.endsWith('csv') ? ['-oo', 'GEOM_POSSIBLE_NAMES=WKT'] : [];
        const { features } = await readByGdal(join(folder, file), 'parcels', options);
        const read = features
          .map(({ properties, geometry }) => [
            properties['id'],
            properties['land_use'],
            geometry.coordinates.flat(2)[0],
          ])
          .sort();
        expect([format, read]).toEqual([
          format,
          expected.features
            .map(({ id, properties, geometry }) => [
              id,
              properties['land_use'],
              geometry.coordinates.flat(2)[0],
            ])
            .sort(),
        ]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('hold the columns that are asked for, of one type, and no counts', async () => {
    const csv = await wfs(
      'request=GetFeature&typeNames=parcels&count=1&propertyName=land_use&outputFormat=csv',
    );
    expect(csv.split('\r\n')[0]).toBe('id,land_use,epsg,WKT');
    for (const wrong of ['typeNames=(parcels)(buildings)', 'typeNames=parcels&resultType=hits']) {
      expect(await wfs(`request=GetFeature&${wrong}&outputFormat=csv`)).toContain('InvalidParameterValue');
    }
  });
});

/** The written table: which spelling is written in which order (docs/adr/0006-axis-order.md). */
const SPELLINGS = [
  [(code: number) => `urn:ogc:def:crs:EPSG::${code}`, 'authority'],
  [(code: number) => `urn:x-ogc:def:crs:EPSG:6.11:${code}`, 'authority'],
  [(code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`, 'authority'],
  [(code: number) => `https://www.opengis.net/def/crs/EPSG/0/${code}`, 'authority'],
  [(code: number) => `EPSG:${code}`, 'easting'],
  [(code: number) => `epsg:${code}`, 'easting'],
  [(code: number) => `http://www.opengis.net/gml/srs/epsg.xml#${code}`, 'easting'],
] as const;
/** By EPSG: these write the northing or latitude first. */
const NORTHING_FIRST = new Set([2176, 2177, 2178, 2179, 2180, 4258, 4326]);

describe('axis order', () => {
  const rid = 'parcels-306401_1.0021.AR_10.2';
  const corner = [SAMPLE_ORIGIN.easting + 20, SAMPLE_ORIGIN.northing];

  it.each(SERVED_CRS.map(({ srid }) => srid))(
    'of EPSG:%d follows its spelling, in answers and in boxes',
    async (srid) => {
      const [[x = 0, y = 0] = []] = await projected([corner], 2177, srid);
      const margin = srid === 4326 || srid === 4258 ? 1e-5 : 1;
      for (const [spell, rule] of SPELLINGS) {
        const swapped = rule === 'authority' && NORTHING_FIRST.has(srid);
        const name = encodeURIComponent(spell(srid));
        const gml = await wfs(`request=GetFeature&resourceId=${rid}&srsName=${name}`);
        const [a = 0, b = 0] = (/<gml:posList>([^<]*)/.exec(gml)?.[1] ?? '').split(' ').map(Number);
        const [easting, northing] = swapped ? [b, a] : [a, b];
        expect([
          spell(srid),
          Math.abs(easting - x) < margin / 100,
          Math.abs(northing - y) < margin / 100,
        ]).toEqual([spell(srid), true, true]);
        expect(gml).toContain(`srsName="${spell(srid)}"`);
        const box = [x + margin, y + margin, x + 2 * margin, y + 2 * margin];
        const [w = 0, s = 0, e = 0, n = 0] = box;
        const written = swapped ? [s, w, n, e] : box;
        const found = await wfs(`request=GetFeature&typeNames=parcels&bbox=${written.join(',')},${name}`);
        expect([spell(srid), /gml:id="(parcels-[^".]*\.[^".]*\.[^".]*\.[^".]*)"/.exec(found)?.[1]]).toEqual([
          spell(srid),
          rid,
        ]);
      }
    },
  );

  it('of CRS:84 is longitude first however it is spelled', async () => {
    const [[lon = 0, lat = 0] = []] = await projected([corner], 2177, 4326);
    for (const name of [
      'CRS:84',
      'urn:ogc:def:crs:OGC:1.3:CRS84',
      'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
    ]) {
      const gml = await wfs(`request=GetFeature&resourceId=${rid}&srsName=${encodeURIComponent(name)}`);
      const [a = 0, b = 0] = (/<gml:posList>([^<]*)/.exec(gml)?.[1] ?? '').split(' ').map(Number);
      expect(a).toBeCloseTo(lon, 7);
      expect(b).toBeCloseTo(lat, 7);
    }
  });
});

describe('filters in the store', () => {
  const count = async (filter: string, types = 'bl:parcels') => {
    const answer = await post(
      `<wfs:Query typeNames="${types}"><fes:Filter>${filter}</fes:Filter></wfs:Query>`,
    );
    return /numberMatched="(\d+)"/.exec(answer)?.[1] ?? answer;
  };
  const reference = (name: string) => `<fes:ValueReference>${name}</fes:ValueReference>`;
  const literal = (value: string) => `<fes:Literal>${value}</fes:Literal>`;

  it.each([
    [
      'PropertyIsLessThan',
      '<fes:PropertyIsLessThan matchAction="Any">§bl:storeys_above§!3!</fes:PropertyIsLessThan>',
      'bl:buildings',
      ({ storeys_above }: Props) => Number(storeys_above) < 3,
    ],
    [
      'PropertyIsLike',
      '<fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">§bl:land_use§!RIII*!</fes:PropertyIsLike>',
      'bl:parcels',
      ({ land_use }: Props) => String(land_use).startsWith('RIII'),
    ],
    [
      'PropertyIsNull',
      '<fes:PropertyIsNull>§bl:map_sheet§</fes:PropertyIsNull>',
      'bl:parcels',
      ({ map_sheet }: Props) => map_sheet === null,
    ],
    [
      'PropertyIsBetween',
      '<fes:PropertyIsBetween>§bl:storeys_above§<fes:LowerBoundary>!2!</fes:LowerBoundary><fes:UpperBoundary>!3!</fes:UpperBoundary></fes:PropertyIsBetween>',
      'bl:buildings',
      ({ storeys_above }: Props) => storeys_above === 2 || storeys_above === 3,
    ],
    [
      'matchCase',
      '<fes:PropertyIsEqualTo matchCase="false">§bl:land_use§!riiiA &amp; "ł" &lt;Ź&gt;!</fes:PropertyIsEqualTo>',
      'bl:parcels',
      ({ land_use }: Props) => land_use !== 'B',
    ],
    [
      'During',
      '<fes:During>§bl:version_since§<gml:TimePeriod gml:id="t"><gml:beginPosition>2012-01-01T00:00:00Z</gml:beginPosition><gml:endPosition>2014-01-01T00:00:00Z</gml:endPosition></gml:TimePeriod></fes:During>',
      'bl:parcels',
      ({ version_since }: Props) => /^201[23]/.test(String(version_since)),
    ],
  ])('%s', async (_name, filter, type, keeps) => {
    const text = filter
      .replace(/§([^§]*)§/g, (_all, name) => reference(name))
      .replace(/!([^!]*)!(?=<\/)/g, (_all, value) => literal(value));
    const expected = FEATURES.filter(
      ({ layer, properties }) => `bl:${layer}` === type && keeps(properties),
    ).length;
    expect(expected).toBeGreaterThan(0);
    expect(await count(text, type)).toBe(String(expected));
  });

  it('are taken in CQL2 too, beside a box, and kept by the link to the next page', async () => {
    const query = (more: string) =>
      `${city.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&outputFormat=application/json&${more}`;
    const page = async (address: string) =>
      (await (await fetch(address)).json()) as {
        numberMatched: number;
        features: { properties: { land_use: string } }[];
        links?: { rel: string; href: string }[];
      };
    const cql = encodeURIComponent("land_use = 'B'");
    const first = await page(
      query(`count=4&cql_filter=${cql}&bbox=6427000,5808000,6427399,5808019,EPSG:2177`),
    );
    expect([first.numberMatched, first.features.length]).toEqual([5, 4]);
    const second = await page(first.links?.find(({ rel }) => rel === 'next')?.href ?? '');
    expect(second.features.map(({ properties }) => properties.land_use)).toEqual(['B']);
    const refused = await fetch(query('cql_filter=land_use%20%3D'));
    expect([refused.status, (await refused.text()).includes('locator="filter"')]).toEqual([400, true]);
  });

  it('relate geometries', async () => {
    const { easting, northing } = SAMPLE_ORIGIN;
    const line = `<gml:LineString gml:id="l" srsName="urn:ogc:def:crs:EPSG::2177"><gml:posList>${northing + 5} ${easting + 5} ${northing + 5} ${easting + 65}</gml:posList></gml:LineString>`;
    expect(await count(`<fes:Intersects>${reference('bl:geom')}${line}</fes:Intersects>`)).toBe('4');
    expect(await count(`<fes:Disjoint>${reference('bl:geom')}${line}</fes:Disjoint>`)).toBe(
      String(PARCELS - 4),
    );
    const point = `<gml:Point gml:id="p" srsName="EPSG:2177"><gml:pos>${easting + 10} ${northing + 10}</gml:pos></gml:Point>`;
    expect(
      await count(
        `<fes:DWithin>${reference('geom')}${point}<fes:Distance uom="m">10.5</fes:Distance></fes:DWithin>`,
      ),
    ).toBe('3');
  });
});

type Props = Readonly<Record<string, unknown>>;

it('logs nothing worse than the access line', () => {
  expect(city.log.filter(({ level }) => level !== 'info')).toEqual([]);
});
