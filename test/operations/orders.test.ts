/** Packages of orders when servers die and downloads break: the city is large enough that nothing is done at once. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataOrder } from '../../core/wire/order.ts';
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

/** A reply whose reader stops after so many bytes. */
async function pausedAfter(address: string, most: number): Promise<IncomingMessage> {
  const reply = await new Promise<IncomingMessage>((resolve, reject) =>
    get(address, resolve).once('error', reject),
  );
  let length = 0;
  await new Promise<void>((resolve) => {
    reply.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length < most) return;
      reply.pause();
      resolve();
    });
  });
  return reply;
}

describe('a client that leaves', () => {
  /** Connections of the service that hold a transaction, whatever they do in it. */
  const held = async (): Promise<number> =>
    (
      await pool.read(
        sql`select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and application_name like 'blizniak%' and xact_start is not null and backend_type = 'client backend'`,
      )
    ).length;
  const small = () =>
    fetch(`${service.url}/api/download?place=6420100,5800100&radiusM=60&layers=parcels&formats=csv`);
  beforeAll(async () => {
    service = await startService({ env: { ...env, DATABASE_CONNECTIONS: '3' } });
  });
  afterAll(async () => {
    expect(await stopService(service)).toBe(0);
  });

  it('in the middle of a package made as it is read leaves no query and no connection behind', async () => {
    // More than fits into the buffers of the sockets: the service waits for its reader, with the cursor open.
    const address = `${service.url}/api/download?city=true&layers=parcels&formats=geojson,gml,csv`;
    // More of them, one after another, than there are connections: one that stayed would be missed.
    for (let turn = 0; turn < 4; turn++) {
      const reply = await pausedAfter(address, 300_000);
      expect(await held()).toBeGreaterThan(0);
      reply.destroy();
      await expect.poll(held, { timeout: 20_000 }).toBe(0);
    }
    const next = await small();
    expect([next.status, (await next.arrayBuffer()).byteLength > 1_000]).toEqual([200, true]);
  }, 120_000);

  it('in the middle of a range of a kept package leaves nothing behind, and goes on where it broke off', async () => {
    const { id } = await put(service);
    const whole = await packed(service, id);
    const address = `${service.url}/api/orders/${id}/file`;
    for (let turn = 0; turn < 4; turn++) (await pausedAfter(address, 100_000)).destroy();
    await expect.poll(held, { timeout: 20_000 }).toBe(0);
    const rest = await fetch(address, { headers: { range: 'bytes=100000-' } });
    expect(rest.status).toBe(206);
    expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(100_000))).toBe(true);
    expect((await small()).status).toBe(200);
  }, 120_000);
});

it('two alike at once are packed once, and both are handed out', async () => {
  service = await startService({ env });
  await pool.read(sql`delete from twin.order_package`);
  const both = await Promise.all([put(service), put(service)]);
  const [one, other] = await Promise.all(both.map(({ id }) => packed(service, id)));
  expect(other?.equals(one ?? Buffer.of())).toBe(true);
  expect(await pool.read(sql`select attempt from twin.order_package`)).toEqual([{ attempt: 1 }]);
  expect(await stopService(service)).toBe(0);
}, 120_000);

describe('blizniak order', () => {
  const AREA = 'POLYGON ((6420010 5800010, 6420810 5800010, 6420410 5800600, 6420010 5800010))';
  const command = (...args: readonly string[]) =>
    runBlizniak(['order', '--out', join(folder, 'order.zip'), '--layers', 'parcels', ...args], { env });
  /** What the service hands out beside it; the one of the test before has ended. */
  beforeAll(async () => {
    service = await startService({ env });
  });

  it('writes what the API hands out, by an area out of a file, and puts it down in the use register', async () => {
    writeFileSync(join(folder, 'area.wkt'), `SRID=2177;${AREA}`);
    const running = command(
      ...['--area', join(folder, 'area.wkt'), '--formats', 'geojson,csv', '--cut', 'clip', '--crs', '2180'],
      ...['--profile', 'surveyor', '--case', 'GD.6640.7.2026', '--json'],
    );
    expect(await running.ended, running.output()).toBe(0);
    const said = JSON.parse(running.stdout());
    expect(said).toMatchObject({ command: 'order', ok: true, crs: 'EPSG:2180', heights: 'PL-EVRF2007-NH' });
    expect(running.stderr()).toContain('Packing');
    const files = unzipSync(readFileSync(join(folder, 'order.zip')));
    const ring = [...AREA.matchAll(/(\d+) (\d+)/g)].map(([, e, n]) => [Number(e), Number(n)]);
    const geometry = { type: 'Polygon', coordinates: [ring] };
    const reply = await fetch(`${service.url}/api/download`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        area: { kind: 'polygon', geometry, srid: 2177 },
        ...{ layers: ['parcels'], formats: ['geojson', 'csv'], cut: 'clip', srid: 2180 },
      }),
    });
    const byApi = unzipSync(new Uint8Array(await reply.arrayBuffer()));
    const data = Object.keys(byApi).filter((name) => /\.(geojson|csv)$/.test(name));
    expect(data).toHaveLength(2);
    const content = (packed: Record<string, Uint8Array>, name: string) => {
      const text = Buffer.from(packed[name] ?? []).toString();
      if (name.endsWith('.csv')) return text;
      // The note says in which profile it was taken.
      const { note, ...collection } = JSON.parse(text);
      return { note: note.length, ...collection };
    };
    for (const name of data) expect(content(files, name)).toEqual(content(byApi, name));
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString());
    expect(manifest.order).toMatchObject({ profile: 'surveyor', caseNumber: 'GD.6640.7.2026' });
    expect(manifest.layers[0].objects).toBe(said.objects);
    const [use] =
      await pool.read(sql`select account, profile, case_number, objects from twin.data_use order by id desc
      offset 1 limit 1`);
    expect(use).toEqual({
      ...{
        account: 'command line',
        profile: 'surveyor',
        case_number: 'GD.6640.7.2026',
        objects: said.objects,
      },
    });
  });

  it('leaves what stood there and no part when it is refused, and says why', async () => {
    writeFileSync(join(folder, 'order.zip'), 'the one before');
    const refusals = [
      [['--sheet', '6.177.11', '--formats', 'dxf', '--profile', 'bailiff', '--case', 'Km 1/26'], 'bailiff'],
      [['--city', '--sheet', '6.177.11', '--formats', 'csv'], 'one way'],
      [['--city', '--formats', 'csv', '--scenario', 'none-such'], 'no scenario'],
      [['--area', join(folder, 'nothing.wkt'), '--formats', 'csv'], 'cannot be read'],
    ] as const;
    for (const [args, why] of refusals) {
      const running = command(...args);
      expect(await running.ended).not.toBe(0);
      expect(running.stderr()).toContain(why);
      expect(running.stdout()).toBe('');
    }
    expect(readFileSync(join(folder, 'order.zip'), 'utf8')).toBe('the one before');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});
