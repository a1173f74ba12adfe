/** The private PostgreSQL of a data folder: found or made, started or joined, kept, and stopped by the last user. */
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { unavailable } from '../../../core/errors.ts';
import { archiveSettings, openArchive } from './archive.ts';
import { type ClusterFolder, openClusterFolder } from './cluster-folder.ts';
import { joinCluster } from './cluster-users.ts';
import {
  candidateBinDirs,
  findPostgres,
  type PostgresInstall,
  type PostgresSearch,
} from './find-postgres.ts';
import { installPostgres } from './install-postgres.ts';
import {
  allowCopies,
  clusterMajor,
  clusterPassword,
  clusterSettings,
  DATABASE,
  makeCluster,
  ROLE,
} from './make-cluster.ts';
import {
  livingPostmaster,
  type Postmaster,
  removeForeignPidFile,
  settledPostmaster,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts';

export interface LocalClusterOptions {
  /** Folder of the product's own data; made if missing. */
  readonly dataDir: string;
  /** Port on 127.0.0.1; default: the last one used if free, else a free one. */
  readonly port?: number | undefined;
  readonly log: { warn(fields: object, message: string): void; info(fields: object, message: string): void };
  /** Told what a person who waits should know, one sentence at a time. */
  readonly progress: (message: string) => void;
  /** PATH to look for PostgreSQL in, beside the usual places. */
  readonly path?: string | undefined;
  /** Folder in which the log of changes is kept; undefined = it is not. */
  readonly archive?: string | undefined;
  /** Settings of PostgreSQL beyond the usual, e.g. for a cluster that tests throw away. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface LocalCluster {
  /** For `pg`: 127.0.0.1, role and password of the cluster. Keeps its value when the cluster is restarted. */
  readonly url: string;
  /** The PostgreSQL that runs it. */
  readonly install: PostgresInstall;
  /** Whether this process started the cluster or took it over from one that is gone; false = attached to another's. */
  readonly owned: boolean;
  /** Leaves the cluster; stops it when no other process uses it. */
  close(): Promise<void>;
}

/** How often a process looks after a cluster that it keeps. */
const WATCH_EVERY_MS = 1000;

/** Opens the cluster in `dataDir`. Throws TwinError `unavailable` saying what is missing and what to do. */
export async function openLocalCluster(options: LocalClusterOptions): Promise<LocalCluster> {
  const { dataDir, log, progress } = options;
  let search = await lookForPostgres(options);
  // Before the folder: the package brings the account that PostgreSQL runs as.
  if (search.usable.length === 0) search = await installOrExplain(options, search);
  const place = await openClusterFolder(dataDir, progress);
  const pgData = join(place.folder, 'data');
  const install = chooseInstall(search, clusterMajor(pgData), pgData);
  const users = joinCluster(place.folder);
  const cluster: Cluster = { options, place, pgData, install };
  try {
    const { port, started } = await bringUp(cluster);
    const url = `postgres://${ROLE}:${clusterPassword(pgData)}@127.0.0.1:${port}/${DATABASE}`;
    await firstAnswer(url, place.folder);
    const owned = started || users.isKeeper();
    log.info({ port, folder: place.folder, postgres: install.version, owned }, 'private database is up');

    let closed: Promise<void> | undefined;
    let mending = false;
    const watch = setInterval(async () => {
      if (mending || closed || livingPostmaster(pgData) || !users.isKeeper()) return;
      mending = true;
      log.warn({ folder: place.folder }, 'private database is gone; starting it again');
      try {
        await bringUp(cluster, port);
        log.info({ port }, 'private database is up again');
      } catch (error) {
        log.warn({ err: error }, 'private database does not start; trying again');
      } finally {
        mending = false;
      }
    }, WATCH_EVERY_MS);
    watch.unref();

    const close = async () => {
      clearInterval(watch);
      while (mending) await sleep(50);
      if (!users.leave()) {
        log.info({ users: users.others() }, 'private database stays up for the processes that still use it');
        return;
      }
      const stopped = await stopPostmaster({ ...install, ...place, pgData });
      if (stopped) log.info({}, 'private database stopped');
      else log.warn({ folder: place.folder }, 'private database did not stop; the next start takes it over');
    };
    return {
      ...{ url, install },
      owned,
      close: () => {
        closed ??= close();
        return closed;
      },
    };
  } catch (error) {
    if (users.leave() && livingPostmaster(pgData)) {
      await stopPostmaster({ ...install, ...place, pgData });
    }
    throw error;
  }
}

interface Cluster {
  readonly options: LocalClusterOptions;
  readonly place: ClusterFolder;
  readonly pgData: string;
  readonly install: PostgresInstall;
}

async function lookForPostgres({ path = '' }: LocalClusterOptions): Promise<PostgresSearch> {
  return findPostgres(await candidateBinDirs(path));
}

async function installOrExplain(
  options: LocalClusterOptions,
  search: PostgresSearch,
): Promise<PostgresSearch> {
  const outcome = await installPostgres(options.progress);
  if ('installed' in outcome) {
    const again = await lookForPostgres(options);
    if (again.usable.length > 0) return again;
  }
  const seen = search.refused.length > 0 ? `Found, but not usable: ${search.refused.join('; ')}. ` : '';
  const why =
    'refused' in outcome ? outcome.refused : `${outcome.installed} was installed and is still not found`;
  throw unavailable(
    `Blizniak needs PostgreSQL 15 or newer with PostGIS 3.3 or newer and did not find it. ${seen}It was not installed by itself: ${why}.\n` +
      'Do one of these, then start again:\n' +
      '  Debian, Ubuntu:  sudo apt-get install --no-install-recommends postgresql-15-postgis-3   (or -16-, -17-: what your release has)\n' +
      '  Fedora, RHEL:    sudo dnf install postgresql-server postgis\n' +
      '  macOS:           brew install postgresql@17 postgis\n' +
      '  Docker:          docker compose up\n' +
      '  or set DATABASE_URL=postgres://user:password@host:5432/database to a database that has PostGIS.',
  );
}

function chooseInstall(search: PostgresSearch, major: number | undefined, pgData: string): PostgresInstall {
  const fitting = major === undefined ? search.usable[0] : search.usable.find((one) => one.major === major);
  if (fitting) return fitting;
  const have = search.usable.map(({ version }) => version).join(', ');
  throw unavailable(
    `The database in ${pgData} was made by PostgreSQL ${major}, and this machine has ${have}. ` +
      `Install that version (apt-get install postgresql-${major}-postgis-3), or set DATA_DIR to another folder and load the data there.`,
  );
}

/** Makes the cluster ready: joins a living server, else starts one. A server on its way down is waited for. */
async function bringUp(cluster: Cluster, wantedPort?: number): Promise<{ port: number; started: boolean }> {
  const { options, place, pgData, install } = cluster;
  let said = '';
  for (let attempt = 0; attempt < 8; attempt++) {
    const running = await settledPostmaster(pgData, 60_000);
    if (running?.status === 'ready') return { port: running.port, started: false };
    if (running) throw notReady(running, place.folder);
    if (clusterMajor(pgData) === undefined) {
      options.progress('Making a private database');
      await makeCluster(place, install, pgData);
    }
    removeForeignPidFile(pgData);
    await allowCopies(place, install, pgData);
    const { archive } = options;
    if (archive !== undefined) await openArchive(archive, place.account);
    const extra = { ...(archive !== undefined && archiveSettings(archive)), ...options.settings };
    const port = await choosePort(wantedPort ?? options.port, place.folder);
    const conf = join(pgData, 'blizniak.conf');
    writeFileSync(conf, clusterSettings({ port, folder: place.folder, extra }), {
      mode: 0o600,
    });
    if (place.account) chownSync(conf, place.account.uid, place.account.gid);
    rmSync(join(place.folder, 'start.log'), { force: true });
    const outcome = await startPostmaster({ ...install, ...place, pgData });
    const now = await settledPostmaster(pgData, 60_000);
    if (now?.status === 'ready') {
      writeFileSync(join(place.folder, 'port'), `${now.port}\n`);
      // Another process may have been quicker by a hair: then pg_ctl failed and its server is running.
      return { port: now.port, started: outcome.code === 0 };
    }
    said = startLog(place.folder) || outcome.stderr;
    if (/No space left on device/.test(said)) break;
    // After kill -9 of the server its sessions hold the shared memory for a moment.
    await sleep(250 * (attempt + 1));
  }
  const full = /No space left on device/.test(said) ? 'The disk is full: make room and start again. ' : '';
  throw unavailable(
    `The private database in ${place.folder} does not start. ${full}PostgreSQL said:\n${said.trim().split('\n').slice(-6).join('\n')}\n` +
      `Its logs are in ${place.folder}/log.`,
  );
}

const notReady = (running: Postmaster, folder: string) =>
  unavailable(
    `The private database in ${folder} has been ${running.status} for a minute (process ${running.pid}). ` +
      `It may be recovering after a crash: look into ${folder}/log and start again.`,
  );

function startLog(folder: string): string {
  const file = join(folder, 'start.log');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-40).join('\n') : '';
}

async function choosePort(wanted: number | undefined, folder: string): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted;
    throw unavailable(
      `Port ${wanted} of 127.0.0.1, wanted for the private database, is taken. Free it, or set DATABASE_PORT to another.`,
    );
  }
  const file = join(folder, 'port');
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return last > 0 && (await isFree(last)) ? last : freePort();
}

const isFree = async (port: number): Promise<boolean> => (await tryPort(port)) !== undefined;

async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw unavailable('No port of 127.0.0.1 is free for the private database.');
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** `ready` in the pid file is not an answer to a question: ask one, with the password. */
async function firstAnswer(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 20_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('select from pg_extension where extname = $1', ['postgis']);
    if (rows.length === 0) throw new Error('PostGIS is not in it');
  } catch (error) {
    throw unavailable(
      `The private database in ${folder} runs and cannot be used: ${error instanceof Error ? error.message : error}. Its logs are in ${folder}/log.`,
      error,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
