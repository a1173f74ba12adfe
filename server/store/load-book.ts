/** Files handed in to be loaded, as rows. */
import { createHash, randomBytes } from 'node:crypto';
import { TwinError, tooLarge } from '../../core/errors.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type {
  DataLoad,
  FindingPage,
  FindingSeverity,
  LoadState,
  LoadSummary,
  NewLoad,
} from '../../core/wire/load.ts';
import type { RejectedRow } from '../services/loads.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql, trusted } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** The task of the job queue that loads a file; its payload is `{load}`. */
export const LOAD_TASK = 'load';
const PIECE_BYTES = 1024 * 1024;
/** How long a file that was only checked waits to be loaded. */
const WAITS = sql`interval '7 days'`;
const LISTED = 100;

export interface ClaimedLoad {
  readonly id: string;
  readonly attempt: number;
  readonly asked: DataLoad['asked'];
  readonly dryRun: boolean;
  readonly fileName: string;
}

export interface LoadProblemTold {
  readonly kind: string;
  readonly message: string;
}

/** One finding as it is kept. */
export interface KeptFinding {
  readonly severity: FindingSeverity;
  readonly code: string;
  readonly objectId: string | null;
  readonly objectClass: string | null;
  readonly layer: string | null;
  readonly message: string;
  readonly line: number | null;
  readonly easting: number | null;
  readonly northing: number | null;
  readonly srid: number | null;
  readonly geometry: Geometry | null;
  readonly properties: object | null;
}

interface LoadRow {
  readonly id: string;
  readonly state: LoadState;
  readonly dry_run: boolean;
  readonly file_name: string;
  readonly is_table: boolean;
  readonly bytes: number;
  readonly sha256: string;
  readonly asked: DataLoad['asked'];
  readonly made_by: string;
  readonly made_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly step: DataLoad['step'];
  readonly report: LoadSummary | null;
  readonly problem: LoadProblemTold | null;
}

/**
 * Keeps a file piece by piece, all of it or nothing, and puts its load into the queue.
 * @throws TwinError too-large beyond `mostBytes`; whatever the bytes throw
 */
export async function receiveFile(
  pool: Pool,
  { name, dryRun, ...asked }: NewLoad,
  bytes: AsyncIterable<Uint8Array>,
  by: { readonly who: string; readonly mostBytes: number },
): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const hash = createHash('sha256');
  await forgetWaiting(pool);
  await inTransaction(pool, async (connection) => {
    await connection.run(
      sql`insert into twin.load (id, asked, dry_run, file_name, bytes, sha256, made_by)
        values (${id}::text, ${JSON.stringify(asked)}::jsonb, ${dryRun}::boolean, ${name}::text, 0, '', ${by.who}::text)`,
    );
    let [ordinal, size, held, waiting] = [0, 0, 0, [] as Uint8Array[]];
    const keep = async () => {
      if (held === 0) return;
      const piece = Buffer.concat(waiting);
      [waiting, held] = [[], 0];
      await connection.run(
        sql`insert into twin.load_piece (load, ordinal, bytes)
          values (${id}::text, ${ordinal++}::integer, ${piece}::bytea)`,
      );
    };
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > by.mostBytes)
        throw tooLarge(`The file is larger than the limit of ${by.mostBytes} bytes`, 'body');
      hash.update(chunk);
      waiting.push(chunk);
      held += chunk.length;
      if (held >= PIECE_BYTES) await keep();
    }
    await keep();
    await connection.run(
      sql`update twin.load set bytes = ${size}::bigint, sha256 = ${hash.digest('hex')}::text where id = ${id}::text`,
    );
    await connection.run(addJob(id));
  });
  return id;
}

export const addJob = (id: string): Sql =>
  sql`select graphile_worker.add_job(${LOAD_TASK}::text, ${JSON.stringify({ load: id })}::json,
    job_key := ${`load ${id}`}::text)`;

/** Files that were looked through and that nobody loaded go; what was found in them stays. */
const forgetWaiting = (pool: Pool) =>
  pool.read(
    sql`with old as (update twin.load set state = 'cancelled'
        where state in ('unmapped', 'checked') and ended_at < clock_timestamp() - ${WAITS} returning id)
      delete from twin.load_piece using twin.load where load_piece.load = load.id
        and (load.id in (select id from old) or load.state = 'refused' and load.ended_at < clock_timestamp() - ${WAITS})`,
  );

const COLUMNS =
  trusted(`id, state, dry_run, file_name, bytes, sha256, asked, made_by, made_at, started_at, ended_at,
  step, report, problem, tables is not null as is_table`);

export async function readLoad(pool: Pool, id: string): Promise<DataLoad | undefined> {
  const [row] = await pool.read<LoadRow>(sql`select ${COLUMNS} from twin.load where id = ${id}::text`);
  return row && loadOf(row);
}

export async function listLoads(pool: Pool): Promise<readonly DataLoad[]> {
  const rows = await pool.read<LoadRow>(
    sql`select ${COLUMNS} from twin.load order by made_at desc, id limit ${LISTED}::bigint`,
  );
  return rows.map(loadOf);
}

const loadOf = (row: LoadRow): DataLoad => ({
  ...{ id: row.id, state: row.state, dryRun: row.dry_run, fileName: row.file_name },
  ...{ isTable: row.is_table, bytes: row.bytes, sha256: row.sha256, asked: row.asked },
  ...{ madeBy: row.made_by, madeAt: row.made_at, startedAt: row.started_at, endedAt: row.ended_at },
  ...{ step: row.step, report: row.report, problem: row.problem },
});

/** Puts a checked file into the queue again, to be loaded. @throws TwinError conflict when it is not checked */
export async function takeChecked(pool: Pool, id: string): Promise<void> {
  await inTransaction(pool, async (connection) => {
    const [taken] = await connection.run(
      sql`update twin.load set state = 'waiting', dry_run = false, step = null, started_at = null, ended_at = null, attempt = 0
        where id = ${id}::text and state = 'checked' returning id`,
    );
    if (!taken) {
      throw new TwinError(
        'conflict',
        'Only a file that was checked, and is still kept, can be loaded; hand it in again',
      );
    }
    await connection.run(addJob(id));
  });
}

/** A load under way hears of it within a second. */
export async function cancelLoad(pool: Pool, id: string): Promise<void> {
  await pool.read(
    sql`with cancelled as (update twin.load
        set state = 'cancelled', ended_at = date_trunc('milliseconds', clock_timestamp())
        where id = ${id}::text and state in ('waiting', 'running', 'unmapped', 'checked') returning id)
      delete from twin.load_piece using cancelled where load_piece.load = cancelled.id`,
  );
}

/** Begins an attempt; what an earlier one found is found anew. Undefined when nobody wants it any more. */
export async function claimLoad(pool: Pool, id: string): Promise<ClaimedLoad | undefined> {
  const [row] = await pool.read<LoadRow & { attempt: number }>(
    sql`update twin.load set state = 'running', attempt = attempt + 1, step = null,
          started_at = coalesce(started_at, date_trunc('milliseconds', clock_timestamp()))
      where id = ${id}::text and state in ('waiting', 'running') returning ${COLUMNS}, attempt`,
  );
  if (!row) return undefined;
  await pool.read(sql`delete from twin.load_finding where load = ${id}::text`);
  const { attempt, asked, dry_run: dryRun, file_name: fileName } = row;
  return { id, attempt, asked, dryRun, fileName };
}

/** @returns whether it is still wanted of this attempt */
export async function tellStep(pool: Pool, load: ClaimedLoad, step: DataLoad['step']): Promise<boolean> {
  const rows = await pool.read(
    sql`update twin.load set step = coalesce(${step && JSON.stringify(step)}::jsonb, step) where ${isHeld(load)}
      returning id`,
  );
  return rows.length > 0;
}

export const isHeld = ({ id, attempt }: ClaimedLoad): Sql =>
  sql`id = ${id}::text and attempt = ${attempt}::integer and state = 'running'`;

/** Findings in the order in which they come, from `first` on. */
export async function keepLoadFindings(
  pool: Pool,
  { id }: ClaimedLoad,
  first: number,
  findings: readonly KeptFinding[],
): Promise<void> {
  const rows = findings.map((finding, index) => ({ ...finding, ordinal: first + index }));
  await pool.read(
    sql`insert into twin.load_finding (load, ordinal, severity, code, object_id, object_class, layer, message, line,
        easting, northing, srid, geometry, properties)
      select ${id}::text, ordinal, severity, code, "objectId", "objectClass", layer, message, line, easting, northing,
        srid, geometry, properties
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found (ordinal integer, severity text, code text,
        "objectId" text, "objectClass" text, layer text, message text, line integer, easting float8, northing float8,
        srid integer, geometry jsonb, properties jsonb)`,
  );
}

/** The file goes, unless it was only checked and may be loaded yet, or is a table whose mapping can be corrected. */
export async function endLoad(
  pool: Pool,
  load: ClaimedLoad,
  state: 'checked' | 'loaded' | 'refused' | 'failed',
  told: { readonly report?: LoadSummary; readonly problem?: LoadProblemTold },
): Promise<void> {
  const { report, problem } = told;
  await pool.read(
    sql`with ended as (update twin.load set state = ${state}::text, step = null,
          ended_at = date_trunc('milliseconds', clock_timestamp()),
          report = ${report ? JSON.stringify(report) : null}::jsonb,
          problem = ${problem ? JSON.stringify(problem) : null}::jsonb
        where ${isHeld(load)} returning id, tables is not null as is_table)
      delete from twin.load_piece using ended where load_piece.load = ended.id and ${state !== 'checked'}::boolean
        and not (${state === 'refused' && load.dryRun}::boolean and ended.is_table)`,
  );
}

/** Another attempt begins it anew. */
export async function postponeLoad(pool: Pool, load: ClaimedLoad): Promise<void> {
  await pool.read(sql`update twin.load set state = 'waiting', step = null where ${isHeld(load)}`);
}

/** The file, piece by piece. */
export async function* readFilePieces(
  pool: Pool,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal++) {
    const [row] = await pool.read<{ bytes: Buffer }>(
      sql`select bytes from twin.load_piece where load = ${id}::text and ordinal = ${ordinal}::integer`,
      signal,
    );
    if (!row) return;
    yield row.bytes;
  }
}

export async function countFindings(pool: Pool, id: string): Promise<LoadSummary['findings']> {
  const rows = await pool.read<LoadSummary['findings'][number]>(
    sql`select code, severity, count(*)::integer as count from twin.load_finding where load = ${id}::text
      group by code, severity order by array_position(array['error', 'warning', 'info'], severity), count(*) desc, code`,
  );
  return rows.map(({ code, severity, count }) => ({ code, severity, count }));
}

interface FindingRow {
  readonly ordinal: number;
  readonly severity: FindingSeverity;
  readonly code: string;
  readonly object_id: string | null;
  readonly object_class: string | null;
  readonly layer: string | null;
  readonly message: string;
  readonly line: number | null;
  readonly easting: number | null;
  readonly northing: number | null;
}

const findingOf = (row: FindingRow): FindingPage['findings'][number] => ({
  ...{ ordinal: row.ordinal, severity: row.severity, code: row.code, message: row.message, line: row.line },
  ...{ objectId: row.object_id, objectClass: row.object_class, layer: row.layer },
  place: row.easting === null || row.northing === null ? null : [row.easting, row.northing],
});

const FINDING = trusted(
  'ordinal, severity, code, object_id, object_class, layer, message, line, easting, northing',
);

export async function readFindings(
  pool: Pool,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<FindingPage> {
  const rows = await pool.read<FindingRow>(
    sql`select ${FINDING} from twin.load_finding where load = ${id}::text and ordinal > ${after}::integer
      order by ordinal limit ${limit + 1}::bigint`,
  );
  const findings = rows.slice(0, limit).map(findingOf);
  return { findings, next: rows.length > limit ? (findings.at(-1)?.ordinal ?? null) : null };
}

/** With the objects as they stood in the file. */
export async function* readRejected(
  pool: Pool,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<RejectedRow> {
  const rows = pool.stream<FindingRow & Pick<RejectedRow, 'srid' | 'geometry' | 'properties'>>(
    sql`select ${FINDING}, srid, geometry, properties from twin.load_finding
      where load = ${id}::text and severity = 'error' order by ordinal`,
    signal,
  );
  for await (const batch of rows) {
    for (const row of batch) {
      yield { ...findingOf(row), srid: row.srid, geometry: row.geometry, properties: row.properties };
    }
  }
}
