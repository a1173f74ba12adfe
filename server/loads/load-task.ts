/** The job that loads a file which somebody handed in, by the same way as `blizniak load`. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asTwinError } from '../../core/errors.ts';
import { severityOfNote } from '../../core/formats/load-rules.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import { parseCrs, transformBetween } from '../../core/geo/crs.ts';
import type { DataLoad, LoadSummary } from '../../core/wire/load.ts';
import { loadFile } from '../exchange/load-file.ts';
import { type FileLoadReport, isTakenOver, type LoadNote } from '../exchange/load-report.ts';
import { sketchTables } from '../exchange/sketch-tables.ts';
import type { Task } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import {
  type ClaimedLoad,
  claimLoad,
  countFindings,
  endLoad,
  type KeptFinding,
  keepLoadFindings,
  postponeLoad,
  readFilePieces,
  tellStep,
} from '../store/load-book.ts';
import type { RejectedObject } from '../store/load-contract.ts';
import { awaitMapping } from '../store/load-tables.ts';
import type { Pool } from '../store/pool.ts';

export interface Loading {
  readonly pool: Pool;
  /** CRS of the city, in which places are told. */
  readonly srid: number;
  readonly log: Log;
  /** Where models of the ground come to lie. */
  readonly dataDir: string;
  /** Folder of the grids of the state. */
  readonly heightGrids?: string | undefined;
}

const BEAT_MS = 500;
/** A load that has brought down its server so often is not begun again. */
const MOST_TRIES = 4;
/** Findings that are kept in one statement. */
const KEPT_AT_ONCE = 500;
const UNWANTED = new Error('the load was cancelled');

export function loadTask(loading: Loading): Task {
  const { pool, log } = loading;
  return async (payload, stopping) => {
    const load = await claimLoad(pool, idOf(payload));
    if (!load) return;
    if (load.attempt > MOST_TRIES) {
      const message = `It was begun ${MOST_TRIES} times, and each time the work broke off; nothing was loaded`;
      return endLoad(pool, load, 'failed', { problem: { kind: 'unavailable', message } });
    }
    const unwanted = new AbortController();
    const signal = AbortSignal.any([stopping, unwanted.signal]);
    let step: DataLoad['step'] = null;
    const beat = setInterval(() => {
      tellStep(pool, load, step).then(
        (isWanted) => isWanted || unwanted.abort(UNWANTED),
        () => {},
      );
    }, BEAT_MS);
    try {
      const summary = await work(loading, load, signal, (next) => {
        step = next;
      });
      if ('tables' in summary) {
        await awaitMapping(pool, load, summary.tables);
        log.info({ load: load.id, tables: summary.tables.length }, 'table waits for a mapping');
        return;
      }
      const state = summary.refused || !summary.taken ? 'refused' : load.dryRun ? 'checked' : 'loaded';
      await endLoad(pool, load, state, { report: summary.report });
      log.info({ load: load.id, state, written: summary.report.written }, 'file loaded');
    } catch (error) {
      if (unwanted.signal.aborted) return;
      const { kind, message, cause } = asTwinError(error);
      if (stopping.aborted || kind === 'unavailable') {
        await postponeLoad(pool, load).catch(() => {});
        throw error;
      }
      if (kind === 'internal') log.error({ err: cause, load: load.id }, 'a load failed');
      const told =
        kind === 'internal' ? 'The file could not be loaded; the log of the service says why' : message;
      await endLoad(pool, load, 'failed', { problem: { kind, message: told } });
    } finally {
      clearInterval(beat);
    }
  };
}

/** Through a file of its own, since some formats are read from where they need. */
async function work(
  { pool, srid, dataDir, heightGrids }: Loading,
  load: ClaimedLoad,
  signal: AbortSignal,
  onProgress: (step: DataLoad['step']) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-handed-in-'));
  try {
    const path = join(folder, load.fileName);
    await pipeline(readFilePieces(pool, load.id, signal), createWriteStream(path), { signal });
    const tables = await tablesWithoutMapping(load, path, signal);
    if (tables) return { tables };
    const findings = findingsOf(pool, load, srid);
    const report = await loadFile({
      ...load.asked,
      ...{
        pool,
        path,
        dataDir,
        heightGrids,
        dryRun: load.dryRun,
        signal,
        onProgress,
        keepRejected: findings.reject,
      },
    });
    await findings.end(report);
    const taken = isTakenOver(report);
    return {
      ...{ refused: report.refused, taken },
      report: summaryOf(report, await countFindings(pool, load.id)),
    };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is told of a table that cannot be looked into is told by the load. */
async function tablesWithoutMapping({ asked }: ClaimedLoad, path: string, signal: AbortSignal) {
  if (asked.mapping !== undefined) return undefined;
  try {
    const crs = asked.crs === undefined ? undefined : parseCrs(asked.crs, 'crs');
    return await sketchTables({ path, crs, signal });
  } catch (error) {
    if (asTwinError(error).kind === 'not-supported') return undefined;
    throw error;
  }
}

/** Keeps findings as they come, so that memory does not grow with them. */
function findingsOf(pool: Pool, load: ClaimedLoad, citySrid: number) {
  const told = new WeakSet<LoadProblem>();
  let waiting: KeptFinding[] = [];
  let kept = 0;
  const flush = async () => {
    const now = waiting;
    waiting = [];
    if (now.length > 0) await keepLoadFindings(pool, load, kept, now);
    kept += now.length;
  };
  const keep = async (finding: KeptFinding) => {
    waiting.push(finding);
    if (waiting.length >= KEPT_AT_ONCE) await flush();
  };
  return {
    async reject(rejected: readonly RejectedObject[]) {
      for (const each of rejected) {
        told.add(each.problem);
        await keep(findingOfProblem(each, citySrid));
      }
    },
    async end({ problems, notes, crs }: FileLoadReport) {
      for (const problem of problems) {
        if (!told.has(problem)) await keep(findingOfProblem({ problem }, citySrid));
      }
      const fileSrid = Number(/^EPSG:(\d+)$/.exec(crs ?? '')?.[1] ?? citySrid);
      for (const note of notes) await keep(findingOfNote(note, fileSrid, citySrid));
      await flush();
    },
  };
}

function findingOfProblem(
  { problem, layer, geometry, srid, properties, at }: RejectedObject,
  citySrid: number,
): KeptFinding {
  return {
    ...{ severity: problem.code === 'class-not-stored' ? 'info' : 'error', code: problem.code },
    ...{ objectId: problem.objectId ?? null, objectClass: problem.objectClass ?? null, layer: layer ?? null },
    ...{ message: problem.message, line: problem.line ?? null },
    ...placeIn(at ?? middleOf(geometry, srid), srid, citySrid),
    ...{ srid: srid ?? null, geometry: geometry ?? null, properties: properties ?? null },
  };
}

const findingOfNote = (note: LoadNote, fileSrid: number, citySrid: number): KeptFinding => ({
  ...{ severity: severityOfNote(note.code), code: note.code, message: note.message },
  ...{ objectId: note.objectId ?? null, objectClass: null, layer: null, line: note.line ?? null },
  ...placeIn(note.at, fileSrid, citySrid),
  ...{ srid: null, geometry: null, properties: null },
});

function middleOf(
  geometry: RejectedObject['geometry'],
  srid: number | undefined,
): readonly [number, number] | undefined {
  const box = geometry && srid !== undefined && bboxOf(geometry, srid);
  return box ? [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2] : undefined;
}

/** Nothing where there is no such place on the map. */
function placeIn(at: readonly [number, number] | undefined, srid: number | undefined, citySrid: number) {
  if (!at || srid === undefined) return { easting: null, northing: null };
  const [easting, northing] = transformBetween(srid, citySrid)([at[0], at[1]]);
  const isPlace = Number.isFinite(easting) && Number.isFinite(northing);
  return isPlace ? { easting, northing } : { easting: null, northing: null };
}

function summaryOf(report: FileLoadReport, findings: LoadSummary['findings']): LoadSummary {
  const { read, written, added, changed, unchanged, ended, rejected, layers, refused, seconds } = report;
  return {
    ...{ format: report.format ?? null, dataset: report.dataset ?? null, crs: report.crs ?? null },
    ...{ read, written, added, changed, unchanged, ended, rejected },
    ...{ layers: [...layers], tables: [...(report.tables ?? [])], findings, refused, seconds },
    // Of a dry run nothing is kept, its version neither.
    version: report.dryRun ? null : (report.version ?? null),
  };
}

function idOf(payload: unknown): string {
  const id = typeof payload === 'object' && payload !== null && 'load' in payload ? payload.load : undefined;
  if (typeof id !== 'string') throw new Error('a job without a load');
  return id;
}
