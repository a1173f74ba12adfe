import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { NOTHING, sql } from './sql.ts';

/** Everything that the work reads is of one moment. @param settings of its transaction, each after a semicolon */
export async function inSnapshot<T>(
  pool: Pool,
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>,
  settings = NOTHING,
): Promise<T> {
  const connection = await pool.connect(signal);
  try {
    await connection.run(sql`begin isolation level repeatable read read only${settings}`);
    const result = await work(connection);
    await connection.run(sql`commit`);
    connection.release();
    return result;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}
