/** Rows of a layer as the database packs them: nothing is made of them on the way to a file that packs them again. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { Connection } from './connection.ts';
import { asDatabaseError } from './database-error.ts';
import type { Pool } from './pool.ts';
import type { Relation } from './relation.ts';
import { packedRowsSql } from './rows-sql.ts';
import { type Sql, sql, withLiterals } from './sql.ts';

/** Before the rows: eleven letters, flags, and how long the rest of the head is. */
const HEAD_BYTES = 19;

/**
 * Rows in the binary format of COPY, each chunk whole rows: geometry as WKB of ISO, id, then the properties of the query in
 * their order as `PACKED_TYPES` says. However slow the reader, no deadline of a statement cuts it; the signal does.
 * @throws TwinError as the store; the reason of the signal
 */
export async function* packedRows(
  pool: Pool,
  relation: Relation,
  query: FeatureQuery,
  signal: CancelSignal,
): AsyncGenerator<Buffer> {
  const connection = await pool.connect(signal);
  const cut = () => connection.release(true);
  signal.addEventListener('abort', cut, { once: true });
  let isWhole = false;
  try {
    await connection.run(sql`begin read only; set local statement_timeout = 0`, signal);
    yield* wholeRows(copied(connection, packedRowsSql(relation, query)));
    await connection.run(sql`rollback`);
    isWhole = true;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw asDatabaseError(error);
  } finally {
    signal.removeEventListener('abort', cut);
    // What was not read to its end can be ended in no other way.
    connection.release(!isWhole);
  }
}

const copied = (connection: Connection, rows: Sql): AsyncIterable<Buffer> =>
  connection.copyOut(sql`copy (${withLiterals(rows)}) to stdout (format binary)`);

/** Cuts the stream between rows, and takes away its head and its end. */
export async function* wholeRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let skip = HEAD_BYTES;
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (bytes.length < skip) {
      rest = bytes;
      continue;
    }
    const end = lastRowEnd(bytes, skip);
    if (end > skip) yield bytes.subarray(skip, end);
    rest = bytes.subarray(end);
    skip = 0;
  }
}

/** Where the last row ends that is whole; the end of the stream is no row. */
function lastRowEnd(bytes: Buffer, from: number): number {
  for (let end = from; ; ) {
    if (end + 2 > bytes.length) return end;
    let at = end + 2;
    const fields = bytes.readInt16BE(end);
    if (fields < 0) return end;
    for (let field = 0; field < fields; field++) {
      if (at + 4 > bytes.length) return end;
      at += 4 + Math.max(0, bytes.readInt32BE(at));
      if (at > bytes.length) return end;
    }
    end = at;
  }
}
