/** The demo city of an empty database, and the terrain that belongs to one. */
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoSize, generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoTransit } from '../../core/demo-city/transit.ts';
import { demoTraffic } from '../../core/demo-city/transit-day.ts';
import type { DemoTruth } from '../../core/demo-city/truth.ts';
import { writeRealtimeFeed } from '../../core/live/adapters/gtfs-realtime.ts';
import type { Config } from '../config.ts';
import {
  type DemoLoadReport,
  type DemoStep,
  loadDemoCity,
  writeDemoTruth,
  writeTerrain,
} from '../exchange/load-demo-city.ts';
import { hasTrafficCounts, loadDemoCounts } from '../exchange/load-demo-counts.ts';
import { hasDemoObstructions, loadDemoObstructions } from '../exchange/load-demo-obstructions.ts';
import { hasDemoSensors, loadDemoSensors } from '../exchange/load-demo-sensors.ts';
import { loadDemoTimetable } from '../exchange/load-demo-timetable.ts';
import { CITY } from '../store/dataset.ts';
import { timetableInForce } from '../store/load-timetable.ts';
import { OBSTRUCTION_FORMAT } from '../store/obstructions.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';
import { COUNT_FORMAT } from '../store/traffic-book.ts';
import { DERIVED_FORMAT } from '../store/upgrade-store.ts';
import type { Progress } from './progress.ts';

interface LoadDemoOptions {
  readonly pool: Pool;
  readonly size: DemoSize;
  readonly seed: number;
  /** A folder for the ground truth. */
  readonly truthFolder?: string | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const STEPS = {
  terrain: 'Terrain',
  generating: 'Making the demo city',
  storing: 'Storing the demo city',
} as const;

/** Loads a demo city and tells how far it is. */
export function loadDemo({ progress, ...options }: LoadDemoOptions): Promise<DemoLoadReport> {
  return loadDemoCity({ ...options, onProgress: telling(progress) });
}

/** Writes the ground truth of a demo city to a folder, without a database, and tells how far it is. */
export function writeTruth({
  progress,
  ...options
}: Omit<LoadDemoOptions, 'pool' | 'truthFolder'> & { readonly folder: string }): Promise<DemoTruth> {
  return writeDemoTruth({ ...options, onProgress: telling(progress) });
}

function telling(progress: Progress): (step: DemoStep) => void {
  let phase = '';
  return (step) => {
    if (step.phase !== phase) progress.step(STEPS[step.phase]);
    phase = step.phase;
    progress.count(step.done, step.total);
  };
}

/** Whether nothing was ever loaded into the city. A load that was broken off left nothing and does not count. */
export async function isCityEmpty(pool: Pool, signal: AbortSignal): Promise<boolean> {
  const rows = await pool.read(
    sql`select from twin.dataset_version where dataset = ${CITY}::text limit 1`,
    signal,
  );
  return rows.length === 0;
}

/** Whether the city is empty or holds nothing but this very demo city. */
export async function mayHoldDemo(pool: Pool, size: DemoSize, seed: number): Promise<boolean> {
  const others = await pool.read(
    sql`select from twin.dataset_version where dataset = ${CITY}::text
      and format not in (${DERIVED_FORMAT}::text, ${OBSTRUCTION_FORMAT}::text)
      and not (format = ${COUNT_FORMAT}::text and synthetic)
      and not (format = 'demo-city' and file_name = ${`demo-${size}-${seed}`}::text) limit 1`,
  );
  return others.length === 0;
}

/**
 * The terrain of the demo city that the database holds, as a GeoTIFF; undefined when it holds none. The file is
 * made from size and seed wherever it is missing: a second server has the same ground under its buildings.
 */
export async function demoTerrain(
  pool: Pool,
  config: Config,
  progress: Progress,
): Promise<string | undefined> {
  const held = await heldDemo(pool);
  if (held === undefined) return undefined;
  const path = join(await writableFolder(config.dataDir), `terrain-${held.size}-${held.seed}.tif`);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    progress.step('Terrain of the demo city');
    await writeTerrain(generateDemoCity(held), path);
  }
  return path;
}

/** Gives the demo city that the database holds its sensors with their last day, timetable, obstructions and counts, where it has none. */
export async function equipDemo(pool: Pool, progress: Progress): Promise<void> {
  const held = await heldDemo(pool);
  if (held === undefined) return;
  if (!(await hasDemoSensors(pool, held))) {
    progress.step('Sensors of the demo city');
    await loadDemoSensors(pool, held, Date.now());
  }
  if ((await timetableInForce(pool)) === undefined) {
    progress.step('Timetable of the demo city');
    await loadDemoTimetable(pool, held);
  }
  if (!(await hasDemoObstructions(pool, held.seed))) {
    progress.step('Obstructions of the demo city');
    await loadDemoObstructions(pool, held.seed, Date.now());
  }
  if (!(await hasTrafficCounts(pool))) {
    progress.step('Traffic counts of the demo city');
    await loadDemoCounts(pool, held.seed);
  }
}

/** The vehicles of the demo city as a feed; undefined unless the database holds it with its own timetable. */
export async function demoVehicles(pool: Pool): Promise<(() => Uint8Array) | undefined> {
  const held = await heldDemo(pool);
  if (held === undefined || !(await timetableInForce(pool))?.synthetic) return undefined;
  const transit = demoTransit(generateDemoCity(held).skeleton);
  return () => writeRealtimeFeed(demoTraffic(transit, held.seed, new Date()));
}

async function heldDemo(pool: Pool): Promise<{ readonly size: DemoSize; readonly seed: number } | undefined> {
  const [last] = await pool.read<{ file_name: string }>(
    sql`select file_name from twin.dataset_version where dataset = ${CITY}::text and format = 'demo-city'
      order by version desc limit 1`,
  );
  const [, size, seed] = /^demo-(district|city|metropolis)-(\d+)$/.exec(last?.file_name ?? '') ?? [];
  return size === undefined ? undefined : { size: size as DemoSize, seed: Number(seed) };
}

/** With a database of one's own the data folder may be missing or closed: what can be made again may lie anywhere. */
async function writableFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    return dataDir;
  } catch {
    return tmpdir();
  }
}
