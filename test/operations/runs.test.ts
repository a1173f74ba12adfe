import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { emptyDatabase } from '../support/database.ts';
import { killAllProducts, newFolder, runBlizniak, startService, stopService } from '../support/product.ts';

const folder = newFolder();
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let pool: Pool;
beforeAll(async () => {
  database = await emptyDatabase();
  pool = openPool({ databaseUrl: database.url, maxConnections: 2, statementTimeoutMs: 60_000 });
});
afterEach(killAllProducts);
afterAll(async () => {
  await pool.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('a run whose server is killed in the middle is finished by the next, and gives the same bytes when made again', async () => {
  const env = { DATABASE_URL: database.url, DATA_DIR: folder, MODEL_THREADS: '1' };
  const killed = await startService({ env });
  const [, password = ''] = /password (\S+)/.exec(killed.output()) ?? [];
  const authorization = `Basic ${Buffer.from(`staff:${password}`).toString('base64')}`;
  const stateAt = async (url: string, id: string) => {
    const run = (await (await fetch(`${url}/api/runs/${id}`)).json()) as { state: string };
    return run.state;
  };
  // Whoever gathers facts waits for this table.
  const holder = await pool.connect();
  await holder.run(sql`begin; lock table city.building in access exclusive mode`);
  const asked = await fetch(`${killed.url}/api/runs`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'built-up-area', parameters: { bbox: [0, 0, 100, 100] } }),
  });
  expect(asked.status).toBe(202);
  const { id } = (await asked.json()) as { id: string };
  await expect.poll(() => stateAt(killed.url, id), { timeout: 20_000 }).toBe('running');
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toBe(137);
  holder.release(true);

  const next = await startService({ env });
  await expect.poll(() => stateAt(next.url, id), { timeout: 60_000, interval: 200 }).toBe('successful');
  const kept = await (await fetch(`${next.url}/api/runs/${id}/result`)).text();
  expect(JSON.parse(kept)).toMatchObject({ boxM2: 10_000, after: { buildings: 0 } });

  const again = runBlizniak(['rerun', id], { env });
  expect(await again.ended, again.output()).toBe(0);
  expect(again.stdout()).toBe(`${kept}\n`);
  const unknown = runBlizniak(['rerun', '0'.repeat(32)], { env });
  expect(await unknown.ended).not.toBe(0);
  expect(unknown.stderr()).toContain('There is no run');
  expect(await stopService(next)).toBe(0);
});
