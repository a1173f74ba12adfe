import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crsOf } from '../../core/geo/crs.ts';
import { type MultiPolygon, mapPositions } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { readGlb } from '../../test/support/glb-reader.ts';
import {
  BUILDINGS_3D_LAYER,
  type SampleBuilding,
  sampleBuildings,
  seededRandom,
} from '../../test/support/sample-buildings.ts';
import { extentOf, surfacesOf } from '../../tiles/mesh/surfaces.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { buildingGrid, cellOf, firstCellAbove } from '../../tiles/tileset/building-grid.ts';
import type { TileExtent } from '../../tiles/tileset/building-store.ts';
import { MemoryBuildings } from '../../tiles/tileset/memory-buildings.ts';
import { BUILDING_TILING, SUBTREE_TILING, tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { postgisBuildings } from './building-tiles.ts';
import { layersOf } from './layers.ts';
import { beginLoad } from './load.ts';
import { sql } from './sql.ts';

const never = new AbortController().signal;
const town = sampleBuildings(800);
const rowOf = ({ geometry, ...sample }: SampleBuilding) => ({ ...sample, surfaces: surfacesOf(geometry) });

let database: TestDatabase;

async function load(
  buildings: readonly SampleBuilding[],
  dataset = 'city',
  srid = 2177,
  allowOutside = true,
): Promise<void> {
  const header = {
    dataset,
    srid,
    fileName: 'sample',
    format: 'test',
    source: 'test',
    synthetic: true,
    dryRun: false,
    allowOutside,
  };
  const transaction = await beginLoad(database.pool, header);
  for (const { id, geometry, properties } of buildings) {
    await transaction.write({ layer: 'buildings_3d', id, geometry, properties }, srid, false);
  }
  const { rejected } = await transaction.finish();
  expect(rejected).toEqual([]);
}

beforeAll(async () => {
  database = await testDatabase();
  await load(town);
});
afterAll(() => database.drop());

const source = () =>
  tilesetSource(postgisBuildings(database.pool, layersOf(database.pool), PUBLIC_VIEW), EGM96);
const byAddress = (a: TileExtent, b: TileExtent): number => a.z - b.z || a.x - b.x || a.y - b.y;

describe('3D buildings of the store by tiles', () => {
  it('places every building as the memory store does, with the same box around each tile', async () => {
    const store = postgisBuildings(database.pool, layersOf(database.pool), PUBLIC_VIEW);
    const memory = new MemoryBuildings(BUILDINGS_3D_LAYER, town.map(rowOf));
    const layer = await store.layer('buildings_3d');
    if (!layer) throw new Error('no layer');
    const stored = [...(await store.extents(layer, never))].sort(byAddress);
    expect(stored).toEqual([...(await memory.extents())].sort(byAddress));
    for (const tile of stored.filter((_, i) => i % 9 === 0)) {
      expect(await store.rows(layer, tile, never)).toEqual(
        (await memory.rows(layer, tile)).map(({ properties, ...row }) => {
          const { surface_kinds, roof_source, iip_namespace, iip_version, ...published } = properties;
          return { ...row, properties: published };
        }),
      );
    }
  });

  it('serves each building of the store in exactly one tile', async () => {
    const [stored] = await database.pool.read<{ count: number }>(
      sql`select count(*) as count from city.building_3d where valid_to is null`,
    );
    const store = postgisBuildings(database.pool, layersOf(database.pool), PUBLIC_VIEW);
    const layer = await store.layer('buildings_3d');
    if (!layer) throw new Error('no layer');
    const ids: string[] = [];
    for (const { z, x, y } of await store.extents(layer, never)) {
      const tile = await source().get({ layer: 'buildings_3d', grid: BUILDING_TILING, z, x, y }, never);
      if (!tile || tile === 'unchanged') throw new Error('no tile');
      ids.push(...(await readGlb(tile.bytes)).rows.map(({ id }) => String(id)));
    }
    expect(ids.length).toBe(stored?.count);
    expect(new Set(ids).size).toBe(town.length);
  });

  it('finds the buildings of a tile by the index', async () => {
    const plan = await database.pool.read<{ 'QUERY PLAN': string }>(
      sql`explain select id from city.building_3d where valid_to is null and twin.building_tile(geom) = '11/825/1015'`,
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('building_3d_current_tile');
  });

  it('changes of one edit the tile, its subtree and the document, and nothing of any other tile', async () => {
    const store = postgisBuildings(database.pool, layersOf(database.pool), PUBLIC_VIEW);
    const layer = await store.layer('buildings_3d');
    if (!layer) throw new Error('no layer');
    const contents = await store.extents(layer, never);
    const roots = contents.filter(({ z }) => z === buildingGrid(2177).firstLevel);
    const etags = async () => {
      const found = new Map<string, string>();
      const asked = [
        ...contents.map((cell) => ({ ...cell, grid: BUILDING_TILING })),
        ...roots.map((cell) => ({ ...cell, grid: SUBTREE_TILING })),
      ];
      for (const { grid, z, x, y } of asked) {
        const tile = await source().get({ layer: 'buildings_3d', grid, z, x, y }, never);
        if (tile && tile !== 'unchanged') found.set(`${grid} ${z}/${x}/${y}`, tile.etag);
      }
      const made = await source().document('buildings_3d', never);
      if (made && made !== 'unchanged') found.set('document', made.etag);
      return found;
    };
    const edited = town.find(({ geometry }) => geometry.coordinates.length === 7);
    const extent = edited && extentOf(surfacesOf(edited.geometry));
    const cell = extent && cellOf(buildingGrid(2177), extent);
    if (!edited || !cell) throw new Error('no house');
    const root = firstCellAbove(buildingGrid(2177), cell);
    expect(contents.length).toBeGreaterThan(50);
    const inState = (state: string) => load([{ ...edited, properties: { ...edited.properties, state } }]);
    const drawn = async () => (await store.rows(layer, cell, never)).find(({ id }) => id === edited.id);

    const before = await etags();
    await inState('under_construction');
    const after = await etags();
    expect([...before.keys()].filter((key) => before.get(key) !== after.get(key)).toSorted()).toEqual([
      `${BUILDING_TILING} ${cell.z}/${cell.x}/${cell.y}`,
      `${SUBTREE_TILING} ${root.z}/${root.x}/${root.y}`,
      'document',
    ]);
    expect((await drawn())?.properties['state']).toBe('under_construction');

    await inState('demolished');
    expect(await drawn(), 'what is demolished is drawn no more').toBeUndefined();
    const places = ({ z, x, y, count }: TileExtent) => `${z}/${x}/${y} ${count}`;
    const remaining = await store.extents(layer, never);
    const anew = contents
      .map((tile) =>
        tile.z === cell.z && tile.x === cell.x && tile.y === cell.y
          ? { ...tile, count: tile.count - 1 }
          : tile,
      )
      .filter(({ count }) => count > 0);
    expect(remaining.map(places).toSorted()).toEqual(anew.map(places).toSorted());
  });

  it('has one rule in SQL and in TypeScript, in every CRS', async () => {
    const random = seededRandom(11);
    for (const srid of [2176, 2177, 2178, 2179, 2180, 4258, 4326, 3857, 25_833, 25_832, 7415, 31_466, 3068]) {
      const unit = crsOf(srid).unit === 'm' ? 1 : 1e-5;
      const grid = buildingGrid(srid);
      for (let i = 0; i < 25; i++) {
        const centre = [
          grid.originX + grid.rootSize * random(),
          grid.originY - grid.rootSize * random(),
        ] as const;
        const [width, depth, height] = [random() * 250 * unit, random() * 80 * unit, random() * 120];
        const [x, y, z] = [centre[0], centre[1], random() * 100];
        const extent = {
          minX: x,
          minY: y,
          minZ: z,
          maxX: x + width,
          maxY: y + depth,
          maxZ: z + height,
        };
        const { minX, minY, minZ, maxX, maxY, maxZ } = extent;
        const [row] = await database.pool.read<{ tile: string }>(
          sql`select twin.building_tile(ST_SetSRID(ST_MakeLine(
            ST_MakePoint(${minX}::float8, ${minY}::float8, ${minZ}::float8),
            ST_MakePoint(${maxX}::float8, ${maxY}::float8, ${maxZ}::float8)), ${srid}::integer)) as tile`,
        );
        const cell = cellOf(grid, extent);
        if (cell) expect([srid, row?.tile]).toEqual([srid, `${cell.z}/${cell.x}/${cell.y}`]);
      }
    }
  });

  it('tiles a dataset of another CRS by the same rule', async () => {
    const moved = sampleBuildings(60, { minX: 0, minY: 0, sizeM: 3000, seed: 3 }).map((building) => ({
      ...building,
      geometry: mapPositions(building.geometry, ([x, y, z = 0]) => [
        390_000 + x,
        5_819_000 + y,
        z,
      ]) as MultiPolygon,
    }));
    await load(moved, 'berlin', 25_833);
    const provider = async () =>
      (await layersOf(database.pool)()).filter(({ dataset }) => dataset === 'berlin');
    const store = postgisBuildings(database.pool, provider, PUBLIC_VIEW);
    const layer = await store.layer('berlin.buildings_3d');
    if (!layer) throw new Error('no layer');
    const memory = new MemoryBuildings(layer, moved.map(rowOf));
    const stored = [...(await store.extents(layer, never))].sort(byAddress);
    expect(stored).toEqual([...(await memory.extents())].sort(byAddress));
    expect(stored.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  });

  it('has no tiles of other layers', async () => {
    expect(await source().document('parcels', never)).toBeUndefined();
    expect(
      await source().get({ layer: 'nothing', grid: BUILDING_TILING, z: 11, x: 825, y: 1015 }, never),
    ).toBeUndefined();
  });
});
