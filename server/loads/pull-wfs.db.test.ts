/** EGiB from the services of counties, as their servers really answer, and as they fail; each served on this machine. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { loadFile } from '../exchange/load-file.ts';
import { name, sql } from '../store/sql.ts';
import { type PullOptions, pullWfs } from './pull-wfs.ts';

let database: TestDatabase;
let folder: string;
let server: Server | undefined;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-pull-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A service with these types; `answer` gives the pages of GetFeature. */
async function serve(
  version: string,
  types: readonly string[],
  answer: (query: URLSearchParams, reply: ServerResponse) => void,
) {
  const asked: URLSearchParams[] = [];
  let [open, most] = [0, 0];
  server = createServer((request, reply) => {
    const query = new URL(request.url ?? '', 'http://county').searchParams;
    asked.push(query);
    most = Math.max(most, ++open);
    reply.on('close', () => open--);
    if (query.get('REQUEST') !== 'GetCapabilities') return answer(query, reply);
    const listed = types.map((type) => `<FeatureType><Name>${type}</Name></FeatureType>`).join('');
    reply.end(
      `<WFS_Capabilities version="${version}"><FeatureTypeList>${listed}</FeatureTypeList></WFS_Capabilities>`,
    );
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/wfs?map=egib`, asked, mostAtOnce: () => most };
}

let folders = 0;
const pull = (url: string, more: Partial<PullOptions> = {}): Promise<string> =>
  pullWfs({
    ...{ url, folder: join(folder, String(++folders)), allowPrivate: true, paceMs: 0, pausesMs: [1, 1] },
    ...{ signal: new AbortController().signal, onRetry: () => {}, onPage: () => {}, ...more },
  });

const load = (path: string, dataset: string) =>
  loadFile({ pool: database.pool, path, dataset, allowOutside: true });

const [E, N] = [6_427_000, 5_808_000] as const;
/** Northing first, as the URN asks. */
function member(n: number): string {
  const [e, north] = [E + 40 * n, N];
  const ring = [
    [north, e],
    [north, e + 30],
    [north + 20, e + 30],
    [north + 20, e],
    [north, e],
  ]
    .flat()
    .join(' ');
  return `<wfs:member><ms:dzialki><ms:msGeometry><gml:Polygon srsName="urn:ogc:def:crs:EPSG::2177"><gml:exterior><gml:LinearRing><gml:posList>${ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ms:msGeometry><ms:ID_DZIALKI>306401_1.0021.AR_10.${n + 1}</ms:ID_DZIALKI><ms:POLE_EWIDENCYJNE>0,0600</ms:POLE_EWIDENCYJNE><ms:KLASOUZYTKI_EGIB>None</ms:KLASOUZYTKI_EGIB></ms:dzialki></wfs:member>`;
}
const collection = (members: readonly string[], matched: number | 'unknown') =>
  `<?xml version="1.0" encoding="UTF-8"?><wfs:FeatureCollection xmlns:ms="http://mapserver.gis.umn.edu/mapserver" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" numberMatched="${matched}" timeStamp="${Math.random()}">${members.join('\n')}</wfs:FeatureCollection>`;
const PARCELS = Array.from({ length: 25 }, (_, n) => member(n));

/** Pages of ten, as a server that gives fewer than it is asked for. */
const paged =
  (matched: number | 'unknown') =>
  (query: URLSearchParams, reply: ServerResponse): void => {
    const start = Number(query.get('STARTINDEX'));
    reply.end(collection(PARCELS.slice(start, start + 10), matched));
  };

describe('the service of a county', () => {
  it('of WFS 2.0 is read page by page, one request at a time, also where it does not say how many there are', async () => {
    for (const matched of [25, 'unknown'] as const) {
      const county = await serve('2.0.0', ['ms:dzialki', 'ms:inne'], paged(matched));
      const pages = await pull(county.url);
      expect(await load(pages, `paged_${matched}`)).toMatchObject({
        read: 25,
        written: 25,
        rejected: 0,
        format: 'egib-wfs',
      });
      expect(county.mostAtOnce()).toBe(1);
      expect(county.asked.every((query) => query.get('map') === 'egib')).toBe(true);
      expect(county.asked.flatMap((query) => query.get('STARTINDEX') ?? [])).toEqual(
        matched === 25 ? ['0', '10', '20'] : ['0', '10', '20', '25'],
      );
      server?.close();
    }
    const [parcel] = await database.pool.read(
      sql`select registered_area_ha, land_use, precinct_id, round(ST_XMin(geom)) as e
        from ${name('paged_25', 'parcel')} where id = '306401_1.0021.AR_10.1'`,
    );
    expect(parcel).toEqual({ registered_area_ha: 0.06, land_use: null, precinct_id: '306401_1.0021', e: E });
  });

  it('that knows no pages, or is of WFS 1.1, gives all at once', async () => {
    for (const version of ['2.0.0', '1.1.0']) {
      const county = await serve(version, ['ms:dzialki'], (_, reply) => {
        reply.end(collection(PARCELS, 'unknown'));
      });
      const dataset = `whole_${version[0]}`;
      expect(await load(await pull(county.url), dataset)).toMatchObject({ written: 25, rejected: 0 });
      server?.close();
    }
  });

  it('that fails on the way is asked again, and by the next call where it broke off', async () => {
    let broken = 0;
    let isDown = true;
    const county = await serve('2.0.0', ['ms:dzialki'], (query, reply) => {
      if (query.get('STARTINDEX') === '10' && broken++ === 0) return void reply.writeHead(503).end();
      if (query.get('STARTINDEX') === '20' && isDown) return void reply.socket?.destroy();
      paged(25)(query, reply);
    });
    const kept = join(folder, 'kept');
    const retries: string[] = [];
    const onRetry = (reason: string) => void retries.push(reason);
    await expect(pull(county.url, { folder: kept, onRetry })).rejects.toMatchObject({ kind: 'unavailable' });
    expect(retries).toHaveLength(3);
    expect(retries[0]).toContain('503');
    await expect(load(kept, 'half')).rejects.toThrow(/not all pages are there; pull again/);
    expect(readdirSync(kept).filter((file) => file.endsWith('.part'))).toEqual([]);
    isDown = false;
    county.asked.length = 0;
    expect(await load(await pull(county.url, { folder: kept }), 'half')).toMatchObject({ written: 25 });
    expect(county.asked.flatMap((query) => query.get('STARTINDEX') ?? [])).toEqual(['20']);
  });

  it('is told from one that is none, refuses, says nothing, or lies in a private network', async () => {
    const refusing = await serve('2.0.0', ['ms:dzialki'], (_, reply) => {
      reply.end(
        '<ows:ExceptionReport xmlns:ows="x"><ows:Exception><ows:ExceptionText>za dużo</ows:ExceptionText></ows:Exception></ows:ExceptionReport>',
      );
    });
    await expect(pull(refusing.url)).rejects.toThrow(/za dużo/);
    await expect(pull(refusing.url, { types: ['ms:drogi'] })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(pull(refusing.url, { allowPrivate: false })).rejects.toThrow(/private network/);
    await expect(pull('ftp://county/wfs')).rejects.toMatchObject({ kind: 'invalid-parameter' });
    const silent = await serve('2.0.0', ['ms:dzialki'], () => {});
    await expect(pull(silent.url, { timeoutMs: 100 })).rejects.toThrow(/said nothing/);
    const empty = await serve('2.0.0', ['ms:drogi'], () => {});
    await expect(pull(empty.url)).rejects.toThrow(/of EGiB it offers nothing/);
  });
});

describeWithSharedData('the recorded answers of vendors', () => {
  it.each([
    ['epodgik/gml_basic_building.xml', 'ms:budynki', '142104_2.0013.628/16.1_BUD', 1, [20.86, 52.17]],
    [
      'epodgik/gml_coordinates_lat_lon_order.xml',
      'ms:budynki',
      '142104_2.0013.628/16.1_BUD',
      1,
      [20.86, 52.17],
    ],
    ['geoportal/gml_building_2180_crs.xml', 'ms:budynki', undefined, 1, [15.57, 51.26]],
    ['geoportal2/gml_basic_building.xml', 'ewns:budynki', '240301_1.0033.2_BUD', 1, [18.64, 49.75]],
    ['warszawa/gml_multiple_polygons.xml', 'wfs:budynki', '146510_8.0501.173_BUD', 10, [21.01, 52.23]],
    ['epodgik/gml_no_building.xml', 'ms:budynki', undefined, 0, undefined],
    ['warszawa/gml_no_building.xml', 'wfs:budynki', undefined, 0, undefined],
  ] as const)('%s stands where it stands', async (path, type, id, count, place) => {
    const recorded = readFileSync(sharedData('egib-wfs', ...path.split('/')));
    const county = await serve('2.0.0', [type], (_, reply) => void reply.end(recorded));
    const dataset = `v_${path.replaceAll(/[^a-z]/g, '_').slice(0, 30)}`;
    const report = await load(await pull(county.url), dataset);
    expect(report).toMatchObject({ read: count, written: count, rejected: 0, refused: false });
    if (count === 0) return;
    const rows = await database.pool.read<{ id: string; lon: number; lat: number }>(
      sql`select id, round(ST_X(at)::numeric, 2)::float8 as lon, round(ST_Y(at)::numeric, 2)::float8 as lat
        from ${name(dataset, 'building')}, ST_Transform(ST_Centroid(geom), 4326) as at order by id`,
    );
    expect(rows).toHaveLength(count);
    if (id !== undefined) expect(rows.map((row) => row.id)).toContain(id);
    expect([rows[0]?.lon, rows[0]?.lat]).toEqual(place);
  });
});
