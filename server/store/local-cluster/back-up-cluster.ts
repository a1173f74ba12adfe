import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unavailable } from '../../../core/errors.ts';
import type { LocalCluster } from './open-local-cluster.ts';
import { lastLines, runProgram } from './run-program.ts';

/**
 * Copies the files of the running cluster, with the changes made meanwhile, into a folder that is not there yet, and
 * checks the copy.
 * @throws TwinError `unavailable`; what was copied then is for the caller to delete
 */
export async function backUpCluster({ url, install }: LocalCluster, folder: string): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const copied = await runProgram(
    join(install.binDir, 'pg_basebackup'),
    ['-d', address.href, '-D', folder, '-X', 'stream', '-c', 'fast', '--no-password'],
    { env: { PGPASSWORD: password } },
  );
  if (copied.code !== 0) {
    const said = lastLines(copied);
    if (/No space left on device/.test(said)) {
      throw unavailable(`The disk of ${folder} is full: make room, or name a folder on another disk.`);
    }
    if (/pg_hba\.conf|replication/.test(said)) {
      throw unavailable(
        `The private database was started by an older release, which lets nobody copy it: restart the service once, then back it up.\n${said}`,
      );
    }
    throw unavailable(`The private database could not be copied. pg_basebackup said:\n${said}`);
  }
  await verifyCopy(install.binDir, folder);
}

/** Reads every file of a copy and compares it with the digest that was written with it. */
export async function verifyCopy(binDir: string, folder: string): Promise<void> {
  const checked = await runProgram(join(binDir, 'pg_verifybackup'), ['--quiet', folder]);
  if (checked.code === 0) return;
  throw unavailable(
    `The copy of the database in ${folder} is damaged. pg_verifybackup said:\n${lastLines(checked)}`,
  );
}

/** The timeline that the log of changes of a copy goes on by. */
export async function timelineOf(folder: string): Promise<number> {
  const manifest: { 'WAL-Ranges': readonly { Timeline: number }[] } = JSON.parse(
    await readFile(join(folder, 'backup_manifest'), 'utf8'),
  );
  return Math.max(...manifest['WAL-Ranges'].map(({ Timeline }) => Timeline));
}
