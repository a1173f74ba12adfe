import { conflict, invalidParameter } from '../../../core/errors.ts';
import { boxesOfEdit, REACH_M } from '../../../core/scenario/reach-of-edit.ts';
import { parseRecordedMoment } from '../../../core/scenario/recorded-moment.ts';
import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import type { RebaseRequest, ReplayReport } from '../../../core/wire/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import { cellSize } from '../load-sql.ts';
import { sisterOf } from '../register-table.ts';
import { activeEdits, type HeadRow, isBaseThereSql, stateOf } from '../scenario-reading.ts';
import { sql } from '../sql.ts';
import { baseAt } from './base-moment.ts';
import { dropUndone, takeOut } from './edit-stack.ts';
import { type ReplayRules, replayOnto } from './replay-onto.ts';
import { refuseUnresolved, resolutionsFor } from './resolutions.ts';
import { kept, logChange } from './scenario-log.ts';
import type { Workshop } from './workshop.ts';

const RULES: ReplayRules = {
  changed: [
    ['theirs', 'renew'],
    ['mine', 'keep'],
    ['drop', 'leave'],
  ],
  gone: [
    ['drop', 'leave'],
    ['mine', 'keep'],
  ],
  invalid: [['drop', 'leave']],
};

/**
 * Puts the scenario on a newer state of the city: every edit is made anew there, over what those before it leave.
 * @param head of a draft, locked by the connection
 * @param isTrial says what would happen; then conflicts need no resolution, and the caller rolls back
 * @throws TwinError conflict when there is nothing newer, or a conflict has no resolution
 */
export async function rebaseScenario(
  connection: Connection,
  head: HeadRow,
  { at, resolutions }: RebaseRequest,
  workshop: Workshop,
  isTrial: boolean,
): Promise<ReplayReport> {
  const base = await baseAt(
    connection,
    at === undefined ? undefined : parseRecordedMoment(at, 'at', new Date()),
  );
  const [old] = await connection.run<{ is_there: boolean }>(isBaseThereSql(head));
  const isLost = !old?.is_there;
  if (!isLost) refuseNotNewer(head, base.version, at);
  const edits = await activeEdits(connection, head.id);
  const choices = resolutionsFor(resolutions, edits);
  const dropped = await dropUndone(connection, head.id);
  await clearRows(connection, head, workshop);
  const surroundings = isLost ? undefined : await changedSince(connection, head.base_version);
  const { taken, left, conflicts, findings } = await replayOnto(
    {
      connection,
      workshop,
      state: { ...stateOf(head), base: new Date(base.at), revision: head.revision + 1, layers: [] },
      standing: [],
      isUntouched: (edit) => surroundings !== undefined && !surroundings.isNear(edit),
      onTouched: (edit) => surroundings?.add(edit),
    },
    edits,
    RULES,
    choices,
  );
  if (!isTrial) refuseUnresolved(conflicts);
  await restore(connection, head.id, edits, taken);
  await takeOut(connection, head.id, sql`id = any(${left.map(({ id }) => id)}::text[])`);
  await connection.run(
    sql`update twin.scenario set base_version = ${base.version}::bigint, base_at = ${base.at}::timestamptz
      where id = ${head.id}::text`,
  );
  await logChange(connection, head.id, workshop.who, {
    action: 'rebased',
    base: { from: head.base_version, to: base.version },
    edits: kept(left),
    dropped: kept(dropped),
    resolutions,
  });
  return {
    base: { from: head.base_version, to: base.version, at: base.at },
    edits: { all: edits.length, kept: taken.length, dropped: left.length },
    takenOut: [],
    conflicts: [...conflicts],
    findings,
  };
}

function refuseNotNewer(head: HeadRow, version: number, at: string | undefined): void {
  if (version > head.base_version) return;
  if (at !== undefined && version < head.base_version) {
    throw invalidParameter(
      'at',
      `At ${at.slice(0, 40)} the city was at version ${version}; the scenario stands on version ${head.base_version} already. Name a later moment, or leave it out for the newest`,
    );
  }
  throw conflict(
    `The scenario stands on version ${head.base_version} of the city, and there was no newer one then`,
    'base',
  );
}

/** The rows are made anew; whoever holds tiles of them is told that they have changed. */
async function clearRows(connection: Connection, head: HeadRow, { layers }: Workshop): Promise<void> {
  for (const layer of layers.filter(({ name }) => isChangeable(name))) {
    await connection.run(sql`delete from ${sisterOf(layer)} where scenario_id = ${head.id}::text`);
  }
  await connection.run(
    sql`update twin.scenario_cell set version = ${head.revision + 1}::bigint where scenario_id = ${head.id}::text`,
  );
}

/** Where anything has changed since a version of the city, by the cells of its tiles. */
async function changedSince(connection: Connection, version: number) {
  const cells = await connection.run<{ cell_x: number; cell_y: number }>(
    sql`select distinct cell_x, cell_y from twin.tile_cell
      where dataset = ${CITY}::text and version > ${version}::bigint`,
  );
  const changed = new Set(cells.map(({ cell_x, cell_y }) => `${cell_x} ${cell_y}`));
  return {
    /** Also true of edits that touch no object: what they stand on is not in the cells. */
    isNear: (edit: StoredEdit): boolean =>
      edit.objects.length === 0 || cellsUnder(edit).some((cell) => changed.has(cell)),
    add(edit: StoredEdit): void {
      for (const cell of cellsUnder(edit)) changed.add(cell);
    },
  };
}

function cellsUnder(edit: StoredEdit): readonly string[] {
  const size = cellSize('m');
  const cells = new Set<string>();
  for (const { minX, minY, maxX, maxY } of boxesOfEdit(edit, REACH_M)) {
    for (let x = Math.floor(minX / size); x <= Math.floor(maxX / size); x++) {
      for (let y = Math.floor(minY / size); y <= Math.floor(maxY / size); y++) cells.add(`${x} ${y}`);
    }
  }
  return [...cells];
}

/** Writes what the new city said to the edits that were made anew. */
async function restore(
  connection: Connection,
  scenarioId: string,
  before: readonly StoredEdit[],
  after: readonly StoredEdit[],
): Promise<void> {
  const known = new Map(before.map((edit) => [edit.id, edit]));
  const renewed = after
    .filter((each) => known.get(each.id) !== each)
    .map(({ id, author: _author, madeAt: _madeAt, edit, ...settled }) => ({ id, edit, settled }));
  await connection.run(
    sql`update twin.scenario_edit as stored set edit = renewed.edit, settled = renewed.settled
      from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as renewed(id text, edit jsonb, settled jsonb)
      where stored.scenario_id = ${scenarioId}::text and stored.id = renewed.id`,
  );
}
