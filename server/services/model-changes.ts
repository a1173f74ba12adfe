import type { CancelSignal } from '../../core/cancel.ts';
import type {
  ModelChangeAnswer,
  ModelChangePage,
  ModelChangeQuery,
  ModelChangeSet,
} from '../../core/wire/model-change.ts';
import type { View } from '../access/view.ts';

/** Upkeep of the 3D model by staff, in sets that are done whole or not at all. */
export interface ModelChanges {
  /**
   * Nothing is overwritten: what was current is ended, and its successor is current. A set that was done is told again.
   * @param isPreview does and checks everything, and keeps nothing
   * @throws TwinError invalid-parameter, not-found and conflict naming the member at fault; conflict for the id of another
   *   set; unauthenticated and forbidden for who is not staff; not-supported in a scenario or at a past moment
   */
  apply(set: ModelChangeSet, view: View, isPreview: boolean): Promise<ModelChangeAnswer>;
  list(query: ModelChangeQuery, signal: CancelSignal): Promise<ModelChangePage>;
}
