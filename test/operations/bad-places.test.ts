import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { freePort, isRoot, killAllProducts, newFolder, ORDINARY, runBlizniak } from '../support/product.ts';

const folders: string[] = [];
afterEach(killAllProducts);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const folderFor = (...as: Parameters<typeof newFolder>): string => {
  const folder = newFolder(...as);
  folders.push(folder);
  return folder;
};
/** Root may write anywhere: what is closed to others must be tried by another. */
const as = isRoot ? ORDINARY : undefined;

async function failsToStart(env: Record<string, string>, user = as) {
  const failed = runBlizniak(['start'], { as: user, env: { PORT: '0', DEMO: 'none', ...env } });
  return { code: await failed.ended, said: failed.stderr() };
}

describe('a place that does not serve is refused with what to do', () => {
  it('a port that is taken', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const { code, said } = await failsToStart({
        PORT: String(port),
        DATA_DIR: join(folderFor(as), 'data'),
      });
      expect(code).toBe(1);
      expect(said).toContain(`Port ${port} is taken by another program`);
      expect(said).toContain(`PORT=${port + 1} npm start`);
    } finally {
      other.close();
    }
  });

  it('a data folder that may only be read', async () => {
    const folder = folderFor();
    chmodSync(folder, 0o555);
    const { code, said } = await failsToStart({ DATA_DIR: join(folder, 'data') });
    expect(code).toBe(1);
    expect(said).toContain(
      `Cannot write to the data folder ${folder}/data: permission denied. Make it writable, or set DATA_DIR`,
    );
  });

  it('a file in place of the data folder', async () => {
    const file = join(folderFor(), 'file');
    writeFileSync(file, '');
    const { code, said } = await failsToStart({ DATA_DIR: file });
    expect(code).toBe(1);
    expect(said).toContain('a file is in the way');
  });

  it.runIf(isRoot)('a database that another user made', async () => {
    const folder = folderFor();
    mkdirSync(join(folder, 'postgres'));
    const { code, said } = await failsToStart({ DATA_DIR: folder });
    expect(code).toBe(1);
    expect(said).toMatch(/belongs to user number 0: .*Start as that user, or set DATA_DIR/s);
  });

  it('settings that cannot be used, all named at once', async () => {
    const { code, said } = await failsToStart({ PORT: 'http', LOG_LEVEL: 'loud' });
    expect(code).toBe(2);
    expect(said).toContain('PORT=http: must be a whole number');
    expect(said).toContain('LOG_LEVEL=loud: must be debug, info, warn, error or silent');
    expect(said).not.toMatch(/\n {4}at /);
  });

  it('a geoid grid that is not there', async () => {
    const { code, said } = await failsToStart({
      DATA_DIR: join(folderFor(as), 'data'),
      GEOID_GRID: '/nowhere.tif',
    });
    expect(code).toBe(1);
    expect(said).toContain('/nowhere.tif');
    expect(said).not.toMatch(/\n {4}at /);
  });
});

/** A small disk and a read-only one can only be made by root with the right to mount. */
const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;

describe.runIf(canMount)('a disk that does not serve (needs root and mounts)', () => {
  async function onDisk(options: string, env: Record<string, string> = {}) {
    const disk = folderFor();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
    try {
      return { disk, ...(await failsToStart({ DATA_DIR: join(disk, 'data'), ...env }, undefined)) };
    } finally {
      execFileSync('umount', ['--lazy', disk]);
    }
  }

  it('full: says how much is free and how much is needed', async () => {
    const { code, said } = await onDisk('size=20m');
    expect(code).toBe(1);
    expect(said).toMatch(
      /The disk of \S+ has \d+ MB free; the database needs 400 MB to begin with\. Make room, or set DATA_DIR/,
    );
  });

  it('read-only', async () => {
    const { code, said } = await onDisk('ro');
    expect(code).toBe(1);
    expect(said).toMatch(/Cannot write to the data folder \S+: the file system is read-only/);
  });
});
