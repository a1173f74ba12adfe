/** Stored scenarios and their edits. */

import type {
  Edit,
  Finding,
  Scenario,
  ScenarioSummary,
  Settled,
  StoredEdit,
} from '../../core/wire/scenario.ts';
import type { NewScenario, ScenarioChanges } from '../../core/wire/scenario-head.ts';
import type { Identity } from '../access/identity.ts';
import type { ScenarioState } from '../access/view.ts';

/** What an edit would do, and what a planner should know of it. */
export interface EditTrial {
  readonly settled: Settled;
  readonly findings: readonly Finding[];
}

export interface AddedEdit extends EditTrial {
  readonly edit: StoredEdit;
}

/** What adding edits to a scenario gives. */
export interface EditOutcome {
  /** Of the scenario after it. */
  readonly revision: number;
  /** In the order of the edits. */
  readonly added: readonly AddedEdit[];
}

/**
 * The stored scenarios. Methods throw TwinError not-found for one that this person may not read, and those that
 * change it conflict when it is no longer at the revision that the change was made from.
 */
export interface Scenarios {
  /** The scenario as far as reading the city in it goes; undefined when there is none that this person may read. */
  state(id: string, who: Identity): Promise<ScenarioState | undefined>;
  /** Those that this person may find without a link, the newest change first. */
  list(who: Identity): Promise<readonly ScenarioSummary[]>;
  read(id: string, who: Identity): Promise<Scenario>;
  create(wanted: NewScenario, who: Identity): Promise<Scenario>;
  change(id: string, revision: number, changes: ScenarioChanges, who: Identity): Promise<Scenario>;
  remove(id: string, revision: number, who: Identity): Promise<void>;
  /**
   * Puts edits on the stack in their order: all of them, or none.
   * @throws TwinError invalid-parameter when one cannot be made
   */
  add(id: string, revision: number, edits: readonly Edit[], who: Identity): Promise<EditOutcome>;
  /** What adding would give, keeping nothing. */
  tryOut(id: string, edits: readonly Edit[], who: Identity): Promise<readonly EditTrial[]>;
  /** Takes one edit out of the stack. @throws TwinError conflict when a later one builds on it */
  removeEdit(id: string, revision: number, editId: string, who: Identity): Promise<Scenario>;
  /**
   * Takes back the last edit, or the last `edits` of them: all of these or none.
   * @throws TwinError conflict when there are not so many
   */
  undo(id: string, revision: number, who: Identity, edits?: number): Promise<Scenario>;
  /** Brings back the edit that was taken back last. @throws TwinError conflict when there is none */
  redo(id: string, revision: number, who: Identity): Promise<Scenario>;
}
