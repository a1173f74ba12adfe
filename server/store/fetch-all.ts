import type { CancelSignal } from '../../core/cancel.ts';
import type { Connection } from './connection.ts';
import { type Sql, sql, trusted } from './sql.ts';

// By FETCH and not by the portal of pg-cursor: there the statement timeout counts while the reader is slow.
export const OPEN_TRANSACTION = sql`begin read only; set local cursor_tuple_fraction = 1`;
const CLOSE_TRANSACTION = sql`rollback`;

/**
 * Rows of a statement on a connection that stands in `OPEN_TRANSACTION`, fetch by fetch; gives the connection back in
 * the end.
 */
export async function* fetchAll<T extends object>(
  connection: Connection,
  statement: Sql,
  signal: CancelSignal,
  rowsPerFetch: number,
): AsyncGenerator<readonly T[]> {
  let isReading = false;
  let released: Promise<void> | undefined;
  const release = () => (released ??= rollbackAndRelease(connection));
  // While a fetch runs, `run` itself cancels it; between fetches there is nothing to cancel, only to give back.
  const onAbort = () => {
    if (!isReading) void release();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const read = async (step: Sql): Promise<readonly T[]> => {
    signal.throwIfAborted();
    isReading = true;
    try {
      return await connection.run<T>(step, signal);
    } finally {
      isReading = false;
    }
  };
  try {
    await read(sql`declare page no scroll cursor for ${statement}`);
    const fetch = sql`fetch forward ${trusted(String(rowsPerFetch))} from page`;
    for (let rows = await read(fetch); rows.length > 0; rows = await read(fetch)) {
      yield rows;
      if (rows.length < rowsPerFetch) break;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await release();
  }
}

async function rollbackAndRelease(connection: Connection): Promise<void> {
  try {
    await connection.run(CLOSE_TRANSACTION);
    connection.release();
  } catch {
    connection.release(true);
  }
}
