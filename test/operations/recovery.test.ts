import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  isReady,
  killAllProducts,
  newFolder,
  runBlizniak,
  type Service,
  startService,
  stopService,
} from '../support/product.ts';
import { parcelMember, registerFile } from '../support/register-gml.ts';

const folder = newFolder();
const env = { DATA_DIR: join(folder, 'data') };
const PARCELS = 12;

/** Twelve parcels, loaded once; every accident below must leave them. */
beforeAll(async () => {
  const file = join(folder, 'parcels.gml');
  writeFileSync(file, registerFile(Array.from({ length: PARCELS }, (_, n) => parcelMember({ n: n + 1 }))));
  const load = runBlizniak(['load', '--json', file], { env });
  expect(await load.ended, load.output()).toBe(0);
  expect(JSON.parse(load.stdout())).toMatchObject({ ok: true, files: [{ written: PARCELS }] });
});
afterEach(killAllProducts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pidFile = join(env.DATA_DIR, 'postgres', 'data', 'postmaster.pid');
const postmaster = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
const parcels = async ({ url }: Service): Promise<number> =>
  (
    JSON.parse(await (await fetch(`${url}/ogc/collections/parcels/items?limit=1&f=json`)).text()) as {
      numberMatched: number;
    }
  ).numberMatched;

describe('kill -9', () => {
  it('of PostgreSQL in use: requests get 503 for a moment, then the service mends it', async () => {
    const service = await startService({ env });
    expect(await parcels(service)).toBe(PARCELS);
    process.kill(postmaster(), 'SIGKILL');
    const seen = new Set<number>();
    await expect
      .poll(
        async () => {
          const { status } = await fetch(`${service.url}/ogc/collections/parcels/items?limit=1`);
          seen.add(status);
          return status;
        },
        { timeout: 20_000, interval: 30 },
      )
      .toBe(200);
    expect([...seen].filter((status) => ![200, 503].includes(status))).toEqual([]);
    await expect.poll(() => isReady(service.url), { timeout: 20_000 }).toBe(true);
    expect(await parcels(service)).toBe(PARCELS);
    expect(service.stdout()).toContain('private database is gone; starting it again');
    expect(await stopService(service)).toBe(0);
  });

  it('of the service: the next start takes the running database over and ends it in its turn', async () => {
    const killed = await startService({ env });
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBe(137);
    const orphan = postmaster();
    const next = await startService({ env });
    expect(postmaster()).toBe(orphan);
    expect(await parcels(next)).toBe(PARCELS);
    expect(await stopService(next)).toBe(0);
    expect(existsSync(pidFile)).toBe(false);
  });

  it('of both: the next start recovers', async () => {
    const killed = await startService({ env });
    process.kill(postmaster(), 'SIGKILL');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = await startService({ env });
    expect(await parcels(next)).toBe(PARCELS);
    expect(await stopService(next)).toBe(0);
  });

  it('while the database is being made: the next start makes it anew', async () => {
    const fresh = newFolder();
    try {
      const half = runBlizniak(['start'], { env: { DATA_DIR: fresh, DEMO: 'none', PORT: '0' } });
      const isMaking = () =>
        existsSync(join(fresh, 'postgres')) &&
        readdirSync(join(fresh, 'postgres')).some((name) => name.startsWith('making-'));
      await expect.poll(isMaking, { timeout: 20_000, interval: 5 }).toBe(true);
      half.child.kill('SIGKILL');
      await half.ended;
      expect(existsSync(join(fresh, 'postgres', 'data'))).toBe(false);
      await sleep(300); // initdb itself notices later
      const next = await startService({ env: { DATA_DIR: fresh } });
      expect(readdirSync(join(fresh, 'postgres')).filter((name) => name.startsWith('making-'))).toEqual([]);
      expect(await stopService(next)).toBe(0);
    } finally {
      await killAllProducts();
      rmSync(fresh, { recursive: true, force: true });
    }
  });
});
