import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { joinCluster } from './cluster-users.ts';
import { clusterSettings } from './make-cluster.ts';
import { type LocalCluster, openLocalCluster } from './open-local-cluster.ts';
import { livingPostmaster, removeForeignPidFile } from './postmaster.ts';

const FAST = { fsync: 'off', shared_buffers: '32MB' };
const opened: LocalCluster[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.close();
});
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-cluster-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

async function open(dataDir: string, said: string[] = []): Promise<LocalCluster> {
  const log = { info: () => {}, warn: (_: object, message: string) => said.push(message) };
  const progress = (message: string) => said.push(message);
  const cluster = await openLocalCluster({ dataDir, log, progress, settings: FAST });
  opened.push(cluster);
  return cluster;
}

async function ask(url: string, text: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows[0];
  } finally {
    await client.end();
  }
}

const pgData = (dataDir: string) => join(dataDir, 'postgres', 'data');
const postmasterPid = (dataDir: string) => livingPostmaster(pgData(dataDir))?.pid ?? -1;

describe('the private cluster', () => {
  // Making one takes seconds: the tests share it and open it one after the other.
  const dataDir = newFolder();

  it('is made, keeps what was written, and is stopped by the last user', async () => {
    const said: string[] = [];
    const first = await open(dataDir, said);
    expect(said).toEqual(['Making a private database']);
    expect(first.owned).toBe(true);
    await ask(first.url, 'create table kept (x) as select 7');
    await first.close();
    expect(livingPostmaster(pgData(dataDir))).toBeUndefined();

    const again = await open(dataDir, said);
    expect(said).toHaveLength(1);
    expect(again.url).toBe(first.url);
    expect(await ask(again.url, 'select x from kept')).toEqual({ x: 7 });
  });

  it('gives a role that is no superuser and can make databases with PostGIS', async () => {
    const { url } = await open(dataDir);
    expect(await ask(url, "select rolsuper from pg_roles where rolname = 'blizniak'")).toEqual({
      rolsuper: false,
    });
    await ask(url, 'create database further');
    const inFurther = url.replace(/\/blizniak$/, '/further');
    expect(await ask(inFurther, 'select st_srid(st_point(0, 0, 2177)) as srid')).toEqual({ srid: 2177 });
  });

  it('lets in only with its password, which only its own user can read', async () => {
    const { url } = await open(dataDir);
    await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    await expect(ask(url.replace('//blizniak:', '//keeper:'), 'select 1')).rejects.toMatchObject({
      code: '28000',
    });
    expect(statSync(join(pgData(dataDir), 'blizniak.password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  });

  it('runs as an unprivileged user, cautiously', async () => {
    const { url } = await open(dataDir);
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).not.toBe(0);
    expect(
      await ask(url, "select current_setting('synchronous_commit') as sync, current_setting('jit') as jit"),
    ).toEqual({
      sync: 'on',
      jit: 'off',
    });
  });

  it('comes back by itself, on the same address, after kill -9 of the server', async () => {
    const said: string[] = [];
    const { url } = await open(dataDir, said);
    await ask(url, 'create table survived (x) as select 7');
    const killed = postmasterPid(dataDir);
    process.kill(killed, 'SIGKILL');
    await expect
      .poll(() => ask(url, 'select x from survived').catch(() => undefined), { timeout: 20_000 })
      .toEqual({ x: 7 });
    expect(postmasterPid(dataDir)).not.toBe(killed);
    expect(said).toContain('private database is gone; starting it again');
  });

  it('is used by two at once, and stays when the first leaves', async () => {
    const fresh = newFolder();
    const [first, second] = await Promise.all([open(fresh), open(fresh)]);
    expect(second.url).toBe(first.url);
    await first.close();
    expect(await ask(second.url, 'select 1 as one')).toEqual({ one: 1 });
    await second.close();
    expect(postmasterPid(fresh)).toBe(-1);
  });

  it('starts over a pid file whose number another process has now', async () => {
    const stale = join(pgData(dataDir), 'postmaster.pid');
    writeFileSync(stale, `${process.ppid}\n${pgData(dataDir)}\n1\n5432\n\n127.0.0.1\n\nready\n`);
    expect(livingPostmaster(pgData(dataDir))).toBeUndefined();
    removeForeignPidFile(pgData(dataDir));
    expect(readdirSync(pgData(dataDir))).not.toContain('postmaster.pid');
    writeFileSync(stale, `${process.ppid}\n${pgData(dataDir)}\n1\n5432\n\n127.0.0.1\n\nready\n`);
    const { url } = await open(dataDir);
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 });
  });

  it('refuses a data folder of another major version, and says which package to install', async () => {
    const version = join(pgData(dataDir), 'PG_VERSION');
    const made = readFileSync(version);
    onTestFinished(() => writeFileSync(version, made));
    writeFileSync(version, '99\n');
    await expect(open(dataDir)).rejects.toThrow(
      /was made by PostgreSQL 99, and this machine has 1\d.*postgresql-99-postgis-3/,
    );
  });

  it('refuses a file in place of the data folder', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await expect(open(file)).rejects.toThrow(
      /Cannot write to the data folder .*: a file is in the way\. .*DATA_DIR/,
    );
  });
});

describe('the users of a cluster', () => {
  it('are counted only while they live', async () => {
    const folder = newFolder();
    const users = joinCluster(folder);
    writeFileSync(join(folder, 'users', '4194303'), '1');
    // Alive, but started at another time than the one that joined: the number was given anew.
    writeFileSync(join(folder, 'users', String(process.ppid)), '1');
    await sleep(5);
    expect(users.others()).toEqual([]);
    expect(users.isKeeper()).toBe(true);
    users.leave();
    expect(readdirSync(join(folder, 'users'))).toEqual([]);
  });
});

describe('clusterSettings', () => {
  it('bounds the memory by the machine and quotes what could break a line', () => {
    const small = clusterSettings({ port: 1, folder: "/a'b" }, 1e9);
    expect(small).toContain("shared_buffers = '119MB'");
    expect(small).toContain("unix_socket_directories = '/a''b'");
    expect(clusterSettings({ port: 1, folder: '/a' }, 64e9)).toContain("shared_buffers = '512MB'");
  });

  it('has no socket where its path would be too long', () => {
    expect(clusterSettings({ port: 1, folder: `/${'x'.repeat(100)}` })).toContain(
      "unix_socket_directories = ''",
    );
  });
});
