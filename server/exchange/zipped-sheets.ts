/** Sheets of a model of the ground that come in one archive. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { notSupported } from '../../core/errors.ts';
import type { FileLoadReport } from './load-report.ts';
import { type LoadTerrainOptions, loadTerrain, refusedModel } from './load-terrain.ts';
import { isTerrainName } from './terrain-raster.ts';
import { ZipError, zipEntries } from './zip-entries.ts';

type Zipped = Omit<LoadTerrainOptions, 'paths'> & { readonly path: string };

/**
 * Loads the sheets of an archive as one model. The archive is unpacked beside, under the guards of every archive.
 * @returns undefined for an archive without rasters of heights
 * @throws TwinError as `loadTerrain`
 */
export async function loadZippedSheets({ path, ...options }: Zipped): Promise<FileLoadReport | undefined> {
  const signal = options.signal ?? new AbortController().signal;
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-sheets-'));
  const sheets = new Set<string>();
  try {
    await unpack(path, folder, sheets, signal);
    if (sheets.size === 0) return undefined;
    const source = options.source ?? basename(path);
    return { ...(await loadTerrain({ ...options, source, paths: [...sheets].toSorted() })), file: path };
  } catch (error) {
    signal.throwIfAborted();
    // Whatever else it should have held, its own reader says what is wrong.
    if (sheets.size === 0 && error instanceof ZipError) return undefined;
    const fault = error instanceof ZipError ? notSupported(`${error.message}; nothing was loaded`) : error;
    return refusedModel(path, options.dryRun ?? false, fault);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rasters, and what says the CRS of those beside it. @param sheets is told of each raster before it is unpacked */
async function unpack(path: string, folder: string, sheets: Set<string>, signal: AbortSignal): Promise<void> {
  const fileOf = (name: string): string => join(folder, basename(name.replaceAll('\\', '/')));
  const isWanted = (name: string): boolean => {
    if (isTerrainName(name)) sheets.add(fileOf(name));
    return isTerrainName(name) || /\.prj$/i.test(name);
  };
  const taken = new Set<string>();
  for await (const { name, bytes } of zipEntries(path, isWanted, () => {}, signal)) {
    const file = fileOf(name);
    if (taken.has(file)) {
      throw notSupported(`The archive holds ${basename(file).slice(0, 100)} twice; nothing was loaded`);
    }
    taken.add(file);
    await pipeline(bytes, createWriteStream(file), { signal });
  }
}
