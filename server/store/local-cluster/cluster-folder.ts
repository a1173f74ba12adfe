/** Where the private cluster lies and who runs it. */
import { createHash } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unavailable } from '../../../core/errors.ts';
import { type Account, runProgram } from './run-program.ts';

export interface ClusterFolder {
  /** Holds `data` (PostgreSQL's), `users`, `log`. */
  readonly folder: string;
  /** Whom PostgreSQL runs as; undefined = this process's user. */
  readonly account: Account | undefined;
}

/** Folder for clusters whose data folder PostgreSQL's user cannot reach. */
const COMMON_ROOT = '/var/lib/blizniak';
/** An empty cluster with its log of changes takes about 60 MB, the demo district about as much again. */
const NEEDED_BYTES = 400e6;

/**
 * Makes sure of a folder that can be written and, for root, of an unprivileged account that can reach it:
 * PostgreSQL refuses to run as root. When that account cannot come to `dataDir` (a checkout in a closed home),
 * the cluster lies under /var/lib/blizniak and `dataDir/cluster-location` says so.
 */
export async function openClusterFolder(
  dataDir: string,
  say: (message: string) => void,
): Promise<ClusterFolder> {
  const root = makeDataDir(resolve(dataDir));
  const pointer = join(root, 'cluster-location');
  const folder = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(root, 'postgres');
  if (process.getuid?.() !== 0) return { folder: ownFolder(folder, root), account: undefined };

  const account = await accountFor(folder);
  makeFolderOf(account, folder, root);
  if (await reaches(account, folder)) return { folder, account };
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const elsewhere = join(COMMON_ROOT, hash);
  mkdirSync(COMMON_ROOT, { recursive: true, mode: 0o755 });
  makeFolderOf(account, elsewhere, COMMON_ROOT);
  if (!(await reaches(account, elsewhere))) {
    throw unavailable(
      `The account ${account.name}, which runs PostgreSQL for root, can reach neither ${folder} nor ${elsewhere}. ` +
        'Set DATA_DIR to a folder that it can reach, or start Blizniak as an ordinary user.',
    );
  }
  say(`The account ${account.name} cannot come to ${root}: the database lies in ${elsewhere}`);
  writeFileSync(pointer, `${elsewhere}\n`);
  return { folder: elsewhere, account };
}

/** Refuses to begin a cluster that the disk cannot hold. */
export function requireSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  throw unavailable(
    `The disk of ${folder} has ${Math.round(free / 1e6)} MB free; the database needs ${NEEDED_BYTES / 1e6} MB to begin with. ` +
      'Make room, or set DATA_DIR to a folder on another disk.',
  );
}

function makeDataDir(dataDir: string): string {
  try {
    makeFolders(dataDir);
    return realpathSync(dataDir);
  } catch (error) {
    throw cannotWrite(dataDir, error);
  }
}

/** One by one: `recursive` reports a read-only file system as a missing folder. */
function makeFolders(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process was quicker.
    if (!(existsSync(folder) && statSync(folder).isDirectory())) throw error;
  }
}

/** The folder of an ordinary user, who must own what is already there. */
function ownFolder(folder: string, root: string): string {
  let owner: number;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    owner = statSync(folder).uid;
    if (owner === process.getuid?.()) accessSync(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite(root, error);
  }
  if (owner !== process.getuid?.()) {
    throw unavailable(
      `The database in ${folder} belongs to user number ${owner}: it was made when Blizniak ran as another user (root, perhaps). ` +
        'Start as that user, or set DATA_DIR to a folder of your own.',
    );
  }
  return folder;
}

function makeFolderOf(account: Account, folder: string, root: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (statSync(folder).uid !== account.uid) chownSync(folder, account.uid, account.gid);
    // Root may write anywhere but on a file system that is read-only.
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite(root, error);
  }
}

function cannotWrite(dataDir: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const why: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EEXIST: 'a file is in the way',
    ENOTDIR: 'a file is in the way',
  };
  return unavailable(
    `Cannot write to the data folder ${dataDir}: ${why[code] ?? String(error)}. ` +
      'Make it writable, or set DATA_DIR to a folder that is (DATA_DIR=/path npm start), or DATABASE_URL to a database of your own.',
    error,
  );
}

/** Who runs PostgreSQL when we are root: the owner of the cluster that is there, else `postgres`. */
async function accountFor(folder: string): Promise<Account> {
  const owner = existsSync(join(folder, 'data')) ? statSync(join(folder, 'data')).uid : 0;
  const names = [...(owner === 0 ? [] : [String(owner)]), 'postgres'];
  for (const name of names) {
    const uid = await runProgram('id', ['-u', name]);
    const gid = await runProgram('id', ['-g', name]);
    if (uid.code === 0 && Number(uid.stdout) !== 0) {
      return { uid: Number(uid.stdout), gid: Number(gid.stdout), name };
    }
  }
  throw unavailable(
    'PostgreSQL refuses to run as root and this machine has no account for it. ' +
      'Make one (useradd --system postgres), or start Blizniak as an ordinary user.',
  );
}

/** Asked by doing it as that account: permissions of all folders above, ACLs and mounts included. */
async function reaches(account: Account, folder: string): Promise<boolean> {
  const tried = await runProgram('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], { as: account });
  return tried.code === 0;
}
