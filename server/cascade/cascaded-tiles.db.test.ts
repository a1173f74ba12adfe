/** Layers of somebody else's WMTS at our doors: another server of the product, behind a front that can misbehave. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memorySource } from '../../core/feature/memory-source.ts';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import { TILE_GRIDS, tileBounds } from '../../core/geo/tile-grid.ts';
import type { NewSource } from '../../core/wire/cascade.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { decodePicture } from '../../test/support/decoded-picture.ts';
import { type OddFront, openOddFront } from '../../test/support/odd-front.ts';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import {
  SAMPLE_LAYERS,
  SAMPLE_ORIGIN,
  sampleFeatures,
  sampleServices,
} from '../../test/support/sample-city.ts';
import { memoryMaps } from '../../tiles/picture/memory-maps.ts';
import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import type { Identity } from '../access/identity.ts';
import type { Cascade } from '../services/cascade.ts';
import { openCascade } from './open-cascade.ts';

const STAFF: Identity = { who: 'anna', roles: ['staff'] };
const GRID = TILE_GRIDS.EPSG2177;
const LEVEL = 12;
const SIDE_M = GRID.rootSizeM / 2 ** LEVEL;
/** The tile in which the parcels begin. */
const COLUMN = Math.floor((SAMPLE_ORIGIN.easting - GRID.originX) / SIDE_M);
const ROW = Math.floor((GRID.originY - SAMPLE_ORIGIN.northing) / SIDE_M);

let database: TestDatabase;
let theirs: RunningApp;
let ours: RunningApp;
let front: OddFront;
let cascade: Cascade;

const source = (more: Partial<NewSource> = {}): NewSource => ({
  ...{ url: `${front.url}/wmts`, layers: ['parcels'], ...more },
});

beforeAll(async () => {
  database = await testDatabase();
  front = await openOddFront();
  const memory = memorySource(SAMPLE_LAYERS, sampleFeatures(25));
  const services = { ...sampleServices(25, memory), maps: () => memoryMaps(memory) };
  const tiles = pictureTiles({
    ...{ layers: async () => SAMPLE_LAYERS, maps: memoryMaps(memory), pictures: services.pictures },
  });
  theirs = await runApp({ ...services, mapTiles: () => tiles }, { publicUrl: front.url });
  front.behind = theirs.url;
  cascade = openCascade({
    ...{ pool: database.pool, privateHosts: [new URL(front.url).host], pauseMs: 600_000 },
    onFault: (error) => {
      throw error;
    },
  });
  ours = await runApp({ ...sampleServices(), cascade });
});
afterAll(async () => {
  front.close();
  await ours.close();
  await theirs.close();
  await database.drop();
});
beforeEach(async () => {
  front.reset();
  await cascade.save('county', source(), STAFF);
  front.asked.length = 0;
});

const pixelsOf = async (reply: Response) => {
  expect(reply.headers.get('content-type')).toBe('image/png');
  return decodePicture(await reply.arrayBuffer());
};
const mapOf = (
  app: RunningApp,
  layers: string,
  box: { minX: number; minY: number; maxX: number; maxY: number; srid: number },
  [widthPx, heightPx]: readonly [number, number] = [256, 256],
) =>
  // 1.1.1 has the easting first in every CRS.
  fetch(
    `${app.url}/wms?${new URLSearchParams({
      ...{ service: 'WMS', version: '1.1.1', request: 'GetMap', layers, styles: '', srs: `EPSG:${box.srid}` },
      bbox: [box.minX, box.minY, box.maxX, box.maxY].join(','),
      ...{ width: `${widthPx}`, height: `${heightPx}`, format: 'image/png', transparent: 'TRUE' },
    })}`,
  );
const tile = () => tileBounds(GRID, LEVEL, COLUMN, ROW);
const TILE_PX = 256;
/** Colours of all pixels, row by row. */
const coloursOf = (picture: Awaited<ReturnType<typeof pixelsOf>>): string =>
  Array.from({ length: TILE_PX ** 2 }, (_, i) =>
    picture.at(i % TILE_PX, Math.floor(i / TILE_PX)).join(),
  ).join(' ');
/** Which pixels are painted, one of each block of 8 × 8. */
const painted = (picture: Awaited<ReturnType<typeof pixelsOf>>, widthPx: number, heightPx: number): string =>
  Array.from({ length: heightPx / 8 }, (_, y) =>
    Array.from({ length: widthPx / 8 }, (_, x) =>
      (picture.at(8 * x + 4, 8 * y + 4)[3] ?? 0) > 20 ? '#' : '.',
    ).join(''),
  ).join('\n');

describe('a layer of a WMTS', () => {
  it('is drawn at our WMS pixel by pixel as its tiles are, by address and by key-value pairs', async () => {
    const there = await fetch(
      `${theirs.url}/wmts/1.0.0/parcels/default/EPSG2177/${LEVEL}/${ROW}/${COLUMN}.png`,
    );
    const wanted = coloursOf(await pixelsOf(there));
    expect(new Set(wanted.split(' ')).size).toBeGreaterThan(1);
    const here = await pixelsOf(await mapOf(ours, 'county_parcels', tile()));
    expect(coloursOf(here) === wanted).toBe(true);
    // Its dimension TIME at the default.
    expect(front.asked).toEqual([
      `/wmts/1.0.0/parcels/default/current/EPSG2177/${LEVEL}/${ROW}/${COLUMN}.png`,
    ]);
    front.changed = (capabilities) => capabilities.replaceAll(/<ResourceURL[^>]*\/>/g, '');
    await cascade.save('county', source(), STAFF);
    const byPairs = await pixelsOf(await mapOf(ours, 'county_parcels', tile()));
    expect(coloursOf(byPairs) === wanted).toBe(true);
    expect(front.asked.at(-1)).toContain(
      `TILEMATRIXSET=EPSG2177&TILEMATRIX=${LEVEL}&TILEROW=${ROW}&TILECOL=${COLUMN}`,
    );
  });

  it('has no seam between its tiles', async () => {
    const { maxX, minY } = tile();
    const half = SIDE_M / 2;
    const box = { minX: maxX - half, maxX: maxX + half, minY: minY - half, maxY: minY + half, srid: 2177 };
    const here = painted(await pixelsOf(await mapOf(ours, 'county_parcels', box)), 256, 256);
    expect(here).toBe(painted(await pixelsOf(await mapOf(theirs, 'parcels', box)), 256, 256));
  });

  it('lies where it belongs in a CRS of which it has no tiles', async () => {
    front.changed = (capabilities) =>
      capabilities.replaceAll(
        /<TileMatrixSetLink><TileMatrixSet>(?!EPSG2180)\w+<\/TileMatrixSet><\/TileMatrixSetLink>/g,
        '',
      );
    await cascade.save('county', source(), STAFF);
    const { easting: minX, northing: minY } = SAMPLE_ORIGIN;
    const box = reprojectBbox({ minX, minY, maxX: minX + 400, maxY: minY + 40, srid: 2177 }, 3857);
    const sides = [400, 80] as const;
    const [here, there] = await Promise.all([
      mapOf(ours, 'county_parcels', box, sides).then(pixelsOf),
      mapOf(theirs, 'parcels', box, sides).then(pixelsOf),
    ]);
    expect(front.asked.some((address) => address.includes('/EPSG2180/'))).toBe(true);
    const isPainted = (picture: typeof here, x: number, y: number) => (picture.at(x, y)[3] ?? 0) > 20;
    // Nothing is further from its place than two pixels.
    const aside = [-2, -1, 0, 1, 2].flatMap((dx) => [-2, -1, 0, 1, 2].map((dy) => [dx, dy] as const));
    for (let y = 4; y < sides[1] - 4; y += 4) {
      for (let x = 4; x < sides[0] - 4; x += 4) {
        const near = aside.some(([dx, dy]) => isPainted(there, x + dx, y + dy) === isPainted(here, x, y));
        expect([x, y, near]).toEqual([x, y, true]);
      }
    }
    expect(painted(here, ...sides)).toContain('#');
  });

  it('is asked for no tile beyond its limits', async () => {
    front.changed = (capabilities) =>
      capabilities.replaceAll(
        '<TileMatrixSet>EPSG2177</TileMatrixSet></TileMatrixSetLink>',
        `<TileMatrixSet>EPSG2177</TileMatrixSet><TileMatrixSetLimits><TileMatrixLimits><TileMatrix>${LEVEL}</TileMatrix><MinTileRow>0</MinTileRow><MaxTileRow>${ROW - 1}</MaxTileRow><MinTileCol>0</MinTileCol><MaxTileCol>${COLUMN}</MaxTileCol></TileMatrixLimits></TileMatrixSetLimits></TileMatrixSetLink>`,
      );
    await cascade.save('county', source(), STAFF);
    front.asked.length = 0;
    const clear = await pixelsOf(await mapOf(ours, 'county_parcels', tile()));
    expect([new Set(coloursOf(clear).split(' ')), front.asked]).toEqual([new Set(['0,0,0,0']), []]);
  });

  it.each([204, 404])('is clear where its service has no tile (%i), and not down for it', async (status) => {
    front.misbehaviour = (reply) => reply.writeHead(status).end();
    for (let times = 0; times < 4; times++) {
      const clear = await pixelsOf(await mapOf(ours, 'county_parcels', tile()));
      expect(new Set(coloursOf(clear).split(' '))).toEqual(new Set(['0,0,0,0']));
    }
    expect(front.asked).toHaveLength(1);
    expect(await cascade.state('county_parcels')).toMatchObject({ state: 'works', reason: null });
  });

  it('shows its legend, and is found by the address of its capabilities', async () => {
    const offer = await cascade.offer({ url: `${front.url}/wmts/1.0.0/WMTSCapabilities.xml` }, STAFF);
    expect([offer.kind, offer.tileMatrixSets?.map(({ srid }) => srid).toSorted()]).toEqual([
      'wmts',
      [2177, 2180, 3857],
    ]);
    expect(offer.layers.map(({ remote }) => remote)).toContain('buildings');
    const legend = await fetch(
      `${ours.url}/wms?service=WMS&version=1.3.0&request=GetLegendGraphic&layer=county_parcels&format=image/png`,
    );
    expect((await pixelsOf(legend)).widthPx).toBeGreaterThan(50);
  });

  it('is down, and says so, when a tile is no picture; a kept one is shown meanwhile', async () => {
    await mapOf(ours, 'county_parcels', tile());
    front.misbehaviour = (reply) => {
      reply.writeHead(200, { 'content-type': 'text/xml' });
      reply.end(
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><a>overloaded</a></ows:ExceptionReport>',
      );
    };
    const old = await mapOf(ours, 'county_parcels', tile());
    expect([old.status, old.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await cascade.state('county_parcels')).toMatchObject({ state: 'down', keptAnswers: 1 });
    expect((await cascade.state('county_parcels'))?.reason).toContain('overloaded');
    const { minX, minY, maxX, maxY, srid } = tile();
    const north = { minX, maxX, minY: minY + SIDE_M / 2, maxY: maxY + SIDE_M / 2, srid };
    const refused = await mapOf(ours, 'county_parcels', { ...north, minX: minX - SIDE_M });
    expect(await refused.text()).toContain('is down since');
  });
});
