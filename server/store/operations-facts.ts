import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { OperationsState } from '../../core/wire/operations.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

type Facts = Pick<OperationsState, 'queues' | 'layers' | 'storage'>;

const DAY_MS = 86_400_000;
const PATIENCE_MS = 5_000;

/** What the database says of itself: its queue, how fresh the layers are, what it takes. @param pool of the owner */
export function operationsFacts(pool: Pool, layers: LayersProvider, dataDir: string): () => Promise<Facts> {
  return async () => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const [queues, known, declared, storage] = [
      await pool.read<Facts['queues'][number]>(QUEUES, signal),
      await pool.read<{ layer: string; loaded_at: string; objects: number; synthetic: boolean }>(
        sql`select layer, loaded_at, object_count::bigint as objects, synthetic from twin.layer_status where dataset = ${CITY}::text`,
        signal,
      ),
      await layers(),
      await storageOf(pool, dataDir, signal),
    ];
    const byLayer = new Map(known.map((row) => [row.layer, row]));
    return {
      queues: [...queues],
      layers: declared
        .filter(({ dataset }) => dataset === CITY)
        .map(({ name, freshnessDays }) => {
          const row = byLayer.get(name);
          const isStale =
            row !== undefined && Date.now() - Date.parse(row.loaded_at) > freshnessDays * DAY_MS;
          return {
            ...{ layer: name, objects: row?.objects ?? 0, loadedAt: row?.loaded_at ?? null },
            ...{ freshnessDays, isStale, synthetic: row?.synthetic ?? false },
          };
        }),
      storage,
    };
  };
}

const QUEUES = sql`select task_identifier as task,
    count(*) filter (where locked_at is null and attempts < max_attempts)::bigint as waiting,
    count(*) filter (where locked_at is not null)::bigint as running,
    count(*) filter (where locked_at is null and attempts >= max_attempts)::bigint as failed,
    max(extract(epoch from clock_timestamp() - run_at))
      filter (where locked_at is null and attempts < max_attempts and run_at <= clock_timestamp())::float8 as "oldestS"
  from graphile_worker.jobs group by task_identifier order by task_identifier`;

async function storageOf(pool: Pool, dataDir: string, signal: AbortSignal): Promise<Facts['storage']> {
  const schemas = await pool.read<{ schema: string; bytes: number }>(
    sql`select nspname as schema, sum(pg_total_relation_size(pg_class.oid))::bigint as bytes
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'm') and nspname !~ '^pg_' and nspname <> 'information_schema'
      group by nspname order by bytes desc, schema`,
    signal,
  );
  const [row] = await pool.read<{
    bytes: number;
    archives: boolean;
    last: string | null;
    failed: string | null;
  }>(
    sql`select pg_database_size(current_database()) as bytes, current_setting('archive_mode') <> 'off' as archives,
      last_archived_time as last, last_failed_time as failed from pg_stat_archiver`,
    signal,
  );
  const disk = existsSync(dataDir) ? await statfs(dataDir) : undefined;
  return {
    databaseBytes: row?.bytes ?? 0,
    schemas: [...schemas],
    freeBytes: disk ? disk.bavail * disk.bsize : null,
    archive: row?.archives
      ? {
          lastAt: row.last,
          failedSinceThen: row.failed !== null && (row.last === null || row.failed > row.last),
        }
      : null,
  };
}
