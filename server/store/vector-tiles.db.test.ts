import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import { styledProperties } from '../../core/feature/layer.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { TILE_GRIDS, type TileGridName, tileBounds, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import type { TileId, TileSource } from '../../tiles/source.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { layersOf } from './layers.ts';
import { postgisVectorTiles } from './vector-tiles.ts';

const FEATURES = sampleFeatures(60);
const GRIDS: readonly TileGridName[] = ['WebMercatorQuad', 'EPSG2177', 'EPSG2180'];
const never = new AbortController().signal;

describe('postgisVectorTiles', () => {
  let database: TestDatabase;
  let tiles: TileSource;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, FEATURES);
    tiles = postgisVectorTiles(database.pool, layersOf(database.pool), PUBLIC_VIEW);
  });
  afterAll(() => database.drop());

  /** The tile of a grid and level over a point (m from the origin of the sample). */
  const tileOver = (layer: string, grid: TileGridName, z: number, x = 1, y = 1): TileId => {
    const toGrid = transformBetween(2177, TILE_GRIDS[grid].srid);
    const [e, n] = toGrid([SAMPLE_ORIGIN.easting + x, SAMPLE_ORIGIN.northing + y]);
    const range = tilesInGrid(TILE_GRIDS[grid], { minX: e, minY: n, maxX: e, maxY: n, srid: 0 }, z);
    return { layer, grid, z, x: range?.minX ?? -1, y: range?.minY ?? -1 };
  };
  const fetchTile = async (id: TileId, etag?: string) => {
    const tile = await tiles.get(id, never, etag);
    if (typeof tile !== 'object') return expect.unreachable(`no tile, but ${tile}`);
    return tile;
  };
  const parse = (bytes: Uint8Array, layer: string) => {
    const found = new VectorTile(new PbfReader(bytes)).layers[layer];
    return Array.from({ length: found?.length ?? 0 }, (_, index) => {
      const feature = found?.feature(index);
      return { properties: feature?.properties ?? {}, rings: feature?.loadGeometry() ?? [] };
    });
  };

  it.each(GRIDS)('%s: draws each object in its place, to a unit of the raster', async (grid) => {
    const id = tileOver('parcels', grid, grid === 'WebMercatorQuad' ? 16 : 11);
    const bounds = tileBounds(TILE_GRIDS[grid], id.z, id.x, id.y);
    const unit = (bounds.maxX - bounds.minX) / 4096;
    const drawn = parse((await fetchTile(id)).bytes, 'parcels');
    const first = drawn.find(({ properties }) => properties['id'] === sampleParcelId(21));
    expect(first?.properties).toMatchObject({ id: sampleParcelId(21), parcel_number: '22' });
    expect(Object.keys(first?.properties ?? {})).toEqual(['id', ...styledProperties(PARCELS)]);
    const back = transformBetween(TILE_GRIDS[grid].srid, 2177);
    const corners = (first?.rings[0] ?? []).map(({ x, y }) =>
      back([bounds.minX + x * unit, bounds.maxY - y * unit]),
    );
    const lowest = corners.reduce((a, b) => (b[0] + b[1] < a[0] + a[1] ? b : a));
    expect(Math.abs(lowest[0] - SAMPLE_ORIGIN.easting - 20)).toBeLessThan(unit * 1.5);
    expect(Math.abs(lowest[1] - SAMPLE_ORIGIN.northing - 20)).toBeLessThan(unit * 1.5);
  });

  it.each(GRIDS)('%s: never vanishes, down to level 0', async (grid) => {
    for (const layer of ['parcels', 'buildings_3d']) {
      for (const z of [0, 3, 6, 9]) {
        const drawn = parse((await fetchTile(tileOver(layer, grid, z))).bytes, layer);
        expect([layer, z, drawn.length > 0]).toEqual([layer, z, true]);
      }
    }
  });

  it('carries what the style draws by', async () => {
    const drawn = parse((await fetchTile(tileOver('buildings', 'EPSG2177', 11))).bytes, 'buildings');
    expect(drawn[0]?.properties).toEqual({
      id: expect.stringMatching(/_BUD$/),
      kind: expect.stringMatching(/^[mg]$/),
      storeys_above: expect.any(Number),
    });
  });

  it('draws 3D buildings by their ground plan', async () => {
    const drawn = parse((await fetchTile(tileOver('buildings_3d', 'EPSG2177', 12))).bytes, 'buildings_3d');
    expect(drawn[0]?.rings).toHaveLength(1);
    expect(drawn[0]?.rings[0]).toHaveLength(5);
  });

  it('gives an empty tile where nothing is', async () => {
    const tile = await fetchTile({ layer: 'parcels', grid: 'EPSG2177', z: 11, x: 0, y: 0 });
    expect(tile.bytes).toHaveLength(0);
    expect(tile.etag).toMatch(/^"[\w-]+-0"$/);
  });

  it.each<[string, Partial<TileId>]>([
    ['layer', { layer: 'wells' }],
    ['grid', { grid: 'EPSG9999' }],
    ['level', { z: 99 }],
    ['column', { x: 2 ** 20 }],
    ['row', { y: -1 }],
  ])('knows no other %s', async (_, change) => {
    const id = { ...tileOver('parcels', 'EPSG2177', 11), ...change };
    expect(await tiles.get(id, never)).toBeUndefined();
    expect(await tiles.get(id, never, '"x"')).toBeUndefined();
  });

  it('answers unchanged for the etag it gave, until something in the tile changes', async () => {
    const near = tileOver('parcels', 'EPSG2177', 13);
    const far = tileOver('parcels', 'EPSG2177', 13, 3_000, 3_000);
    const other = tileOver('buildings', 'EPSG2177', 13);
    const [a, b, c] = [await fetchTile(near), await fetchTile(far), await fetchTile(other)];
    expect(await tiles.get(near, never, a.etag)).toBe('unchanged');
    const [parcel] = FEATURES;
    if (!parcel) return expect.unreachable();
    await fill(database.pool, [{ ...parcel, properties: { ...parcel.properties, parcel_number: 'new' } }]);
    expect(await tiles.get(far, never, b.etag)).toBe('unchanged');
    expect(await tiles.get(other, never, c.etag)).toBe('unchanged');
    const after = await fetchTile(near, a.etag);
    expect(after.etag).not.toBe(a.etag);
    expect(parse(after.bytes, 'parcels').map(({ properties }) => properties['parcel_number'])).toContain(
      'new',
    );
  });

  it('rejects with the reason when aborted', async () => {
    const signal = AbortSignal.abort('gone');
    await expect(tiles.get(tileOver('parcels', 'EPSG2177', 11), signal)).rejects.toBe('gone');
  });
});

describe('postgisVectorTiles for the public', () => {
  it('leaves out what only staff may see, and says so in the etag', async () => {
    const database = await testDatabase();
    try {
      await fill(database.pool, FEATURES);
      const layers = async () =>
        (await layersOf(database.pool)()).map((layer) => ({
          ...layer,
          properties: layer.properties.map((property) =>
            property.name === 'parcel_number' ? { ...property, audience: 'staff' as const } : property,
          ),
        }));
      const id = { layer: 'parcels', grid: 'EPSG2177', z: 0, x: 0, y: 0 };
      const open = await postgisVectorTiles(database.pool, layers, PUBLIC_VIEW).get(id, never);
      const staff = { who: 'clerk', roles: ['public', 'staff'] as const };
      const full = await postgisVectorTiles(database.pool, layers, { who: staff }).get(id, never);
      if (typeof open !== 'object' || typeof full !== 'object') return expect.unreachable();
      const keysOf = (bytes: Uint8Array) =>
        Object.keys(new VectorTile(new PbfReader(bytes)).layers['parcels']?.feature(0).properties ?? {});
      expect(keysOf(open.bytes)).not.toContain('parcel_number');
      expect(keysOf(full.bytes)).toContain('parcel_number');
      expect(open.etag).not.toBe(full.etag);
    } finally {
      await database.drop();
    }
  });
});
