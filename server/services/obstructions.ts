/** The register of obstructions. */
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Span } from '../../core/obstruction/spans.ts';
import type { State } from '../../core/obstruction/workflow.ts';
import type {
  Conflict,
  NewObstruction,
  Obstruction,
  ObstructionChanged,
  ObstructionTrial,
  Step,
  TrafficClosures,
} from '../../core/wire/obstruction.ts';
import type { Identity } from '../access/identity.ts';

/** Which obstructions. */
export interface ObstructionQuery {
  /** In the city's CRS. */
  readonly box?: Bbox | undefined;
  readonly street?: string | undefined;
  readonly owner?: string | undefined;
  /** Without them all that this person may know of; the public knows of what is published. */
  readonly states?: readonly State[] | undefined;
  /** Running at some time from here on, ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
}

/**
 * The register of obstructions. Methods throw TwinError not-found for one that this person may not read; those that
 * change it conflict when it is no longer at the revision that the change was made from.
 */
export interface Obstructions {
  list(
    query: ObstructionQuery,
    who: Identity,
  ): Promise<{ readonly obstructions: readonly Obstruction[]; readonly more: boolean }>;
  read(id: string, who: Identity): Promise<Obstruction>;
  /**
   * What it would take and meet, keeping nothing.
   * @param id of the stored one that it would replace
   * @throws TwinError invalid-parameter naming what cannot be used
   */
  tryOut(content: NewObstruction, id?: string): Promise<ObstructionTrial>;
  /** What a stored one meets now. */
  conflicts(id: string): Promise<readonly Conflict[]>;
  /** A new draft. */
  create(content: NewObstruction, who: Identity): Promise<ObstructionChanged>;
  /**
   * A draft from a feed, known by the name that the feed has for it: given again it is changed while it is a draft,
   * and kept as it is (`kept`) once somebody has submitted it.
   */
  draft(
    externalId: string,
    content: NewObstruction,
    who: Identity,
  ): Promise<{ readonly id: string; readonly became: 'new' | 'changed' | 'unchanged' | 'kept' }>;
  change(id: string, revision: number, content: NewObstruction, who: Identity): Promise<ObstructionChanged>;
  /** @throws TwinError conflict for a step that does not lead on from its state, or an approval over grave conflicts */
  step(id: string, revision: number, step: Step, who: Identity): Promise<ObstructionChanged>;
  /** What is published, as a model of traffic needs it. */
  traffic(within: Span, box?: Bbox): Promise<TrafficClosures>;
}
