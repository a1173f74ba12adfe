import type { View } from '../access/view.ts';

interface SpokenText {
  /** `xml:lang`, when it was given. */
  readonly language: string | undefined;
  readonly text: string;
}

export interface StoredQueryParameter {
  readonly name: string;
  /** Local name of the type in XML Schema or GML: `string`, `date`, `PolygonType` … */
  readonly type: string;
  readonly isGeometry: boolean;
  readonly titles: readonly SpokenText[];
  readonly abstracts: readonly SpokenText[];
}

/** A query under a name, with places for parameters: `${name}`. */
export interface StoredQueryDefinition {
  readonly id: string;
  readonly titles: readonly SpokenText[];
  readonly abstracts: readonly SpokenText[];
  readonly parameters: readonly StoredQueryParameter[];
  /** Names of layers; none: of any layer. */
  readonly returns: readonly string[];
  /** The text is not told to others. */
  readonly isPrivate: boolean;
  /** The element wfs:Query as a document. */
  readonly query: string;
}

/** Queries that staff keep under a name, for every server of a city. */
export interface StoredQueries {
  /** In the order of their names. */
  all(): Promise<readonly StoredQueryDefinition[]>;
  /**
   * All or none.
   * @throws TwinError conflict for an id that is taken; unauthenticated and forbidden for who is not staff, too-large when too many are kept
   */
  create(definitions: readonly StoredQueryDefinition[], view: View): Promise<void>;
  /** False where there is none. @throws TwinError unauthenticated and forbidden for who is not staff */
  drop(id: string, view: View): Promise<boolean>;
}
