import { PUBLIC_VIEW } from '../../server/access/view.ts';
import { postgisBuildings } from '../../server/store/building-tiles.ts';
import { layersOf } from '../../server/store/layers.ts';
import { beginLoad } from '../../server/store/load.ts';
import { postgisVectorTiles } from '../../server/store/vector-tiles.ts';
import { cachedDocuments, cachedTiles, TileCache } from '../../tiles/cached-source.ts';
import { surfacesOf } from '../../tiles/mesh/surfaces.ts';
import type { TileId } from '../../tiles/source.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { openTerrain } from '../../tiles/terrain/open-terrain.ts';
import { MemoryBuildings } from '../../tiles/tileset/memory-buildings.ts';
import { tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { testDatabase } from '../support/database.ts';
import { BUILDINGS_3D_LAYER, sampleBuildings } from '../support/sample-buildings.ts';
import { type TilesUnderTest, tileSourceCases } from './tile-source.cases.ts';

const CACHE = { maxBytes: 10_000_000 };
const town = sampleBuildings(120);
const nothingToClose = async () => {};

const solid = (z: number, x: number, y: number): TileId => ({ layer: 'buildings_3d', grid: '3d', z, x, y });
const square = (z: number, x: number, y: number): TileId => ({
  layer: 'buildings_3d',
  grid: 'EPSG2177',
  z,
  x,
  y,
});
const ground = (z: number, x: number, y: number): TileId => ({
  layer: 'terrain',
  grid: 'geographic',
  z,
  x,
  y,
});

const buildings: Omit<TilesUnderTest, 'source' | 'close'> = {
  full: solid(6, 25, 32),
  empty: solid(11, 3, 3),
  beyond: [solid(5, 12, 16), solid(12, 1640, 2060), solid(6, 64, 0)],
  contentType: 'model/gltf-binary',
};
const vector: Omit<TilesUnderTest, 'source' | 'close'> = {
  full: square(7, 51, 64),
  empty: square(7, 3, 3),
  beyond: [square(16, 0, 0), square(3, 8, 0), square(3, 0, 8)],
  contentType: 'application/vnd.mapbox-vector-tile',
};

/** The town in a database of its own. */
async function stored() {
  const { pool, drop } = await testDatabase();
  const load = await beginLoad(pool, {
    dataset: 'city',
    srid: 2177,
    fileName: 'contract',
    format: 'test',
    source: 'test',
    synthetic: true,
    dryRun: false,
    allowOutside: true,
  });
  for (const { id, geometry, properties } of town) {
    await load.write({ layer: 'buildings_3d', id, geometry, properties }, 2177, false);
  }
  const { rejected } = await load.finish();
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
  return { pool, layers: layersOf(pool), close: drop };
}

const inMemory = () =>
  tilesetSource(
    new MemoryBuildings(
      BUILDINGS_3D_LAYER,
      town.map(({ geometry, ...row }) => ({ ...row, surfaces: surfacesOf(geometry) })),
    ),
    EGM96,
  );

tileSourceCases('3D buildings in memory', async () => ({
  ...buildings,
  source: inMemory(),
  close: nothingToClose,
}));

tileSourceCases('3D buildings in memory, cached', async () => ({
  ...buildings,
  source: cachedDocuments(inMemory(), new TileCache(CACHE)),
  close: nothingToClose,
}));

tileSourceCases('3D buildings in PostGIS', async () => {
  const { pool, layers, close } = await stored();
  return { ...buildings, source: tilesetSource(postgisBuildings(pool, layers, PUBLIC_VIEW), EGM96), close };
});

tileSourceCases('vector tiles of PostGIS', async () => {
  const { pool, layers, close } = await stored();
  return { ...vector, source: postgisVectorTiles(pool, layers, PUBLIC_VIEW), close };
});

tileSourceCases('vector tiles of PostGIS, cached', async () => {
  const { pool, layers, close } = await stored();
  return {
    ...vector,
    source: cachedTiles(postgisVectorTiles(pool, layers, PUBLIC_VIEW), new TileCache(CACHE)),
    close,
  };
});

tileSourceCases('terrain without a model', async () => {
  const { source, close } = await openTerrain(undefined, EGM96);
  return {
    source,
    close,
    full: ground(5, 35, 25),
    empty: undefined,
    beyond: [ground(6, 70, 50), ground(0, 2, 0), ground(1, 0, 2)],
    contentType: 'application/vnd.quantized-mesh',
  };
});
