import type { CancelSignal } from '../../core/cancel.ts';
import type { EntityCount } from '../services/sensor-things.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

/** Up to here is counted one by one: some tens of milliseconds. */
const MOST_COUNTED = 250_000;
/** What the database thinks to be far more is not begun to be counted. */
const FAR_MORE = 4 * MOST_COUNTED;
const LONGEST_COUNT_MS = 150;

interface Plan {
  readonly Plan: { readonly 'Plan Rows': number };
}

/**
 * How many rows there are: exact where that is quick, else what the database's statistics say. FROST counts up to a
 * limit and estimates beyond, too (its count mode LIMIT_ESTIMATE).
 * @param rest a statement from its `from` on
 */
export async function countEntities(
  pool: Pick<Pool, 'read'>,
  rest: Sql,
  signal?: CancelSignal,
): Promise<EntityCount> {
  const [explained] = await pool.read<{ 'QUERY PLAN': readonly Plan[] }>(
    sql`explain (format json) select ${rest}`,
    signal,
  );
  const expected = explained?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  const estimate = { value: Math.round(expected), isEstimate: true };
  if (expected > FAR_MORE) return estimate;
  const counted = await countShortly(pool, rest, signal);
  if (counted === undefined) return estimate;
  return counted > MOST_COUNTED
    ? { value: Math.max(counted, Math.round(expected)), isEstimate: true }
    : { value: counted, isEstimate: false };
}

/** Undefined when time is up. */
async function countShortly(
  pool: Pick<Pool, 'read'>,
  rest: Sql,
  signal: CancelSignal | undefined,
): Promise<number | undefined> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), LONGEST_COUNT_MS);
  const leave = () => ending.abort();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    const [row] = await pool.read<{ count: number }>(
      sql`select count(*) as count from (select ${rest} limit ${MOST_COUNTED + 1}::bigint) as counted`,
      ending.signal,
    );
    return row?.count ?? 0;
  } catch (error) {
    signal?.throwIfAborted();
    if (ending.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}
