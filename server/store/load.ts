import { notSupported } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import type { Pool } from './pool.ts';

export interface LoadHeader {
  /** `city`, or a name of small letters, digits and `_` for a dataset of its own CRS. */
  readonly dataset: string;
  /** Storage CRS of the dataset; features in another CRS are reprojected. */
  readonly srid: number;
  readonly fileName: string;
  readonly format: string;
  /** Words for where the data come from, shown beside the layer. */
  readonly source: string;
  /** Generated data, always labelled. */
  readonly synthetic: boolean;
  /** Does everything, reports, and keeps nothing. */
  readonly dryRun: boolean;
  /** Takes objects outside the area of the dataset too. */
  readonly allowOutside: boolean;
}

export interface LoadReport {
  /** Versions stored: new and changed objects, and versions that the register had ended. */
  readonly written: number;
  readonly unchanged: number;
  /** Current objects that the file says have ended. */
  readonly ended: number;
  readonly rejected: readonly LoadProblem[];
  /** Dataset version of this load. */
  readonly version: number;
}

/** One file on its way into the store; exactly one of `finish` and `abort` ends it. */
export interface LoadTransaction {
  /**
   * Takes one object over; the geometry is in `srid`, house order.
   * @param ended a version that the register itself had ended
   */
  write(feature: Feature, srid: number, ended: boolean): Promise<void>;
  /** Compares with what is stored and commits (rolls back for a dry run). */
  finish(onProgress?: (done: number, total: number) => void): Promise<LoadReport>;
  /** Leaves nothing behind. Safe to call at any time, also twice or after `finish`. */
  abort(): Promise<void>;
}

/**
 * Opens a load of one file. Nothing is visible to others before `finish` returns.
 * @throws TwinError conflict when the dataset exists in another CRS.
 */
export async function beginLoad(_pool: Pool, _header: LoadHeader): Promise<LoadTransaction> {
  throw notSupported('Loading is being built');
}
