import type { LoadProblem } from '../../core/formats/reader.ts';

export interface LoadNote {
  readonly code: string;
  readonly message: string;
}

/** What became of one file. Always `read = written + unchanged + rejected`, each problem listed. */
export interface FileLoadReport {
  readonly file: string;
  /** Undefined when it was not recognised. */
  readonly format: string | undefined;
  readonly dataset: string | undefined;
  /** CRS of the objects in the file, as `EPSG:n`; several are separated by commas. */
  readonly crs: string | undefined;
  /** Objects (featureMember, cityObjectMember) seen. */
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  /** Current objects that the file says have ended. */
  readonly ended: number;
  readonly rejected: number;
  readonly problems: readonly LoadProblem[];
  readonly notes: readonly LoadNote[];
  /** Dataset version of this load; undefined when nothing was taken over. */
  readonly version: number | undefined;
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
export function isTakenOver({ refused, read, rejected, ended }: FileLoadReport): boolean {
  return !refused && (read === 0 || rejected < read || ended > 0);
}
