import { TwinError } from '../../core/errors.ts';
import { requireRight } from '../access/require-right.ts';
import type { StoredQueries, StoredQueryDefinition } from '../services/stored-queries.ts';
import type { Pool } from './pool.ts';
import { sayWho } from './say-who.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const MOST_QUERIES = 500;

/** @param pool of the owner */
export function storeStoredQueries(pool: Pool): StoredQueries {
  return {
    async all() {
      const rows = await pool.read<{ definition: StoredQueryDefinition }>(
        sql`select definition from twin.stored_query order by id`,
      );
      return rows.map(({ definition }) => definition);
    },

    async create(definitions, { who }) {
      requireRight(who, 'describe');
      await inTransaction(pool, async (connection) => {
        // One after another, so that the limit holds.
        await connection.run(sql`lock table twin.stored_query in share row exclusive mode`);
        for (const definition of definitions) {
          const made = await connection.run(
            sql`insert into twin.stored_query (id, definition, who)
              values (${definition.id}::text, ${JSON.stringify(definition)}::jsonb, ${who.who}::text)
              on conflict (id) do nothing returning id`,
          );
          if (made.length === 0) {
            throw new TwinError(
              'conflict',
              `There is a stored query "${definition.id}" already; drop it first, or choose another id`,
              { parameter: definition.id },
            );
          }
        }
        const [row] = await connection.run<{ count: number }>(
          sql`select count(*)::integer as count from twin.stored_query`,
        );
        if ((row?.count ?? 0) > MOST_QUERIES) {
          throw new TwinError(
            'too-large',
            `At most ${MOST_QUERIES} stored queries are kept; drop some first`,
          );
        }
      });
    },

    async drop(id, { who }) {
      requireRight(who, 'describe');
      const dropped = await inTransaction(pool, async (connection) => {
        await sayWho(connection, who);
        return connection.run(sql`delete from twin.stored_query where id = ${id}::text returning id`);
      });
      return dropped.length > 0;
    },
  };
}
