/** What a reader of exchange files gives: objects, problems and notes, in the order of the file. */
import type { Appearance } from '../building/appearance.ts';
import type { Feature } from '../feature/feature.ts';
import type { CrsReference } from '../geo/crs.ts';

/** Why an object of a file was not taken over; stable codes of the load report. */
export type ProblemCode =
  | 'class-not-stored'
  | 'missing-id'
  | 'duplicate-id'
  | 'missing-geometry'
  | 'invalid-geometry'
  | 'unknown-crs'
  | 'outside-city'
  | 'future-date'
  | 'invalid-value'
  | 'unknown-reference'
  | 'truncated-file'
  | 'broken-file';

export interface LoadProblem {
  readonly code: ProblemCode;
  /** Business id, else IIP local id, else gml:id, else undefined. */
  readonly objectId: string | undefined;
  /** Class of the exchange format, e.g. `EGB_PunktGraniczny`. */
  readonly objectClass: string | undefined;
  readonly message: string;
  /** 1-based line of the file, where known. */
  readonly line?: number;
}

export type ReadEvent =
  | {
      readonly kind: 'object';
      readonly feature: Feature;
      /** CRS of the positions, which are already in the house order. */
      readonly srid: number;
      /** True for a version that the register itself had ended before the file was written. */
      readonly ended: boolean;
      /** How the faces of a building look, in their order; pictures as the file names them. */
      readonly appearance?: Appearance;
    }
  /**
   * What objects elsewhere in the file say of an object that was told before: properties that it did not have.
   * It counts as no object of the file.
   */
  | {
      readonly kind: 'addition';
      readonly layer: string;
      readonly id: string;
      readonly properties: Readonly<Record<string, string | null>>;
    }
  /** One object (featureMember, cityObjectMember) that is not taken over. Each object is counted once. */
  | { readonly kind: 'rejected'; readonly problem: LoadProblem }
  /** A doubt that costs no object: a declared axis exception, an empty required value. */
  | {
      readonly kind: 'note';
      readonly code: string;
      readonly message: string;
      /** Business id of the object that it is about, where it is about one. */
      readonly objectId?: string;
      /** 1-based line of the file. */
      readonly line?: number;
      /** A place on it, easting first, in the CRS of the file. */
      readonly at?: readonly [number, number];
    };

export interface ReadOptions {
  /** CRS for files that name none, or one that is not known here. */
  readonly crs?: CrsReference;
  /** The same text once more from its beginning, for what a file tells at its end of objects before it. */
  readonly again?: () => AsyncIterable<string>;
}

/** A pure reader: text chunks in, events out; memory does not grow with the file. */
export interface FormatReader {
  readonly name: string;
  /** Whether the first few kilobytes look like this format. */
  readonly recognises: (head: string) => boolean;
  readonly read: (chunks: AsyncIterable<string>, options: ReadOptions) => AsyncIterable<ReadEvent>;
}
