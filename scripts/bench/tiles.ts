/**
 * Speed and size of 3D and terrain tiles: `npx tsx scripts/bench/tiles.ts [buildings]`. One thread, no database;
 * a made-up town of 4 × 4 km for each 4000 buildings. Compare with pg2b3dm's published 1415 to 3828 buildings/s
 * and 5524 B (gzip 1685 B) per LOD2 building (docs of pg2b3dm 2.27; its hardware is not stated).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transformBetween } from '../../core/geo/crs.ts';
import { BUILDINGS_3D_LAYER, sampleBuildings } from '../../test/support/sample-buildings.ts';
import { surfacesOf } from '../../tiles/mesh/surfaces.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { tilesOver } from '../../tiles/terrain/geographic-tiles.ts';
import { openTerrain } from '../../tiles/terrain/open-terrain.ts';
import { writeDtm } from '../../tiles/terrain/write-dtm.ts';
import { buildingGrid } from '../../tiles/tileset/building-grid.ts';
import { MemoryBuildings } from '../../tiles/tileset/memory-buildings.ts';
import { publishedProperties } from '../../tiles/tileset/published-properties.ts';
import { makeTile } from '../../tiles/tileset/tileset-source.ts';

const RUNS = 5;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;

/** Smallest, middle and largest of several runs. */
function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [0, Math.floor(sorted.length / 2), sorted.length - 1]
    .map((i) => Math.round(sorted[i] ?? 0).toLocaleString('en'))
    .join(' / ');
}

async function buildings(count: number): Promise<void> {
  const sizeM = Math.sqrt(count / 4000) * 4000;
  const town = sampleBuildings(count, { sizeM });
  for (const lod of [1, 2]) {
    const rows = town
      .filter(({ properties }) => properties['lod'] === lod)
      .map(({ geometry, ...row }) => ({ ...row, surfaces: surfacesOf(geometry) }));
    const store = new MemoryBuildings(BUILDINGS_3D_LAYER, rows);
    const grid = buildingGrid(BUILDINGS_3D_LAYER.srid);
    const properties = publishedProperties(BUILDINGS_3D_LAYER);
    const tiles = await Promise.all(
      (await store.extents()).map(async (cell) => ({
        cell,
        rows: await store.buildings(BUILDINGS_3D_LAYER, cell),
      })),
    );
    const speeds: number[] = [];
    let made: Uint8Array[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      made = tiles.map(({ cell, rows }) => makeTile(grid, cell, rows, EGM96, properties));
      speeds.push((rows.length * 1000) / (performance.now() - start));
    }
    const raw = made.reduce((sum, bytes) => sum + bytes.length, 0) / rows.length;
    const zipped = made.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) / rows.length;
    say(
      `LOD${lod}: ${rows.length} buildings in ${tiles.length} tiles; buildings/s min/median/max ${spread(speeds)}; ` +
        `${Math.round(raw)} B raw, ${Math.round(zipped)} B gzip per building`,
    );
  }
}

async function terrain(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-terrain-'));
  try {
    const extent = { minX: 6_428_000, minY: 5_806_000, maxX: 6_432_000, maxY: 5_810_000, srid: 2177 };
    const heightM = (e: number, n: number): number =>
      75 + 20 * Math.sin(e / 180) * Math.cos(n / 260) + 0.5 * Math.sin(e / 17) * Math.cos(n / 23);
    const path = join(folder, 'dtm.tif');
    writeFileSync(path, writeDtm({ extent, cellM: 2, heightM }));
    const { source, close } = await openTerrain(path, EGM96);
    const [west, south] = transformBetween(2177, 4326)([extent.minX + 800, extent.minY + 800]);
    const [east, north] = transformBetween(2177, 4326)([extent.maxX - 800, extent.maxY - 800]);
    for (const z of [10, 12, 14, 15, 16]) {
      const { startX, startY, endX, endY } = tilesOver(z, { west, south, east, north });
      const times: number[] = [];
      let zipped = 0;
      for (let x = startX; x <= endX; x++) {
        for (let y = startY; y <= endY; y++) {
          const start = performance.now();
          const tile = await source.get(
            { layer: 'terrain', grid: 'geographic', z, x, y },
            new AbortController().signal,
          );
          times.push(1000 * (performance.now() - start));
          if (tile && tile !== 'unchanged') zipped += gzipSync(tile.bytes).length;
        }
      }
      say(
        `terrain level ${z}: ${times.length} tiles; µs per tile min/median/max ${spread(times)}; ` +
          `${Math.round(zipped / times.length)} B gzip per tile`,
      );
    }
    await close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

say(machine);
await buildings(Number(process.argv[2] ?? 20_000));
await terrain();
