/** The whole state of a service as a folder, and back: the database, and the files that are kept in DATA_DIR. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalidParameter, unavailable } from '../../core/errors.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { branchesOf, type Recovery } from '../store/local-cluster/archive.ts';
import { backUpCluster, timelineOf } from '../store/local-cluster/back-up-cluster.ts';
import { openLocalCluster } from '../store/local-cluster/open-local-cluster.ts';
import { holdsData, restoreCluster } from '../store/local-cluster/restore-cluster.ts';
import type { Progress } from './progress.ts';

export interface Backup {
  /** Of this layout of the folder. */
  readonly backup: 1;
  /** When the last change that is in it had been made. */
  readonly madeAt: string;
  readonly postgresMajor: number;
  /** Of the database. */
  readonly bytes: number;
  /** Where the log of changes is kept by which a later moment is restored; null = it is not kept. */
  readonly archive: string | null;
}

interface Place {
  readonly log: Log;
  readonly progress: Progress;
}

const MANIFEST = 'backup.json';
/** What of DATA_DIR is the database itself. */
const OF_DATABASE = new Set(['postgres', 'cluster-location']);

/**
 * Copies a private database, in use or not, and the files kept beside it. The folder is a backup from the moment on that
 * `backup.json` is in it.
 * @throws TwinError saying what was wrong; then the folder is as it was
 */
export async function backUp(config: Config, out: string, { log, progress }: Place): Promise<Backup> {
  if (config.databaseUrl !== undefined) throw ownDatabase();
  if (
    !existsSync(join(config.dataDir, 'postgres')) &&
    !existsSync(join(config.dataDir, 'cluster-location'))
  ) {
    throw unavailable(`There is no database in ${config.dataDir}: is DATA_DIR the one of the service?`);
  }
  if (existsSync(out) && (await readdir(out)).length > 0) {
    throw invalidParameter('out', `${out} is not empty: name a new folder for each backup`);
  }
  await mkdir(out, { recursive: true, mode: 0o700 });
  progress.step('Backup');
  const cluster = await openLocalCluster({ ...clusterOf(config), log, progress: progress.note });
  try {
    await backUpCluster(cluster, join(out, 'database'));
    const backup: Backup = {
      backup: 1,
      madeAt: new Date().toISOString(),
      postgresMajor: cluster.install.major,
      bytes: await sizeOf(join(out, 'database')),
      archive: config.databaseArchive ?? null,
    };
    await mkdir(join(out, 'files'));
    for (const name of await readdir(config.dataDir)) {
      if (OF_DATABASE.has(name)) continue;
      await copyKept(join(config.dataDir, name), join(out, 'files', name));
    }
    await writeFile(join(out, MANIFEST), `${JSON.stringify(backup, null, 2)}\n`);
    return backup;
  } catch (error) {
    for (const name of await readdir(out)) await rm(join(out, name), { recursive: true, force: true });
    throw error;
  } finally {
    await cluster.close();
  }
}

/**
 * Makes the state of a backup the one of DATA_DIR, which must hold none. When anything fails it holds none again.
 * @param at a later moment, as far as the log of changes goes; undefined = as of the backup
 * @param timeline which log to follow where a restore before left several
 */
export async function restore(
  config: Config,
  from: string,
  { log, progress, ...wanted }: Place & RestoreWish,
): Promise<Backup> {
  if (config.databaseUrl !== undefined) throw ownDatabase();
  const backup = await readBackup(from);
  const copy = join(from, 'database');
  const recovery = await recoveryOf(wanted, backup, copy, config.databaseArchive ?? backup.archive);
  const held = existsSync(config.dataDir) ? await readdir(config.dataDir) : [];
  if (held.some((name) => !OF_DATABASE.has(name))) throw holdsData(config.dataDir);
  progress.step('Restoring');
  const names = await readdir(join(from, 'files'));
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    for (const name of names) await copyKept(join(from, 'files', name), join(config.dataDir, name));
    await restoreCluster({
      ...{ ...clusterOf(config), log, progress: progress.note, copy, recovery },
      ...{ major: backup.postgresMajor, bytes: backup.bytes },
    });
  } catch (error) {
    for (const name of names) await rm(join(config.dataDir, name), { recursive: true, force: true });
    throw error;
  }
  return backup;
}

interface RestoreWish {
  readonly at?: Date | 'latest' | undefined;
  readonly timeline?: number | undefined;
}

/** @throws TwinError for a moment that the log does not reach back to, and where it must be told which log is meant */
async function recoveryOf(
  { at, timeline }: RestoreWish,
  backup: Backup,
  copy: string,
  archive: string | null,
): Promise<Recovery | undefined> {
  if (at === undefined) return undefined;
  if (at instanceof Date && at < new Date(backup.madeAt)) {
    throw invalidParameter(
      'at',
      `The backup is of ${backup.madeAt}: for an earlier moment take an earlier backup`,
    );
  }
  if (archive === null || !existsSync(archive)) {
    throw invalidParameter(
      'at',
      archive === null
        ? 'The backup was made without a log of changes: set DATABASE_ARCHIVE to the folder where it is kept, or leave --at out'
        : `The log of changes is not in ${archive}: set DATABASE_ARCHIVE to the folder where it is kept, or leave --at out`,
    );
  }
  const own = await timelineOf(copy);
  const offered = [own, ...(await branchesOf(archive, own))];
  if (timeline === undefined && offered.length > 1) {
    throw invalidParameter(
      'timeline',
      `After this backup the log of changes forks, because a database was restored from it before: say which one to follow. --timeline ${own} is that of the database which was backed up, ${offered.slice(1).join(', ')} ${offered.length > 2 ? 'those of databases' : 'that of the database'} restored since`,
    );
  }
  if (timeline !== undefined && !offered.includes(timeline)) {
    throw invalidParameter(
      'timeline',
      `The log after this backup has timeline ${offered.join(', ')}, not ${timeline}`,
    );
  }
  return { archive, timeline: timeline ?? own, at: at === 'latest' ? undefined : at };
}

const copyKept = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, preserveTimestamps: true });

const clusterOf = ({ dataDir, databasePort, databaseArchive, path }: Config) => ({
  ...{ dataDir, path, port: databasePort, archive: databaseArchive },
});

const ownDatabase = (): Error =>
  invalidParameter(
    'DATABASE_URL',
    'backup and restore are for the private database. That of DATABASE_URL is copied by the means of its server: pg_dump --format=directory and pg_restore, or its own backups',
  );

async function readBackup(from: string): Promise<Backup> {
  const text = await readFile(join(from, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw invalidParameter(
      'from',
      `${from} is no backup, or one that was broken off: ${MANIFEST} is not in it`,
    );
  }
  const backup: Backup = JSON.parse(text);
  if (backup.backup !== 1) {
    throw invalidParameter('from', `${from} was made by a newer release: restore it with that one`);
  }
  return backup;
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
