import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/** Everything that the work reads is of one moment. */
export async function inSnapshot<T>(
  pool: Pool,
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect(signal);
  try {
    await connection.run(sql`begin isolation level repeatable read read only`);
    const result = await work(connection);
    await connection.run(sql`commit`);
    connection.release();
    return result;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}
