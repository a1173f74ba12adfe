import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { type LocalCluster, openLocalCluster } from '../../server/store/local-cluster/open-local-cluster.ts';
import {
  freePort,
  isReady,
  killAllProducts,
  newFolder,
  runBlizniak,
  startService,
  stopService,
} from '../support/product.ts';

const folder = newFolder();
afterEach(killAllProducts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function onServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** A new database on the tests' server. */
async function newDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `blizniak_operations_${randomBytes(4).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => onServer(`drop database ${name} with (force)`) };
}

const items = (url: string) => fetch(`${url}/ogc/collections/parcels/items?limit=1`);

describe('DATABASE_URL', () => {
  it('is used in place of a private database, which is not made', async () => {
    const { url, drop } = await newDatabase();
    try {
      const dataDir = join(folder, 'unused');
      const service = await startService({ env: { DATABASE_URL: url, DATA_DIR: dataDir } });
      expect((await items(service.url)).status).toBe(200);
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
      expect(service.output()).not.toContain(new URL(url).password);
      expect(await stopService(service)).toBe(0);
    } finally {
      await drop();
    }
  });

  it('with a wrong password is refused at once, without showing it', async () => {
    const url = inject('databaseUrl').replace(/:[^:@/]+@/, ':tajne@');
    const refused = runBlizniak(['start'], { env: { DATABASE_URL: url, PORT: '0' } });
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toMatch(
      /The database at 127\.0\.0\.1:\d+\/blizniak refuses: .*Correct DATABASE_URL/,
    );
    expect(refused.output()).not.toContain('tajne');
  });

  it('of a database that does not exist is refused at once', async () => {
    const refused = runBlizniak(['start'], {
      env: { DATABASE_URL: `${inject('databaseUrl')}_not`, PORT: '0' },
    });
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toMatch(/refuses: database "blizniak_not" does not exist/);
  });
});

describe('a database that is down', () => {
  const dataDir = join(folder, 'other');
  const log = { info: () => {}, warn: () => {} };
  const open = (port: number): Promise<LocalCluster> =>
    openLocalCluster({ dataDir, port, log, progress: () => {}, settings: { fsync: 'off' } });

  it('at start is waited for, saying so; in use gives 503 until it is back', async () => {
    const databasePort = await freePort();
    const { url, close } = await open(databasePort);
    await close();

    const port = await freePort();
    const service = runBlizniak(['start'], { env: { DATABASE_URL: url, PORT: String(port), DEMO: 'none' } });
    const base = `http://127.0.0.1:${port}`;
    const healthy = () =>
      fetch(`${base}/health`).then(
        (reply) => reply.status,
        () => 0,
      );
    await expect.poll(healthy, { timeout: 20_000 }).toBe(200);
    const ready = await fetch(`${base}/ready`);
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await items(base)).status).toBe(503);
    const page = await fetch(base, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('Miasto się wczytuje')]);
    expect(service.stderr()).toMatch(/does not answer .*: waiting for it, Ctrl-C gives up/);

    const first = await open(databasePort);
    await expect.poll(() => isReady(base), { timeout: 20_000 }).toBe(true);
    expect((await items(base)).status).toBe(200);

    await first.close();
    await expect.poll(() => isReady(base)).toBe(false);
    const down = await items(base);
    expect(down.status).toBe(503);
    expect(JSON.parse(await down.text())).toMatchObject({ status: 503 });
    expect(await healthy()).toBe(200);

    const second = await open(databasePort);
    await expect.poll(() => isReady(base), { timeout: 20_000 }).toBe(true);
    expect((await items(base)).status).toBe(200);
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    await second.close();
  });

  it('is not waited for by a command, which says so after five seconds', async () => {
    const begun = Date.now();
    const url = `postgres://nobody:x@127.0.0.1:${await freePort()}/nothing`;
    const load = runBlizniak(['load', '--json', '/dev/null'], { env: { DATABASE_URL: url } });
    expect(await load.ended).toBe(1);
    expect(JSON.parse(load.stdout())).toMatchObject({
      ok: false,
      error: expect.stringContaining('does not answer'),
    });
    expect(Date.now() - begun).toBeLessThan(25_000);
  });

  it('while waiting, Ctrl-C ends the start with status 130', async () => {
    const url = `postgres://nobody:x@127.0.0.1:${await freePort()}/nothing`;
    const waiting = runBlizniak(['start'], { env: { DATABASE_URL: url, PORT: '0' } });
    await expect.poll(() => waiting.stderr(), { timeout: 20_000 }).toContain('waiting for it');
    await sleep(100);
    waiting.child.kill('SIGINT');
    expect(await waiting.ended).toBe(130);
  });
});
