import { basename, dirname } from 'node:path';
import { invalidParameter } from '../../core/errors.ts';
import { EGIB_GML } from '../../core/formats/egib/reader.ts';
import { isOfGrid, isOfPopulation, parseMapping } from '../../core/formats/mapped/mapping.ts';
import { parseCrs } from '../../core/geo/crs.ts';
import type { HeightSystem } from '../../core/geo/height-systems.ts';
import type { ReliefKind } from '../../core/wire/load.ts';
import { tellsAbsence } from '../store/absent-objects.ts';
import { CITY } from '../store/dataset.ts';
import { isFault } from '../store/finish-load.ts';
import type { KeepRejected } from '../store/load-contract.ts';
import type { Pool } from '../store/pool.ts';
import { PlanSheetOfFile } from './check-plan.ts';
import { chooseDataset } from './choose-dataset.ts';
import { deliveredModel } from './delivered-model.ts';
import { isZip, sha256Of, sizeOf } from './file-on-disk.ts';
import { FileReading } from './file-reading.ts';
import { parseCoverage } from './load-coverage.ts';
import { loadGtfs } from './load-gtfs.ts';
import type { FileLoadReport, LoadNote, LoadStep } from './load-report.ts';
import { parseScope } from './load-scope.ts';
import { loadTerrain } from './load-terrain.ts';
import { PictureFolder } from './picture-folder.ts';
import { problemOfFile } from './problem-of-file.ts';
import { pulledPagesAt } from './pulled-pages.ts';
import { streetNetworkAt } from './street-network.ts';
import { crsText, takeIn } from './take-in.ts';
import { isTerrainName } from './terrain-raster.ts';
import { loadZippedSheets } from './zipped-sheets.ts';

export interface LoadFileOptions {
  readonly pool: Pool;
  readonly path: string;
  /** Where to load; undefined = the city, or with `allowOutside` a dataset named after the file. */
  readonly dataset?: string | undefined;
  /** CRS for a file that names none, in any spelling: `EPSG:2177` is easting first, a URN as the authority says. */
  readonly crs?: string | undefined;
  /** Takes objects that lie outside the city. */
  readonly allowOutside?: boolean | undefined;
  /** Does and reports everything, and keeps nothing. */
  readonly dryRun?: boolean | undefined;
  /** Refuses the whole file for one object at fault. */
  readonly strict?: boolean | undefined;
  /** Words for where the data come from; the name of the file by default. */
  readonly source?: string | undefined;
  /** Who answers for the data, and on which terms they may be used. */
  readonly steward?: string | undefined;
  readonly licence?: string | undefined;
  /** How columns become properties, as JSON (`core/formats/mapped/mapping.ts`): for GeoJSON, GeoPackage, Shapefile, tables of residents. */
  readonly mapping?: string | undefined;
  /** Of what the file holds everything, so that what is absent has ended: `all` or `precinct:<id>,…`. */
  readonly scope?: string | undefined;
  /** Where the layers of the file speak: the text of a GeoJSON area; CRS as of the file. */
  readonly coverage?: string | undefined;
  /** System of heights of a model of the ground, where its file names none. */
  readonly heights?: HeightSystem | undefined;
  /** What a raster of heights shows; undefined = the ground. */
  readonly kind?: ReliefKind | undefined;
  /** Folder of the grids of the state (`HEIGHT_GRIDS`), for models of the ground in PL-KRON86-NH. */
  readonly heightGrids?: string | undefined;
  /** Folder of the service, where models of the ground come to lie. */
  readonly dataDir?: string | undefined;
  /** File with the nodes of a TNTP network; without it that beside it. */
  readonly nodes?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: LoadStep) => void) | undefined;
  /** Is told of each rejected object with what is known of it. */
  readonly keepRejected?: KeepRejected | undefined;
}

/**
 * Loads one exchange file into the store: format and encoding are told from its beginning, the whole file is one
 * transaction, and the report accounts for every object. A file that is truncated, broken or not known is
 * refused as a whole: `refused` is true and nothing was written.
 * @throws TwinError not-found or invalid-parameter for a path or option that cannot be used, unavailable when the
 *   database is down; the signal's reason when aborted. Nothing was written then either.
 */
export async function loadFile(options: LoadFileOptions): Promise<FileLoadReport> {
  if (options.mapping === undefined && isTerrainName(options.path)) {
    return loadTerrain({ ...options, paths: [options.path] });
  }
  const { path, mapping, signal = new AbortController().signal } = options;
  if (options.kind !== undefined && (mapping !== undefined || !(await isZip(path)))) refuseKind(options);
  const model = mapping === undefined ? await deliveredModel(path, signal) : undefined;
  if (model === undefined) return loadPlain(options, path);
  try {
    refuseKind(options);
    return { ...(await loadPlain({ ...options, path: model.path }, path)), file: path };
  } finally {
    await model.remove();
  }
}

/** A file that was called a surface is never taken for anything else. */
function refuseKind({ kind, path }: LoadFileOptions): void {
  if (kind === undefined) return;
  throw invalidParameter(
    'kind',
    `${basename(path)} is no raster of heights (GeoTIFF, ASC, XYZ, or a .zip of these), so it is no ${kind.toUpperCase()}`,
  );
}

/** @param delivered the file as it came; an archive when the path leads to what was in it */
async function loadPlain(options: LoadFileOptions, delivered: string): Promise<FileLoadReport> {
  const started = performance.now();
  const {
    pool,
    allowOutside = false,
    dryRun = false,
    strict = false,
    signal = new AbortController().signal,
  } = options;
  const onProgress = options.onProgress ?? (() => {});
  const crs = options.crs === undefined ? undefined : parseCrs(options.crs, 'crs');
  const scope = options.scope === undefined ? undefined : parseScope(options.scope);
  const given = options.mapping === undefined ? undefined : parseMapping(options.mapping);
  const ofFeatures = given !== undefined && !isOfPopulation(given) && !isOfGrid(given);
  const coverage = options.coverage === undefined ? undefined : parseCoverage(options.coverage, crs);
  const network =
    given === undefined
      ? ((await pulledPagesAt(options.path, crs === undefined ? {} : { crs })) ??
        (await streetNetworkAt(options.path, { crs, nodes: options.nodes })))
      : undefined;
  const path = network?.path ?? options.path;
  const total = await sizeOf(path);
  const { steward, licence } = options;
  const file = path === options.path ? delivered : path;
  const origin = { steward, licence, bytes: await sizeOf(file), sha256: await sha256Of(file, signal) };
  if (given === undefined && (await isZip(path))) {
    const sheets = await loadZippedSheets({ ...options, path });
    if (sheets) return sheets;
    refuseKind(options);
    refuseForTimetable(options);
    const fileName = basename(path);
    const label = {
      ...{ fileName, format: 'GTFS', source: options.source ?? fileName, synthetic: false },
      ...origin,
    };
    return loadGtfs({ pool, path, allowOutside, dryRun, label, signal, onProgress });
  }
  const reading = new FileReading(
    { pool, path, network, mapping: given, allowOutside, crs, signal },
    (done) => onProgress({ phase: 'reading', done, total }),
  );
  const ownNotes: LoadNote[] = [];
  const sheet = new PlanSheetOfFile();
  const taken = await takeIn({
    pool,
    events: sheet.watch(reading.events()),
    signal,
    keepRejected: options.keepRejected,
    pictures: new PictureFolder(dirname(path), signal),
    onStoring: (done, rows) => onProgress({ phase: 'storing', done, total: rows }),
    headerFor: async (first) => {
      const choice = await chooseDataset(pool, first, { path, dataset: options.dataset, allowOutside });
      if (coverage !== undefined && choice.dataset !== CITY) {
        throw invalidParameter(
          'coverage',
          `Coverage is kept of the layers of the city; the file goes to ${choice.dataset}`,
        );
      }
      if (choice.reason !== undefined) ownNotes.push({ code: 'dataset', message: choice.reason });
      return {
        dataset: choice.dataset,
        srid: choice.srid,
        fileName: basename(file),
        format: reading.format ?? '',
        source: options.source ?? basename(file),
        synthetic: false,
        checksRegisters: reading.format === EGIB_GML.name || ofFeatures,
        ...origin,
        dryRun,
        strict,
        allowOutside,
        scope,
        coverage,
      };
    },
  });
  const faulty = taken.problems.filter(isFault).length;
  const isStrictlyRefused = strict && faulty > 0;
  if (isStrictlyRefused) {
    ownNotes.push({
      code: 'strict',
      message: `${faulty} objects are at fault, so nothing of the file was loaded (strict)`,
    });
  }
  const refused = taken.fault !== undefined || isStrictlyRefused;
  if (!refused) ownNotes.push(...(await sheet.notes(pool, taken.header?.dataset ?? CITY)));
  const problems =
    taken.fault === undefined ? taken.problems : [...taken.problems, problemOfFile(taken.fault)];
  if (!allowOutside && problems.some(({ code }) => code === 'outside-city')) {
    ownNotes.push({
      code: 'outside-city',
      message:
        'Objects outside the city were rejected; --allow-outside loads such a file into a dataset of its own',
    });
  }
  if (scope !== undefined && !tellsAbsence(problems)) {
    ownNotes.push({
      code: 'scope-not-used',
      message:
        'Objects without an identifier were rejected, so nobody can tell what is absent from the file: nothing was ended for its absence',
    });
  }
  return {
    file: path,
    format: reading.format,
    dataset: taken.header?.dataset,
    crs: crsText(taken.srids),
    read: taken.read,
    written: taken.written,
    added: taken.added,
    changed: taken.changed,
    layers: taken.layers,
    unchanged: taken.unchanged,
    ended: taken.ended,
    // Of a refused file nothing was taken over, whatever had been read before the fault.
    rejected: refused ? taken.read : taken.problems.length,
    problems,
    notes: [...ownNotes, ...taken.notes],
    version: taken.version,
    dryRun,
    refused,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** @throws TwinError invalid-parameter for an option that says nothing of a timetable */
function refuseForTimetable({ dataset, strict, coverage }: LoadFileOptions): void {
  if (dataset !== undefined && dataset !== CITY) {
    throw invalidParameter('dataset', 'A timetable (GTFS) belongs to the city; leave --dataset away');
  }
  if (strict) {
    throw invalidParameter('strict', 'A timetable (GTFS) is taken over row by row; leave --strict away');
  }
  if (coverage !== undefined) {
    throw invalidParameter('coverage', 'A timetable (GTFS) says itself where it goes; leave --coverage away');
  }
}
