/** Registers that no migration makes: those of a data set that is served by itself, in the place of a city. */
import { TwinError } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { CITY, datasetLock } from './dataset.ts';
import { COLUMN_TYPES } from './load-sql.ts';
import type { Pool } from './pool.ts';
import { tableOf } from './register-table.ts';
import { join, name, sql, trusted } from './sql.ts';
import { inTransaction } from './transaction.ts';

/**
 * Makes the database one of these layers alone, which lie in the dataset `city` and are all in one CRS. One that is so
 * already stays as it is.
 * @throws TwinError conflict for a database that holds a city
 */
export async function makeOwnRegisters(pool: Pool, layers: readonly Layer[]): Promise<void> {
  const [first] = layers;
  if (!first) return;
  await inTransaction(pool, async (connection) => {
    await connection.run(datasetLock(CITY));
    const [known] = await connection.run<{ there: boolean; filled: boolean }>(
      sql`select to_regclass(${`${CITY}.${first.table}`}::text) is not null as there,
        exists (select from twin.dataset_version) as filled`,
    );
    if (known?.there) return;
    if (known?.filled) {
      throw new TwinError(
        'conflict',
        `The database ${pool.target} holds a city; name an empty one (DATABASE_URL)`,
        {
          parameter: 'DATABASE_URL',
        },
      );
    }
    await connection.run(
      sql`update twin.dataset set srid = ${first.srid}::integer, area = null where name = ${CITY}::text`,
    );
    for (const layer of layers) await connection.run(registerSql(layer));
  });
}

/** As the migrations make the registers of a city. */
function registerSql(layer: Layer) {
  const table = tableOf(layer);
  const columns = layer.properties.map(
    (property) => sql`, ${name(property.name)} ${trusted(COLUMN_TYPES[property.type])}`,
  );
  const geometry = trusted(
    `geometry(${layer.geometryType}${layer.dimension === 3 ? 'Z' : ''}, ${layer.srid})`,
  );
  return sql`create table ${table} (
      row_id bigint generated always as identity primary key,
      id text collate "C" not null,
      geom ${geometry} not null${join(columns, '')},
      valid_from timestamptz not null,
      valid_to timestamptz check (valid_to >= valid_from),
      dataset_version bigint not null references twin.dataset_version (version),
      content_hash uuid not null);
    create unique index on ${table} (id) where valid_to is null;
    create index on ${table} using gist (geom) where valid_to is null`;
}
