import { type DemoObstructions, demoObstructions } from '../../core/demo-city/obstructions.ts';
import { layersOf } from '../store/layers.ts';
import { storeObstructions } from '../store/obstructions.ts';
import type { Pool } from '../store/pool.ts';
import { readRoads } from '../store/road-sections.ts';
import { sql } from '../store/sql.ts';
import { inTransaction } from '../store/transaction.ts';

const AUTHOR = { who: 'demo', roles: ['staff'] } as const;
const REVIEWER = { who: 'demo-review', roles: ['staff'] } as const;
const DAY_MS = 86_400_000;

/** Whether the register was filled for a demo city; what people then did with it is theirs. */
export async function hasDemoObstructions(pool: Pool, seed: number): Promise<boolean> {
  const [found] = await pool.read(
    sql`select from works.obstruction where external_id = ${`demo-${seed}-draft`}::text`,
  );
  return found !== undefined;
}

/**
 * Writes the obstructions of a demo city through the register, step by step and with four eyes as people do. Broken
 * off, it goes on where it was.
 */
export async function loadDemoObstructions(
  pool: Pool,
  seed: number,
  nowMs: number,
): Promise<DemoObstructions> {
  const register = storeObstructions(pool, layersOf(pool));
  const roads = await inTransaction(pool, (connection) => readRoads(connection, sql`true`, 200_000));
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const demo = demoObstructions(roads, seed, todayMs);
  for (const { externalId, content, steps } of demo.obstructions) {
    const { id } = await register.draft(externalId, content, AUTHOR);
    const { staff } = await register.read(id, AUTHOR);
    const done = (staff?.history ?? []).filter(
      ({ action }) => action !== 'create' && action !== 'change',
    ).length;
    for (const action of steps.slice(done)) {
      const { revision } = await register.read(id, AUTHOR);
      const who = action === 'approve' ? REVIEWER : AUTHOR;
      const reason = action === 'approve' ? 'Dane pokazowe' : undefined;
      await register.step(id, revision, { action, reason }, who);
    }
  }
  return demo;
}
