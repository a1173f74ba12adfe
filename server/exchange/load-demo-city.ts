import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type DemoCity,
  type DemoRun,
  type DemoSize,
  generateDemoCity,
} from '../../core/demo-city/generate.ts';
import { DEMO_LAYERS, type DemoTruth } from '../../core/demo-city/truth.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { writeDtm } from '../../tiles/terrain/write-dtm.ts';
import { CITY } from '../store/dataset.ts';
import { declareCoverage } from '../store/layer-coverage.ts';
import type { Pool } from '../store/pool.ts';
import { chooseDataset } from './choose-dataset.ts';
import { openTruthFiles, type TruthFiles } from './demo-truth.ts';
import type { LoadCounts } from './load-report.ts';
import { takeIn } from './take-in.ts';

export interface LoadDemoCityOptions {
  readonly pool: Pool;
  readonly size: DemoSize;
  readonly seed: number;
  /** Where to write the terrain of the demo city as a GeoTIFF; undefined = not at all. */
  readonly dtmPath?: string | undefined;
  /** A folder for the ground truth, written in the same run; undefined = not at all. */
  readonly truthFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: DemoStep) => void) | undefined;
}

/** Terrain models written, quarters of the town generated, rows stored. */
export interface DemoStep {
  readonly phase: 'terrain' | 'generating' | 'storing';
  readonly done: number;
  readonly total: number;
}

export interface DemoLoadReport extends LoadCounts {
  readonly size: DemoSize;
  readonly seed: number;
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
  const { pool, size, seed, dtmPath, truthFolder, signal = new AbortController().signal } = options;
  const tell = options.onProgress ?? (() => {});
  const city = generateDemoCity({ size, seed });
  if (dtmPath !== undefined) {
    tell({ phase: 'terrain', done: 0, total: 1 });
    await nextTurn(undefined, { signal });
    await writeTerrain(city, dtmPath);
    tell({ phase: 'terrain', done: 1, total: 1 });
  }
  const files = truthFolder === undefined ? undefined : await openTruthFiles(truthFolder, city);
  const run = city.run(files?.tell);
  const taken = await takeIn({
    pool,
    events: objectsOf(city, run, files, (done, total) => tell({ phase: 'generating', done, total })),
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
  await declareCoverage(pool, [...DEMO_LAYERS, 'obstructions'], {
    type: 'MultiPolygon',
    coordinates: [[city.outline]],
  });
  const { read, written, added, changed, unchanged, ended, layers, problems, version } = taken;
  return {
    size,
    seed,
    truth: run.truth,
    read,
    ...{ written, added, changed },
    unchanged,
    ended,
    layers,
    rejected: problems.length,
    problems,
    version,
    dtmPath,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/**
 * The ground truth of a demo city without a database: the whole run, written to a folder.
 * @throws what the file system throws, and the signal's reason when aborted.
 */
export async function writeDemoTruth(
  options: Pick<LoadDemoCityOptions, 'size' | 'seed' | 'signal' | 'onProgress'> & { readonly folder: string },
): Promise<DemoTruth> {
  const city = generateDemoCity(options);
  const files = await openTruthFiles(options.folder, city);
  const run = city.run(files.tell);
  const tell = (done: number, total: number) => options.onProgress?.({ phase: 'generating', done, total });
  for await (const _ of objectsOf(city, run, files, tell)) options.signal?.throwIfAborted();
  return run.truth;
}

/** Generating keeps the processor busy; others (health checks, Ctrl-C) get their turn this often. */
const TURN_MS = 20;

/** All objects of a run; the truth is complete when they have come to their end, and gone when they did not. */
async function* objectsOf(
  { srid }: DemoCity,
  run: DemoRun,
  files: TruthFiles | undefined,
  tell: (done: number, total: number) => void,
): AsyncGenerator<ReadEvent> {
  let turn = performance.now();
  let isWhole = false;
  try {
    for (const feature of run.features) {
      yield { kind: 'object', feature, srid, ended: false };
      if (performance.now() - turn < TURN_MS) continue;
      tell(run.quartersDone, run.quarters);
      await files?.flush();
      await nextTurn();
      turn = performance.now();
    }
    tell(run.quarters, run.quarters);
    await files?.finish(run.truth);
    isWhole = true;
  } finally {
    if (!isWhole) await files?.abandon();
  }
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
