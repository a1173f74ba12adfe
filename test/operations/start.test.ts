import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  isReady,
  isRoot,
  killAllProducts,
  newFolder,
  ORDINARY,
  type RunAs,
  runBlizniak,
  startService,
  stopService,
} from '../support/product.ts';

const folders: string[] = [];
afterEach(killAllProducts);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function dataDir(as?: RunAs): string {
  const folder = newFolder(as);
  folders.push(folder);
  return join(folder, 'data');
}

async function layers(url: string): Promise<Record<string, number>> {
  const reply = await fetch(`${url}/api/layers`);
  const { layers: all }: { layers: { name: string; status: { count: number } }[] } = JSON.parse(
    await reply.text(),
  );
  return Object.fromEntries(all.map(({ name, status }) => [name, status.count]));
}

const postmaster = (folder: string) =>
  Number(readFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** The whole first hour of a newcomer, for one kind of user. */
async function firstAndSecondStart(as: RunAs | undefined) {
  const folder = dataDir(as);
  const env = { DATA_DIR: folder, DEMO: 'district' };
  const first = await startService({ env, as });
  const seen = await layers(first.url);
  const owner = statSync(`/proc/${postmaster(folder)}`).uid;
  const page = await (await fetch(first.url)).text();
  const code = await stopService(first);
  const stopped = !existsSync(join(folder, 'postgres', 'data', 'postmaster.pid'));
  const second = await startService({ env, as });
  const again = await layers(second.url);
  await stopService(second);
  return { first, second, seen, again, owner, page, code, stopped };
}

const USERS: readonly (readonly [string, RunAs | undefined])[] = [
  ['as the user of the tests', undefined],
  // Only root can become another user.
  ...(isRoot ? [['as an ordinary user', ORDINARY] as const] : []),
];

describe.each(USERS)('the start command on a new data folder, %s', (_, as) => {
  it('shows the demo city, ends cleanly, and starts again quickly with the same data', async () => {
    const { first, second, seen, again, owner, page, code, stopped } = await firstAndSecondStart(as);
    expect(seen['parcels']).toBeGreaterThan(2000);
    expect(seen['buildings']).toBeGreaterThan(1000);
    expect(seen['buildings_3d']).toBeGreaterThan(1000);
    expect(owner).not.toBe(0);
    if (as) expect(owner).toBe(as.uid);
    expect(page).toContain('<title>');
    expect(first.stderr()).toMatch(/Making the demo city: \d+ % \([\d ]+ of [\d ]+\)/);
    expect(first.stderr()).toContain(`Blizniak is ready: ${first.url}`);
    expect(code).toBe(0);
    expect(stopped).toBe(true);
    expect(again).toEqual(seen);
    expect(second.stderr()).not.toContain('demo city');
    expect(first.readyAfterMs).toBeLessThan(90_000);
    // Seconds are measured by the bench on a quiet machine; here only that nothing is made twice.
    expect(second.readyAfterMs).toBeLessThan(first.readyAfterMs / 2);
  });
});

describe.runIf(isRoot)('a data folder that PostgreSQL cannot come to (root only)', () => {
  it('is served from /var/lib/blizniak, and says so', async () => {
    const closed = newFolder();
    folders.push(closed);
    const folder = join(closed, 'checkout', '.data');
    chmodSync(closed, 0o700);
    const service = await startService({ env: { DATA_DIR: folder } });
    const place = readFileSync(join(folder, 'cluster-location'), 'utf8').trim();
    folders.push(place);
    expect(place).toMatch(/^\/var\/lib\/blizniak\/[0-9a-f]{12}$/);
    expect(service.stderr()).toContain(`cannot come to ${folder}: the database lies in ${place}`);
    expect(await stopService(service)).toBe(0);
    const again = await startService({ env: { DATA_DIR: folder } });
    expect(again.stderr()).not.toContain('Making a private database');
    await stopService(again);
  });
});

describe('two processes on one data folder', () => {
  it('share its database; the first may end before the second', async () => {
    const env = { DATA_DIR: dataDir() };
    const first = await startService({ env });
    const second = await startService({ env });
    expect(second.stdout()).toContain('"owned":false');
    expect(await stopService(first)).toBe(0);
    expect(await isReady(second.url)).toBe(true);
    expect(await layers(second.url)).toHaveProperty('parcels', 0);
    expect(await stopService(second)).toBe(0);
    expect(existsSync(join(env.DATA_DIR, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
  });
});

describe('the command line', () => {
  it('says with status 2 that it does not know a command', async () => {
    const wrong = runBlizniak(['strat']);
    expect(await wrong.ended).toBe(2);
    expect(wrong.stderr()).toContain("unknown command 'strat'");
  });

  it('prints the settings in force with secrets hidden', async () => {
    const printed = runBlizniak(['--print-config'], {
      env: { DATABASE_URL: 'postgres://a:tajne@b/c', PORT: '81' },
    });
    expect(await printed.ended).toBe(0);
    expect(printed.stdout()).toContain('DATABASE_URL=postgres://a:***@b/c\n');
    expect(printed.stdout()).toContain('PORT=81\n');
    expect(printed.output()).not.toContain('tajne');
  });
});
