import type { Comparison, ConsequencesReply, TableParameters } from '../../core/wire/consequences.ts';
import type { Identity } from '../access/identity.ts';

/** Computes what follows from scenarios. A table is made from what the public sees, the same for every reader. */
export interface ConsequenceTables<Parameters = TableParameters> {
  /**
   * @throws TwinError not-found for a scenario that this person may not read, too-large for too wide an area
   */
  of(
    scenario: string,
    parameters: Parameters,
    who: Identity,
    signal: AbortSignal,
  ): Promise<ConsequencesReply>;
  /** Over the smallest box that holds the areas of all, unless the parameters name one. */
  compare(
    scenarios: readonly [string, ...string[]],
    parameters: Parameters,
    who: Identity,
    signal: AbortSignal,
  ): Promise<Comparison>;
}
