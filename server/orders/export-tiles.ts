/** The 3D tiles of the city as the public is served them: a folder for any server of files, or one archive. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { conflict, invalidParameter, notFound } from '../../core/errors.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { type DrawingFault, drawingFaults } from '../../tiles/mesh/drawing-faults.ts';
import { idsInGlb } from '../../tiles/mesh/ids-in-glb.ts';
import type { BuildingStore } from '../../tiles/tileset/building-store.ts';
import { type TileFile, writeTileArchive } from '../../tiles/tileset/tile-archive.ts';
import { tilesetFiles } from '../../tiles/tileset/tileset-files.ts';
import { tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { postgisBuildings } from '../store/building-tiles.ts';
import { layerVersions } from '../store/city-version.ts';
import { CITY } from '../store/dataset.ts';
import { layersOf } from '../store/layers.ts';
import type { Pool } from '../store/pool.ts';
import { relationFor, rowsOf } from '../store/relation.ts';
import { sql } from '../store/sql.ts';
import { officeView } from './office-view.ts';
import { writeWhole } from './write-whole.ts';

export interface TilesExporting {
  readonly pool: Pool;
  readonly geoid: Undulation;
  /** A folder that is not there yet, or a file that ends in `.3tz`. */
  readonly path: string;
  readonly dataset?: string | undefined;
  readonly at?: Date | undefined;
  readonly scenario?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Buildings of the register = standing + demolished; all that stand are in exactly one tile, or named as missing. */
export interface TilesExported {
  readonly file: string;
  readonly files: number;
  readonly bytes: number;
  readonly buildings: {
    readonly inDatabase: number;
    /** Known, and not drawn. */
    readonly demolished: number;
    readonly inTiles: number;
    /** Ids of buildings that stand and are in no tile. */
    readonly missing: readonly string[];
    /** Ids that are in more than one tile. */
    readonly repeated: readonly string[];
  };
  /** Buildings whose body is not sound, and how: they are in the tiles, drawn as the names of faults say. */
  readonly faulty: readonly { readonly id: string; readonly faults: readonly DrawingFault[] }[];
  readonly seconds: number;
}

const LAYER = 'buildings_3d';

/**
 * @throws TwinError not-found for a dataset without 3D buildings, conflict when the folder is there already or the city
 *   changed meanwhile; nothing is left then
 */
export async function exportTiles(options: TilesExporting): Promise<TilesExported> {
  const { pool, geoid, path, dataset = CITY, at, scenario, signal, onProgress = () => {} } = options;
  const started = performance.now();
  const view = { ...(await officeView(pool, { at, scenario })), ...PUBLIC_VIEW };
  const layers = layersOf(pool);
  const store = postgisBuildings(pool, layers, view);
  const layer = await store.layer(dataset === CITY ? LAYER : `${dataset}.${LAYER}`);
  const relation = layer && relationFor(layer, view);
  if (!layer || !relation) throw notFound(`There are no 3D buildings in the dataset ${dataset}`, 'dataset');
  const before = await layerVersions(pool, layers, [layer.name], view);
  const known = await pool.read<{ id: string; stands: boolean }>(
    sql`select id, state is distinct from 'demolished' as stands from (${rowsOf(relation)}) as building order by id`,
    signal,
  );
  const extents = await store.extents(layer, signal);
  const seen = new Map<string, number>();
  const faulty: TilesExported['faulty'][number][] = [];
  const observed: BuildingStore = {
    ...store,
    rows: async (...asked) => {
      const rows = await store.rows(...asked);
      for (const { id, surfaces, surfaceKinds } of rows) {
        const faults = drawingFaults(surfaces, surfaceKinds);
        if (faults.length > 0) faulty.push({ id, faults });
      }
      return rows;
    },
  };
  let files = 0;
  const told = async function* (): AsyncGenerator<TileFile> {
    for await (const file of tilesetFiles(tilesetSource(observed, geoid), layer, extents, signal)) {
      if (file.path.endsWith('.glb')) {
        for (const id of idsInGlb(file.bytes)) seen.set(id, (seen.get(id) ?? 0) + 1);
      }
      files++;
      onProgress(seen.size, known.length);
      yield file;
    }
  };
  const unchanged = async () => {
    signal.throwIfAborted();
    const after = await layerVersions(pool, layers, [layer.name], view);
    if (after[layer.name] !== before[layer.name]) {
      throw conflict('The buildings changed while their tiles were written; export again', 'layers');
    }
  };
  const write = path.endsWith('.3tz')
    ? writeWhole(path, writeTileArchive(told()), unchanged)
    : writeFolder(path, told(), unchanged);
  const bytes = await write;
  const standing = known.filter(({ stands }) => stands).map(({ id }) => id);
  return {
    ...{ file: path, files, bytes },
    buildings: {
      inDatabase: known.length,
      demolished: known.length - standing.length,
      inTiles: seen.size,
      missing: standing.filter((id) => !seen.has(id)),
      repeated: [...seen].filter(([, times]) => times > 1).map(([id]) => id),
    },
    faulty,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** Writes beside the place of the folder, which takes it when it is whole. */
async function writeFolder(
  path: string,
  files: AsyncIterable<TileFile>,
  check: () => Promise<void>,
): Promise<number> {
  const part = `${path}.part-${process.pid}`;
  await mkdir(part).catch((error: Error) => {
    throw invalidParameter('out', `${path} cannot be written: ${error.message}`);
  });
  try {
    let bytes = 0;
    for await (const file of files) {
      const place = join(part, file.path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, file.bytes);
      bytes += file.bytes.length;
    }
    await check();
    await rename(part, path).catch(() => {
      throw conflict(`${path} is there already; name another folder or remove it`, 'out');
    });
    return bytes;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}
