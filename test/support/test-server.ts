/** Databases made and dropped on the server of the tests. */
import { openPool } from '../../server/store/pool.ts';
import { trusted } from '../../server/store/sql.ts';

export type Run = (statement: string) => Promise<void>;

/** Works on one connection to the server, which is closed afterwards: its locks end with it. */
export async function onServer<T>(
  server: string,
  work: (run: Run) => Promise<T>,
  statementTimeoutMs = 60_000,
): Promise<T> {
  const pool = openPool({ databaseUrl: server, maxConnections: 1, statementTimeoutMs });
  const connection = await pool.connect();
  try {
    return await work(async (statement) => {
      await connection.run(trusted(statement));
    });
  } finally {
    connection.release(true);
    await pool.close();
  }
}

export const DUPLICATE_DATABASE = '42P04';
const INSUFFICIENT_PRIVILEGE = '42501';

/** The SQLSTATE of what was thrown. */
export function codeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/**
 * Drops it whoever is still connected. Force needs rights over every session, also over that of an autovacuum worker,
 * which belongs to nobody; the plain form sends such a worker away by itself.
 */
export const dropDatabase = (server: string, name: string): Promise<void> =>
  onServer(server, (run) =>
    run(`drop database if exists ${name} with (force)`).catch(async (error: unknown) => {
      if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
      await run(`drop database if exists ${name}`);
    }),
  );

/** The same server, another database. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
