/**
 * The tiler on a whole city: `DATABASE_URL=… npm run bench:tiler [copies]`, on a database that holds one. Every tile is
 * made from PostGIS by one process, as `blizniak export tiles` does: LOD2 as the city has it, LOD1 as blocks over the
 * same outlines, and the city laid side by side so many times (10), each copy read from PostGIS anew, for what ten
 * times the data cost. Compare with what pg2b3dm publishes for 2.27: 1,415 to 3,828 buildings/s,
 * 5,524 B (1,685 B gzip) for a building with its attributes, hardware not stated.
 */
import { cpus, loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import type { Layer } from '../../core/feature/layer.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { PUBLIC_VIEW } from '../../server/access/view.ts';
import { postgisBuildings } from '../../server/store/building-tiles.ts';
import { layersOf } from '../../server/store/layers.ts';
import { openPool } from '../../server/store/pool.ts';
import { extentOf, type Surfaces, surfacesOf } from '../../tiles/mesh/surfaces.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import {
  buildingGrid,
  cellBounds,
  firstCellAbove,
  type TileCell,
} from '../../tiles/tileset/building-grid.ts';
import type { BuildingRow, BuildingStore, TileExtent } from '../../tiles/tileset/building-store.ts';
import { tilesetFiles } from '../../tiles/tileset/tileset-files.ts';
import { tilesetSource } from '../../tiles/tileset/tileset-source.ts';

const { signal } = new AbortController();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const whole = (value: number): string => Math.round(value).toLocaleString('en');

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('Set DATABASE_URL to a database that holds a city');
const copies = Number(process.argv[2] ?? 10);
const pool = openPool({ databaseUrl, maxConnections: 2, statementTimeoutMs: 600_000 });
const store = postgisBuildings(pool, layersOf(pool), PUBLIC_VIEW);

interface Made {
  readonly buildings: number;
  readonly tiles: number;
  readonly clockS: number;
  /** Of this process; PostgreSQL is not in it. */
  readonly cpuS: number;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Time that is not the tiler's: what a bench does to the rows. */
let [asideMs, asideCpuUs] = [0, 0];
function aside<T>(work: () => T): T {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(before);
  asideMs += performance.now() - begun;
  asideCpuUs += user + system;
  return result;
}

/** Makes all files of the tileset once. @param weighed also packs each, outside the clock */
async function makeAll(city: BuildingStore, layer: Layer, weighed: boolean): Promise<Made> {
  [asideMs, asideCpuUs] = [0, 0];
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const extents = await city.extents(layer, signal);
  let [bytes, gzipBytes] = [0, 0];
  for await (const file of tilesetFiles(tilesetSource(city, EGM96), layer, extents, signal)) {
    if (!file.path.endsWith('.glb')) continue;
    bytes += file.bytes.length;
    if (weighed) gzipBytes += aside(() => gzipSync(file.bytes).length);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    buildings: extents.reduce((sum, { count }) => sum + count, 0),
    tiles: extents.length,
    clockS: (performance.now() - begun - asideMs) / 1000,
    cpuS: (user + system - asideCpuUs) / 1e6,
    bytes,
    gzipBytes,
  };
}

/** The outline on the ground as a block with a flat roof. */
function asBlock(row: BuildingRow): BuildingRow {
  const { surfaces, surfaceKinds } = row;
  const top = extentOf(surfaces)?.maxZ ?? 0;
  const ground = Math.max(0, surfaceKinds.indexOf('G'));
  const from = surfaces.polygonEnds[ground - 1] ?? 0;
  const rings: Position[][] = [];
  for (let ring = from; ring < (surfaces.polygonEnds[ground] ?? 0); ring++) {
    const corners: Position[] = [];
    for (let i = surfaces.ringEnds[ring - 1] ?? 0; i < (surfaces.ringEnds[ring] ?? 0); i++) {
      const [x = 0, y = 0, z = 0] = surfaces.coordinates.subarray(3 * i, 3 * i + 3);
      corners.push([x, y, z]);
    }
    rings.push(corners);
  }
  const raised = ([x, y]: Position): Position => [x, y, top];
  const walls = rings.flatMap((ring) =>
    ring.slice(1).map((b, i): Position[][] => {
      const a = ring[i] ?? b;
      return [[b, a, raised(a), raised(b), b]];
    }),
  );
  const roof = rings.map((ring) => ring.map(raised).toReversed());
  return {
    ...row,
    surfaces: surfacesOf({ type: 'MultiPolygon', coordinates: [rings, ...walls, roof] }),
    surfaceKinds: `G${'W'.repeat(walls.length)}R`,
  };
}

/** The city `count` times, one beside the other; ids of copies end in their number. */
function sideBySide(city: BuildingStore, first: readonly TileExtent[], srid: number, count: number) {
  const grid = buildingGrid(srid);
  const roots = first.map((tile) => firstCellAbove(grid, tile));
  const span = (axis: 'x' | 'y') => {
    const values = roots.map((root) => root[axis]);
    return { low: Math.min(...values), size: Math.max(...values) - Math.min(...values) + 1 };
  };
  const [columns, rows] = [span('x'), span('y')];
  const across = Math.ceil(Math.sqrt(count));
  const { minX, maxX } = cellBounds(grid, roots[0] ?? { z: grid.firstLevel, x: 0, y: 0 });
  const shiftOf = (copy: number) => ({
    columns: (copy % across) * columns.size,
    rows: Math.floor(copy / across) * rows.size,
  });
  const rootM = maxX - minX;
  const moved = ({ z, x, y }: TileCell, by: { columns: number; rows: number }, sign: 1 | -1): TileCell => {
    const side = 2 ** (z - grid.firstLevel);
    return { z, x: x + sign * by.columns * side, y: y + sign * by.rows * side };
  };
  const movedSurfaces = (surfaces: Surfaces, east: number, north: number): Surfaces => ({
    ...surfaces,
    coordinates: surfaces.coordinates.map((value, i) =>
      i % 3 === 0 ? value + east : i % 3 === 1 ? value + north : value,
    ),
  });
  const beside: BuildingStore = {
    ...city,
    version: async () => '1',
    versionUnder: async () => '1',
    extents: async (layer) => {
      const tiles = await city.extents(layer, signal);
      return Array.from({ length: count }, (_, copy) => shiftOf(copy)).flatMap((by) =>
        tiles.map(({ extent, count: buildings, ...cell }) => {
          const [east, north] = [by.columns * rootM, -by.rows * rootM];
          const { minX, maxX, minY, maxY, minZ, maxZ } = extent;
          const box = { minX: minX + east, maxX: maxX + east, minY: minY + north, maxY: maxY + north };
          return { ...moved(cell, by, 1), count: buildings, extent: { ...box, minZ, maxZ } };
        }),
      );
    },
    rows: async (layer, cell) => {
      const root = firstCellAbove(grid, cell);
      const [column, row] = [root.x - columns.low, root.y - rows.low];
      const copy = Math.floor(row / rows.size) * across + Math.floor(column / columns.size);
      const by = shiftOf(copy);
      const found = await city.rows(layer, moved(cell, by, -1), signal);
      return aside(() =>
        found.map((each) => ({
          ...each,
          id: `${each.id}~${copy}`,
          surfaces: movedSurfaces(each.surfaces, by.columns * rootM, -by.rows * rootM),
        })),
      );
    },
  };
  return beside;
}

const told = (what: string, { buildings, tiles, clockS, cpuS }: Made): void =>
  say(
    `| ${what} | ${whole(buildings)} | ${whole(tiles)} | ${clockS.toFixed(1)} | ${cpuS.toFixed(1)} | ${whole(buildings / clockS)} | ${whole(buildings / cpuS)} | ${whole((tiles / clockS) * 60)} | ${whole(process.resourceUsage().maxRSS / 1024)} | ${loadavg()[0]?.toFixed(1)} |`,
  );

try {
  say(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`);
  const layer = await store.layer('buildings_3d');
  if (!layer) throw new Error('The database holds no 3D buildings');
  const extents = await store.extents(layer, signal);
  say(
    '| what | buildings | tiles | clock, s | processor of Node, s | buildings/s by clock | by processor | tiles/min | peak memory, MB | load |\n|---|---|---|---|---|---|---|---|---|---|',
  );
  const lod2 = await makeAll(store, layer, true);
  told('LOD2', lod2);
  const lod1: BuildingStore = {
    ...store,
    rows: async (...asked) => {
      const rows = await store.rows(...asked);
      return aside(() => rows.map(asBlock));
    },
  };
  told('LOD1', await makeAll(lod1, layer, false));
  const bare: Layer = { ...layer, properties: [] };
  const unnamed: BuildingStore = {
    layer: async () => bare,
    version: (_, cell) => store.version(layer, cell, signal),
    versionUnder: (_, root) => store.versionUnder(layer, root, signal),
    extents: () => store.extents(layer, signal),
    rows: (_, cell) => store.rows(layer, cell, signal),
  };
  const geometry = await makeAll(unnamed, bare, true);
  told('LOD2 with ids and no attributes', geometry);
  const each = (bytes: number): string => whole(bytes / lod2.buildings);
  say(
    `a LOD2 building: geometry, normals and id ${each(geometry.bytes)} B, gzip ${each(geometry.gzipBytes)} B; its attributes ${each(lod2.bytes - geometry.bytes)} B, gzip ${each(lod2.gzipBytes - geometry.gzipBytes)} B more`,
  );
  if (copies > 1) {
    const one = await makeAll(sideBySide(store, extents, layer.srid, 1), layer, false);
    told('the city once', one);
    const many = await makeAll(sideBySide(store, extents, layer.srid, copies), layer, false);
    told(`the city ${copies} times`, many);
    say(
      `${copies} × the data take ${(many.clockS / one.clockS).toFixed(2)} × the time by clock, ${(many.cpuS / one.cpuS).toFixed(2)} × by processor`,
    );
  }
} finally {
  await pool.close();
}
