import { rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { killAllProducts, newFolder, runBlizniak, startService, stopService } from '../support/product.ts';
import { parcelMember, registerFile } from '../support/register-gml.ts';

const PARCELS = 12_000;
const folder = newFolder();
const env = { DATA_DIR: join(folder, 'data') };
const file = join(folder, 'parcels.gml');

beforeAll(() => {
  // A hundred columns of parcels within the city; what matters is that loading takes a while.
  const members = Array.from({ length: PARCELS }, (_, n) =>
    parcelMember({ n: n + 1, at: [6_420_000 + 35 * (n % 200), 5_800_000 + 25 * Math.floor(n / 200)] }),
  );
  writeFileSync(file, registerFile(members));
});
afterEach(killAllProducts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const address = (url: string, limit: number) => `${url}/ogc/collections/parcels/items?limit=${limit}&f=json`;
const countParcels = async (url: string) =>
  (JSON.parse(await (await fetch(address(url, 1))).text()) as { numberMatched: number }).numberMatched;

describe('a load that is broken off', () => {
  it.each([
    ['Ctrl-C', 'SIGINT', 'Reading'],
    ['SIGTERM', 'SIGTERM', 'Storing'],
  ] as const)('by %s (%s) while %s: nothing is loaded, it says so, status 130', async (_, signal, phase) => {
    const load = runBlizniak(['load', '--json', file], { env });
    // In the very moment in which it is said: storing may be over a second later.
    const said = new Promise<void>((resolve) => {
      load.child.stderr?.on('data', () => {
        if (load.stderr().includes(`${phase} parcels.gml`)) resolve();
      });
    });
    await Promise.race([said, load.ended]);
    load.child.kill(signal);
    expect(await load.ended).toBe(130);
    expect(load.stderr()).toContain('Nothing of parcels.gml was loaded: the database is unchanged by it.');
    expect(JSON.parse(load.stdout())).toEqual({
      command: 'load',
      ok: false,
      error: `Interrupted by ${signal}`,
      files: [],
    });
    const service = await startService({ env });
    expect(await countParcels(service.url)).toBe(0);
    expect(await stopService(service), service.output()).toBe(0);
  });

  it('can be repeated to its end, and once more without writing anything', async () => {
    const load = runBlizniak(['load', '--json', file], { env });
    expect(await load.ended, load.output()).toBe(0);
    expect(JSON.parse(load.stdout())).toMatchObject({
      ok: true,
      files: [{ read: PARCELS, written: PARCELS }],
    });
    const again = runBlizniak(['load', file], { env });
    expect(await again.ended).toBe(0);
    expect(again.stdout()).toContain(`${PARCELS} read: 0 written, ${PARCELS} unchanged`);
  });

  it('of a truncated file: status 1, and the report says where', async () => {
    const cut = join(folder, 'cut.gml');
    writeFileSync(cut, registerFile([parcelMember({ n: 90_001 })]).slice(0, -60));
    const load = runBlizniak(['load', '--json', cut], { env });
    expect(await load.ended).toBe(1);
    expect(JSON.parse(load.stdout())).toMatchObject({
      ok: false,
      files: [{ refused: true, written: 0, problems: [{ code: 'truncated-file' }] }],
    });
  });
});

describe('SIGTERM while requests are under way', () => {
  const begin = (url: string) =>
    new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).once('error', reject));

  it('lets them finish, whole, and ends with status 0', async () => {
    const service = await startService({ env });
    const reply = await begin(address(service.url, 10_000)); // megabytes: cannot all lie in the socket's buffers
    service.child.kill('SIGTERM');
    const door = () => fetch(`${service.url}/health`).then(({ status }) => `answers ${status}`, String);
    await expect.poll(door, { timeout: 10_000 }).toContain('fetch failed');
    const { features } = JSON.parse(await text(reply)) as { features: unknown[] };
    expect(features).toHaveLength(10_000);
    expect(await service.ended).toBe(0);
    expect(service.stdout()).toContain('private database stopped');
  });

  it('cuts what does not finish within the grace period', async () => {
    const service = await startService({ env: { ...env, SHUTDOWN_GRACE_MS: '300' } });
    const reply = await begin(address(service.url, 10_000));
    const cut = new Promise((resolve) => reply.once('error', resolve).once('aborted', resolve));
    const begun = Date.now();
    expect(await stopService(service)).toBe(0);
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(service.stdout()).toContain('requests cut at the end of the grace period');
    reply.resume();
    await cut;
  });
});
