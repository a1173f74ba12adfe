/** A disk that fills up, or is remounted read-only, under a database in use. Only root can mount one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DataOrder } from '../../core/wire/order.ts';
import {
  isReady,
  isRoot,
  killAllProducts,
  newFolder,
  runBlizniak,
  type Service,
  startService,
  stopService,
} from '../support/product.ts';
import { parcelMember, registerFile } from '../support/register-gml.ts';

const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;
const PARCELS = 12_000;
/** Enough for an empty cluster and a few requests, by far not for the load. */
const LEFT_BYTES = 4_000_000;

describe.runIf(canMount)('a disk that fails under a database in use (needs root and mounts)', () => {
  const files = newFolder();
  const disk = newFolder();
  const env = { DATA_DIR: join(disk, 'data') };
  const ballast = join(disk, 'ballast');
  const large = join(files, 'large.gml');
  beforeAll(async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=520m,mode=755', 'tmpfs', disk]);
    const members = Array.from({ length: PARCELS }, (_, n) =>
      parcelMember({ n: n + 1, at: [6_420_000 + 35 * (n % 200), 5_800_000 + 25 * Math.floor(n / 200)] }),
    );
    writeFileSync(large, registerFile(members));
    const small = join(files, 'small.gml');
    writeFileSync(small, registerFile([parcelMember({ n: 900_001, at: [6_430_000, 5_810_000] })]));
    const first = runBlizniak(['load', small], { env });
    expect(await first.ended, first.output()).toBe(0);
  });
  afterEach(async () => {
    await killAllProducts();
    rmSync(ballast, { force: true });
  });
  afterAll(async () => {
    await killAllProducts();
    execFileSync('umount', ['--lazy', disk]);
    for (const each of [files, disk]) rmSync(each, { recursive: true, force: true });
  });

  const fillDisk = (leftBytes = LEFT_BYTES) => {
    const { bavail, bsize } = statfsSync(disk);
    execFileSync('fallocate', ['-l', String(bavail * bsize - leftBytes), ballast]);
  };
  const parcels = async ({ url }: Service): Promise<number> => {
    const reply = await fetch(`${url}/ogc/collections/parcels/items?limit=1&f=json`);
    return (JSON.parse(await reply.text()) as { numberMatched: number }).numberMatched;
  };

  it('a load that fills it says so and leaves nothing; the service goes on; with room it loads', async () => {
    const service = await startService({ env });
    fillDisk();
    const load = runBlizniak(['load', '--json', large], { env });
    expect(await load.ended, load.output()).toBe(1);
    expect(JSON.parse(load.stdout())).toMatchObject({
      ok: false,
      files: [],
      error: expect.stringMatching(/disk of the database is full; free some space/),
    });
    expect(load.stderr()).not.toMatch(/\n {4}at /);
    await expect.poll(() => isReady(service.url), { timeout: 20_000 }).toBe(true);
    expect(await parcels(service)).toBe(1);
    rmSync(ballast);
    const again = runBlizniak(['load', '--json', large], { env });
    expect(await again.ended, again.output()).toBe(0);
    expect(JSON.parse(again.stdout())).toMatchObject({ files: [{ written: PARCELS }] });
    expect(await parcels(service)).toBe(PARCELS + 1);
    expect(await stopService(service)).toBe(0);
  });

  it('an order that fills it waits and says why, leaves no half of it, and is packed once there is room', async () => {
    const service = await startService({ env });
    const ask = async (path: string, body?: object) => {
      const reply = await fetch(`${service.url}/api/orders${path}`, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      });
      return (await reply.json()) as DataOrder;
    };
    // Packed it is some times what is left.
    fillDisk(1_000_000);
    const formats = ['gml', 'gml2021', 'gpkg', 'shp', 'dxf', 'geojson', 'fgb', 'csv', 'kml'];
    const { id } = await ask('', { area: { kind: 'city' }, layers: ['parcels'], formats });
    await expect
      .poll(async () => (await ask(`/${id}`)).problem?.message, { timeout: 60_000, interval: 100 })
      .toMatch(/disk of the database is full|database/);
    expect(['waiting', 'running']).toContain((await ask(`/${id}`)).state);
    expect((await fetch(`${service.url}/api/orders/${id}/file`)).status).toBe(409);
    // Meanwhile whoever only reads is served.
    await expect.poll(() => isReady(service.url), { timeout: 20_000 }).toBe(true);
    expect(await parcels(service)).toBe(PARCELS + 1);
    rmSync(ballast);
    await expect
      .poll(async () => (await ask(`/${id}`)).state, { timeout: 90_000, interval: 200 })
      .toBe('ready');
    expect((await ask(`/${id}`)).problem).toBeNull();
    const bytes = new Uint8Array(await (await fetch(`${service.url}/api/orders/${id}/file`)).arrayBuffer());
    const manifest = JSON.parse(strFromU8(unzipSync(bytes)['manifest.json'] ?? new Uint8Array()));
    expect(manifest.layers).toEqual([expect.objectContaining({ layer: 'parcels', objects: PARCELS + 1 })]);
    expect(await stopService(service)).toBe(0);
  }, 240_000);

  it('read-only, with a database on it: the start says so', async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    try {
      const failed = runBlizniak(['start'], { env: { ...env, PORT: '0', DEMO: 'none' } });
      expect(await failed.ended, failed.output()).toBe(1);
      expect(failed.stderr()).toMatch(/Cannot write to .*: the file system is read-only/);
      expect(failed.stderr()).not.toMatch(/\n {4}at /);
    } finally {
      execFileSync('mount', ['-o', 'remount,rw', disk]);
    }
  });

  it('a database killed in the middle of a load: the load says so, nothing is written', async () => {
    const changed = join(files, 'changed.gml');
    writeFileSync(changed, readFileSync(large, 'utf8').replaceAll('uom="ha">0.06', 'uom="ha">0.07'));
    const load = runBlizniak(['load', '--json', changed], { env });
    await expect.poll(() => load.stderr(), { timeout: 60_000, interval: 5 }).toContain('Storing changed.gml');
    const pidFile = join(env.DATA_DIR, 'postgres', 'data', 'postmaster.pid');
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
    expect(await load.ended, load.output()).toBe(1);
    const report: { ok: boolean; error: string } = JSON.parse(load.stdout());
    expect(report).toMatchObject({ ok: false, files: [], error: expect.stringContaining('database') });
    expect(load.stderr()).not.toMatch(/\n {4}at /);
    await sleep(300);
    const dry = runBlizniak(['load', '--json', '--dry-run', large], { env });
    expect(await dry.ended, dry.output()).toBe(0);
    expect(JSON.parse(dry.stdout())).toMatchObject({ files: [{ written: 0, unchanged: PARCELS }] });
    expect(existsSync(pidFile)).toBe(false);
  });
});
