/** Loads whose process is killed in the middle, and two of one dataset at once: in the moment before anything is written. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DataLoad } from '../../core/wire/load.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { emptyDatabase } from '../support/database.ts';
import {
  killAllProducts,
  newFolder,
  runBlizniak,
  type Service,
  startService,
  stopService,
} from '../support/product.ts';
import { parcelMember, registerFile } from '../support/register-gml.ts';

const PARCELS = 500;
const folder = newFolder();
const file = join(folder, 'parcels.gml');
const gml = registerFile(
  Array.from({ length: PARCELS }, (_, n) =>
    parcelMember({ n: n + 1, at: [6_420_000 + 35 * (n % 20), 5_800_000 + 25 * Math.floor(n / 20)] }),
  ),
);
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let env: Readonly<Record<string, string>>;
let pool: Pool;
let service: Service;
let staff: Readonly<Record<string, string>>;

beforeAll(async () => {
  writeFileSync(file, gml);
  database = await emptyDatabase();
  env = { DATABASE_URL: database.url, DATA_DIR: folder, MODEL_THREADS: '1' };
  pool = openPool({ databaseUrl: database.url, maxConnections: 3, statementTimeoutMs: 60_000 });
  service = await startService({ env });
  const password = /password (\S+)/.exec(service.output())?.[1] ?? '';
  staff = { authorization: `Basic ${Buffer.from(`staff:${password}`).toString('base64')}` };
}, 180_000);
beforeEach(() => pool.read(sql`delete from city.parcel`));
afterAll(async () => {
  await killAllProducts();
  await pool.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Whoever writes a parcel waits until this is let go. */
async function holdParcels(): Promise<() => void> {
  const holder = await pool.connect();
  await holder.run(sql`begin; lock table city.parcel in share mode`);
  return () => holder.release(true);
}

const waiting = async (): Promise<number> => {
  const rows = await pool.read(
    sql`select from pg_locks where relation = 'city.parcel'::regclass and not granted`,
  );
  return rows.length;
};
const isHeldUp = () => expect.poll(waiting, { timeout: 60_000, interval: 50 }).toBe(1);
const stored = async (): Promise<readonly number[]> => {
  const [row] = await pool.read<{ parcels: number; versions: number }>(
    sql`select (select count(*) from city.parcel)::integer as parcels,
      (select count(*) from twin.dataset_version where file_name = 'parcels.gml')::integer as versions`,
  );
  return [row?.parcels ?? -1, row?.versions ?? -1];
};

async function handIn(): Promise<string> {
  const reply = await fetch(`${service.url}/api/loads?name=parcels.gml&dryRun=false`, {
    method: 'POST',
    headers: { ...staff, 'content-type': 'application/octet-stream' },
    body: gml,
  });
  const load = (await reply.json()) as DataLoad;
  expect(reply.status, JSON.stringify(load)).toBe(202);
  return load.id;
}
const read = async (id: string) =>
  (await (await fetch(`${service.url}/api/loads/${id}`, { headers: staff })).json()) as DataLoad;
const ended = async (id: string): Promise<DataLoad> => {
  await expect
    .poll(async () => (await read(id)).state, { timeout: 90_000, interval: 200 })
    .not.toMatch(/^(?:waiting|running)$/);
  return read(id);
};

it('a command that is killed while it writes leaves nothing, and does it all when it is given again', async () => {
  const release = await holdParcels();
  const load = runBlizniak(['load', '--json', file], { env });
  await isHeldUp();
  load.child.kill('SIGKILL');
  expect(await load.ended).toBe(137);
  release();
  await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  expect(await stored()).toEqual([0, 0]);

  const again = runBlizniak(['load', '--json', file], { env });
  expect(await again.ended, again.output()).toBe(0);
  expect(JSON.parse(again.stdout())).toMatchObject({ files: [{ read: PARCELS, written: PARCELS }] });
}, 240_000);

it('a server that is killed while it loads a file that was handed in leaves nothing of it, says so, and the next loads it', async () => {
  const release = await holdParcels();
  const id = await handIn();
  await isHeldUp();
  expect(await read(id)).toMatchObject({ state: 'running', report: null });
  const before = await stored();
  service.child.kill('SIGKILL');
  expect(await service.ended).toBe(137);
  release();
  await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  expect(await stored()).toEqual(before);
  expect(before[0]).toBe(0);

  const releaseAgain = await holdParcels();
  service = await startService({ env });
  await isHeldUp();
  expect(await read(id)).toMatchObject({ state: 'running', report: null, problem: null });
  releaseAgain();
  expect(await ended(id)).toMatchObject({
    state: 'loaded',
    report: { read: PARCELS, written: PARCELS, rejected: 0 },
  });
  const [{ attempt } = { attempt: 0 }] = await pool.read<{ attempt: number }>(
    sql`select attempt from twin.load where id = ${id}::text`,
  );
  expect(attempt).toBe(2);
  expect(await stored()).toEqual([PARCELS, (before[1] ?? 0) + 1]);
}, 240_000);

it('a command and a file that is handed in, into one dataset at once: one writes, the other waits and finds all unchanged', async () => {
  const release = await holdParcels();
  const id = await handIn();
  await isHeldUp();
  const load = runBlizniak(['load', '--json', file], { env });
  await expect.poll(() => load.stderr(), { timeout: 60_000 }).toContain('Reading parcels.gml');
  release();
  expect(await ended(id)).toMatchObject({ state: 'loaded', report: { written: PARCELS, unchanged: 0 } });
  expect(await load.ended, load.output()).toBe(0);
  expect(JSON.parse(load.stdout())).toMatchObject({
    files: [{ read: PARCELS, written: 0, unchanged: PARCELS, rejected: 0 }],
  });
  expect(await stopService(service)).toBe(0);
}, 240_000);
