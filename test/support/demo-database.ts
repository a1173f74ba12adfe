/** The demo district as the product makes it, once for several files of tests: those that start from it copy it. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { serverUrl } from './database.ts';
import { demoTemplateFolder, demoTemplateName, dropDemo } from './demo-template.ts';
import { newFolder } from './product.ts';
import { dropDatabase, onServer, urlOf } from './test-server.ts';

const LOCK = 2177_0003;
/** The sensors of the demo city have measured until it was made: an older one is silent, and says so. */
const FRESH_MS = 150_000;
const LONGEST_MS = 240_000;
const PASSWORD = 'staff-password';
const DATA = 'data';

/** A database and a data folder of their own with the demo district, as a first start of the product leaves them. */
export async function demoDatabase(): Promise<{
  url: string;
  dataDir: string;
  staffPassword: string;
  drop: () => Promise<void>;
}> {
  const server = serverUrl();
  const name = `blizniak_test_${randomBytes(6).toString('hex')}`;
  const dataDir = newFolder();
  const staffPassword = await copyDemo(server, name, dataDir);
  return {
    url: urlOf(server, name),
    dataDir,
    staffPassword,
    async drop() {
      await dropDatabase(server, name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Fills a new database and an empty data folder with what a first start of the product leaves there.
 * The first file of a run makes it, others wait for it and copy; after a while it is made anew.
 * @returns the password of the account "staff"
 */
async function copyDemo(server: string, database: string, dataDir: string): Promise<string> {
  const [template, folder] = [demoTemplateName(process.ppid), demoTemplateFolder(process.ppid)];
  return onServer(
    server,
    async (run) => {
      await run(`select pg_advisory_lock(${LOCK})`);
      if (!isFresh(join(folder, PASSWORD))) await makeDemo(server, template, folder);
      await run(`create database ${database} template ${template}`);
      cpSync(join(folder, DATA), dataDir, { recursive: true });
      return readFileSync(join(folder, PASSWORD), 'utf8');
    },
    LONGEST_MS,
  );
}

const isFresh = (mark: string): boolean => existsSync(mark) && Date.now() - statSync(mark).mtimeMs < FRESH_MS;

async function makeDemo(server: string, template: string, folder: string): Promise<void> {
  await dropDemo(server, process.ppid);
  mkdirSync(join(folder, DATA), { recursive: true });
  chmodSync(folder, 0o755);
  await onServer(server, (run) => run(`create database ${template}`));
  const notes: string[] = [];
  const end = new AbortController();
  const config = readConfig({
    DATABASE_URL: urlOf(server, template),
    DATA_DIR: join(folder, DATA),
    PORT: '0',
    MQTT_PORT: 'off',
    DEMO: 'district',
  });
  const { ended } = await startServer(config, {
    progress: { step: () => {}, count: () => {}, ready: () => {}, note: (message) => notes.push(message) },
    log: openLog({ level: 'error', format: 'json', stream: NOWHERE }),
    signal: end.signal,
  });
  end.abort(new Error('the demo city is there'));
  await ended;
  const password = /password (\S+)/.exec(notes.join('\n'))?.[1];
  if (password === undefined) throw new Error('The first start said no password for staff');
  // Last: what ends half-way is made anew.
  writeFileSync(join(folder, PASSWORD), password);
}

const NOWHERE = new Writable({ write: (_, __, done) => done() });
