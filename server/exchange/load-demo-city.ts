import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type DemoCity,
  type DemoSize,
  type DemoTruth,
  generateDemoCity,
} from '../../core/demo-city/generate.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { writeDtm } from '../../tiles/terrain/write-dtm.ts';
import { CITY } from '../store/dataset.ts';
import type { Pool } from '../store/pool.ts';
import { chooseDataset } from './choose-dataset.ts';
import type { LoadCounts } from './load-report.ts';
import { takeIn } from './take-in.ts';

export interface LoadDemoCityOptions {
  readonly pool: Pool;
  readonly size: DemoSize;
  readonly seed: number;
  /** Where to write the terrain of the demo city as a GeoTIFF; undefined = not at all. */
  readonly dtmPath?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: DemoStep) => void) | undefined;
}

/** Terrain models written, objects generated, rows stored. */
export interface DemoStep {
  readonly phase: 'terrain' | 'generating' | 'storing';
  readonly done: number;
  readonly total: number;
}

export interface DemoLoadReport extends LoadCounts {
  readonly size: DemoSize;
  readonly seed: number;
  readonly counts: DemoCity['counts'];
  readonly truth: DemoTruth;
  /** As in a load of a file: `read = written + unchanged + rejected`. */
  readonly rejected: number;
  readonly dtmPath: string | undefined;
  readonly seconds: number;
}

/**
 * Makes the demo city and takes it in through the same transaction as any file, labelled synthetic: all of it or
 * nothing. Loading the same size and seed again writes nothing.
 * @throws what the store throws, and the signal's reason when aborted.
 */
export async function loadDemoCity(options: LoadDemoCityOptions): Promise<DemoLoadReport> {
  const started = performance.now();
  const { pool, size, seed, dtmPath, signal = new AbortController().signal } = options;
  const tell = options.onProgress ?? (() => {});
  const city = generateDemoCity({ size, seed });
  if (dtmPath !== undefined) {
    tell({ phase: 'terrain', done: 0, total: 1 });
    await nextTurn(undefined, { signal });
    await writeTerrain(city, dtmPath);
    tell({ phase: 'terrain', done: 1, total: 1 });
  }
  const taken = await takeIn({
    pool,
    events: objectsOf(city, (done, total) => tell({ phase: 'generating', done, total })),
    signal,
    onStoring: (done, total) => tell({ phase: 'storing', done, total }),
    headerFor: async (first) => ({
      ...(await chooseDataset(pool, first, { path: '', dataset: CITY, allowOutside: false })),
      fileName: `demo-${size}-${seed}`,
      format: 'demo-city',
      source: `Demo city (synthetic), size ${size}, seed ${seed}`,
      synthetic: true,
      dryRun: false,
      allowOutside: false,
    }),
  });
  if (taken.fault !== undefined) throw taken.fault;
  const { read, written, unchanged, ended, problems, version } = taken;
  return {
    size,
    seed,
    counts: city.counts,
    truth: city.truth,
    read,
    written,
    unchanged,
    ended,
    rejected: problems.length,
    problems,
    version,
    dtmPath,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** Generating keeps the processor busy; others (health checks, Ctrl-C) get their turn this often. */
const TURN_MS = 20;

async function* objectsOf(
  city: DemoCity,
  tell: (done: number, total: number) => void,
): AsyncGenerator<ReadEvent> {
  const total = Object.values(city.counts).reduce((sum, count) => sum + count, 0);
  let done = 0;
  let turn = performance.now();
  for (const feature of city.features) {
    yield { kind: 'object', feature, srid: city.srid, ended: false };
    done++;
    if (performance.now() - turn < TURN_MS) continue;
    tell(done, total);
    await nextTurn();
    turn = performance.now();
  }
  tell(done, total);
}

/** Terrain around the city, so that the view does not end at its border. */
const MARGIN_M = 1000;
const MAX_TERRAIN_CELLS = 6_000_000;

/** The ground of a demo city as a GeoTIFF; the same city gives the same bytes. */
export async function writeTerrain(city: DemoCity, path: string): Promise<void> {
  const [minE, minN, maxE, maxN] = city.extent;
  const extent = {
    minX: minE - MARGIN_M,
    minY: minN - MARGIN_M,
    maxX: maxE + MARGIN_M,
    maxY: maxN + MARGIN_M,
    srid: city.srid,
  };
  const areaM2 = (extent.maxX - extent.minX) * (extent.maxY - extent.minY);
  const cellM = Math.max(2, Math.ceil(Math.sqrt(areaM2 / MAX_TERRAIN_CELLS)));
  const bytes = writeDtm({ extent, cellM, heightM: city.heightM });
  await mkdir(dirname(path), { recursive: true });
  // Never half a file under the name that the service opens.
  const part = `${path}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
