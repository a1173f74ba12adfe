/** The files of a new cluster, and the settings that each start of it renews. */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { unavailable } from '../../../core/errors.ts';
import { type ClusterFolder, requireSpace } from './cluster-folder.ts';
import type { PostgresInstall } from './find-postgres.ts';
import { isLivingProcess } from './postmaster.ts';
import { lastLines, type Outcome, runProgram } from './run-program.ts';

/** The role that owns the database; it is no superuser. Nobody can log in as the superuser at all. */
export const ROLE = 'blizniak';
export const DATABASE = 'blizniak';
const PASSWORD_FILE = 'blizniak.password';

/** The password of `ROLE`, made with the cluster; the file is readable by the cluster's user alone. */
export const clusterPassword = (pgData: string): string =>
  readFileSync(join(pgData, PASSWORD_FILE), 'utf8').trim();

/** Major version of the programs that made a cluster, or undefined when there is none yet. */
export function clusterMajor(pgData: string): number | undefined {
  const file = join(pgData, 'PG_VERSION');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Makes a cluster under a passing name and moves it into place when it is whole, so that a kill in between
 * leaves nothing that looks like one, and of two processes that make it at once the second uses the first's.
 */
export async function makeCluster(
  place: ClusterFolder,
  install: PostgresInstall,
  pgData: string,
): Promise<void> {
  const { folder, account } = place;
  requireSpace(folder);
  for (const name of readdirSync(folder)) {
    const maker = /^making-(\d+)-/.exec(name)?.[1];
    if (maker && !isLivingProcess(Number(maker)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
  const making = join(folder, `making-${process.pid}-${randomBytes(4).toString('hex')}`);
  const run = (program: string, args: readonly string[], input = '') =>
    runProgram(join(install.binDir, program), args, { as: account, cwd: folder, input, timeoutMs: 120_000 });
  try {
    // 'reject' until our own pg_hba.conf is written: there is no moment with an open door.
    const init = ['-D', making, '-E', 'UTF8', '-A', 'reject', '-U', 'keeper'];
    let done = await run('initdb', [...init, '--locale=C.UTF-8']);
    if (done.code !== 0 && /invalid locale/.test(done.stderr))
      done = await run('initdb', [...init, '--locale=C']);
    if (done.code !== 0) throw initFailed(folder, done);

    const password = randomBytes(24).toString('hex');
    const write = (name: string, text: string) => {
      writeFileSync(join(making, name), text, { mode: 0o600 });
      if (account) chownSync(join(making, name), account.uid, account.gid);
    };
    write(PASSWORD_FILE, `${password}\n`);
    write(
      'pg_hba.conf',
      `# Written by Blizniak: one role, from this machine, with its password.\nlocal all ${ROLE} scram-sha-256\nhost all ${ROLE} 127.0.0.1/32 scram-sha-256\n${COPIED_BY}`,
    );
    write('blizniak.conf', '');
    const conf = readFileSync(join(making, 'postgresql.conf'), 'utf8');
    write('postgresql.conf', `${conf}\n# Renewed at each start by Blizniak:\ninclude 'blizniak.conf'\n`);

    // Single-user mode: the superuser's work is done without a server that anybody could reach.
    const single = (database: string, sql: string) =>
      run('postgres', ['--single', '-D', making, database], `${sql}\n`);
    const said = [
      await single('template1', 'create extension postgis;'),
      await single(
        'postgres',
        `create role ${ROLE} login createdb createrole replication password '${password}';\ncreate database ${DATABASE} owner ${ROLE};`,
      ),
    ];
    const failed = said.find(
      ({ code, stderr }) => code !== 0 || /^\S+ \S+ \S+ \[\d+\] (FATAL|PANIC)/m.test(stderr),
    );
    if (failed) throw initFailed(folder, failed);
    if (existsSync(pgData)) return;
    try {
      renameSync(making, pgData);
    } catch (error) {
      if (!existsSync(pgData)) throw error; // else another process was quicker
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Line of pg_hba.conf: copies of the cluster in use are made by the same role. */
const COPIED_BY = `host replication ${ROLE} 127.0.0.1/32 scram-sha-256\n`;

/** Lets a cluster of an older release, which must not run, be copied in use. */
export async function allowCopies(
  place: ClusterFolder,
  install: PostgresInstall,
  pgData: string,
): Promise<void> {
  const rules = join(pgData, 'pg_hba.conf');
  if (readFileSync(rules, 'utf8').includes(COPIED_BY)) return;
  const { folder, account } = place;
  const granted = await runProgram(join(install.binDir, 'postgres'), ['--single', '-D', pgData, 'postgres'], {
    as: account,
    cwd: folder,
    input: `alter role ${ROLE} replication;\n`,
    timeoutMs: 120_000,
  });
  if (granted.code === 0) appendFileSync(rules, COPIED_BY);
}

interface RunSettings {
  readonly port: number;
  readonly folder: string;
  /** Beyond the usual ones, e.g. `fsync: 'off'` for a cluster that is thrown away. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/** Text of `blizniak.conf`: what differs from PostgreSQL's defaults, and why. */
export function clusterSettings({ port, folder, extra = {} }: RunSettings, memoryBytes = totalmem()): string {
  const sharedMb = Math.max(64, Math.min(512, Math.floor(memoryBytes / 8 / 2 ** 20)));
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket path may have 107 characters.
    unix_socket_directories: Buffer.byteLength(folder) < 85 ? folder : '',
    cluster_name: 'blizniak',
    max_connections: '100',
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${sharedMb * 3}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    // What was answered must survive a power cut.
    fsync: 'on',
    synchronous_commit: 'on',
    // Data folders lie on solid-state disks; compiling a plan costs more than these queries.
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A week of logs, one file a weekday.
    logging_collector: 'on',
    log_directory: `${folder}/log`,
    log_filename: 'postgres-%a.log',
    log_rotation_age: '1d',
    log_truncate_on_rotation: 'on',
    log_min_messages: 'warning',
    ...extra,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
}

function initFailed(folder: string, outcome: Outcome): Error {
  const full = /No space left on device/.test(outcome.stderr);
  return unavailable(
    `PostgreSQL could not make a cluster in ${folder}${full ? ': the disk is full' : ''}. It said:\n${lastLines(outcome)}\n` +
      'Set DATA_DIR to a folder on another disk, or DATABASE_URL to a database of your own.',
  );
}
