import type { ChangePage, ChangesQuery, DatasetVersion, VersionPage } from '../../core/wire/versions.ts';
import type { View } from '../access/view.ts';

export interface VersionsQuery {
  readonly dataset?: string | undefined;
  /** Only older ones than this. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What loads have made of datasets. */
export interface Versions {
  /** The newest first. */
  list(query: VersionsQuery): Promise<VersionPage>;
  /** @throws TwinError not-found */
  read(version: number): Promise<DatasetVersion>;
  /**
   * What is otherwise in `to` than in `from`, by layer and id. Whoever puts what was added or changed in the place of the
   * object of the same id, and takes away what was removed, has the later state from the earlier one.
   * @param srid of the positions; undefined = that of the dataset
   * @throws TwinError not-found for a version of another dataset or none, invalid-parameter when `to` is the older
   */
  changes(
    query: ChangesQuery,
    view: View,
    srid: number | undefined,
    signal: AbortSignal,
  ): Promise<ChangePage>;
}
