import { Logger, runMigrations } from 'graphile-worker';
import { unavailable } from '../../core/errors.ts';
import { MIGRATION_LOCK } from '../store/migrate.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';

/**
 * Brings the tables of the queue, a schema of their own in our database, to what this release needs. Several servers may
 * call it at once.
 * @throws TwinError unavailable when they cannot be made, or are those of a newer release
 */
export async function prepareJobs(databaseUrl: string, pool: Pool): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.run(sql`set statement_timeout = 0`);
    await connection.run(sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`);
    await runMigrations({
      connectionString: databaseUrl,
      maxPoolSize: 1,
      logger: new Logger(() => () => {}),
    });
  } catch (error) {
    throw unavailable(
      `The job queue of the database at ${pool.target} cannot be prepared: ${error instanceof Error ? error.message : 'unknown reason'}. Where the database was used by a newer release, start that one`,
      error,
    );
  } finally {
    // Closing the connection also gives back the lock.
    connection.release(true);
  }
}
