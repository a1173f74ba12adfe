/** What the city's data office tells of data: of each layer by itself, and of what others handed in to be told. */
import type { MetadataRecord } from '../../core/metadata/metadata-record.ts';
import type { Identity } from '../access/identity.ts';
import type { View } from '../access/view.ts';

export interface CatalogueRecord {
  readonly record: MetadataRecord;
  /** The document as it was handed in (gmd:MD_Metadata); undefined for a layer of the twin. */
  readonly xml: string | undefined;
}

export type MetadataChange =
  | { readonly op: 'insert' | 'update'; readonly record: MetadataRecord; readonly xml: string }
  | { readonly op: 'delete'; readonly id: string };

export interface MetadataCatalogue {
  /** Everything that this person may know of, in order of ids. */
  records(view: View, signal: AbortSignal): Promise<readonly CatalogueRecord[]>;
  /**
   * All of the changes, or none.
   * @throws TwinError unauthenticated, forbidden; conflict for an id that is taken; not-found for one that is not there;
   *   not-supported for a layer of the twin, which tells of itself
   */
  apply(changes: readonly MetadataChange[], who: Identity): Promise<void>;
}
