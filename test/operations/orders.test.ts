/** Packages of orders when servers die and downloads break: the city is large enough that nothing is done at once. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DataOrder } from '../../core/wire/order.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { emptyDatabase } from '../support/database.ts';
import { killAllProducts, newFolder, type Service, startService, stopService } from '../support/product.ts';

const PARCELS = 120_000;
const ORDER = { area: { kind: 'city' }, layers: ['parcels'], formats: ['geojson'] };

const folder = newFolder();
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let env: Readonly<Record<string, string>>;
let pool: Pool;
let service: Service;
beforeAll(async () => {
  database = await emptyDatabase();
  env = { DATABASE_URL: database.url, DATA_DIR: folder, MODEL_THREADS: '1' };
  pool = openPool({ databaseUrl: database.url, maxConnections: 3, statementTimeoutMs: 60_000 });
  service = await startService({ env });
  await pool.read(
    sql`with made as (insert into twin.dataset_version (dataset, recorded_at, file_name, format, source, synthetic)
        values ('city', now() - interval '1 day', 'made', 'test', 'test', true) returning version, recorded_at)
      insert into city.parcel (id, geom, parcel_number, valid_from, dataset_version, content_hash)
      select '306401_1.0021.' || n, ST_Multi(ST_MakeEnvelope(x, y, x + 20, y + 20, 2177)), md5(n::text),
        recorded_at, version, md5(n::text)::uuid
      from made, generate_series(1, ${PARCELS}::integer) as n,
        lateral (select 6420000 + 25 * (n % 400) as x, 5800000 + 25 * (n / 400) as y) as place`,
  );
}, 180_000);
afterAll(async () => {
  await killAllProducts();
  await pool.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const put = async ({ url }: Service): Promise<DataOrder> => {
  const reply = await fetch(`${url}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ORDER),
  });
  expect([200, 202]).toContain(reply.status);
  return (await reply.json()) as DataOrder;
};
const read = async ({ url }: Service, id: string) =>
  (await (await fetch(`${url}/api/orders/${id}`)).json()) as DataOrder;
const packed = async (from: Service, id: string): Promise<Buffer> => {
  await expect
    .poll(async () => (await read(from, id)).state, { timeout: 90_000, interval: 200 })
    .toBe('ready');
  return Buffer.from(await (await fetch(`${from.url}/api/orders/${id}/file`)).arrayBuffer());
};
it('a server that is killed in the middle of a package leaves it to the next, which makes the same bytes; a cut download goes on', async () => {
  // Whoever keeps a piece waits.
  const holder = await pool.connect();
  await holder.run(sql`begin; lock table twin.order_piece in share mode`);
  const { id } = await put(service);
  await expect.poll(async () => (await read(service, id)).state, { timeout: 30_000 }).toBe('running');
  await expect
    .poll(
      async () =>
        (
          await pool.read(
            sql`select from pg_locks where relation = 'twin.order_piece'::regclass and not granted`,
          )
        ).length,
      { timeout: 30_000 },
    )
    .toBe(1);
  service.child.kill('SIGKILL');
  expect(await service.ended).toBe(137);
  holder.release(true);

  service = await startService({ env });
  const whole = await packed(service, id);
  const [{ attempt } = { attempt: 0 }] = await pool.read<{ attempt: number }>(
    sql`select attempt from twin.order_package`,
  );
  expect(attempt).toBe(2);

  const leaving = new AbortController();
  const begun = await fetch(`${service.url}/api/orders/${id}/file`, { signal: leaving.signal });
  const got: Buffer[] = [];
  for await (const chunk of begun.body ?? []) {
    got.push(Buffer.from(chunk));
    if (Buffer.concat(got).length > 100_000) break;
  }
  leaving.abort();
  const first = Buffer.concat(got);
  expect(first.length).toBeLessThan(whole.length);
  const rest = await fetch(`${service.url}/api/orders/${id}/file`, {
    headers: { range: `bytes=${first.length}-`, 'if-range': begun.headers.get('etag') ?? '' },
  });
  expect(rest.status).toBe(206);
  expect(Buffer.concat([first, Buffer.from(await rest.arrayBuffer())]).equals(whole)).toBe(true);

  // Made undisturbed it is the same.
  await pool.read(sql`delete from twin.order_package`);
  const again = await put(service);
  expect((await packed(service, again.id)).equals(whole)).toBe(true);
  expect(await stopService(service)).toBe(0);
}, 240_000);
