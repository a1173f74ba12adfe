import type { Filter } from '../filter/ast.ts';
import type { Bbox } from '../geo/bbox.ts';

export interface SortKey {
  readonly property: string;
  readonly descending?: boolean;
}

/**
 * The neutral query: immutable plain data that every protocol parses into.
 * Rows come in the order of `sort`, then by id, so that a page boundary is always well defined.
 */
export interface FeatureQuery {
  readonly layer: string;
  /** Objects whose geometry intersects the box (not only its envelope). Any known CRS. */
  readonly bbox?: Bbox;
  readonly filter?: Filter;
  /** Properties to return; undefined = all visible ones. */
  readonly properties?: readonly string[];
  /** False leaves the geometry out. Default true. */
  readonly withGeometry?: boolean;
  readonly sort?: readonly SortKey[];
  readonly limit?: number;
  /**
   * Rows that go out to whoever asked, for counts of use: one less than the limit where the last one only tells whether
   * more follow, 0 where the rows help to answer something else. Default: all of them.
   */
  readonly handedOut?: number;
  /** Rows to skip; a key (`after`) is cheaper and stable under writes. */
  readonly offset?: number;
  /** The id of the last row of the page before; only with the default order by id. */
  readonly after?: string;
  /** Output CRS; undefined = storage CRS. */
  readonly srid?: number;
}
