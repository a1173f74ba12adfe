import type { Feature } from '../../core/feature/feature.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import type { Geometry, MultiPolygon } from '../../core/geo/geometry.ts';
import type { StoredLook } from './appearances.ts';
import type { RegisterDoubt } from './register-checks.ts';

/**
 * Of what a file claims to hold every object: within it, a current object that the file does not name is gone.
 * Only registers of which the file holds any object are spoken of; in a precinct, only objects whose ids tell it.
 */
export type LoadScope = 'all' | { readonly precincts: readonly string[] };

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
  /** Who answers for the data, and on which terms they may be used, in words. */
  readonly steward?: string | undefined;
  readonly licence?: string | undefined;
  /** Of the file, lower-case hexadecimal. */
  readonly sha256?: string | undefined;
  readonly bytes?: number | undefined;
  /** Sees objects of EGiB and GESUT together with what stands, and tells what is doubtful. */
  readonly checksRegisters?: boolean | undefined;
  /** Does everything, reports, and keeps nothing. */
  readonly dryRun: boolean;
  /** One object at fault refuses the whole load; objects of classes that are not stored are no fault. */
  readonly strict?: boolean | undefined;
  /** Takes objects outside the area of the dataset too. */
  readonly allowOutside: boolean;
  /** Undefined: what is absent from the file stays as it is. */
  readonly scope?: LoadScope | undefined;
  /**
   * Where the layers of the file speak: within it "nothing found" means that nothing is there. It is added to what was said
   * before, or with the scope `all` put in its place. Undefined: nobody says it. CRS of the city.
   */
  readonly coverage?: MultiPolygon | undefined;
}

/** How a file was read, known when it has been. */
export interface ReadAs {
  /** CRS of the objects, as `EPSG:n`; several are separated by commas. */
  readonly crs: string | undefined;
  /** Why it was taken, and in which order of axes. */
  readonly crsDecision: string | undefined;
  readonly schema: string | undefined;
}

/** What became of the objects of one register. */
export interface LayerCounts {
  readonly layer: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
  readonly rejected: number;
}

/** An object that is not taken over, as far as it was understood. */
export interface RejectedObject {
  readonly problem: LoadProblem;
  readonly layer?: string;
  /** Easting first. */
  readonly geometry?: Geometry;
  readonly srid?: number;
  readonly properties?: Feature['properties'];
  /** The place of the fault where it is more than the object, in `srid`. */
  readonly at?: readonly [number, number];
}

/** Is told of every object that is rejected, some at a time, while the load goes on: it must not wait for the load. */
export type KeepRejected = (rejected: readonly RejectedObject[]) => Promise<void>;

export interface LoadReport {
  /** Versions stored: new and changed objects, and versions that the register had ended. */
  readonly written: number;
  /** Of them: objects that were not there before, and objects that are otherwise now. */
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Current objects that the file says have ended, or that are absent from a file that declares its scope. */
  readonly ended: number;
  readonly rejected: readonly LoadProblem[];
  readonly layers: readonly LayerCounts[];
  /** Of what was written, also in a dry run; empty where nobody asked for checks. */
  readonly doubts: readonly RegisterDoubt[];
  /** Dataset version of this load; undefined when nothing could be taken over, and then nothing was changed. */
  readonly version: number | undefined;
}

/** Rows handled so far and in all. */
export type LoadProgress = (done: number, total: number) => void;

/** One file on its way into the store; exactly one of `finish` and `abort` ends it. */
export interface LoadTransaction {
  /**
   * Takes one object over; the geometry is in `srid`, house order. Await each call: that is the backpressure.
   * What cannot be stored is remembered for the report, not thrown.
   * @param ended a version that the register itself had ended
   */
  write(feature: Feature, srid: number, ended: boolean): Promise<void>;
  /**
   * Gives more properties to a current object that was written in this load; to none, when it was refused. Text only.
   * What is added in this way must be added so in every file: the store compares the parts by themselves.
   */
  add(layer: string, id: string, properties: Readonly<Record<string, string | null>>): Promise<void>;
  /** Keeps the look of buildings that are written in this load, by which their property `appearance` names it. */
  keepLook(look: StoredLook): Promise<void>;
  /**
   * Compares with what is stored and commits (rolls back for a dry run, or when nothing could be taken over).
   * @param unread objects that the reader rejected: they are in the file, though not written
   * @param readAs how the file was read
   * @throws TwinError invalid-parameter when the file holds nothing of a precinct that it declares as its scope
   */
  finish(onProgress?: LoadProgress, unread?: readonly LoadProblem[], readAs?: ReadAs): Promise<LoadReport>;
  /** Leaves nothing behind. Safe to call at any time, also twice or after `finish`. */
  abort(): Promise<void>;
}
