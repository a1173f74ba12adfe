import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/** Runs the work in one transaction: all of it, or nothing when it throws. */
export async function inTransaction<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.run(sql`begin`);
    const result = await work(connection);
    await connection.run(sql`commit`);
    connection.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    connection.release(true);
    throw error;
  }
}
