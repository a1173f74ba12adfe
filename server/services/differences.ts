import type { Difference } from '../../core/scenario/difference.ts';
import type { Identity } from '../access/identity.ts';
import type { ScenarioState } from '../access/view.ts';

export interface FoundDifferences {
  /** In the order of layers as they are drawn, then by id. */
  readonly differences: readonly Difference[];
  /** Whether there are more than were asked for. */
  readonly more: boolean;
}

export interface Differences {
  /**
   * The objects in which a scenario differs from its base, as far as this person may see them.
   * @param srid of the geometries
   */
  of(
    scenario: ScenarioState,
    who: Identity,
    options: { readonly srid: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<FoundDifferences>;
}
