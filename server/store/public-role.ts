/**
 * The database role of public requests. It may read the registers and nothing else, so that even a query that is
 * wrong cannot let out what lies in the schema `personal`, nor an account, nor change anything.
 */
import { TwinError } from '../../core/errors.ts';
import type { Connection } from './connection.ts';
import { MIGRATION_LOCK } from './migrate.ts';
import type { Pool } from './pool.ts';
import { PERSONAL, SCENARIO_SCHEMA } from './register-table.ts';
import { join, name, type Sql, sql } from './sql.ts';

export const PUBLIC_ROLE = 'blizniak_public';

/** What public requests read of our own book-keeping. Accounts are not among it. */
const READ_OF_TWIN = [
  'dataset',
  'dataset_version',
  'layer_status',
  'layer_status_past',
  'layer_coverage',
  'picture',
  'appearance',
  'tile_cell',
  'scenario_cell',
] as const;

export type PublicRole =
  | { readonly role: typeof PUBLIC_ROLE; readonly reason?: undefined }
  /** Why it cannot be used, and what an administrator can do. */
  | { readonly role: undefined; readonly reason: string };

/**
 * Makes the role where it is missing and gives it the rights of this release; safe to call at every start and by
 * several servers. A database user without the right to make roles gets the reason instead.
 */
export async function preparePublicRole(pool: Pool): Promise<PublicRole> {
  const connection = await pool.connect();
  try {
    // Two grants on one table at once fail.
    await connection.run(sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`);
    await makeRole(connection);
    await grantReading(connection);
    await tryReading(connection);
    return await judge(connection);
  } catch (error) {
    const code = sqlState(error);
    if (code !== INSUFFICIENT_PRIVILEGE) throw error;
    return {
      role: undefined,
      reason: `the database user may not make or use the role ${PUBLIC_ROLE}; an administrator can: create role ${PUBLIC_ROLE} nologin; grant ${PUBLIC_ROLE} to <the user of DATABASE_URL>`,
    };
  } finally {
    // Closing the connection also gives back the lock.
    connection.release(true);
  }
}

/** Lets the role read a dataset that was made just now; nothing where there is no such role. */
export async function grantDataset(connection: Connection, dataset: string): Promise<void> {
  const [role] = await connection.run(sql`select from pg_roles where rolname = ${PUBLIC_ROLE}::text`);
  if (role) await connection.run(readingOf(dataset));
}

const DUPLICATE = new Set(['42710', '23505']);
const INSUFFICIENT_PRIVILEGE = '42501';

async function makeRole(connection: Connection): Promise<void> {
  const [known] = await connection.run(sql`select from pg_roles where rolname = ${PUBLIC_ROLE}::text`);
  if (!known) {
    await connection.run(sql`create role ${name(PUBLIC_ROLE)} nologin`).catch((error: unknown) => {
      // Another server on the same cluster was faster.
      if (!DUPLICATE.has(sqlState(error) ?? '')) throw error;
    });
  }
  const [member] = await connection.run<{ is_member: boolean }>(
    sql`select pg_has_role(current_user, ${PUBLIC_ROLE}::text, 'member') as is_member`,
  );
  if (!member?.is_member) await connection.run(sql`grant ${name(PUBLIC_ROLE)} to current_user`);
}

async function grantReading(connection: Connection): Promise<void> {
  const datasets = await connection.run<{ name: string }>(sql`select name from twin.dataset`);
  const tables = READ_OF_TWIN.map((table) => name('twin', table));
  await connection.run(
    join(
      [
        sql`grant usage on schema twin to ${name(PUBLIC_ROLE)}`,
        sql`grant select on ${join(tables, ', ')} to ${name(PUBLIC_ROLE)}`,
        readingOf('live'),
        readingOf('transit'),
        ...datasets.map((dataset) => readingOf(dataset.name)),
        readingOf(SCENARIO_SCHEMA),
      ],
      '; ',
    ),
  );
}

const readingOf = (schema: string): Sql =>
  sql`grant usage on schema ${name(schema)} to ${name(PUBLIC_ROLE)};
    grant select on all tables in schema ${name(schema)} to ${name(PUBLIC_ROLE)}`;

/** A database may have been closed to everybody in ways that no grant of ours opens, such as the schema of PostGIS. */
async function tryReading(connection: Connection): Promise<void> {
  await connection.run(sql`begin; set local role ${name(PUBLIC_ROLE)}`);
  await connection.run(sql`select ST_AsBinary(ST_Transform(geom, 4326)) from city.parcel limit 1`);
  await connection.run(sql`rollback`);
}

/** Whether the role is as narrow as it must be: somebody may have made it by hand. */
async function judge(connection: Connection): Promise<PublicRole> {
  const [role] = await connection.run<{ is_mighty: boolean; sees_persons: boolean }>(
    sql`select rolsuper or rolcreaterole or rolbypassrls as is_mighty,
        has_schema_privilege(rolname, ${PERSONAL}::text, 'usage') as sees_persons
      from pg_roles where rolname = ${PUBLIC_ROLE}::text`,
  );
  if (role && !role.is_mighty && !role.sees_persons) return { role: PUBLIC_ROLE };
  return {
    role: undefined,
    reason: `the role ${PUBLIC_ROLE} has more rights than to read; an administrator can: alter role ${PUBLIC_ROLE} nosuperuser nocreaterole nobypassrls; revoke all on schema ${PERSONAL} from ${PUBLIC_ROLE}`,
  };
}

function sqlState(error: unknown): string | undefined {
  const cause = error instanceof TwinError ? error.cause : error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
