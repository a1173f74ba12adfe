/**
 * Speed and size of 3D and terrain tiles: `npx tsx scripts/bench/tiles.ts`. One thread, no database, the demo
 * district. Compare with what pg2b3dm publishes for 2.27: 1415 to 3828 buildings/s, 1988 to 5524 B (gzip 238 to
 * 1685 B) per building, hardware not stated.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import { groundHeights } from '../../core/catalogue/ground-heights.ts';
import { type DemoCity, generateDemoCity } from '../../core/demo-city/generate.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { type Bbox, reprojectBbox } from '../../core/geo/bbox.ts';
import { surfacesOf } from '../../tiles/mesh/surfaces.ts';
import { reliefMaps } from '../../tiles/picture/relief-picture.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { tilesOver } from '../../tiles/terrain/geographic-tiles.ts';
import { openTerrain, type Relief } from '../../tiles/terrain/open-terrain.ts';
import { writeDtm } from '../../tiles/terrain/write-dtm.ts';
import type { BuildingRow } from '../../tiles/tileset/building-store.ts';
import { MemoryBuildings } from '../../tiles/tileset/memory-buildings.ts';
import { BUILDING_TILING, tilesetSource } from '../../tiles/tileset/tileset-source.ts';

const RUNS = 5;
const WARMING_ROUNDS = 5;
const never = new AbortController().signal;
const LAYER: Layer = { ...BUILDINGS_3D, dataset: 'city', srid: 2177 };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Smallest, middle and largest of several values. */
function spread(values: readonly number[], digits = 0): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [0, Math.floor(sorted.length / 2), sorted.length - 1]
    .map((i) => (sorted[i] ?? 0).toLocaleString('en', { maximumFractionDigits: digits }))
    .join(' / ');
}

function buildingsOf(city: DemoCity): BuildingRow[] {
  const rows: BuildingRow[] = [];
  for (const { layer, id, geometry, properties } of city.features) {
    if (layer !== 'buildings_3d' || geometry?.type !== 'MultiPolygon') continue;
    const surfaceKinds = String(properties['surface_kinds'] ?? '');
    rows.push({ id, surfaces: surfacesOf(geometry), surfaceKinds, properties });
  }
  return rows;
}

async function benchBuildings(city: DemoCity): Promise<void> {
  const rows = buildingsOf(city);
  const store = new MemoryBuildings(LAYER, rows);
  const source = tilesetSource(store, EGM96);
  const cells = await store.extents();
  const speeds: number[] = [];
  const times: number[] = [];
  let [raw, zipped] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    [raw, zipped] = [0, 0];
    let paused = 0;
    for (const { z, x, y } of cells) {
      const begun = performance.now();
      const tile = await source.get({ layer: LAYER.name, grid: BUILDING_TILING, z, x, y }, never);
      const ended = performance.now();
      times.push(ended - begun);
      if (tile && tile !== 'unchanged') {
        raw += tile.bytes.length;
        zipped += gzipSync(tile.bytes).length;
      }
      paused += performance.now() - ended;
    }
    speeds.push((rows.length * 1000) / (performance.now() - start - paused));
  }
  const document = await source.document(LAYER.name, never);
  say(`buildings: ${rows.length} in ${cells.length} tiles; min / median / max`);
  say(`  buildings per second ${spread(speeds)}; ms per tile ${spread(times, 1)}`);
  say(
    `  bytes per building ${Math.round(raw / rows.length)}, gzip ${Math.round(zipped / rows.length)}; ` +
      `tileset.json ${document && document !== 'unchanged' ? document.bytes.length : 0} bytes`,
  );
}

async function benchTerrain(city: DemoCity): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-terrain-'));
  try {
    const [minX, minY, maxX, maxY] = city.extent;
    const extent = { minX, minY, maxX, maxY, srid: city.srid };
    const path = join(folder, 'dtm.tif');
    writeFileSync(path, writeDtm({ extent, cellM: 2, heightM: city.heightM }));
    const { source, relief, close } = await openTerrain(path, EGM96);
    const box = reprojectBbox(extent, 4326);
    const rectangle = { west: box.minX, south: box.minY, east: box.maxX, north: box.maxY };
    say('terrain: min / median / max');
    for (const z of [10, 12, 14, 15, 16]) {
      const { startX, startY, endX, endY } = tilesOver(z, rectangle);
      const times: number[] = [];
      let zipped = 0;
      const places: { readonly x: number; readonly y: number }[] = [];
      for (let x = startX; x <= endX; x++) for (let y = startY; y <= endY; y++) places.push({ x, y });
      // The first rounds pay for compiling the code and are not counted.
      for (let round = -WARMING_ROUNDS; round < RUNS; round++) {
        for (const { x, y } of places) {
          const start = performance.now();
          const tile = await source.get({ layer: 'terrain', grid: 'geographic', z, x, y }, never);
          if (round < 0) continue;
          times.push(performance.now() - start);
          if (tile && tile !== 'unchanged') zipped += gzipSync(tile.bytes).length;
        }
      }
      say(
        `  level ${z}: ${times.length} tiles, ms per tile ${spread(times, 1)}, ` +
          `gzip ${Math.round(zipped / times.length)} bytes per tile`,
      );
    }
    if (relief) await benchRelief(relief, extent);
    await close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Pictures of the ground, and for how long at most nobody else has a turn meanwhile. */
async function benchRelief(relief: Relief, bbox: Bbox): Promise<void> {
  const layer = groundHeights(relief, { srid: bbox.srid, dataset: 'city' });
  const maps = reliefMaps(relief);
  let [longestMs, last] = [0, performance.now()];
  const pulse = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 1);
  say('pictures of the ground');
  for (const px of [256, 256, 1024, 4096]) {
    await sleep(20);
    longestMs = 0;
    const start = performance.now();
    await maps.pictures?.({ layer }, { bbox, widthPx: px, heightPx: px }, never);
    const tookMs = performance.now() - start;
    await sleep(20);
    say(`  ${px} px: ${tookMs.toFixed(0)} ms, no turn for others for ${longestMs.toFixed(0)} ms at most`);
  }
  clearInterval(pulse);
}

say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
);
const city = generateDemoCity({ size: 'district', seed: 1 });
await benchBuildings(city);
await benchTerrain(city);
