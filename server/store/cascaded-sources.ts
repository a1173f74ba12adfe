import { type CascadedSource, cascadedSourceSchema, type SourceState } from '../../core/wire/cascade.ts';
import type { Identity } from '../access/identity.ts';
import type { Pool } from './pool.ts';
import { sayWho } from './say-who.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

export interface KeptSource {
  readonly source: CascadedSource;
  /** Another one after every change of the declaration. */
  readonly version: string;
  readonly before: Pick<SourceState, 'state' | 'since' | 'lastGoodAt' | 'reason'>;
}

interface SourceRow {
  readonly declaration: unknown;
  readonly changed_at: string;
  readonly state: SourceState['state'];
  readonly since: string | null;
  readonly last_good_at: string | null;
  readonly reason: string | null;
}

export async function readSources(pool: Pool): Promise<readonly KeptSource[]> {
  const rows =
    await pool.read<SourceRow>(sql`select declaration, changed_at, state, since, last_good_at, reason
    from twin.cascaded_source order by name`);
  return rows.map(({ declaration, changed_at, last_good_at, ...row }) => ({
    source: cascadedSourceSchema.parse(declaration),
    version: changed_at,
    before: { ...row, lastGoodAt: last_good_at },
  }));
}

export async function saveSource(pool: Pool, source: CascadedSource, who: string): Promise<void> {
  await pool.read(sql`insert into twin.cascaded_source (name, declaration, changed_by)
    values (${source.name}::text, ${JSON.stringify(source)}::jsonb, ${who}::text)
    on conflict (name) do update set declaration = excluded.declaration, changed_by = excluded.changed_by,
      changed_at = clock_timestamp(), state = 'unasked', since = null, last_good_at = null, reason = null`);
}

/** @returns whether there was one */
export function removeSource(pool: Pool, name: string, who: Pick<Identity, 'who'>): Promise<boolean> {
  return inTransaction(pool, async (connection) => {
    await sayWho(connection, who);
    const rows = await connection.run(
      sql`delete from twin.cascaded_source where name = ${name}::text returning name`,
    );
    return rows.length > 0;
  });
}

export async function tellState(pool: Pool, name: string, told: SourceState): Promise<void> {
  await pool.read(sql`update twin.cascaded_source set state = ${told.state}::text, since = ${told.since}::timestamptz,
      last_good_at = ${told.lastGoodAt}::timestamptz, reason = left(${told.reason}::text, 500)
    where name = ${name}::text`);
}
