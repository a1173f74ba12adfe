/** What can be asked of the catalogue, whichever way it was written. */
import type { SortKey } from '../../../core/feature/query.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import type { MetadataChange } from '../../services/metadata.ts';

export const VERSION = '2.0.2';
export const CSW_NAMESPACE = 'http://www.opengis.net/cat/csw/2.0.2';
export const OUTPUT_SCHEMAS = [CSW_NAMESPACE, 'http://www.isotc211.org/2005/gmd'] as const;
export type OutputSchema = (typeof OUTPUT_SCHEMAS)[number];
export const ELEMENT_SETS = ['brief', 'summary', 'full'] as const;
export type ElementSet = (typeof ELEMENT_SETS)[number];
export const RESULT_TYPES = ['hits', 'results', 'validate'] as const;
export const RECORD_TYPES = ['csw:Record', 'gmd:MD_Metadata'] as const;
export const DEFAULT_RECORDS = 10;
export const MOST_RECORDS = 1_000;

/** How records are shown. */
export interface Shown {
  readonly elementSet: ElementSet;
  readonly outputSchema: OutputSchema;
}

export interface GetRecords extends Shown {
  readonly operation: 'GetRecords';
  readonly resultType: (typeof RESULT_TYPES)[number];
  readonly filter: Filter | undefined;
  readonly sort: readonly SortKey[];
  /** From 1. */
  readonly startPosition: number;
  readonly maxRecords: number;
}

export type CswRequest =
  | { readonly operation: 'GetCapabilities'; readonly sections: readonly string[] | undefined }
  | { readonly operation: 'DescribeRecord' }
  | GetRecords
  | (Shown & { readonly operation: 'GetRecordById'; readonly ids: readonly string[] })
  | { readonly operation: 'GetDomain'; readonly names: readonly string[]; readonly isParameter: boolean }
  | {
      readonly operation: 'Transaction';
      /** In order; a deletion by a filter takes what it finds when its turn comes. */
      readonly actions: readonly (
        | Exclude<MetadataChange, { op: 'delete' }>
        | { readonly op: 'delete-where'; readonly filter: Filter }
      )[];
    };

export const OPERATIONS = [
  'GetCapabilities',
  'DescribeRecord',
  'GetRecords',
  'GetRecordById',
  'GetDomain',
  'Transaction',
] as const;
export type OperationName = (typeof OPERATIONS)[number];
