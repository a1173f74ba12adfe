/** The log of changes of the private cluster, kept segment by segment in a folder, from which a moment is restored. */
import { accessSync, chownSync, constants, mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unavailable } from '../../../core/errors.ts';
import { type Account, runProgram } from './run-program.ts';

/** A segment that is not full is put there after so long: what is lost at most with the disk of the database. */
const SEGMENT_S = 60;

/** Makes sure that PostgreSQL's account can write there. */
export async function openArchive(archive: string, account: Account | undefined): Promise<void> {
  // The path stands in a command line and in a setting, where these have a meaning.
  if (/['"%\\\n]/.test(archive)) {
    throw unavailable(`DATABASE_ARCHIVE=${archive} cannot be used: name a folder without quotes, % and \\`);
  }
  try {
    mkdirSync(archive, { recursive: true, mode: 0o700 });
    if (account) chownSync(archive, account.uid, account.gid);
    accessSync(archive, constants.W_OK);
  } catch (error) {
    throw unavailable(
      `Cannot write to ${archive}, the folder of DATABASE_ARCHIVE: ${error instanceof Error ? error.message : error}`,
      error,
    );
  }
  const tried = await runProgram('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', archive], { as: account });
  if (tried.code !== 0) {
    throw unavailable(
      `The account that runs PostgreSQL cannot come to ${archive}: set DATABASE_ARCHIVE to a folder that it can reach.`,
    );
  }
}

/** Settings of PostgreSQL that keep the log. A segment that is there already must be the same: nothing is written over. */
export const archiveSettings = (archive: string): Readonly<Record<string, string>> => ({
  archive_mode: 'on',
  archive_timeout: `${SEGMENT_S}s`,
  archive_command:
    `f="${archive}/%f.gz"; if test -f "$f"; then gunzip -c "$f" | cmp -s - "%p"; ` +
    `else gzip -1 -c "%p" > "$f.part" && sync "$f.part" && mv "$f.part" "$f"; fi`,
});

const HISTORY = /^([0-9A-F]{8})\.history\.gz$/;

/**
 * Timelines that left this one or one of its branches: a cluster that was restored to a moment goes on by itself, and
 * keeps its log under a number of its own (PostgreSQL 15, 26.3.5). In rising order.
 */
export async function branchesOf(archive: string, timeline: number): Promise<readonly number[]> {
  const branches: number[] = [];
  for (const name of await readdir(archive)) {
    const [, number] = HISTORY.exec(name) ?? [];
    if (number === undefined) continue;
    const history = gunzipSync(await readFile(join(archive, name))).toString('utf8');
    const parents = history.split('\n').map((line) => Number.parseInt(line, 10));
    if (parents.includes(timeline)) branches.push(Number.parseInt(number, 16));
  }
  return branches.toSorted((a, b) => a - b);
}

/** The part of a log of changes that a restored cluster follows. */
export interface Recovery {
  readonly archive: string;
  readonly timeline: number;
  /** undefined = as far as the log goes. */
  readonly at: Date | undefined;
}

/** Settings that bring a restored cluster to a moment. */
export const recoverySettings = ({ archive, timeline, at }: Recovery): Readonly<Record<string, string>> => ({
  restore_command: `test -f "${archive}/%f.gz" && gunzip -c "${archive}/%f.gz" > "%p"`,
  recovery_target_action: 'promote',
  recovery_target_timeline: String(timeline),
  ...(at && {
    // PostgreSQL reads its settings before it knows the names of zones, Z among them.
    recovery_target_time: at.toISOString().replace('Z', '+00'),
  }),
});
