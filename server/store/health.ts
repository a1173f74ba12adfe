import { asTwinError } from '../../core/errors.ts';
import type { Health } from '../services/health.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

const PATIENCE_MS = 2_000;

/** Asks the database itself, briefly; remembers since when it is silent. */
export function storeHealth(pool: Pool, now: () => Date = () => new Date()): Health {
  let silentSince: Date | undefined;
  return {
    async ready() {
      try {
        await pool.read(sql`select 1`, AbortSignal.timeout(PATIENCE_MS));
        silentSince = undefined;
        return { ready: true, detail: `The database at ${pool.target} answers` };
      } catch (error) {
        silentSince ??= now();
        const why =
          error instanceof DOMException ? `no answer within ${PATIENCE_MS} ms` : asTwinError(error).message;
        return {
          ready: false,
          detail: `The database at ${pool.target} does not answer since ${silentSince.toISOString()}: ${why}`,
        };
      }
    },
  };
}
