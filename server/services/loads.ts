import type { Feature } from '../../core/feature/feature.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { DataLoad, FindingPage, LoadFinding, NewLoad } from '../../core/wire/load.ts';
import type { MappingProposal } from '../../core/wire/table-sketch.ts';
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
  /**
   * What a table that came without a mapping holds, and a mapping of it for a layer of the catalogue.
   * @param wish without a layer the likeliest, without a source the first of the file
   * @throws TwinError not-found for what is no such table, invalid-parameter for a layer that no table brings
   */
  propose(
    id: string,
    wish: { readonly layer: string | undefined; readonly source: string | undefined },
    who: Identity,
  ): Promise<MappingProposal>;
  /**
   * Looks a table through by a mapping.
   * @param given `mapping` as JSON; `crs` as for a file that names none
   * @throws TwinError invalid-parameter, conflict for a file that is loaded or no longer kept
   */
  map(
    id: string,
    given: { readonly mapping: string; readonly crs: string | undefined },
    who: Identity,
  ): Promise<DataLoad>;
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
