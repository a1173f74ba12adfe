import { conflict, invalidParameter } from '../../../core/errors.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import type { MergeRequest, ReplayReport } from '../../../core/wire/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { activeEdits, type HeadRow, stateOf } from '../scenario-reading.ts';
import { sql } from '../sql.ts';
import { dropUndone, MOST_EDITS } from './edit-stack.ts';
import { readForCopy } from './lock-scenario.ts';
import { type ReplayRules, replayOnto } from './replay-onto.ts';
import { refuseUnresolved, resolutionsFor } from './resolutions.ts';
import { kept, logChange, named } from './scenario-log.ts';
import type { Workshop } from './workshop.ts';

const RULES: ReplayRules = {
  changed: [
    ['mine', 'leave'],
    ['theirs', 'renew'],
  ],
  gone: [
    ['mine', 'leave'],
    ['theirs', 'keep'],
  ],
  invalid: [['mine', 'leave']],
};

/**
 * Takes over the edits of another scenario that this one does not have, on top of its own. Scenarios that come from
 * one another know their common edits by their ids. Where both speak of an object the edit is in conflict.
 * @param head of a draft, locked by the connection
 * @param isTrial says what would happen; then conflicts need no resolution, and the caller rolls back
 * @throws TwinError conflict when there is nothing to take over, or a conflict has no resolution
 */
export async function mergeScenarios(
  connection: Connection,
  head: HeadRow,
  { from, resolutions }: MergeRequest,
  { who, layers, ground }: Workshop,
  isTrial: boolean,
): Promise<ReplayReport> {
  if (from === head.id) {
    throw invalidParameter('from', 'A scenario cannot be merged into itself; name another one');
  }
  const other = await readForCopy(connection, from, who, 'from');
  const standing = await activeEdits(connection, head.id);
  const known = new Set(standing.map(({ id }) => id));
  const incoming = (await activeEdits(connection, from)).filter(({ id }) => !known.has(id));
  if (incoming.length === 0) {
    throw conflict('The scenario has every edit of the other one already; there is nothing to merge', 'from');
  }
  if (standing.length + incoming.length > MOST_EDITS) {
    throw invalidParameter(
      'from',
      `Together the scenarios would have ${standing.length + incoming.length} edits; a scenario holds at most ${MOST_EDITS}`,
    );
  }
  const choices = resolutionsFor(resolutions, incoming);
  const dropped = await dropUndone(connection, head.id);
  const { taken, left, conflicts, findings } = await replayOnto(
    {
      connection,
      who,
      layers,
      ground,
      state: { ...stateOf(head), revision: head.revision + 1 },
      standing,
      isUntouched: () => false,
      onTouched: () => {},
    },
    incoming,
    RULES,
    choices,
  );
  if (!isTrial) refuseUnresolved(conflicts);
  await append(connection, head.id, taken);
  await logChange(connection, head.id, who, {
    action: 'merged',
    from: { scenario: from, revision: other.revision },
    edits: named(taken),
    dropped: kept(dropped),
    resolutions,
  });
  return {
    base: { from: head.base_version, to: head.base_version, at: head.base_at },
    edits: { all: incoming.length, kept: taken.length, dropped: left.length },
    conflicts: [...conflicts],
    findings,
  };
}

/** Holds two scenarios in the order of their ids, so that of two merges crosswise neither waits for the other. */
export async function lockBoth(connection: Connection, one: string, other: string): Promise<void> {
  await connection.run(
    sql`select from twin.scenario where id = any(${[one, other]}::text[]) order by id for update`,
  );
}

/** They keep their ids, authors and days. */
async function append(
  connection: Connection,
  scenarioId: string,
  edits: readonly StoredEdit[],
): Promise<void> {
  const rows = edits.map(({ id, author, madeAt, edit, ...settled }, index) => ({
    place: index + 1,
    id,
    author,
    made_at: madeAt,
    edit,
    settled,
  }));
  await connection.run(
    sql`insert into twin.scenario_edit (scenario_id, ordinal, id, author, made_at, edit, settled)
      select ${scenarioId}::text, place + coalesce((select max(ordinal) from twin.scenario_edit
        where scenario_id = ${scenarioId}::text), 0), id, author, made_at, edit, settled
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as made(place integer, id text, author text, made_at timestamptz, edit jsonb, settled jsonb)`,
  );
}
