/**
 * One private PostgreSQL for all tests that need a database, made by the product's own code in a passing folder
 * and deleted afterwards. Tests make databases of their own in it:
 * `inject('databaseUrl')` names a role that may. `BLIZNIAK_TEST_DATABASE_URL` puts another server in its place.
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { joinCluster } from '../../server/store/local-cluster/cluster-users.ts';
import { openLocalCluster } from '../../server/store/local-cluster/open-local-cluster.ts';
import { livingPostmaster } from '../../server/store/local-cluster/postmaster.ts';
import { dropDemo } from './demo-template.ts';
import { ensureBuilt } from './ensure-built.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Any database of the server for tests; the role may create databases, and new ones have PostGIS. */
    readonly databaseUrl: string;
  }
}

const PREFIX = 'blizniak-test-';
const WITHOUT_DATABASE = new Set(['unit']);
/** Projects that run the built product. */
const BUILT = new Set(['operations', 'e2e']);

interface TestDatabase {
  readonly url: string;
  close(): Promise<void>;
}

// Vitest runs this file for each project and once for the root, each time as a new module: what they share lies outside.
const shared = globalThis as { blizniakTestDatabase?: { users: number; opened: Promise<TestDatabase> } };

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.isRootProject() || WITHOUT_DATABASE.has(project.name)) return undefined;
  if (BUILT.has(project.name)) ensureBuilt();
  shared.blizniakTestDatabase ??= { users: 0, opened: openTestDatabase() };
  const held = shared.blizniakTestDatabase;
  held.users++;
  const { url, close } = await held.opened;
  project.provide('databaseUrl', url);
  return async () => {
    held.users--;
    if (held.users > 0) return;
    delete shared.blizniakTestDatabase;
    await dropDemo(url, process.pid);
    await close();
    for (const name of readdirSync(tmpdir())) {
      if (name.startsWith(`blizniak-copy-${process.pid}-`)) {
        rmSync(join(tmpdir(), name), { recursive: true, force: true });
      }
    }
  };
}

async function openTestDatabase(): Promise<TestDatabase> {
  const given = process.env['BLIZNIAK_TEST_DATABASE_URL'];
  if (given) return { url: given, close: async () => {} };
  removeLeftOvers();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(dataDir, 0o755); // PostgreSQL's account must come through
  const cluster = await openLocalCluster({
    dataDir,
    path: process.env['PATH'],
    log: { info: () => {}, warn: (fields, message) => console.warn(message, fields) },
    progress: (message) => process.stderr.write(`[tests] ${message}\n`),
    // Thrown away: need not survive a power cut.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  return {
    url: cluster.url,
    close: async () => {
      await cluster.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Stops and deletes what a killed run left behind. */
function removeLeftOvers(): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name, 'postgres');
    if (!name.startsWith(PREFIX) || !existsSync(folder)) continue;
    if (!joinCluster(folder).leave()) continue; // of a run under way
    const pgData = join(folder, 'data');
    const left = livingPostmaster(pgData);
    try {
      if (left) process.kill(left.pid, 'SIGQUIT');
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch (error) {
      process.stderr.write(`[tests] could not remove ${folder}: ${error}\n`);
    }
  }
}
