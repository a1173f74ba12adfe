/** Tables handed in without a mapping: what was seen of them, and the mapping that somebody gives. */
import { TwinError } from '../../core/errors.ts';
import type { TableSketch } from '../../core/wire/table-sketch.ts';
import { addJob, type ClaimedLoad, isHeld } from './load-book.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** The file stays, and waits for a mapping. */
export async function awaitMapping(
  pool: Pool,
  load: ClaimedLoad,
  tables: readonly TableSketch[],
): Promise<void> {
  await pool.read(
    sql`update twin.load set state = 'unmapped', step = null, tables = ${JSON.stringify(tables)}::jsonb,
        ended_at = date_trunc('milliseconds', clock_timestamp()) where ${isHeld(load)}`,
  );
}

/** Undefined for what is no table, or came with a mapping. */
export async function readTables(pool: Pool, id: string): Promise<readonly TableSketch[] | undefined> {
  const [row] = await pool.read<{ readonly tables: readonly TableSketch[] | null }>(
    sql`select tables from twin.load where id = ${id}::text`,
  );
  return row?.tables ?? undefined;
}

/**
 * Puts a table into the queue again, to be looked through by a mapping.
 * @param crs replaces what was said when it was handed in
 * @throws TwinError conflict for a file that is loaded, under way, or no longer kept
 */
export async function mapTable(
  pool: Pool,
  id: string,
  { mapping, crs }: { readonly mapping: string; readonly crs: string | undefined },
): Promise<void> {
  const asked = JSON.stringify({ mapping, ...(crs !== undefined && { crs }) });
  await inTransaction(pool, async (connection) => {
    const [taken] = await connection.run(
      sql`update twin.load set state = 'waiting', dry_run = true, step = null, started_at = null, ended_at = null,
          attempt = 0, report = null, problem = null, asked = asked || ${asked}::jsonb
        where id = ${id}::text and tables is not null and state in ('unmapped', 'checked', 'refused')
          and exists (select from twin.load_piece where load = id) returning id`,
    );
    if (!taken) {
      throw new TwinError(
        'conflict',
        'Only a table that came without a mapping, is still kept and was not loaded can be mapped; hand it in again',
      );
    }
    await connection.run(addJob(id));
  });
}
