import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { openLocalCluster } from '../store/local-cluster/open-local-cluster.ts';
import { openPool, type Pool } from '../store/pool.ts';
import { preparePublicRole } from '../store/public-role.ts';
import { slowQueryLog } from '../store/slow-queries.ts';
import { sql } from '../store/sql.ts';
import { upgradeStore } from '../store/upgrade-store.ts';
import type { Progress } from './progress.ts';
import { waitForDatabase } from './wait-for-database.ts';

export interface Database {
  /** For libraries that open connections of their own. Holds the password. */
  readonly url: string;
  /** With all rights: for staff, loads and our own book-keeping. */
  readonly pool: Pool;
  /** For requests of the public; where the role cannot be had, the same as `pool`. */
  readonly publicPool: Pool;
  /** Closes the connections and, when nobody else uses it, the private cluster. */
  close(): Promise<void>;
}

interface OpenDatabaseOptions {
  readonly progress: Progress;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** How long to wait for a database of DATABASE_URL that does not answer. */
  readonly patienceMs: number;
}

/** The database of the configuration, private or given, brought to this release's schema. */
export async function openDatabase(config: Config, options: OpenDatabaseOptions): Promise<Database> {
  const { progress, log, signal, patienceMs } = options;
  progress.step('Database');
  const cluster =
    config.databaseUrl === undefined
      ? await openLocalCluster({
          dataDir: config.dataDir,
          port: config.databasePort,
          archive: config.databaseArchive,
          path: config.path,
          log,
          progress: progress.note,
        })
      : undefined;
  const databaseUrl = cluster?.url ?? config.databaseUrl?.reveal() ?? '';
  const poolConfig = {
    databaseUrl,
    maxConnections: config.databasePoolSize,
    statementTimeoutMs: config.requestTimeoutMs,
    ...(config.slowQueryMs > 0 && {
      onTook: slowQueryLog({ thresholdMs: config.slowQueryMs, pool: () => pool, log }),
    }),
  };
  const pool: Pool = openPool(poolConfig);
  let publicPool = pool;
  let closed: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([...new Set([pool, publicPool])].map((each) => each.close()));
    await cluster?.close();
  };
  const database: Database = {
    url: databaseUrl,
    pool,
    get publicPool() {
      return publicPool;
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
  try {
    const ask = () => pool.read(sql`select 1`);
    await waitForDatabase(ask, { target: pool.target, say: progress.note, signal, patienceMs });
    signal.throwIfAborted();
    const { applied, aligned, derived } = await upgradeStore(pool);
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    if (aligned.length > 0) log.info({ aligned }, 'datasets beside the city brought to its tables');
    if (derived.length > 0) log.info({ derived }, 'derived layers made anew');
    const { role, reason } = await preparePublicRole(pool);
    if (role !== undefined) publicPool = openPool({ ...poolConfig, role });
    else log.warn({ reason }, 'requests of the public run with the rights of the database user');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
