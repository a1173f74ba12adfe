import type { OperationsState } from '../../core/wire/operations.ts';
import type { Identity } from '../access/identity.ts';

/** How the service itself is doing. */
export interface Operations {
  /**
   * All measures in the text form of Prometheus; those of the database are left out while it is silent.
   * @throws TwinError unauthenticated or forbidden for anybody but staff and who brings METRICS_TOKEN
   */
  metrics(who: Identity): Promise<{ readonly contentType: string; readonly text: string }>;
  /** @throws TwinError unauthenticated or forbidden for anybody but staff */
  state(who: Identity): Promise<OperationsState>;
}
