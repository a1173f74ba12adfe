import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { LoadProblem, ProblemCode } from '../../core/formats/reader.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { checkScope, endAbsent, noteMentioned, tellsAbsence } from './absent-objects.ts';
import type { Connection } from './connection.ts';
import { CITY, ensureDataset } from './dataset.ts';
import { openVersion } from './dataset-version.ts';
import { deriveFrom } from './derived-layers.ts';
import { coverageSql } from './layer-coverage.ts';
import type {
  KeepRejected,
  LayerCounts,
  LoadHeader,
  LoadProgress,
  LoadReport,
  ReadAs,
  RejectedObject,
} from './load-contract.ts';
import * as statements from './load-sql.ts';
import { registerDoubts } from './register-checks.ts';
import { type Sql, sql, trusted } from './sql.ts';

interface StagedLayer {
  readonly layer: Layer;
  readonly rows: number;
}

/** What has been read of the file, ready to be compared. */
export interface StagedFile {
  readonly staged: readonly StagedLayer[];
  readonly rejectedBefore: readonly LoadProblem[];
  readonly unread: readonly LoadProblem[];
  readonly readAs: ReadAs | undefined;
  readonly onProgress: LoadProgress;
  readonly keepRejected: KeepRejected | undefined;
}

interface Tally {
  written: number;
  added: number;
  changed: number;
  unchanged: number;
  ended: number;
}

const NOTHING: Readonly<Tally> = { written: 0, added: 0, changed: 0, unchanged: 0, ended: 0 };

/** Compares the staged rows with the store, writes what is new, and ends the transaction: a load of which nothing
 * can be taken over leaves no version behind. */
export async function finishLoad(
  connection: Connection,
  header: LoadHeader,
  { staged, rejectedBefore, unread, readAs, onProgress, keepRejected }: StagedFile,
): Promise<LoadReport> {
  // Queues behind another load of the dataset; from here on nobody else writes to it.
  await ensureDataset(connection, header.dataset, header.srid);
  const { version, moment } = await openVersion(connection, header);
  const tally: Tally = { ...NOTHING };
  const layers: LayerCounts[] = [];
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
    const faults = await faultsOf(connection, layer, keepRejected);
    rejected.push(...faults);
    await step(statements.endReplacedSql(layer, moment));
    let endedHere = (await step(statements.endDepartedSql(layer, moment))).length;
    if (scope !== undefined) endedHere += await endAbsent(connection, layer, scope, moment);
    tally.ended += endedHere;
    await step(statements.insertTakenSql(layer, moment, version));
    const counted = await countPlan(connection, layer);
    for (const kind of ['written', 'added', 'changed', 'unchanged'] as const) tally[kind] += counted[kind];
    const { added, changed, unchanged } = counted;
    layers.push({
      ...{ layer: layer.name, added, changed, unchanged, ended: endedHere },
      rejected: faults.length,
    });
    await connection.run(statements.widenVersionSql(layer, version));
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
    added = ${tally.added}::integer, changed = ${tally.changed}::integer,
    unchanged = ${tally.unchanged}::integer, ended = ${tally.ended}::integer,
    crs = ${readAs?.crs ?? null}::text, crs_decision = ${readAs?.crsDecision ?? null}::text,
    schema_used = ${readAs?.schema ?? null}::text,
    rejected = ${unread.length + rejected.length}::integer where version = ${version}::bigint`);
  const isRefused = header.strict === true && [...unread, ...rejected].some(isFault);
  const nothingTaken = isRefused || tally.written + tally.unchanged + tally.ended === 0;
  const fresh = staged.map(({ layer }, i) => [
    layer.table,
    (layers[i]?.added ?? 0) + (layers[i]?.changed ?? 0),
  ]);
  const doubts = header.checksRegisters
    ? await registerDoubts(connection, {
        dataset: header.dataset,
        version,
        written: Object.fromEntries(fresh),
      })
    : [];
  await connection.run(header.dryRun || nothingTaken ? sql`rollback` : sql`commit`);
  if (isRefused) {
    const untouched = layers.map((layer) => ({ ...layer, ...NOTHING }));
    return { ...NOTHING, rejected, layers: untouched, doubts, version: undefined };
  }
  return { ...tally, rejected, layers, doubts, version: nothingTaken ? undefined : version };
}

/** Whether a file has a fault in it, and not only more than is kept here. */
export const isFault = ({ code }: LoadProblem): boolean => code !== 'class-not-stored';

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

/** Of each round trip. */
const FAULTS_AT_ONCE = 1_000;

interface FaultRow {
  readonly id: string;
  readonly code: ProblemCode;
  readonly message: string;
  readonly place_e: number | null;
  readonly place_n: number | null;
  readonly geometry: Geometry;
  readonly properties: Feature['properties'];
}

/** Some at a time: a file of another city has nothing else. */
async function faultsOf(
  connection: Connection,
  layer: Layer,
  keep: KeepRejected | undefined,
): Promise<readonly LoadProblem[]> {
  const problems: LoadProblem[] = [];
  await connection.run(sql`declare faults no scroll cursor for ${statements.faultsSql(layer)}`);
  for (;;) {
    const rows = await connection.run<FaultRow>(
      sql`fetch forward ${trusted(String(FAULTS_AT_ONCE))} from faults`,
    );
    const told = rows.map((row) => rejectedObject(row, layer));
    problems.push(...told.map(({ problem }) => problem));
    if (told.length > 0) await keep?.(told);
    if (rows.length < FAULTS_AT_ONCE) break;
  }
  await connection.run(sql`close faults`);
  return problems;
}

const rejectedObject = (row: FaultRow, { name: layer, srid }: Layer): RejectedObject => ({
  problem: { code: row.code, objectId: row.id, objectClass: undefined, message: row.message },
  ...{ layer, srid, geometry: row.geometry, properties: row.properties },
  ...(row.place_e !== null && row.place_n !== null && { at: [row.place_e, row.place_n] }),
});

async function countPlan(connection: Connection, layer: Layer): Promise<Omit<Tally, 'ended'>> {
  const [row] = await connection.run<Omit<Tally, 'ended'>>(statements.tallySql(layer));
  return row ?? { written: 0, added: 0, changed: 0, unchanged: 0 };
}
