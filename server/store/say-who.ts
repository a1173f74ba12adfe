import type { Identity } from '../access/identity.ts';
import type { Connection } from './connection.ts';
import { sql } from './sql.ts';

/** Says to the audit who takes rows away in this transaction: a row that is gone cannot tell. */
export async function sayWho(connection: Connection, { who }: Pick<Identity, 'who'>): Promise<void> {
  await connection.run(sql`select set_config('audit.who', ${who}::text, true)`);
}
