/** What becomes of a scenario: branches, a newer base, another's edits, states, publication, application, log. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { Scenario } from '../../core/wire/scenario.ts';
import type { NewBranch } from '../../core/wire/scenario-head.ts';
import type {
  ApplicationReport,
  LogEntry,
  MergeRequest,
  RebaseRequest,
  ReplayReport,
  StateChange,
} from '../../core/wire/scenario-life.ts';
import type { Identity } from '../access/identity.ts';

export interface Replayed {
  readonly scenario: Scenario;
  readonly report: ReplayReport;
}

export interface Applied {
  readonly scenario: Scenario;
  readonly report: ApplicationReport;
}

/** Somebody who waits while edits are made anew. */
export interface ReplayWatch {
  /** Gives up between two edits once it is aborted; nothing stays of it. */
  readonly signal?: CancelSignal | undefined;
  /** How much is done, 0 to 1. */
  readonly hear?: ((part: number) => void) | undefined;
}

export interface LogPage {
  /** The newest first. */
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
}

/**
 * Methods throw TwinError not-found for a scenario that this person may not read, and those with a revision conflict
 * when it is no longer at that one. What is watched gives up when nobody wants it any more, and changes nothing then.
 */
export interface ScenarioLife {
  /** A scenario of its own that begins as this one stands; no edit is replayed. */
  branch(id: string, wanted: NewBranch, who: Identity): Promise<Scenario>;
  /**
   * Makes every edit anew over a newer state of the city.
   * @throws TwinError conflict where an edit is in conflict and nothing was chosen for it, or nothing is newer
   */
  rebase(
    id: string,
    revision: number,
    request: RebaseRequest,
    who: Identity,
    watch?: ReplayWatch,
  ): Promise<Replayed>;
  /** What rebasing would do, keeping nothing. */
  tryRebase(id: string, request: RebaseRequest, who: Identity, watch?: ReplayWatch): Promise<ReplayReport>;
  /**
   * Takes over the edits that another scenario has and this one has not.
   * @throws TwinError conflict where an edit is in conflict and nothing was chosen for it, or there is nothing to take
   */
  merge(
    id: string,
    revision: number,
    request: MergeRequest,
    who: Identity,
    watch?: ReplayWatch,
  ): Promise<Replayed>;
  /** What merging would do, keeping nothing. */
  tryMerge(id: string, request: MergeRequest, who: Identity, watch?: ReplayWatch): Promise<ReplayReport>;
  /**
   * Writes an adopted scenario into the registers, once.
   * @throws TwinError conflict when it may not be, or the city has changed under an object that it touches
   */
  apply(id: string, revision: number, who: Identity): Promise<Applied>;
  /** What applying would write, writing nothing. */
  tryApply(id: string, who: Identity): Promise<ApplicationReport>;
  /** @throws TwinError conflict, forbidden, invalid-parameter as the workflow says */
  setState(id: string, revision: number, change: StateChange, who: Identity): Promise<Scenario>;
  /** Lets whoever has the link read it. @throws TwinError conflict for a draft */
  publish(id: string, revision: number, who: Identity): Promise<Scenario>;
  withdraw(id: string, revision: number, who: Identity): Promise<Scenario>;
  /** Who changed what and when, also what was taken back. @param before only older revisions */
  log(id: string, before: number | undefined, who: Identity): Promise<LogPage>;
}
