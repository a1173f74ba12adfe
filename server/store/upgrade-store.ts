/** What makes a database of an older release right for this one, before the first request. */
import { alignDatasets } from './align-datasets.ts';
import type { Connection } from './connection.ts';
import { datasetLock } from './dataset.ts';
import { openVersion } from './dataset-version.ts';
import { type DerivedLayer, derive, derivedLayers, recipeOf } from './derived-layers.ts';
import { MIGRATION_LOCK, migrate } from './migrate.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/** Format of the dataset versions that an upgrade makes: nothing was loaded in them. */
export const DERIVED_FORMAT = 'derived';

interface Upgrade {
  /** Migrations applied now. */
  readonly applied: readonly string[];
  /** Statements that brought datasets beside the city to its tables. */
  readonly aligned: readonly string[];
  /** Derived layers that have changed. */
  readonly derived: readonly string[];
}

/**
 * Migrates, then brings the datasets beside the city to its tables, then makes derived layers anew that another release
 * made in another way or not at all. Several servers may call it at once; where nothing is to be done it only looks.
 * @throws TwinError as `migrate`
 */
export async function upgradeStore(pool: Pool): Promise<Upgrade> {
  const applied = await migrate(pool);
  const connection = await pool.connect();
  try {
    await connection.run(sql`set statement_timeout = 0`);
    const aligned = await inTransaction(connection, async () => {
      await connection.run(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`);
      return alignDatasets(connection);
    });
    return { applied, aligned, derived: await refreshDerived(connection) };
  } finally {
    // Closing the connection also takes the settings back.
    connection.release(true);
  }
}

async function refreshDerived(connection: Connection): Promise<readonly string[]> {
  const datasets = await connection.run<{ name: string; srid: number }>(
    sql`select name, srid from twin.dataset order by name`,
  );
  const changed: string[] = [];
  for (const { name, srid } of datasets) {
    if ((await outdatedLayers(connection, name, srid)).length === 0) continue;
    await inTransaction(connection, async () => {
      await connection.run(datasetLock(name));
      // Another server may have done it while this one waited.
      for (const each of await outdatedLayers(connection, name, srid)) {
        if (await makeAnew(connection, each)) changed.push(each.layer.name);
        await connection.run(sql`insert into twin.derived_layer (dataset, layer, recipe)
          values (${name}::text, ${each.layer.name}::text, ${recipeOf(each)}::text)
          on conflict (dataset, layer) do update set recipe = excluded.recipe`);
      }
    });
  }
  return changed;
}

async function outdatedLayers(
  connection: Connection,
  dataset: string,
  srid: number,
): Promise<readonly DerivedLayer[]> {
  const made = await connection.run<{ layer: string; recipe: string }>(
    sql`select layer, recipe from twin.derived_layer where dataset = ${dataset}::text`,
  );
  const recipes = new Map(made.map(({ layer, recipe }) => [layer, recipe]));
  return derivedLayers(dataset, srid).filter((each) => recipes.get(each.layer.name) !== recipeOf(each));
}

/** @returns whether it has changed; only then there is a version of it, with the words and date of its source */
async function makeAnew(connection: Connection, derived: DerivedLayer): Promise<boolean> {
  const { dataset, name } = derived.source;
  const [status] = await connection.run<{ source: string; synthetic: boolean }>(
    sql`select source, synthetic from twin.layer_status where dataset = ${dataset}::text and layer = ${name}::text`,
  );
  if (!status) return false;
  await connection.run(sql`savepoint made`);
  const header = { ...status, dataset, fileName: 'upgrade', format: DERIVED_FORMAT };
  const change = { layer: derived.source, ...(await openVersion(connection, header)), whole: true };
  const hasChanged = await derive(connection, derived, change);
  if (!hasChanged) await connection.run(sql`rollback to savepoint made`);
  return hasChanged;
}

async function inTransaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.run(sql`begin`);
  // On a failure the connection is closed, and the transaction with it.
  const result = await work();
  await connection.run(sql`commit`);
  return result;
}
