/** Models of the ground (DTM) and, apart from them, of the surface with roofs and trees (DSM): GeoTIFF, COG, ESRI ASC and XYZ, one file or the sheets of a mosaic, as one version. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { invalidParameter, notSupported } from '../../core/errors.ts';
import { type Bbox, reprojectBbox } from '../../core/geo/bbox.ts';
import { type CrsReference, crsOf, parseCrs, SERVED_CRS } from '../../core/geo/crs.ts';
import { CITY_HEIGHTS, type HeightSystem } from '../../core/geo/height-systems.ts';
import type { ReliefKind } from '../../core/wire/load.ts';
import { CITY } from '../store/dataset.ts';
import type { Pool } from '../store/pool.ts';
import { recordTerrain } from '../store/terrain-version.ts';
import { meetsCity, storedSrid } from './choose-dataset.ts';
import { sha256Of, sizeOf } from './file-on-disk.ts';
import { runGdal } from './gdal.ts';
import type { FileLoadReport, LoadNote, LoadStep } from './load-report.ts';
import { problemOfFile } from './problem-of-file.ts';
import { heightsNote, heightsOf, raised } from './terrain-heights.ts';
import { type TerrainRaster, terrainRaster } from './terrain-raster.ts';
import { RELIEF_NAMES, terrainFolder, terrainInUse, useTerrain } from './terrain-shelf.ts';

export interface LoadTerrainOptions {
  readonly pool: Pool;
  /** At least one; several are the sheets of one model. */
  readonly paths: readonly string[];
  /** Of the service: the model comes to lie there. */
  readonly dataDir?: string | undefined;
  readonly crs?: string | undefined;
  /** Undefined = the ground. A surface is never used as one. */
  readonly kind?: ReliefKind | undefined;
  /** System of the heights, where the files name none. */
  readonly heights?: HeightSystem | undefined;
  /** Folder of the grids of the state (`HEIGHT_GRIDS`), by which PL-KRON86-NH is brought to the heights of the twin. */
  readonly heightGrids?: string | undefined;
  readonly allowOutside?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly source?: string | undefined;
  readonly steward?: string | undefined;
  readonly licence?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: LoadStep) => void) | undefined;
}

/** A city of 30 × 30 km at one metre; more is a mistake in a head line, or wants a coarser grid. */
const MOST_CELLS = 1_000_000_000;
/** Metres: nothing on the ground of the Earth is lower or higher. */
const [LOWEST_M, HIGHEST_M] = [-450, 8_900];
const NO_DATA = '-9999';
/** Of one gdalwarp. */
const MEMORY_MB = '128';
const TIFF_OPTIONS = ['TILED=YES', 'COMPRESS=DEFLATE', 'BIGTIFF=IF_SAFER'];
const COG_OPTIONS = ['COMPRESS=DEFLATE', 'BLOCKSIZE=256', 'RESAMPLING=AVERAGE', 'BIGTIFF=IF_SAFER'];

/**
 * Makes one model of the files, keeps it as a version of the city’s data and puts it into use, for a running service too.
 * The files are held in memory row by row.
 * @throws TwinError as `loadFile`; what is wrong with the files is in the report, and then nothing was kept
 */
export async function loadTerrain(options: LoadTerrainOptions): Promise<FileLoadReport> {
  const started = performance.now();
  const { dryRun = false, kind = 'dtm', paths, signal = new AbortController().signal } = options;
  const notes: LoadNote[] = [];
  const report = (more: Partial<FileLoadReport>): FileLoadReport => ({
    ...{
      ...NOTHING,
      format: RELIEF_NAMES[kind],
      file: paths.join(', '),
      read: paths.length,
      notes,
      dryRun,
      ...more,
    },
    seconds: Math.round(performance.now() - started) / 1000,
  });
  try {
    return report(await taken({ ...options, kind, dryRun, signal }, notes));
  } catch (error) {
    signal.throwIfAborted();
    return report({ refused: true, rejected: paths.length, problems: [problemOfFile(error)] });
  }
}

const FORMAT = RELIEF_NAMES.dtm;

const NOTHING = {
  ...{ format: FORMAT, dataset: CITY, crs: undefined, notes: [], problems: [], layers: [] },
  ...{ written: 0, added: 0, changed: 0, unchanged: 0, ended: 0, rejected: 0 },
  ...{ version: undefined, refused: false },
} as const;

/** The report of a file that no model could be made of. @throws the fault again when it is none of the file */
export const refusedModel = (file: string, dryRun: boolean, fault: unknown): FileLoadReport => ({
  ...{ ...NOTHING, file, dryRun, read: 1, rejected: 1, refused: true, seconds: 0 },
  problems: [problemOfFile(fault)],
});

type Wanted = LoadTerrainOptions & {
  readonly kind: ReliefKind;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
};

async function taken(options: Wanted, notes: LoadNote[]): Promise<Partial<FileLoadReport>> {
  const { pool, paths, kind, dataDir, dryRun, signal, onProgress = () => {} } = options;
  if (dataDir === undefined)
    throw invalidParameter('file', 'Models of the ground are loaded where the service keeps its data');
  const digest = await digestOf(paths, signal);
  const given = options.crs === undefined ? undefined : parseCrs(options.crs, 'crs');
  const rasters: TerrainRaster[] = [];
  for (const path of paths) {
    rasters.push(await terrainRaster(path, given, signal));
    onProgress({ phase: 'reading', done: rasters.length, total: 2 * paths.length });
  }
  const heights = heightsOf(rasters, options.heights);
  const used = await terrainInUse(dataDir, kind);
  if (used?.sha256 === digest.sha256 && (used.heights ?? CITY_HEIGHTS) === heights.system)
    return { unchanged: paths.length, version: used.version };
  const citySrid = (await storedSrid(pool, CITY)) ?? 2177;
  const { crs, target, decision } = decideCrs(rasters, given, citySrid);
  notes.push({ code: 'crs', message: decision }, heightsNote(heights, options.heightGrids));
  notes.push(...noDataNotes(rasters));
  const cells = cellsOf(rasters);
  if (cells > MOST_CELLS) {
    throw notSupported(
      `The files make ${Math.round(cells / 1e6)} million cells, more than ${MOST_CELLS / 1e6} million: load a part of them, or a coarser grid (gdalwarp -tr); nothing was loaded`,
    );
  }
  const folder = terrainFolder(dataDir, kind);
  await mkdir(folder, { recursive: true });
  const workshop = await mkdtemp(join(folder, '.making-'));
  try {
    const made = await makeModel({
      ...{ rasters, crs, target, workshop, signal },
      isOld: heights.system !== CITY_HEIGHTS,
      grids: options.heightGrids,
    });
    const extent = reprojectBbox(made.extent, citySrid);
    if (!options.allowOutside && !(await meetsCity(pool, extent))) {
      throw notSupported(
        `The files lie outside the city (easting ${made.extent.minX.toFixed(0)} to ${made.extent.maxX.toFixed(0)}, northing ${made.extent.minY.toFixed(0)} to ${made.extent.maxY.toFixed(0)} in EPSG:${target}); is the CRS right, and easting first? Nothing was loaded`,
      );
    }
    notes.push({
      code: RELIEF_NAMES[kind],
      message: `Heights from ${made.lowestM.toFixed(2)} to ${made.highestM.toFixed(2)} m, ${made.knownPct.toFixed(1)} % of the box of the files known; ${USES[kind]}`,
    });
    const fileName = paths
      .map((path) => basename(path))
      .join(', ')
      .slice(0, 500);
    const label = { fileName, format: RELIEF_NAMES[kind], source: options.source ?? fileName, ...digest };
    const { steward, licence } = options;
    const version = await recordTerrain(pool, {
      ...{ ...label, steward, licence, dryRun, extent, files: paths.length },
      ...{ crs: rasters[0]?.crsName ?? '', crsDecision: `${decision}. ${madeOf(made, heights.system)}` },
    });
    if (!dryRun)
      await useTerrain(dataDir, made.path, kind, { version, sha256: digest.sha256, heights: heights.system });
    return { written: paths.length, added: paths.length, crs: rasters[0]?.crsName, version };
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

const USES: Readonly<Record<ReliefKind, string>> = {
  dtm: 'the service shows them within seconds, unless TERRAIN names another file',
  dsm: 'kept beside the ground: nothing stands on them',
};

const madeOf = ({ cellM }: MadeModel, system: HeightSystem): string =>
  `Cells of ${Number(cellM.toFixed(3))} m, heights in ${CITY_HEIGHTS}${system === CITY_HEIGHTS ? '' : ` (delivered in ${system})`}`;

/** Each sheet is read by its own; one that names none beside others that do is worth a look. */
function noDataNotes(rasters: readonly TerrainRaster[]): readonly LoadNote[] {
  const named = [...new Set(rasters.map(({ noData }) => noData ?? 'none named'))];
  if (named.length < 2) return [];
  const message = `The sheets name different values for "no height" (${named.join(', ')}); each was read by its own`;
  return [{ code: 'no-data-mixed', message }];
}

/** Of several files: of their digests, in order. */
async function digestOf(paths: readonly string[], signal: AbortSignal) {
  const digests: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    bytes += await sizeOf(path);
    digests.push(await sha256Of(path, signal));
  }
  const [first = ''] = digests;
  const sha256 = digests.length === 1 ? first : createHash('sha256').update(digests.join('\n')).digest('hex');
  return { sha256, bytes };
}

/** A plane CRS of the state stays as it is, so that no height is made by interpolation; others are warped into that of the city. */
function decideCrs(rasters: readonly TerrainRaster[], given: CrsReference | undefined, citySrid: number) {
  const [first] = rasters as readonly [TerrainRaster, ...TerrainRaster[]];
  const other = rasters.find(({ crs }) => crs !== first.crs);
  if (other) {
    throw notSupported(
      `${basename(first.path)} is in ${first.crsName}, ${basename(other.path)} in ${other.crsName}: sheets of one model are in one CRS. Nothing was loaded`,
    );
  }
  const kept = SERVED_CRS.find(
    ({ srid }) => srid === first.srid && crsOf(srid).unit === 'm' && srid !== 3857,
  );
  const said = given ? `${first.crsName}, as given` : `${first.crsName}, as the files say`;
  return {
    crs: first.crs,
    target: kept?.srid ?? citySrid,
    decision: kept
      ? `Heights stay on their grid in ${said}`
      : `Heights are warped from ${said}, into EPSG:${citySrid} (bilinear)`,
  };
}

const cellOf = (rasters: readonly TerrainRaster[]): number =>
  Math.min(...rasters.flatMap(({ cellX, cellY }) => [cellX, cellY]));

/** All sheets together, each as large as it is or as its cells are finer elsewhere. */
function cellsOf(rasters: readonly TerrainRaster[]): number {
  const [west, south, east, north] = boxOf(rasters);
  return ((east - west) / cellOf(rasters)) * ((north - south) / cellOf(rasters));
}

function boxOf(rasters: readonly TerrainRaster[]): TerrainRaster['extent'] {
  const side = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) =>
    pick(...rasters.map(({ extent }) => extent[index]));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}

interface MadeModel {
  readonly path: string;
  readonly extent: Bbox;
  /** Larger side of a cell. */
  readonly cellM: number;
  readonly lowestM: number;
  readonly highestM: number;
  readonly knownPct: number;
}

async function makeModel({
  rasters,
  crs,
  target,
  workshop,
  signal,
  isOld,
  grids,
}: {
  readonly rasters: readonly TerrainRaster[];
  readonly crs: string;
  readonly target: number;
  readonly workshop: string;
  readonly signal: AbortSignal;
  /** Heights in PL-KRON86-NH. */
  readonly isOld: boolean;
  readonly grids: string | undefined;
}): Promise<MadeModel> {
  const stays = crs === `EPSG:${target}`;
  const [warped, path] = [join(workshop, 'warped.tif'), join(workshop, 'model.tif')];
  const cell = String(cellOf(rasters));
  const options = [
    ...['-q', '-wm', MEMORY_MB, '-ot', 'Float32', '-dstnodata', NO_DATA, '-novshift'],
    ...['-s_srs', crs, '-t_srs', `EPSG:${target}`, '-r', stays ? 'near' : 'bilinear'],
    ...(stays ? ['-te', ...boxOf(rasters).map(String), '-tr', cell, cell] : []),
    ...TIFF_OPTIONS.flatMap((each) => ['-co', each]),
  ];
  await runGdal('gdalwarp', [...options, ...rasters.map((raster) => raster.path), warped], FORMAT, signal);
  const cog = COG_OPTIONS.flatMap((each) => ['-co', each]);
  const tiffOptions = TIFF_OPTIONS.flatMap((each) => ['-co', each]);
  const kept = isOld
    ? await raised({ path: warped, srid: target, workshop, grids, tiffOptions, signal })
    : warped;
  await runGdal(
    'gdal_translate',
    ['-q', '-of', 'COG', '-a_srs', `EPSG:${target}`, ...cog, kept, path],
    FORMAT,
    signal,
  );
  await rm(warped);
  const made: {
    readonly size: readonly [number, number];
    readonly geoTransform: readonly number[];
    readonly bands: readonly {
      readonly minimum?: number;
      readonly maximum?: number;
      readonly metadata?: { readonly ''?: Readonly<Record<string, string>> };
    }[];
  } = JSON.parse(
    await runGdal(
      'gdalinfo',
      ['--config', 'GDAL_PAM_ENABLED', 'NO', '-json', '-stats', path],
      FORMAT,
      signal,
    ),
  );
  const [band] = made.bands;
  const { minimum: lowestM, maximum: highestM } = band ?? {};
  if (lowestM === undefined || highestM === undefined)
    throw notSupported('The files hold no height at all; nothing was loaded');
  if (lowestM < LOWEST_M || highestM > HIGHEST_M) {
    throw notSupported(
      `The values of the files go from ${lowestM} to ${highestM}: they are no heights in metres, or a value for "none" is not named. Nothing was loaded`,
    );
  }
  const [minX = 0, cellX = 0, , maxY = 0, , down = 0] = made.geoTransform;
  const [width, height] = made.size;
  return {
    ...{ path, lowestM, highestM, cellM: Math.max(cellX, -down) },
    knownPct: Number(band?.metadata?.['']?.['STATISTICS_VALID_PERCENT'] ?? Number.NaN),
    extent: { minX, maxY, maxX: minX + width * cellX, minY: maxY + height * down, srid: target },
  };
}
