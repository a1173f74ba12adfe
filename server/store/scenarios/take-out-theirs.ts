/** What a merge takes out of a stack because the other scenario has taken it out. */
import { withThoseThatBuildOn } from '../../../core/scenario/edits-that-build-on.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import type { ReplayConflict } from '../../../core/wire/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { sql } from '../sql.ts';
import { type Choice, resolve } from './replay-onto.ts';

export interface TakenOutTheirs {
  /** In their order, with those that build on them. */
  readonly takenOut: readonly StoredEdit[];
  readonly conflicts: readonly ReplayConflict[];
}

/** Ids of edits that a scenario once held and holds no more, or has taken back. */
export async function noLongerHeld(connection: Connection, scenarioId: string): Promise<ReadonlySet<string>> {
  const rows = await connection.run<{ id: string }>(
    sql`select edit_id as id from twin.scenario_gone where scenario_id = ${scenarioId}::text
      union select id from twin.scenario_edit where scenario_id = ${scenarioId}::text and is_undone`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ids of edits that a merge does not bring back: this scenario took them out itself. */
export async function takenOutByItself(
  connection: Connection,
  scenarioId: string,
  from: string,
): Promise<ReadonlySet<string>> {
  const rows = await connection.run<{ id: string }>(
    sql`select edit_id as id from twin.scenario_gone
      where scenario_id = ${scenarioId}::text and merged_from is distinct from ${from}::text`,
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Which edits of a stack go. One on which this scenario has built since is in conflict: it stays, or goes with those
 * that build on it.
 * @param gone ids of edits that the other has taken out
 */
export function takeOutTheirs(
  standing: readonly StoredEdit[],
  gone: ReadonlySet<string>,
  choices: ReadonlyMap<string, Choice>,
): TakenOutTheirs {
  const conflicts: ReplayConflict[] = [];
  const going = new Set<string>();
  for (const edit of standing.filter(({ id }) => gone.has(id))) {
    const followers = withThoseThatBuildOn(standing, new Set([edit.id])).filter(({ id }) => !gone.has(id));
    const resolved =
      followers.length > 0
        ? resolve(
            { kind: 'taken-out', objects: [], message: wordsOf(followers) },
            edit,
            [
              ['mine', 'keep'],
              ['theirs', 'leave'],
            ],
            choices.get(edit.id),
          )
        : undefined;
    if (resolved) conflicts.push(resolved.conflict);
    if (resolved?.treatment !== 'keep') going.add(edit.id);
  }
  return { takenOut: withThoseThatBuildOn(standing, going), conflicts };
}

const MOST_NAMED = 3;

function wordsOf(followers: readonly StoredEdit[]): ReplayConflict['message'] {
  const named = followers.slice(0, MOST_NAMED).map(({ id, edit }) => `${edit.kind} ${id}`);
  const list = named.join(', ') + (followers.length > MOST_NAMED ? ', …' : '');
  return {
    pl: `Drugi scenariusz wycofał tę zmianę, a tu opierają się na niej późniejsze (${followers.length}): ${list}. Wycofane zostałyby razem z nią`,
    en: `The other scenario took this edit out, and here later ones build on it (${followers.length}): ${list}. They would go with it`,
  };
}
