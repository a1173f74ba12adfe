import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TwinError, unavailable } from '../../core/errors.ts';
import type { Connection } from './connection.ts';
import { isConnectionError } from './database-error.ts';
import type { Pool } from './pool.ts';
import { sql, trusted } from './sql.ts';

/** Beside `server/` in the sources and in `dist/`. */
const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;
/** Any number that nobody else uses; two starting servers queue here. */
export const MIGRATION_LOCK = 2177_0001;

interface Migration {
  readonly number: number;
  readonly file: string;
  readonly text: string;
  readonly checksum: string;
}

/**
 * Brings the database to the schema of this release; does nothing when it is there already. Several servers
 * may call it at once. Each migration is one transaction.
 * @returns the files applied now
 * @throws TwinError unavailable when the database cannot be used: unreachable, no PostGIS, no right, newer than
 *   this release.
 */
export async function migrate(pool: Pool, folder: string = MIGRATIONS): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const connection = await pool.connect();
  try {
    await connection.run(sql`set statement_timeout = 0`);
    await connection.run(sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`);
    return await applyMissing(connection, migrations, pool.target);
  } finally {
    // Closing the connection also gives back the lock and the settings.
    connection.release(true);
  }
}

async function applyMissing(
  connection: Connection,
  migrations: readonly Migration[],
  target: string,
): Promise<readonly string[]> {
  const applied = await appliedMigrations(connection);
  refuseForeignHistory(applied, migrations, target);
  const missing = migrations.filter(({ number }) => !applied.has(number));
  for (const migration of missing) await applyOne(connection, migration, target);
  return missing.map(({ file }) => file);
}

async function appliedMigrations(connection: Connection): Promise<Map<number, string>> {
  const exists = await connection.run(sql`select 1 from pg_tables
    where schemaname = 'twin' and tablename = 'migration'`);
  if (exists.length === 0) {
    await connection.run(sql`create schema if not exists twin;
      create table twin.migration (
        number integer primary key,
        file text collate "C" not null,
        checksum text collate "C" not null,
        applied_at timestamptz not null default clock_timestamp()
      )`);
  }
  const rows = await connection.run<{ number: number; checksum: string }>(
    sql`select number, checksum from twin.migration`,
  );
  return new Map(rows.map(({ number, checksum }) => [number, checksum]));
}

function refuseForeignHistory(
  applied: ReadonlyMap<number, string>,
  migrations: readonly Migration[],
  target: string,
): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const [number, checksum] of applied) {
    const migration = known.get(number);
    if (!migration) {
      throw unavailable(
        `The database at ${target} has migration ${number}, which this release does not know; start a newer release`,
      );
    }
    if (migration.checksum !== checksum) {
      throw unavailable(
        `Migration ${migration.file} was applied to ${target} with another text; migrations are append-only, restore the file`,
      );
    }
  }
}

async function applyOne(connection: Connection, migration: Migration, target: string): Promise<void> {
  const { number, file, checksum } = migration;
  try {
    await connection.run(sql`begin`);
    await connection.run(trusted(migration.text));
    await connection.run(sql`insert into twin.migration (number, file, checksum)
      values (${number}::integer, ${file}::text, ${checksum}::text)`);
    await connection.run(sql`commit`);
  } catch (error) {
    await connection.run(sql`rollback`).catch(() => {});
    throw explainFailure(error, file, target);
  }
}

function explainFailure(error: unknown, file: string, target: string): unknown {
  const cause = error instanceof TwinError ? error.cause : error;
  if (!(cause instanceof Error) || isConnectionError(cause)) return error;
  const advice = cause.message.includes('postgis')
    ? '; install PostGIS 3.3 or newer for this PostgreSQL, and run `create extension postgis` as its administrator'
    : '';
  return unavailable(`Migration ${file} failed on ${target}: ${cause.message}${advice}`, cause);
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => FILE_NAME.test(file)).sort();
  if (files.length === 0) throw unavailable(`No migrations in ${folder}; the installation is incomplete`);
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { number: Number(file.slice(0, 4)), file, text, checksum };
    }),
  );
}
