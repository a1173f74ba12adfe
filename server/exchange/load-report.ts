import type { LoadProblem } from '../../core/formats/reader.ts';
import type { LayerCounts } from '../store/load-contract.ts';

export interface LoadNote {
  readonly code: string;
  readonly message: string;
  /** Business id of the object that it is about, where it is about one. */
  readonly objectId?: string;
  /** 1-based line of the file. */
  readonly line?: number;
  /** A place on it, easting first, in the CRS of the file. */
  readonly at?: readonly [number, number];
}

/** What became of the objects of one load. */
export interface LoadCounts {
  /** Objects (featureMember, cityObjectMember) seen. */
  readonly read: number;
  readonly written: number;
  /** Of them: objects that were not there before, and objects that are otherwise now; the rest had ended before. */
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Current objects that the load says have ended, or that are absent from it within its declared scope. */
  readonly ended: number;
  readonly problems: readonly LoadProblem[];
  /** Registers that the file holds objects of; what the reader rejected is of none. */
  readonly layers: readonly LayerCounts[];
  /** Dataset version of this load; undefined when nothing was taken over. */
  readonly version: number | undefined;
}

/** What became of the rows of one table of a timetable. */
export interface TableCount {
  readonly file: string;
  readonly read: number;
  readonly rejected: number;
}

/**
 * What became of one file. Always `read = written + unchanged + rejected`, each problem listed. Of a timetable these
 * count stops and lines; `tables` counts its rows, whose problems are listed up to some hundreds a file.
 */
export interface FileLoadReport extends LoadCounts {
  readonly file: string;
  /** Undefined when it was not recognised. */
  readonly format: string | undefined;
  readonly dataset: string | undefined;
  /** CRS of the objects in the file, as `EPSG:n`; several are separated by commas. */
  readonly crs: string | undefined;
  readonly rejected: number;
  readonly notes: readonly LoadNote[];
  readonly tables?: readonly TableCount[];
  readonly dryRun: boolean;
  /** True when the file as a whole could not be used (truncated, broken); then nothing was written. */
  readonly refused: boolean;
  readonly seconds: number;
}

/** Bytes of the file while reading, rows while storing. */
export interface LoadStep {
  readonly phase: 'reading' | 'storing';
  readonly done: number;
  readonly total: number;
}

/** Whether anything of the file is now in the store (or would be, in a dry run); an empty file has nothing to miss. */
export function isTakenOver({ refused, read, version }: FileLoadReport): boolean {
  return version !== undefined || (!refused && read === 0);
}
