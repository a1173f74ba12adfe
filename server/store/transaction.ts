import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

/** Runs the work in one transaction: all of it, or nothing when it throws. */
export const inTransaction = <T>(pool: Pool, work: Work<T>): Promise<T> => between(pool, work, sql`commit`);

/** Runs the work in a transaction of which nothing stays. */
export const inTrial = <T>(pool: Pool, work: Work<T>): Promise<T> => between(pool, work, sql`rollback`);

type Work<T> = (connection: Connection) => Promise<T>;

async function between<T>(pool: Pool, work: Work<T>, end: Sql): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.run(sql`begin`);
    const result = await work(connection);
    await connection.run(end);
    connection.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    connection.release(true);
    throw error;
  }
}
