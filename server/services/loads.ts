import type { Feature } from '../../core/feature/feature.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { DataLoad, FindingPage, LoadFinding, NewLoad } from '../../core/wire/load.ts';
import type { Identity } from '../access/identity.ts';

/** A finding with the object as it stood in the file. */
export interface RejectedRow extends LoadFinding {
  readonly srid: number | null;
  /** Easting first, in `srid`. */
  readonly geometry: Geometry | null;
  readonly properties: Feature['properties'] | null;
}

/** Files that are handed in to be loaded; for staff alone. @throws TwinError unauthenticated, forbidden, not-found */
export interface Loads {
  /**
   * Takes a file in as it comes, and puts it into the queue.
   * @throws TwinError too-large, invalid-parameter for options that cannot be used
   */
  receive(asked: NewLoad, bytes: AsyncIterable<Uint8Array>, who: Identity): Promise<DataLoad>;
  /** The newest first. */
  list(who: Identity): Promise<readonly DataLoad[]>;
  read(id: string, who: Identity): Promise<DataLoad>;
  /** Loads what was only checked. @throws TwinError conflict for one in another state */
  take(id: string, who: Identity): Promise<DataLoad>;
  /** Ends it wherever it is; of a load under way nothing stays. */
  cancel(id: string, who: Identity): Promise<DataLoad>;
  findings(
    id: string,
    page: { readonly after: number; readonly limit: number },
    who: Identity,
  ): Promise<FindingPage>;
  /** Every finding of severity `error`, in the order in which they were found. */
  rejected(id: string, who: Identity, signal: AbortSignal): Promise<AsyncIterable<RejectedRow>>;
}
