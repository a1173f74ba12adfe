import type { ModelDeclaration, NewRun, OutsideResult, Run, RunState } from '../../core/wire/run.ts';
import type { StoredEdit } from '../../core/wire/scenario.ts';
import type { Identity } from '../access/identity.ts';

export interface RunQuery {
  /** Of this scenario only. */
  readonly scenario?: string | undefined;
  readonly models?: readonly string[] | undefined;
  readonly states?: readonly RunState[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** From its start to its end, or to now; one that has not begun has none. */
  readonly minDurationS?: number | undefined;
  readonly maxDurationS?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

/**
 * Runs of models. Methods throw TwinError not-found for a run that this person may not read: whoever may read its
 * scenario may. Once the scenario is deleted, staff may.
 */
export interface Runs {
  /** Those that the service computes itself. */
  models(): readonly ModelDeclaration[];
  /**
   * The run of this request: one that is there already whatever its state, or a new one. One that failed or was
   * dismissed begins anew. Whoever is not of the staff gets only what is there already, and models that are for readers.
   * @throws TwinError not-found for an unknown model or scenario, invalid-parameter, unauthenticated
   */
  ask(wanted: NewRun, who: Identity): Promise<Run>;
  list(query: RunQuery, who: Identity): Promise<{ readonly runs: readonly Run[]; readonly more: boolean }>;
  read(id: string, who: Identity): Promise<Run>;
  /** The edits that it was run with, in their order. */
  edits(id: string, who: Identity): Promise<readonly Pick<StoredEdit, 'edit'>[]>;
  /** The result as it was made, JSON. @throws TwinError conflict while there is none */
  result(id: string, who: Identity): Promise<string>;
  /** The run once it has ended, or as it is when the signal aborts. */
  ended(id: string, who: Identity, signal: AbortSignal): Promise<Run>;
  /** Stops one that has not ended; one that has is forgotten with its result. @returns it as it was left */
  dismiss(id: string, who: Identity): Promise<Run>;
  /** How far an outside model is. @throws TwinError conflict when the run is none of an outside model, or has ended */
  advance(id: string, progress: number, who: Identity): Promise<Run>;
  /** What an outside model found. @throws TwinError conflict as above */
  takeResult(id: string, result: OutsideResult, who: Identity): Promise<Run>;
}
