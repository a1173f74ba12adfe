import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { Connection } from './connection.ts';
import { CITY, tableLikeCity } from './dataset.ts';
import { isPersonal } from './register-table.ts';
import { sql, trusted } from './sql.ts';

/**
 * Brings the datasets beside the city to the tables, columns and indexes that the city has after its migrations, which
 * speak of the city alone. Runs in the caller's transaction.
 * @returns the statements that were needed; none where all is alike
 */
export async function alignDatasets(connection: Connection): Promise<readonly string[]> {
  const datasets = await connection.run<{ name: string; srid: number }>(
    sql`select name, srid from twin.dataset where name <> ${CITY}::text order by name`,
  );
  const done: string[] = [];
  for (const { name, srid } of datasets) {
    done.push(...(await makeMissingTables(connection, name, srid)));
    for (const find of [missingColumns, indexesOfBefore, missingIndexes]) {
      const needed = await connection.run<{ statement: string }>(find(name));
      for (const { statement } of needed) await connection.run(trusted(statement));
      done.push(...needed.map(({ statement }) => statement));
    }
  }
  return done;
}

async function makeMissingTables(
  connection: Connection,
  dataset: string,
  srid: number,
): Promise<readonly string[]> {
  const there = await connection.run<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = ${dataset}::text`,
  );
  const made: string[] = [];
  for (const register of REGISTERS) {
    if (isPersonal(register) || there.some(({ name }) => name === register.table)) continue;
    await connection.run(tableLikeCity(dataset, register, srid));
    made.push(`create table ${dataset}.${register.table}`);
  }
  return made;
}

/** Every table of the dataset beside its model in the city. */
const PAIRED = trusted(`from pg_class as model
  join pg_class as copy on copy.relname = model.relname and copy.relkind = 'r'
  join pg_namespace as city on city.oid = model.relnamespace and city.nspname = 'city'
  join pg_namespace as own on own.oid = copy.relnamespace`);

const missingColumns = (dataset: string) =>
  sql`select format('alter table %I.%I add column %I %s', own.nspname, copy.relname, wanted.attname,
      format_type(wanted.atttypid, wanted.atttypmod)
        || coalesce((select format(' collate %I.%I', nspname, collname) from pg_collation
          join pg_namespace on pg_namespace.oid = collnamespace
          where pg_collation.oid = wanted.attcollation), '')) as statement
    ${PAIRED}
    join pg_attribute as wanted on wanted.attrelid = model.oid and wanted.attnum > 0 and not wanted.attisdropped
    where own.nspname = ${dataset}::text and not exists (select from pg_attribute as given
      where given.attrelid = copy.oid and given.attname = wanted.attname and not given.attisdropped)
    order by model.relname, wanted.attnum`;

/** What an index does, without its name and schema. */
const meaning = (definition: string) =>
  trusted(`regexp_replace(${definition}, 'INDEX \\S+ ON [^.]+\\.', 'INDEX ON ')`);

const indexesOfBefore = (dataset: string) =>
  sql`select format('drop index %I.%I', schemaname, indexname) as statement from pg_indexes as mine
    where schemaname = ${dataset}::text and not exists (select from pg_indexes as model
      where model.schemaname = 'city' and ${meaning('model.indexdef')} = ${meaning('mine.indexdef')})
    order by indexname`;

const missingIndexes = (dataset: string) =>
  sql`select regexp_replace(model.indexdef, 'INDEX \\S+ ON city\\.',
      format('INDEX ON %I.', ${dataset}::text)) as statement
    from pg_indexes as model where model.schemaname = 'city' and not exists (select from pg_indexes as mine
      where mine.schemaname = ${dataset}::text and ${meaning('mine.indexdef')} = ${meaning('model.indexdef')})
    order by indexname`;
