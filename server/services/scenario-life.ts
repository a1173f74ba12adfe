/** What becomes of a scenario: branches, a newer base, another's edits, states, publication, application, log. */
import type { Scenario } from '../../core/wire/scenario.ts';
import type { NewBranch } from '../../core/wire/scenario-head.ts';
import type { LogEntry, StateChange } from '../../core/wire/scenario-life.ts';
import type { Identity } from '../access/identity.ts';

export interface LogPage {
  /** The newest first. */
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
}

/**
 * Methods throw TwinError not-found for a scenario that this person may not read, and those with a revision conflict
 * when it is no longer at that one.
 */
export interface ScenarioLife {
  /** A scenario of its own that begins as this one stands; no edit is replayed. */
  branch(id: string, wanted: NewBranch, who: Identity): Promise<Scenario>;
  /** @throws TwinError conflict, forbidden, invalid-parameter as the workflow says */
  setState(id: string, revision: number, change: StateChange, who: Identity): Promise<Scenario>;
  /** Lets whoever has the link read it. @throws TwinError conflict for a draft */
  publish(id: string, revision: number, who: Identity): Promise<Scenario>;
  withdraw(id: string, revision: number, who: Identity): Promise<Scenario>;
  /** Who changed what and when, also what was taken back. @param before only older revisions */
  log(id: string, before: number | undefined, who: Identity): Promise<LogPage>;
}
