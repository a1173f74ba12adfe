import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { type DemoSize, generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoTransit } from '../../core/demo-city/transit.ts';
import { gtfsTexts } from '../../core/transit/write-gtfs.ts';
import type { Pool } from '../store/pool.ts';
import { loadGtfs } from './load-gtfs.ts';
import type { FileLoadReport } from './load-report.ts';

/** The timetable of a demo city as a GTFS feed, packed: the same city gives the same bytes. */
export function demoGtfs(demo: { readonly size: DemoSize; readonly seed: number }): Uint8Array {
  const { timetable } = demoTransit(generateDemoCity(demo).skeleton);
  const files = Object.entries(gtfsTexts(timetable)).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: new Date('2020-01-01T00:00:00') });
}

/** Loads the timetable of a demo city as any feed is loaded, labelled synthetic. */
export async function loadDemoTimetable(
  pool: Pool,
  demo: { readonly size: DemoSize; readonly seed: number },
): Promise<FileLoadReport> {
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-gtfs-'));
  try {
    const path = join(folder, 'demo-gtfs.zip');
    await writeFile(path, demoGtfs(demo));
    return await loadGtfs({
      pool,
      path,
      label: {
        fileName: `demo-${demo.size}-${demo.seed}`,
        format: 'demo-city',
        source: `Demo city (synthetic), size ${demo.size}, seed ${demo.seed}`,
        synthetic: true,
      },
      allowOutside: true,
      dryRun: false,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
