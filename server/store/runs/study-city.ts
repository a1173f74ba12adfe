import type { CancelSignal } from '../../../core/cancel.ts';
import { replay } from '../../../core/scenario/replay.ts';
import { objectKey } from '../../../core/scenario/scenario-row.ts';
import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import type { ScenarioState } from '../../access/view.ts';
import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import type { LayersProvider } from '../features.ts';
import type { Pool } from '../pool.ts';
import { randomName } from '../random-name.ts';
import { type HeadRow, scenarioHeadSql, stateOf } from '../scenario-reading.ts';
import { writeScenarioRows } from '../scenario-rows.ts';
import type { Ground } from '../settle/edited-city.ts';
import { sql } from '../sql.ts';
import type { StudiedCity } from '../studied-city.ts';
import type { RunSubject } from './run-book.ts';

export interface StudyPlace {
  readonly pool: Pool;
  readonly layers: LayersProvider;
  readonly ground: Ground;
}

/**
 * Opens the state of the city that a run studies, as the public sees it, in one snapshot. A scenario that has been
 * changed since, or deleted, is made again from the edits of the run, for this transaction only.
 */
export async function studyCity<T>(
  { pool, layers, ground }: StudyPlace,
  subject: RunSubject,
  signal: CancelSignal,
  work: (city: StudiedCity) => Promise<T>,
): Promise<T> {
  const known = (await layers()).filter(({ dataset }) => dataset === CITY);
  const connection = await pool.connect(signal);
  try {
    await connection.run(sql`begin isolation level repeatable read; set local statement_timeout = '10min'`);
    const base = { who: ANONYMOUS, at: subject.base.at };
    const scenario = await scenarioOf(connection, subject, known);
    const city: StudiedCity = {
      view: scenario ? { who: ANONYMOUS, scenario } : base,
      base,
      edits: subject.edits,
      lawDate: subject.lawDate,
      layers: known,
      ground,
      read: (statement) => connection.run(statement, signal),
    };
    return await work(city);
  } finally {
    // Closing the connection takes back whatever was made in it.
    connection.release(true);
  }
}

async function scenarioOf(
  connection: Connection,
  { scenario, edits, base }: RunSubject,
  layers: StudiedCity['layers'],
): Promise<ScenarioState | undefined> {
  if (!scenario) return undefined;
  if (scenario.id !== null) {
    const [head] = await connection.run<HeadRow>(scenarioHeadSql(scenario.id));
    if (head?.revision === scenario.revision) return stateOf(head);
  }
  const id = randomName(20);
  await connection.run(
    sql`insert into twin.scenario (id, title, reason, access, author, updated_by, base_version, base_at)
      values (${id}::text, 'run', '', 'staff', 'run', 'run', ${base.version}::bigint, ${base.at.toISOString()}::timestamptz)`,
  );
  const made = replay(edits);
  const touched = new Map(edits.flatMap(({ objects }) => objects.map((one) => [objectKey(one), one])));
  const changeable = layers.filter(({ name }) => isChangeable(name));
  const under = { id, base: base.at, revision: 1 };
  const differing = await writeScenarioRows(connection, under, made, [...touched.values()], changeable);
  return { ...under, title: 'run', layers: differing };
}
