import { randomBytes } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { unavailable } from '../../../core/errors.ts';
import { type Recovery, recoverySettings } from './archive.ts';
import { verifyCopy } from './back-up-cluster.ts';
import { openClusterFolder } from './cluster-folder.ts';
import { candidateBinDirs, findPostgres } from './find-postgres.ts';
import { type LocalClusterOptions, openLocalCluster } from './open-local-cluster.ts';
import { lastLines, runProgram } from './run-program.ts';

interface RestoreOptions extends LocalClusterOptions {
  /** A copy by `backUpCluster`. */
  readonly copy: string;
  /** Major version of the PostgreSQL that it was made with. */
  readonly major: number;
  readonly bytes: number;
  /** Bring it further by the log of changes. */
  readonly recovery?: Recovery | undefined;
}

/**
 * Puts a copy of a cluster into a data folder that has none, starts it once, and stops it again. When anything fails the
 * data folder has no cluster, as before.
 */
export async function restoreCluster(options: RestoreOptions): Promise<void> {
  const { copy, major, bytes, recovery, dataDir, progress, path = '' } = options;
  const { usable } = await findPostgres(await candidateBinDirs(path));
  const install = usable.find((one) => one.major === major);
  if (!install) {
    throw unavailable(
      `The backup was made with PostgreSQL ${major}, and this machine has ${usable.map(({ version }) => version).join(', ') || 'none'}. ` +
        `Install that version (apt-get install postgresql-${major}-postgis-3) and restore again.`,
    );
  }
  progress('Checking the copy');
  await verifyCopy(install.binDir, copy);
  const { folder, account } = await openClusterFolder(dataDir, progress);
  const pgData = join(folder, 'data');
  if (existsSync(pgData)) throw holdsData(dataDir);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes * 1.1) {
    throw unavailable(
      `The disk of ${folder} has ${Math.round((bavail * bsize) / 1e6)} MB free; the backup needs ${Math.round((bytes * 1.1) / 1e6)} MB.`,
    );
  }
  const making = join(folder, `making-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    progress('Copying the database');
    await must('cp', ['-a', copy, making]);
    if (account) await must('chown', ['-R', `${account.uid}:${account.gid}`, making]);
    await must('chmod', ['700', making]);
    if (recovery) {
      writeFileSync(join(making, 'recovery.signal'), '');
      if (account) await must('chown', [`${account.uid}:${account.gid}`, join(making, 'recovery.signal')]);
    }
    renameSync(making, pgData);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  try {
    progress(recovery ? 'Making the changes since then anew' : 'Starting the database once');
    await startOnce(options);
  } catch (error) {
    const said = recovery ? lastWords(folder) : '';
    rmSync(pgData, { recursive: true, force: true });
    if (!recovery) throw error;
    if (/recovery ended before configured recovery target/.test(said)) {
      throw unavailable(
        `The log of changes in ${recovery.archive} ends before ${recovery.at?.toISOString()}: give an earlier moment, or --at latest.`,
      );
    }
    throw unavailable(
      `The database could not be brought to that moment by ${recovery.archive}. PostgreSQL said:\n${said}`,
      error,
    );
  }
}

export const holdsData = (dataDir: string): Error =>
  unavailable(
    `${dataDir} holds data already: nothing was restored. Set DATA_DIR to a new folder, or move that one away.`,
  );

async function startOnce({ recovery, ...options }: RestoreOptions): Promise<void> {
  const cluster = await openLocalCluster({
    ...options,
    settings: {
      ...options.settings,
      ...(recovery && recoverySettings(recovery)),
    },
  });
  try {
    while (await isRecovering(cluster.url)) await sleep(200);
  } finally {
    await cluster.close();
  }
}

async function isRecovering(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 20_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('select pg_is_in_recovery() as yes');
    return rows[0].yes;
  } finally {
    await client.end().catch(() => {});
  }
}

/** What PostgreSQL wrote last of what went wrong. */
function lastWords(folder: string): string {
  const log = join(folder, 'log');
  if (!existsSync(log)) return '';
  const texts = readdirSync(log).map((file) => readFileSync(join(log, file), 'utf8'));
  const lines = texts.flatMap((text) => text.split('\n').filter((line) => /FATAL|ERROR|PANIC/.test(line)));
  return lines.slice(-6).join('\n');
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const outcome = await runProgram(program, args);
  if (outcome.code === 0) return;
  const full = /No space left on device/.test(outcome.stderr) ? 'The disk is full. ' : '';
  throw unavailable(`${full}${program} failed: ${lastLines(outcome)}`);
}
