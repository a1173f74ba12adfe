/** An adopted scenario goes into the registers of the city as one change set. */
import { conflict } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { replay } from '../../../core/scenario/replay.ts';
import type { ScenarioRow } from '../../../core/scenario/scenario-row.ts';
import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import type { ApplicationReport } from '../../../core/wire/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { CITY, datasetLock } from '../dataset.ts';
import { changeRegister } from '../register-rows.ts';
import { tableOf } from '../register-table.ts';
import { activeEdits, type HeadRow } from '../scenario-reading.ts';
import { sql } from '../sql.ts';
import { logChange } from './scenario-log.ts';
import type { Workshop } from './workshop.ts';

const MOST_NAMED = 5;

/**
 * Writes the rows of the scenario into the registers: one version of the dataset, history and tiles as after a load.
 * @param head locked by the connection
 * @throws TwinError conflict for one that is not adopted, was applied already, changes nothing, or whose objects have
 *   changed in the city since its base
 */
export async function applyScenario(
  connection: Connection,
  head: HeadRow,
  { who, layers }: Pick<Workshop, 'who' | 'layers'>,
): Promise<ApplicationReport> {
  if (head.state !== 'adopted') {
    throw conflict(`The scenario is ${head.state}; only an adopted one goes into the registers`, 'state');
  }
  if (head.applied_at) {
    throw conflict(
      `The scenario was applied at ${head.applied_at} as version ${head.applied_version}; it is not applied twice`,
      'application',
    );
  }
  // Nobody loads between the look at the objects and the writing.
  await connection.run(datasetLock(CITY));
  const edits = await activeEdits(connection, head.id);
  const rows = [...replay(edits).values()];
  // What the store makes from other layers follows from those.
  const written = layers.filter(
    (layer) =>
      isChangeable(layer.name) &&
      layer.derivedFrom === undefined &&
      rows.some((row) => row.layer === layer.name),
  );
  if (written.length === 0) throw conflict('The scenario changes nothing in the registers', 'edits');
  await refuseMovedOn(connection, head, written, rows);
  const told: ApplicationReport['layers'] = [];
  for (const layer of written) told.push(await tallyOf(connection, layer, rows));
  const statuses = await statusesOf(connection, written);
  const version = await changeRegister(
    connection,
    written.map((layer) => ({
      layer,
      features: rows.flatMap((row) => (row.layer === layer.name && row.feature ? [row.feature] : [])),
      ended: rows.flatMap((row) => (row.layer === layer.name && !row.feature ? [row.id] : [])),
    })),
    {
      fileName: head.id,
      format: 'scenario',
      source: head.title,
      // What is made over generated data is labelled as they are.
      synthetic: statuses.some(({ synthetic }) => synthetic),
    },
  );
  await keepSources(connection, statuses);
  await connection.run(
    sql`update twin.scenario set applied_at = date_trunc('milliseconds', clock_timestamp()),
      applied_by = ${who.who}::text, applied_version = ${version}::bigint where id = ${head.id}::text`,
  );
  await logChange(connection, head.id, who, { action: 'applied', version });
  const isWritten = (name: string) => written.some((layer) => layer.name === name);
  return {
    version,
    layers: told,
    notApplied: edits
      .filter(({ objects }) => !objects.some(({ layer }) => isWritten(layer)))
      .map(({ id }) => id),
  };
}

/** What the scenario speaks of must be in the city what it was made on: whatever came since is not overwritten. */
async function refuseMovedOn(
  connection: Connection,
  head: HeadRow,
  layers: readonly Layer[],
  rows: readonly ScenarioRow[],
): Promise<void> {
  const moved: string[] = [];
  for (const layer of layers) {
    const ids = rows.filter((row) => row.layer === layer.name).map(({ id }) => id);
    const since = await connection.run<{ id: string }>(
      sql`select distinct id from ${tableOf(layer)} where id = any(${ids}::text[])
        and (valid_from > ${head.base_at}::timestamptz or valid_to > ${head.base_at}::timestamptz)
        and (valid_to is null or valid_to > valid_from) order by id`,
    );
    moved.push(...since.map(({ id }) => `${layer.name} ${id}`));
  }
  if (moved.length === 0) return;
  throw conflict(
    `The city has changed since the base of the scenario in ${moved.length} objects that it touches: ${moved.slice(0, MOST_NAMED).join(', ')}${moved.length > MOST_NAMED ? ', …' : ''}. Set it back to review and draft, rebase it, and adopt it again`,
    'base',
  );
}

async function tallyOf(
  connection: Connection,
  { name, ...layer }: Layer,
  rows: readonly ScenarioRow[],
): Promise<ApplicationReport['layers'][number]> {
  const own = rows.filter((row) => row.layer === name);
  const current = await connection.run<{ id: string }>(
    sql`select id from ${tableOf(layer)} where valid_to is null and id = any(${own.map(({ id }) => id)}::text[])`,
  );
  const isThere = new Set(current.map(({ id }) => id));
  const count = (isWanted: (row: ScenarioRow) => boolean) => own.filter(isWanted).length;
  return {
    layer: name,
    added: count(({ id, feature }) => feature !== undefined && !isThere.has(id)),
    changed: count(({ id, feature }) => feature !== undefined && isThere.has(id)),
    removed: count(({ id, feature }) => feature === undefined && isThere.has(id)),
  };
}

interface Status {
  readonly layer: string;
  readonly source: string;
  readonly synthetic: boolean;
}

const statusesOf = (connection: Connection, layers: readonly Layer[]): Promise<readonly Status[]> =>
  connection.run<Status>(
    sql`select layer, source, synthetic from twin.layer_status
      where dataset = ${CITY}::text and layer = any(${layers.map(({ name }) => name)}::text[])`,
  );

/** A few objects of a scenario do not make it the source of the whole layer; the version of the dataset names it. */
async function keepSources(connection: Connection, statuses: readonly Status[]): Promise<void> {
  for (const { layer, source } of statuses) {
    await connection.run(
      sql`update twin.layer_status set source = ${source}::text
        where dataset = ${CITY}::text and layer = ${layer}::text`,
    );
  }
}
