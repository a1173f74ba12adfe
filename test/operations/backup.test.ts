/** A backup of a service in use, and its way back: the same exports byte for byte, and any moment after it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  isRoot,
  killAllProducts,
  newFolder,
  ORDINARY,
  runBlizniak,
  type Service,
  startService,
  stopService,
} from '../support/product.ts';
import { parcelMember, registerFile } from '../support/register-gml.ts';

const folder = newFolder(isRoot ? ORDINARY : undefined);
const as = isRoot ? ORDINARY : undefined;
const archive = join(folder, 'archive');
const dataDir = (name: string) => ({ DATA_DIR: join(folder, name), DATABASE_ARCHIVE: archive });
const backup = join(folder, 'backup');

/** Parcels 1 to 12, then 13, then 14. */
const fileOf = (parcels: number): string => {
  const file = join(folder, `to-${parcels}.gml`);
  writeFileSync(file, registerFile(Array.from({ length: parcels }, (_, n) => parcelMember({ n: n + 1 }))));
  return file;
};

async function blizniak(args: readonly string[], env: Readonly<Record<string, string>>, status = 0) {
  const run = runBlizniak(args, { env, as });
  expect(await run.ended, run.output()).toBe(status);
  return run;
}

const exported = async ({ url }: Service): Promise<string> => {
  const reply = await fetch(
    `${url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels&sortBy=id`,
  );
  // The moment of the answer and the port are not of the data.
  return (await reply.text()).replaceAll(/timeStamp="[^"]*"/g, '').replaceAll(/127\.0\.0\.1:\d+/g, 'host');
};

async function exportOf(env: Readonly<Record<string, string>>): Promise<string> {
  const service = await startService({ env, as });
  const text = await exported(service);
  expect(await stopService(service)).toBe(0);
  return text;
}

let first = '';
let second = '';
let third = '';
let afterSecond = '';

beforeAll(async () => {
  await blizniak(['load', fileOf(12)], dataDir('data'));
  mkdirSync(join(folder, 'data', 'terrain'), { recursive: true });
  writeFileSync(join(folder, 'data', 'terrain', 'kept.bin'), 'kept');
  const service = await startService({ env: dataDir('data'), as });
  first = await exported(service);
  const made = await blizniak(['backup', '--json', '--out', backup], dataDir('data'));
  expect(JSON.parse(made.stdout())).toMatchObject({ command: 'backup', ok: true, archive });
  await blizniak(['load', fileOf(13)], dataDir('data'));
  second = await exported(service);
  afterSecond = new Date().toISOString();
  await blizniak(['load', fileOf(14)], dataDir('data'));
  third = await exported(service);
  // What was answered is in the log of changes once the service has ended.
  expect(await stopService(service)).toBe(0);
}, 240_000);
afterEach(killAllProducts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup of a service in use', () => {
  it('is restored to the same exports, byte for byte, with the files beside the database', async () => {
    expect(new Set([first, second, third]).size).toBe(3);
    await blizniak(['restore', '--from', backup], { DATA_DIR: join(folder, 'same') });
    expect(await exportOf({ DATA_DIR: join(folder, 'same') })).toBe(first);
    expect(readFileSync(join(folder, 'same', 'terrain', 'kept.bin'), 'utf8')).toBe('kept');
  });

  it('is brought by the log of changes to a moment after it', async () => {
    await blizniak(['restore', '--from', backup, '--at', afterSecond], dataDir('moment'));
    expect(await exportOf({ DATA_DIR: join(folder, 'moment') })).toBe(second);
  });

  it('is brought as far as the log of changes goes: nothing that was answered is missing', async () => {
    // The database restored to a moment keeps its log in the same folder.
    const latest = ['restore', '--from', backup, '--at', 'latest'];
    const unclear = await blizniak(latest, dataDir('latest'), 1);
    expect(unclear.stderr()).toMatch(
      /forks.*--timeline 1 is that of the database which was backed up, 2 that/,
    );
    expect(existsSync(join(folder, 'latest', 'terrain'))).toBe(false);
    const unknown = await blizniak([...latest, '--timeline', '7'], dataDir('latest'), 1);
    expect(unknown.stderr()).toMatch(/has timeline 1, 2, not 7/);
    await blizniak([...latest, '--timeline', '1'], dataDir('latest'));
    expect(await exportOf({ DATA_DIR: join(folder, 'latest') })).toBe(third);
    await blizniak([...latest, '--timeline', '2'], dataDir('branch'));
    expect(await exportOf({ DATA_DIR: join(folder, 'branch') })).toBe(second);
  });

  it('is not put over data, nor restored when it is broken off, damaged, or asked for the wrong moment', async () => {
    const refused = async (args: readonly string[], env: Readonly<Record<string, string>>) =>
      (await blizniak(['restore', ...args], env, 1)).stderr();
    expect(await refused(['--from', backup], dataDir('data'))).toMatch(/data holds data already/);
    const fresh = { DATA_DIR: join(folder, 'fresh') };
    expect(await refused(['--from', archive], fresh)).toMatch(/is no backup, or one that was broken off/);
    const early = ['--from', backup, '--at', '2020-01-01T00:00:00Z'];
    expect(await refused(early, fresh)).toMatch(/for an earlier moment take an earlier backup/);
    const late = ['--from', backup, '--at', '2090-01-01T00:00:00Z', '--timeline', '1'];
    expect(await refused(late, { ...fresh, DATABASE_ARCHIVE: archive })).toMatch(
      /ends before 2090-01-01T00:00:00.000Z: give an earlier moment, or --at latest/,
    );
    const version = join(backup, 'database', 'PG_VERSION');
    const text = readFileSync(version, 'utf8');
    writeFileSync(version, '1\n');
    expect(await refused(['--from', backup], fresh)).toMatch(/is damaged/);
    writeFileSync(version, text);
    expect(existsSync(join(folder, 'fresh', 'postgres', 'data'))).toBe(false);
  });

  it('is not written over another', async () => {
    const before = readdirSync(backup);
    const again = await blizniak(['backup', '--out', backup], dataDir('data'), 1);
    expect(again.stderr()).toMatch(/is not empty: name a new folder for each backup/);
    expect(readdirSync(backup)).toEqual(before);
  });
});
