/** What a WFS 2.0 request says, whichever encoding it came in. Names are as the caller wrote them. */
import type { XmlElement } from '../../../core/xml/element.ts';
import type { LockTerms } from '../../services/feature-locks.ts';
import type { StoredQueryDefinition } from '../../services/stored-queries.ts';
import type { TransactionRequest } from './transaction-request.ts';
import type { WfsVersion } from './versions.ts';

export const WFS_NAMESPACE = 'http://www.opengis.net/wfs/2.0';
export const VERSION = '2.0.0';
export const GET_FEATURE_BY_ID = 'urn:ogc:def:query:OGC-WFS::GetFeatureById';

/**
 * The rest of a larger layer is behind the link to the next page. Clients that page (GDAL, QGIS) take it for the size
 * of their pages, so a low number would make a thousand requests of one download.
 */
export const COUNT_DEFAULT = 1_000_000;

export interface AdHocQuery {
  readonly kind: 'ad-hoc';
  /** One name; several would be a join. Undefined when only resource ids say what is wanted. */
  readonly typeName: string | undefined;
  readonly resourceIds: readonly string[];
  /** KVP bbox: four or six numbers and perhaps a CRS. */
  readonly bbox: string | undefined;
  /** The element fes:Filter. */
  readonly filter: XmlElement | undefined;
  /** A vendor's parameter that many clients know: CQL2 text beside bbox or resourceId, coordinates easting first. */
  readonly cql: string | undefined;
  readonly srsName: string | undefined;
  readonly propertyNames: readonly string[] | undefined;
  readonly sortBy: readonly { readonly reference: string; readonly descending: boolean }[];
}

export interface StoredQuery {
  readonly kind: 'stored';
  readonly id: string;
  /** By lower-case names; a geometry is an element as text. */
  readonly parameters: ReadonlyMap<string, string>;
}

export type Query = AdHocQuery | StoredQuery;

export interface Presentation {
  readonly resultType: 'results' | 'hits';
  readonly outputFormat: string | undefined;
  /** Rows before the page. */
  readonly startIndex: number;
  /** The id after which the page starts; then `startIndex` only says how many rows lie before it. */
  readonly after: string | undefined;
  /** How many rows match, as the page before knew. */
  readonly matched?: number | undefined;
  readonly count: number;
}

export type WfsRequest =
  | {
      readonly operation: 'GetCapabilities';
      readonly acceptVersions: readonly string[] | undefined;
      /** As clients of older versions ask. */
      readonly version: string | undefined;
      readonly sections: readonly string[] | undefined;
      readonly updateSequence: string | undefined;
      readonly languages: readonly string[] | undefined;
    }
  | {
      readonly operation: 'DescribeFeatureType';
      readonly version: WfsVersion;
      readonly typeNames: readonly string[] | undefined;
      readonly outputFormat: string | undefined;
    }
  | { readonly operation: 'ListStoredQueries' }
  | { readonly operation: 'DescribeStoredQueries'; readonly ids: readonly string[] | undefined }
  | { readonly operation: 'CreateStoredQuery'; readonly definitions: readonly StoredQueryDefinition[] }
  | { readonly operation: 'DropStoredQuery'; readonly id: string }
  | {
      readonly operation: 'GetFeature';
      readonly version: WfsVersion;
      readonly presentation: Presentation;
      readonly queries: readonly Query[];
    }
  | {
      readonly operation: 'GetFeatureWithLock';
      readonly presentation: Presentation;
      readonly queries: readonly Query[];
      readonly terms: LockTerms;
    }
  | {
      readonly operation: 'LockFeature';
      /** None where a lock is renewed. */
      readonly queries: readonly Query[];
      readonly lockId: string | undefined;
      readonly terms: LockTerms;
    }
  | {
      readonly operation: 'GetPropertyValue';
      readonly presentation: Presentation;
      /** One. */
      readonly queries: readonly [Query];
      readonly valueReference: string;
    }
  | TransactionRequest;

export const OPERATIONS = [
  'GetCapabilities',
  'DescribeFeatureType',
  'GetFeature',
  'GetPropertyValue',
  'ListStoredQueries',
  'DescribeStoredQueries',
  'CreateStoredQuery',
  'DropStoredQuery',
  'Transaction',
  'LockFeature',
  'GetFeatureWithLock',
] as const satisfies readonly WfsRequest['operation'][];
