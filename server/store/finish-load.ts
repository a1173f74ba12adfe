import type { Layer } from '../../core/feature/layer.ts';
import type { LoadProblem, ProblemCode } from '../../core/formats/reader.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { checkScope, endAbsent, noteMentioned, tellsAbsence } from './absent-objects.ts';
import type { Connection } from './connection.ts';
import { CITY, ensureDataset } from './dataset.ts';
import { openVersion } from './dataset-version.ts';
import { deriveFrom } from './derived-layers.ts';
import { coverageSql } from './layer-coverage.ts';
import type { LoadHeader, LoadProgress, LoadReport } from './load-contract.ts';
import * as statements from './load-sql.ts';
import { type Sql, sql } from './sql.ts';

interface StagedLayer {
  readonly layer: Layer;
  readonly rows: number;
}

interface Tally {
  written: number;
  unchanged: number;
  ended: number;
}

/** Compares the staged rows with the store, writes what is new, and ends the transaction: a load of which nothing
 * can be taken over leaves no version behind. */
export async function finishLoad(
  connection: Connection,
  header: LoadHeader,
  staged: readonly StagedLayer[],
  rejectedBefore: readonly LoadProblem[],
  unread: readonly LoadProblem[],
  onProgress: LoadProgress,
): Promise<LoadReport> {
  // Queues behind another load of the dataset; from here on nobody else writes to it.
  await ensureDataset(connection, header.dataset, header.srid);
  const { version, moment } = await openVersion(connection, header);
  const tally: Tally = { written: 0, unchanged: 0, ended: 0 };
  const rejected = [...rejectedBefore];
  const progress = stepCounter(staged, onProgress);
  const notStaged = [...unread, ...rejectedBefore];
  const scope = tellsAbsence(notStaged) ? header.scope : undefined;
  if (scope !== undefined) {
    await checkScope(
      connection,
      scope,
      staged.map(({ layer }) => layer),
    );
    await noteMentioned(connection, notStaged);
  }
  for (const { layer, rows } of staged) {
    const step = (statement: Sql) => connection.run(statement).finally(() => progress(rows));
    await step(statements.analyzeStagingSql(layer));
    await step(statements.createPlanSql(layer, header.allowOutside || header.dataset !== CITY));
    rejected.push(...(await faultsOf(connection, layer)));
    await step(statements.endReplacedSql(layer, moment));
    let endedHere = (await step(statements.endDepartedSql(layer, moment))).length;
    if (scope !== undefined) endedHere += await endAbsent(connection, layer, scope, moment);
    tally.ended += endedHere;
    await step(statements.insertTakenSql(layer, moment, version));
    const counted = await countPlan(connection, layer);
    tally.written += counted.written;
    tally.unchanged += counted.unchanged;
    await step(statements.touchCellsSql(layer, moment, version, statements.cellSize(crsOf(layer.srid).unit)));
    // A layer of which everything was rejected keeps its date and source.
    if (counted.written + counted.unchanged + endedHere > 0) {
      await connection.run(statements.updateStatusSql(layer, moment, version));
    }
    if (counted.written > 0) await connection.run(statements.analyzeRegisterSql(layer));
    if (counted.written + endedHere > 0) await deriveFrom(connection, { layer, version, moment });
    progress(rows);
  }
  if (header.coverage) {
    const layers = staged.map(({ layer }) => layer.name);
    await connection.run(coverageSql(layers, header.coverage, header.scope === 'all' ? 'replace' : 'add'));
  }
  await connection.run(sql`update twin.dataset_version set written = ${tally.written}::integer,
    unchanged = ${tally.unchanged}::integer, ended = ${tally.ended}::integer,
    rejected = ${unread.length + rejected.length}::integer where version = ${version}::bigint`);
  const nothingTaken = tally.written + tally.unchanged + tally.ended === 0;
  await connection.run(header.dryRun || nothingTaken ? sql`rollback` : sql`commit`);
  return { ...tally, rejected, version: nothingTaken ? undefined : version };
}

/** Steps of a layer that are reported; each counts as much as the layer has rows. */
const REPORTED_STEPS = 7;

function stepCounter(staged: readonly StagedLayer[], onProgress: LoadProgress): (rows: number) => void {
  const total = staged.reduce((sum, { rows }) => sum + rows, 0);
  let weighted = 0;
  return (rows) => {
    weighted += rows;
    onProgress(Math.round(weighted / REPORTED_STEPS), total);
  };
}

async function faultsOf(connection: Connection, layer: Layer): Promise<readonly LoadProblem[]> {
  const rows = await connection.run<{ id: string; code: ProblemCode; message: string }>(
    statements.faultsSql(layer),
  );
  return rows.map(({ id, code, message }) => ({ code, objectId: id, objectClass: undefined, message }));
}

async function countPlan(
  connection: Connection,
  layer: Layer,
): Promise<{ written: number; unchanged: number }> {
  const [row] = await connection.run<{ written: number; unchanged: number }>(statements.tallySql(layer));
  return row ?? { written: 0, unchanged: 0 };
}
