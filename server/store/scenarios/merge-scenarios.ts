import { conflict, invalidParameter } from '../../../core/errors.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import type { MergeRequest, ReplayReport } from '../../../core/wire/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { activeEdits, type HeadRow, stateOf } from '../scenario-reading.ts';
import { sql } from '../sql.ts';
import { refreshObjects } from './add-edits.ts';
import { dropUndone, MOST_EDITS, takeOut } from './edit-stack.ts';
import { readForCopy } from './lock-scenario.ts';
import { type ReplayRules, replayOnto } from './replay-onto.ts';
import { refuseUnresolved, resolutionsFor } from './resolutions.ts';
import { kept, logChange, named } from './scenario-log.ts';
import { noLongerHeld, takenOutByItself, takeOutTheirs } from './take-out-theirs.ts';
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
 * Takes over what another scenario has done: its edits that this one does not have come on top, those that it has
 * taken out go; what this one has taken out itself does not come back. Scenarios that come from one another know their
 * common edits by their ids. Where both speak of an object the edit is in conflict.
 * @param head of a draft, locked by the connection
 * @param isTrial says what would happen; then conflicts need no resolution, and the caller rolls back
 * @throws TwinError conflict when there is nothing to take over, or a conflict has no resolution
 */
export async function mergeScenarios(
  connection: Connection,
  head: HeadRow,
  { from, resolutions }: MergeRequest,
  workshop: Workshop,
  isTrial: boolean,
): Promise<ReplayReport> {
  if (from === head.id) {
    throw invalidParameter('from', 'A scenario cannot be merged into itself; name another one');
  }
  const other = await readForCopy(connection, from, workshop.who, 'from');
  const dropped = await dropUndone(connection, head.id);
  const held = await activeEdits(connection, head.id);
  const known = new Set(held.map(({ id }) => id));
  const own = await takenOutByItself(connection, head.id, from);
  const incoming = (await activeEdits(connection, from)).filter(({ id }) => !known.has(id) && !own.has(id));
  const gone = await noLongerHeld(connection, from);
  const goneHere = held.filter(({ id }) => gone.has(id));
  if (incoming.length + goneHere.length === 0) {
    throw conflict(
      'The scenario has every edit of the other one already, or has taken it out; there is nothing to merge',
      'from',
    );
  }
  const choices = resolutionsFor(resolutions, [...goneHere, ...incoming]);
  const theirs = takeOutTheirs(held, gone, choices);
  const standing = held.filter((edit) => !theirs.takenOut.includes(edit));
  if (standing.length + incoming.length > MOST_EDITS) {
    throw invalidParameter(
      'from',
      `Together the scenarios would have ${standing.length + incoming.length} edits; a scenario holds at most ${MOST_EDITS}`,
    );
  }
  const ids = theirs.takenOut.map(({ id }) => id);
  await takeOut(connection, head.id, sql`id = any(${ids}::text[])`, from);
  const objects = theirs.takenOut.flatMap((edit) => edit.objects);
  const edited = await refreshObjects(connection, head, objects, workshop.layers);
  const replayed = await replayOnto(
    {
      connection,
      workshop,
      state: { ...stateOf(head), revision: head.revision + 1, layers: edited },
      standing,
      isUntouched: () => false,
      onTouched: () => {},
    },
    incoming,
    RULES,
    choices,
  );
  const { taken, left, findings } = replayed;
  const conflicts = [...theirs.conflicts, ...replayed.conflicts];
  if (!isTrial) refuseUnresolved(conflicts);
  await append(connection, head.id, taken);
  await logChange(connection, head.id, workshop.who, {
    action: 'merged',
    from: { scenario: from, revision: other.revision },
    edits: named(taken),
    takenOut: kept(theirs.takenOut),
    dropped: kept(dropped),
    resolutions,
  });
  return {
    base: { from: head.base_version, to: head.base_version, at: head.base_at },
    edits: { all: incoming.length, kept: taken.length, dropped: left.length },
    takenOut: theirs.takenOut.map(({ id, edit }) => ({ edit: id, editKind: edit.kind })),
    conflicts,
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
