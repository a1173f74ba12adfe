/** A model of the ground that is loaded while the service runs: its doors show it, and no cache holds the one before. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DigAnswer } from '../../core/wire/dig-check.ts';
import type { DataLoad } from '../../core/wire/load.ts';
import { writeDtm } from '../../tiles/terrain/write-dtm.ts';
import { emptyDatabase } from '../support/database.ts';
import { killAllProducts, newFolder, runBlizniak, type Service, startService } from '../support/product.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const folder = newFolder();
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let env: Readonly<Record<string, string>>;
let service: Service;

beforeAll(async () => {
  database = await emptyDatabase();
  env = { DATABASE_URL: database.url, DATA_DIR: folder, MODEL_THREADS: '1' };
  service = await startService({ env });
}, 180_000);
afterAll(async () => {
  await killAllProducts();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A plain at one height. */
function plain(heightM: number): string {
  const path = join(folder, `plain-${heightM}.tif`);
  const extent = { minX: E, minY: N, maxX: E + 400, maxY: N + 300, srid: 2177 };
  writeFileSync(path, writeDtm({ extent, cellM: 2, heightM: () => heightM }));
  return path;
}

/** What the doors say of the ground in the middle of the plain. */
async function ground() {
  const corners = [
    [E + 190, N + 140],
    [E + 210, N + 140],
    [E + 200, N + 160],
  ].flat();
  const dig = (await (
    await fetch(`${service.url}/api/dig-check?outline=${corners.join(',')}`)
  ).json()) as DigAnswer;
  const described = await fetch(`${service.url}/tiles/terrain/layer.json`);
  const { version, available } = (await described.json()) as {
    readonly version: string;
    readonly available: readonly (readonly [{ readonly startX: number; readonly startY: number }])[];
  };
  const [{ startX, startY }] = available.at(-1) ?? [{ startX: 0, startY: 0 }];
  const address = `${service.url}/tiles/terrain/${available.length - 1}/${startX}/${startY}.terrain`;
  return { heights: dig.ground, version, etag: described.headers.get('etag') ?? '', address };
}
const again = async (address: string, etag: string): Promise<number> =>
  (await fetch(address, { headers: { 'if-none-match': etag } })).status;
const etagOf = async (address: string) => (await fetch(address)).headers.get('etag') ?? '';

it('takes it by command and by upload, in answers, tiles and validators, without a restart', async () => {
  const none = await ground();
  expect(none.heights).toBeNull();

  const command = runBlizniak(['load', '--json', plain(70)], { env });
  expect(await command.ended, command.output()).toBe(0);
  await expect
    .poll(async () => (await ground()).heights, { timeout: 30_000 })
    .toEqual({ lowestM: 70, highestM: 70 });
  const first = await ground();
  expect(first.version).not.toBe(none.version);
  const tileEtag = await etagOf(first.address);
  expect(await again(first.address, tileEtag)).toBe(304);

  const password = /password (\S+)/.exec(service.output())?.[1] ?? '';
  const staff = { authorization: `Basic ${Buffer.from(`staff:${password}`).toString('base64')}` };
  const body = writeDtm({
    ...{ extent: { minX: E, minY: N, maxX: E + 400, maxY: N + 300, srid: 2177 }, cellM: 2 },
    heightM: () => 82,
  });
  const handed = await fetch(`${service.url}/api/loads?name=plain.tif&dryRun=false`, {
    ...{ method: 'POST', headers: { ...staff, 'content-type': 'application/octet-stream' }, body },
  });
  const { id } = (await handed.json()) as DataLoad;
  const load = async () =>
    (await (await fetch(`${service.url}/api/loads/${id}`, { headers: staff })).json()) as DataLoad;
  await expect.poll(async () => (await load()).state, { timeout: 60_000 }).toBe('loaded');
  await expect
    .poll(async () => (await ground()).heights, { timeout: 30_000 })
    .toEqual({ lowestM: 82, highestM: 82 });
  const second = await ground();
  expect(second.version).not.toBe(first.version);
  expect(await again(`${service.url}/tiles/terrain/layer.json`, first.etag)).toBe(200);
  expect(await again(first.address, tileEtag)).toBe(200);
}, 240_000);
