/** A disk that fills up, or is remounted read-only, under a database in use. Only root can mount one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
  afterEach(killAllProducts);
  afterAll(async () => {
    await killAllProducts();
    execFileSync('umount', ['--lazy', disk]);
    for (const each of [files, disk]) rmSync(each, { recursive: true, force: true });
  });

  const fillDisk = () => {
    const { bavail, bsize } = statfsSync(disk);
    execFileSync('fallocate', ['-l', String(bavail * bsize - LEFT_BYTES), ballast]);
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
