import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inject } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { openPool, type Pool, type PoolConfig } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { codeOf, DUPLICATE_DATABASE, dropDatabase, onServer, type Run, urlOf } from './test-server.ts';

export interface TestDatabase {
  readonly pool: Pool;
  readonly url: string;
  /** Another pool on the same database, closed with it. */
  openAnother(config?: Partial<PoolConfig>): Pool;
  /** Closes the pools and drops the database. */
  drop(): Promise<void>;
}

const MIGRATIONS = resolve(import.meta.dirname, '..', '..', 'migrations');
/** Named for what is in it, so that a server that outlives the run never serves an old schema. */
const TEMPLATE = `blizniak_template_${digestOf(MIGRATIONS)}`;
const TEMPLATE_LOCK = 2177_0002;

/** A fresh database with every migration applied, cloned from a template. Drop it in `afterAll`. */
export async function testDatabase(config: Partial<PoolConfig> = {}): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `blizniak_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (run) => {
    await prepareTemplate(server, run);
    await run(`create database ${name} template ${TEMPLATE}`);
  });
  const url = urlOf(server, name);
  const pools: Pool[] = [];
  const openAnother = (more: Partial<PoolConfig> = {}): Pool => {
    const pool = openPool({
      databaseUrl: url,
      maxConnections: 6,
      statementTimeoutMs: 20_000,
      ...config,
      ...more,
    });
    pools.push(pool);
    return pool;
  };
  return {
    pool: openAnother(),
    url,
    openAnother,
    async drop() {
      await Promise.all(pools.map((pool) => pool.close()));
      await dropDatabase(server, name);
    },
  };
}

/** An empty database without our schema, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = serverUrl();
  const name = `blizniak_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, (run) => run(`create database ${name}`));
  return {
    url: urlOf(server, name),
    drop: () => dropDatabase(server, name),
  };
}

/** Test files run side by side: the first one brings the template up to date, the others wait. */
async function prepareTemplate(server: string, run: Run): Promise<void> {
  await run(`select pg_advisory_lock(${TEMPLATE_LOCK})`);
  await run(`create database ${TEMPLATE}`).catch((error: unknown) => {
    if (codeOf(error) !== DUPLICATE_DATABASE) throw error;
  });
  const pool = openPool({
    databaseUrl: urlOf(server, TEMPLATE),
    maxConnections: 2,
    statementTimeoutMs: 60_000,
  });
  try {
    await migrate(pool);
  } finally {
    await pool.close();
  }
}

function digestOf(folder: string): string {
  const digest = createHash('sha256');
  for (const file of readdirSync(folder).sort()) {
    if (/^\d{4}-/.test(file)) digest.update(readFileSync(join(folder, file)));
  }
  return digest.digest('hex').slice(0, 12);
}

/** The server of the test run (global set-up), or one named by the environment. */
export function serverUrl(): string {
  return inject('databaseUrl');
}

/** How many backends of this database run a statement whose text contains the mark. */
export async function runningStatements(pool: Pool, mark: string): Promise<number> {
  const [row] = await pool.read<{ count: number }>(
    sql`select count(*) as count from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and state <> 'idle' and query like ${`%${mark}%`}::text`,
  );
  return row?.count ?? 0;
}
