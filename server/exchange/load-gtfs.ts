import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import type { LoadProblem, ReadEvent } from '../../core/formats/reader.ts';
import {
  GTFS_TABLES,
  type GtfsFile,
  type GtfsRow,
  type GtfsRows,
  isGtfsFile,
  missingFiles,
  RowFault,
} from '../../core/transit/gtfs-tables.ts';
import type { Agency, Route, Stop } from '../../core/transit/timetable.ts';
import { lineFeature, stopFeature } from '../../core/transit/transit-features.ts';
import { CITY } from '../store/dataset.ts';
import {
  beginTimetable,
  type StagedCell,
  type TimetableStage,
  type TimetableTransaction,
  timetableInForce,
} from '../store/load-timetable.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';
import type { FileLoadReport, LoadNote, LoadStep, TableCount } from './load-report.ts';
import { takeIn } from './take-in.ts';
import { ZipError, zipEntries } from './zip-entries.ts';

/** How the load is called wherever it is spoken of. */
export interface FeedLabel {
  readonly fileName: string;
  readonly format: string;
  readonly source: string;
  /** Generated data, always labelled. */
  readonly synthetic: boolean;
  readonly steward?: string | undefined;
  readonly licence?: string | undefined;
  readonly sha256?: string | undefined;
  readonly bytes?: number | undefined;
}

export interface LoadGtfsOptions {
  readonly pool: Pool;
  readonly path: string;
  readonly allowOutside: boolean;
  readonly dryRun: boolean;
  readonly label: FeedLabel;
  readonly signal: AbortSignal;
  readonly onProgress: (step: LoadStep) => void;
}

/** Of the faulty rows of one file so many are listed; all are counted. */
const LISTED_PROBLEMS = 200;
const LONGEST_ROW_CHARACTERS = 100_000;
const CITY_SRID = 2177;

/** The feed as a whole cannot be used. */
class FeedError extends Error {}

/**
 * Loads a GTFS feed: the timetable takes the place of the one in force, its stops and lines become objects of their
 * registers. Rows that cannot be used are left out and reported; a feed without its required files is refused.
 */
export async function loadGtfs(options: LoadGtfsOptions): Promise<FileLoadReport> {
  const started = performance.now();
  const { pool, path, signal, onProgress, dryRun } = options;
  const contentHash = await hashOf(path, signal);
  const feed = new StagedFeed(await beginTimetable(pool));
  const stop = () => void feed.transaction.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const inForce = await timetableInForce(pool);
    const fault = await readFeed(feed, options).then(
      () => undefined,
      (error: unknown) => problemOfFeed(error),
    );
    signal.throwIfAborted();
    if (fault !== undefined) return feed.refused(options, fault, started);
    feed.takeFaults(await feed.transaction.check());
    const taken = await takeIn({
      pool,
      events: await feed.objects(),
      signal,
      onStoring: (done, total) => onProgress({ phase: 'storing', done, total }),
      headerFor: async () => ({
        dataset: CITY,
        srid: CITY_SRID,
        ...options.label,
        dryRun,
        // Lines run beyond the border of the city; a feed that never comes into it is refused before.
        allowOutside: true,
        scope: 'all',
      }),
    });
    if (taken.fault !== undefined) throw taken.fault;
    if (!dryRun) {
      await feed.transaction.commit({
        source: options.label.source,
        operator: feed.agencies.map(({ name }) => name).join(', '),
        timeZone: feed.agencies[0]?.timeZone ?? 'UTC',
        synthetic: options.label.synthetic,
        contentHash,
      });
    }
    const notes: LoadNote[] = [...feed.notes, ...taken.notes];
    if (inForce?.contentHash === contentHash) {
      notes.push({ code: 'same-timetable', message: 'The timetable in force came from this very file' });
    }
    return {
      file: path,
      format: 'GTFS',
      dataset: CITY,
      crs: 'EPSG:4326',
      read: taken.read,
      written: taken.written,
      added: taken.added,
      changed: taken.changed,
      layers: taken.layers,
      unchanged: taken.unchanged,
      ended: taken.ended,
      rejected: taken.problems.length,
      problems: [...feed.problems, ...taken.problems],
      notes,
      tables: feed.tables(),
      version: taken.version,
      dryRun,
      refused: false,
      seconds: Math.round(performance.now() - started) / 1000,
    };
  } finally {
    signal.removeEventListener('abort', stop);
    await feed.transaction.abort();
  }
}

/** What is known of a feed while it is read. */
class StagedFeed {
  readonly transaction: TimetableTransaction;
  readonly agencies: Agency[] = [];
  readonly stops = new Map<string, Stop>();
  readonly routes = new Map<string, Route>();
  readonly problems: LoadProblem[] = [];
  readonly notes: LoadNote[] = [];
  readonly #counts = new Map<GtfsFile, { read: number; rejected: number }>();

  constructor(transaction: TimetableTransaction) {
    this.transaction = transaction;
  }

  begin(file: GtfsFile): void {
    if (this.#counts.has(file)) throw new FeedError(`The archive holds ${file} twice`);
    this.#counts.set(file, { read: 0, rejected: 0 });
  }

  get files(): readonly GtfsFile[] {
    return [...this.#counts.keys()];
  }

  async row(file: GtfsFile, row: GtfsRow, line: number): Promise<void> {
    const counts = this.#counts.get(file);
    if (counts) counts.read++;
    const read = GTFS_TABLES[file].read(row);
    if (read instanceof RowFault) {
      this.#problem(file, { code: 'invalid-value', line, message: read.message, objectId: read.id });
      return;
    }
    const staged = stagedOf(file, read);
    if (staged) await this.transaction.write(staged.stage, line, staged.cells);
    if (file === 'agency.txt') this.agencies.push(read as Agency);
    if (file === 'stops.txt') keepFirst(this.stops, read as Stop);
    if (file === 'routes.txt') keepFirst(this.routes, read as Route);
  }

  takeFaults(faults: Awaited<ReturnType<TimetableTransaction['check']>>): void {
    for (const { stage, count, shown } of faults) {
      const file = FILE_OF[stage];
      const counts = this.#counts.get(file);
      if (counts) counts.rejected += count - shown.length;
      for (const { code, id, line, message } of shown)
        this.#problem(file, { code, line, message, objectId: id });
    }
  }

  #problem(file: GtfsFile, problem: Omit<LoadProblem, 'objectClass'>): void {
    const counts = this.#counts.get(file);
    if (counts) counts.rejected++;
    if ((counts?.rejected ?? 0) <= LISTED_PROBLEMS) this.problems.push({ ...problem, objectClass: file });
  }

  tables(): readonly TableCount[] {
    return [...this.#counts].map(([file, counts]) => ({ file, ...counts }));
  }

  /** Stops and lines as objects of their registers. */
  async objects(): Promise<AsyncIterable<ReadEvent>> {
    const callsByStop = await this.transaction.callsByStop();
    const lines = await this.transaction.lines();
    const { stops, routes } = this;
    return (async function* (): AsyncGenerator<ReadEvent> {
      for (const stop of stops.values()) {
        const calls = (callsByStop.get(stop.id) ?? []).flatMap((id) => routes.get(id) ?? []);
        yield { kind: 'object', feature: stopFeature(stop, calls), srid: CITY_SRID, ended: false };
      }
      for (const { routeId, trips, paths } of lines) {
        const route = routes.get(routeId);
        const feature = route && lineFeature(route, paths, trips);
        if (feature) yield { kind: 'object', feature, srid: CITY_SRID, ended: false };
      }
    })();
  }

  refused({ path, dryRun }: LoadGtfsOptions, problem: LoadProblem, started: number): FileLoadReport {
    return {
      ...{ file: path, format: 'GTFS', dataset: undefined, crs: undefined },
      ...{ read: 0, written: 0, added: 0, changed: 0, unchanged: 0, ended: 0, rejected: 0 },
      ...{ layers: [], version: undefined },
      problems: [...this.problems, problem],
      notes: this.notes,
      tables: this.tables(),
      dryRun,
      refused: true,
      seconds: Math.round(performance.now() - started) / 1000,
    };
  }
}

const keepFirst = <T extends { readonly id: string }>(kept: Map<string, T>, one: T): void => {
  if (!kept.has(one.id)) kept.set(one.id, one);
};

async function readFeed(feed: StagedFeed, options: LoadGtfsOptions): Promise<void> {
  const { path, signal, onProgress, pool, allowOutside } = options;
  const { size: total } = await stat(path);
  const seen = new Set<string>();
  const wants = (name: string) => {
    const file = fileOf(name);
    if (file !== undefined) seen.add(file);
    return file !== undefined && isGtfsFile(file);
  };
  const tell = (done: number) => onProgress({ phase: 'reading', done, total });
  for await (const { name, bytes } of zipEntries(path, wants, tell, signal)) {
    const file = fileOf(name);
    if (file === undefined || !isGtfsFile(file)) continue;
    feed.begin(file);
    await readTable(feed, file, bytes);
  }
  const missing = missingFiles(feed.files);
  if (missing.length > 0) {
    throw new FeedError(
      feed.files.length === 0
        ? 'The archive holds no files of a GTFS feed (stops.txt, routes.txt, trips.txt, stop_times.txt, …)'
        : `The feed has no ${missing.join(', no ')}: without it there is no timetable`,
    );
  }
  if (feed.agencies.length === 0) throw new FeedError('agency.txt names no agency with a time zone');
  if (seen.has('frequencies.txt')) {
    feed.notes.push({
      code: 'frequencies',
      message: 'frequencies.txt is not used: trips by headway leave once, at the time of their stop_times',
    });
  }
  const zones = new Set(feed.agencies.map(({ timeZone }) => timeZone));
  if (zones.size > 1)
    throw new FeedError(`Agencies of a feed must share a time zone, not ${[...zones].join(', ')}`);
  if (!allowOutside && !(await comesToCity(pool, [...feed.stops.values()]))) {
    throw new FeedError('No stop of the feed lies in the city; --allow-outside loads it all the same');
  }
}

/** `stops.txt` of `feed/stops.txt`; undefined for folders and what macOS puts beside files. */
function fileOf(name: string): string | undefined {
  if (name.endsWith('/') || name.includes('__MACOSX')) return undefined;
  return name.split('/').at(-1)?.toLowerCase();
}

async function readTable(feed: StagedFeed, file: GtfsFile, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const { columns } = GTFS_TABLES[file];
  const parser = parse({
    bom: true,
    info: true,
    columns: (head: string[]) => {
      const names = head.map((column) => column.trim().toLowerCase());
      const missing = columns.filter((column) => !names.includes(column));
      if (missing.length > 0) throw new FeedError(`${file} has no column ${missing.join(', no ')}`);
      return names;
    },
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW_CHARACTERS,
  });
  const feeding = pipeline(Readable.from(decoded(bytes, file)), parser);
  feeding.catch(() => {}); // the loop below throws it
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: GtfsRow; info: Info }>) {
      await feed.row(file, record, info.lines);
    }
    await feeding;
  } catch (error) {
    if (error instanceof CsvError) throw new FeedError(`${file} cannot be read: ${error.message}`);
    throw error;
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new FeedError(`${file} is not in UTF-8, which GTFS demands`);
    throw error;
  }
}

const FILE_OF: Readonly<Record<TimetableStage, GtfsFile>> = {
  stop: 'stops.txt',
  route: 'routes.txt',
  trip: 'trips.txt',
  stop_time: 'stop_times.txt',
  service_week: 'calendar.txt',
  service_exception: 'calendar_dates.txt',
  shape_point: 'shapes.txt',
};

function stagedOf(
  file: GtfsFile,
  read: GtfsRows[GtfsFile],
): { readonly stage: TimetableStage; readonly cells: readonly StagedCell[] } | undefined {
  const make = CELLS[file] as (row: GtfsRows[GtfsFile]) => readonly StagedCell[];
  const stage = (Object.keys(FILE_OF) as TimetableStage[]).find((each) => FILE_OF[each] === file);
  return stage && { stage, cells: make(read) };
}

const CELLS: { readonly [File in GtfsFile]: (row: GtfsRows[File]) => readonly StagedCell[] } = {
  'agency.txt': () => [],
  'stops.txt': ({ id, name, platform, lonLat }) => [id, name, platform, ...lonLat],
  'routes.txt': ({ id, line, name, kind, colour }) => [id, line, name, kind, colour],
  'trips.txt': (trip) => [
    ...[trip.id, trip.routeId, trip.serviceId, trip.headsign, trip.direction, trip.shapeId],
  ],
  'stop_times.txt': ({ tripId, sequence, stopId, arrivalS, departureS }) => [
    ...[tripId, sequence, stopId, arrivalS, departureS],
  ],
  'calendar.txt': ({ id, days, from, to }) => [
    id,
    `{${days.map((on) => (on ? 't' : 'f')).join()}}`,
    from,
    to,
  ],
  'calendar_dates.txt': ({ serviceId, day, added }) => [serviceId, day, added],
  'shapes.txt': ({ shapeId, sequence, lonLat }) => [shapeId, sequence, ...lonLat],
};

/** Whether any stop lies in the area of the city; a city whose area is not known takes every feed. */
async function comesToCity(pool: Pool, stops: readonly Stop[]): Promise<boolean> {
  const [row] = await pool.read<{ comes: boolean }>(
    sql`select area is null or exists (
        select from unnest(${stops.map(({ lonLat: [lon] }) => lon)}::float8[],
          ${stops.map(({ lonLat: [, lat] }) => lat)}::float8[]) as stop (lon, lat)
        where ST_Intersects(ST_Transform(area, 4326), ST_SetSRID(ST_MakePoint(lon, lat), 4326))
      ) as comes from twin.dataset where name = ${CITY}::text`,
  );
  return row?.comes !== false;
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { signal })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** @throws the error again when it is none of the feed */
function problemOfFeed(error: unknown): LoadProblem {
  const none = { objectId: undefined, objectClass: undefined };
  if (error instanceof FeedError) {
    return { ...none, code: 'broken-file', message: `${error.message}; nothing was loaded` };
  }
  if (error instanceof ZipError) {
    const code = error.truncated ? 'truncated-file' : 'broken-file';
    const advice = error.truncated ? '. Fetch it again' : '';
    return { ...none, code, message: `${error.message}; nothing was loaded${advice}` };
  }
  throw error;
}
