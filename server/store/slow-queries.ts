/** Statements that took long, with their plan: told without the values of their parameters, which may be about persons. */
import type { Pool } from './pool.ts';
import { type Sql, sql, toStatement, trusted } from './sql.ts';
import { inTrial } from './transaction.ts';

export interface SlowQueryOptions {
  readonly thresholdMs: number;
  /** Where plans are asked for. */
  readonly pool: () => Pool;
  readonly log: { warn(fields: object, message: string): void };
}

export type TookMs = (statement: Sql, ms: number) => void;

/** The same statement is told again after so long. */
const AGAIN_AFTER_MS = 3_600_000;
const MOST_REMEMBERED = 1_000;
const LONGEST_TEXT = 4_000;
const PLAN_PATIENCE_MS = 5_000;

/** Hears how long each statement took, and logs slow ones once an hour. */
export function slowQueryLog({ thresholdMs, pool, log }: SlowQueryOptions): TookMs {
  const toldAt = new Map<string, number>();
  let isAsking = false;
  return (statement, ms) => {
    if (ms < thresholdMs) return;
    const { text, values } = toStatement(statement);
    const last = toldAt.get(text);
    // One plan at a time: a database that is slow with all must not be asked more.
    if (isAsking || (last !== undefined && Date.now() - last < AGAIN_AFTER_MS)) return;
    if (toldAt.size >= MOST_REMEMBERED) toldAt.clear();
    toldAt.set(text, Date.now());
    isAsking = true;
    void planOf(pool(), text, values.length)
      .catch((error: unknown) => [`no plan: ${error instanceof Error ? error.message : error}`])
      .then((plan) => {
        isAsking = false;
        const statementText = text.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
        log.warn({ ms: Math.round(ms), statement: statementText, plan }, 'slow statement');
      });
  };
}

/** The plan for parameters that are not known yet, line by line. Runs nothing of the statement. */
async function planOf(pool: Pool, text: string, parameters: number): Promise<readonly string[]> {
  // The simple protocol would run what follows the first.
  if (/;\s*\S/.test(text)) return ['no plan: several statements'];
  const signal = AbortSignal.timeout(PLAN_PATIENCE_MS);
  const values = parameters === 0 ? '' : `(${Array<string>(parameters).fill('null').join(', ')})`;
  return inTrial(pool, async (connection) => {
    await connection.run(sql`set local plan_cache_mode = force_generic_plan`, signal);
    await connection.run(trusted(`prepare blizniak_slow as ${text}`), signal);
    try {
      const rows = await connection.run<{ 'QUERY PLAN': string }>(
        trusted(`explain execute blizniak_slow${values}`),
        signal,
      );
      return rows.map((row) => row['QUERY PLAN']);
    } finally {
      await connection.run(sql`deallocate blizniak_slow`);
    }
  });
}
