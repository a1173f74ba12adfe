/** Every layer of the catalogue, read by the schemas and programs of others, where PROJ says that it is. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { openPool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { demoTruth, type LayerTruth } from '../support/demo-truth.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { projected, tool, xmlJudge } from './outside-tools.ts';

const NAMES = REGISTERS.map(({ name }) => name);
/** Metres, degrees. */
const TOLERANCE = { 2177: 0.0005, 4326: 1e-8 } as const;
type Srid = keyof typeof TOLERANCE;

let service: WholeService;
let truths: ReadonlyMap<string, LayerTruth>;
/** The first position of the first object of each layer, easting or longitude first, by PROJ. */
const places = new Map<Srid, ReadonlyMap<string, readonly number[]>>();
/** GDAL signs in by what curl takes. */
let signedIn: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  service = await startWholeService();
  truths = await demoTruth(service.databaseUrl);
  const [, credentials = ''] = service.staff['authorization']?.split(' ') ?? [];
  signedIn = { GDAL_HTTP_USERPWD: Buffer.from(credentials, 'base64').toString(), OGR_WFS_PAGE_SIZE: '3' };
  const positions = NAMES.map((name) => {
    const geometry = truths.get(name)?.known.geometry;
    return geometry ? ([...positionsOf(geometry)][0] ?? []) : [];
  });
  const asPairs = (values: readonly (readonly number[])[]) =>
    new Map(NAMES.map((name, index) => [name, values[index] ?? []]));
  places.set(2177, asPairs(positions));
  places.set(4326, asPairs(await projected(positions, 2177, 4326)));
}, 120_000);
afterAll(() => service.close());

const staffText = async (query: string): Promise<string> =>
  (await fetch(`${service.url}/wfs?service=WFS&version=2.0.0&${query}`, { headers: service.staff })).text();

/** Names of layers whose first object does not begin at the place where PROJ has it. */
function misplaced(srid: Srid, read: ReadonlyMap<string, readonly number[]>): readonly string[] {
  return NAMES.filter((name) => {
    const [x = Number.NaN, y = Number.NaN] = places.get(srid)?.get(name) ?? [];
    const [a = Number.NaN, b = Number.NaN] = read.get(name) ?? [];
    return !(Math.abs(a - x) <= TOLERANCE[srid] && Math.abs(b - y) <= TOLERANCE[srid]);
  });
}

describeWithSharedData('the schemas of OGC', () => {
  it('hold for features and values of every layer', async () => {
    const judge = await xmlJudge(await staffText('request=DescribeFeatureType'));
    const documents = await Promise.all(
      NAMES.flatMap((name) => [
        staffText(`request=GetFeature&typeNames=bl:${name}&count=30`),
        staffText(`request=GetFeature&typeNames=bl:${name}&count=3&srsName=urn:ogc:def:crs:EPSG::4326`),
        staffText(`request=GetPropertyValue&typeNames=bl:${name}&count=3&valueReference=geom`),
      ]),
    );
    expect(documents.every((document) => document.includes('<wfs:member>'))).toBe(true);
    expect(await judge.faults(...documents)).toBe('');
    await judge.close();
  });
});

describe('GDAL', () => {
  /** The first position and the number of rows in each table that GDAL writes of the source. */
  async function read(source: string) {
    const folder = await mkdtemp(join(tmpdir(), 'blizniak-gdal-'));
    const target = join(folder, 'out');
    await tool(
      'ogr2ogr',
      ['-f', 'CSV', target, source, '-limit', '3', '-lco', 'GEOMETRY=AS_WKT', '-lco', 'SEPARATOR=SEMICOLON'],
      signedIn,
    );
    const found = new Map<string, readonly number[]>();
    for (const name of NAMES) {
      const file = join(target, `${source.startsWith('WFS') ? 'bl:' : ''}${name}.csv`);
      const text = await readFile(file, 'utf8').catch(() => '');
      const [, x, y] = /\n"?[A-Z ]+\(+(-?[\d.]+) (-?[\d.]+)/.exec(text) ?? [];
      found.set(name, [Number(x), Number(y)]);
    }
    await rm(folder, { recursive: true });
    return found;
  }

  it('counts every layer over WFS', async () => {
    const info = await tool(
      'ogrinfo',
      ['-ro', '-so', '-al', '-noextent', `WFS:${service.url}/wfs`],
      signedIn,
    );
    const counts = [...info.matchAll(/Layer name: bl:(\w+)[\s\S]*?Feature Count: (\d+)/g)];
    expect(new Map(counts.map(([, name, count]) => [name, Number(count)]))).toEqual(
      new Map(NAMES.map((name) => [name, truths.get(name)?.ids.size])),
    );
  });

  it.each([2177, 4326] as const)('reads every layer over WFS in EPSG:%i in its place', async (srid) => {
    const source = `WFS:${service.url}/wfs?SRSNAME=urn:ogc:def:crs:EPSG::${srid}`;
    expect(misplaced(srid, await read(source))).toEqual([]);
  });

  it('reads every layer over OGC API in its place', async () => {
    expect(misplaced(4326, await read(`OAPIF:${service.url}/ogc`))).toEqual([]);
  });
});

type FoundByOwslib = Readonly<Record<Srid, readonly number[]>> & { readonly schema: readonly string[] };

describe('OWSLib', () => {
  it('reads schema and features of every layer over WFS, in the order of the authority', async () => {
    const script = `
import json, re, sys
from owslib.wfs import WebFeatureService
from owslib.util import Authentication
url, user, password = sys.argv[1:]
wfs = WebFeatureService(url, version='2.0.0', auth=Authentication(user, password))
found = {}
def first(answer):
  gml = answer.read().decode()
  place = re.search(r'<gml:pos(?:List)?[^>]*>([^\\s<]+) ([^\\s<]+)', gml).groups()
  return re.search(r'<bl:[^>]* gml:id="([^"]*)"', gml).group(1), [float(number) for number in place]
for name in wfs.contents:
  rid, own = first(wfs.getfeature(typename=[name], maxfeatures=1))
  asked = {'ID': rid, 'srsName': 'urn:ogc:def:crs:EPSG::4326'}
  _, degrees = first(wfs.getfeature(storedQueryID='urn:ogc:def:query:OGC-WFS::GetFeatureById', storedQueryParams=asked))
  found[name] = {'schema': list(wfs.get_schema(name)['properties']), 2177: own, 4326: degrees}
print(json.dumps(found))`;
    const [user = '', password = ''] = (signedIn['GDAL_HTTP_USERPWD'] ?? '').split(':');
    const found: Record<string, FoundByOwslib> = JSON.parse(
      await tool('/usr/bin/python3', ['-c', script, `${service.url}/wfs`, user, password]),
    );
    expect(Object.keys(found)).toEqual(NAMES.map((name) => `bl:${name}`));
    for (const srid of [2177, 4326] as const) {
      // Both are written northing or latitude first.
      const eastingFirst = NAMES.map(
        (name) => [name, (found[`bl:${name}`]?.[srid] ?? []).toReversed()] as const,
      );
      expect(misplaced(srid, new Map(eastingFirst))).toEqual([]);
    }
    for (const { name, properties } of REGISTERS) {
      const told = found[`bl:${name}`]?.schema ?? [];
      expect(properties.map((property) => property.name).filter((each) => !told.includes(each))).toEqual([]);
    }
  });
});

describe('pages of WFS', () => {
  /** Follows the links of a request and writes before and behind the reader meanwhile. */
  async function readWhileWritten(count: number): Promise<readonly string[]> {
    const pool = openPool({
      databaseUrl: service.databaseUrl,
      maxConnections: 1,
      statementTimeoutMs: 60_000,
    });
    const seen: string[] = [];
    let round = 0;
    for (
      let address: string | undefined =
        `${service.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=boundary_points&propertyName=id&count=${count}`;
      address;
      round++
    ) {
      const page = await (await fetch(address)).text();
      seen.push(...[...page.matchAll(/<bl:id>([^<]*)</g)].map(([, id = '']) => id));
      address = /^<wfs:FeatureCollection[^>]* next="([^"]*)"/m.exec(page)?.[1]?.replaceAll('&amp;', '&');
      const connection = await pool.connect();
      await connection.run(
        sql`insert into city.boundary_point (id, geom, valid_from, dataset_version, content_hash)
          select ${`000000_0.${count}.${round}`}, geom, now(), dataset_version, content_hash
          from city.boundary_point limit 1`,
      );
      connection.release();
    }
    await pool.close();
    expect(round).toBeGreaterThan(2);
    return seen;
  }

  it.each([400, 3_000])('of %i lose and repeat no row while others are written', async (count) => {
    const seen = await readWhileWritten(count);
    expect(new Set(seen).size).toBe(seen.length);
    const read = new Set(seen);
    expect([...(truths.get('boundary_points')?.ids ?? [])].filter((id) => !read.has(id))).toEqual([]);
  });
});
