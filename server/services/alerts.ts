/** What somebody must see to. */
import type {
  Alert,
  AlertChanges,
  NewThreshold,
  Threshold,
  ThresholdChanges,
} from '../../core/wire/alerts.ts';
import type { Identity } from '../access/identity.ts';

/** What somebody must see to. Owners, reasons, history and deliveries are told to staff only. */
export interface Alerts {
  /** Those that are not closed first, the newest first; `more` when there are more than are told at once. */
  list(
    wanted: { readonly states: readonly string[] | undefined; readonly since: Date | undefined },
    who: Identity,
    signal?: AbortSignal,
  ): Promise<{ readonly alerts: readonly Alert[]; readonly more: boolean }>;
  /** @throws TwinError not-found, conflict when it is at another revision than was seen */
  change(id: number, changes: AlertChanges, who: Identity): Promise<Alert>;
  thresholds(who: Identity): Promise<readonly Threshold[]>;
  /** @throws TwinError invalid-parameter for a datastream that there is not */
  addThreshold(wanted: NewThreshold, who: Identity): Promise<Threshold>;
  /** @throws TwinError not-found, invalid-parameter when the limits do not fit each other any more */
  changeThreshold(id: number, changes: ThresholdChanges, who: Identity): Promise<Threshold>;
}
