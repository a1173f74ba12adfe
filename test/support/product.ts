/** The built product as a process of its own, run as a user would run it: start, ask, signal, wait. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packagesThatRun } from '../../scripts/packages-that-run.ts';

export const PROJECT = resolve(import.meta.dirname, '..', '..');

/** Whom a process runs as; undefined = as the tests do. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export const isRoot = process.getuid?.() === 0;
/** An ordinary user that every Debian has; only root can become it. */
export const ORDINARY: RunAs = { uid: 65_534, gid: 65_534 };

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly as?: RunAs | undefined;
  readonly cwd?: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Everything printed so far, both streams in the order in which it came. */
  output(): string;
  stdout(): string;
  stderr(): string;
  /** Exit status; 128 + number when it was killed by a signal. */
  readonly ended: Promise<number>;
}

const SIGNALS: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
const running = new Set<ChildProcess>();

/** What `npm start` tells Node. */
const START_FLAGS = (JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')).scripts.start as string)
  .split(' ')
  .filter((word) => word.startsWith('--'));

/** Runs `blizniak <args>` from the build, with nothing of the tests' own settings. */
export function runBlizniak(args: readonly string[], options: RunOptions = {}): Running {
  const { env = {}, as } = options;
  const root = productRoot(as);
  const flags = args[0] === 'start' ? START_FLAGS : [];
  const child = spawn(process.execPath, [...flags, join(root, 'dist/scripts/blizniak.js'), ...args], {
    cwd: options.cwd ?? root,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  });
  running.add(child);
  const printed: { stream: 'stdout' | 'stderr'; text: string }[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => printed.push({ stream, text }));
  }
  const text = (only?: string) =>
    printed
      .filter(({ stream }) => only === undefined || stream === only)
      .map((part) => part.text)
      .join('');
  const ended = new Promise<number>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      running.delete(child);
      done(code ?? 128 + (SIGNALS[signal ?? 'SIGTERM'] ?? 0));
    });
  });
  return { child, output: () => text(), stdout: () => text('stdout'), stderr: () => text('stderr'), ended };
}

export interface Service extends Running {
  readonly url: string;
  /** From the start of the process to the first answer of `/ready`. */
  readonly readyAfterMs: number;
}

/** `blizniak start` on a free port, until `/ready` says yes. Fails with all that was printed when it ends before. */
export async function startService(options: RunOptions = {}, timeoutMs = 90_000): Promise<Service> {
  const port = await freePort();
  const begun = Date.now();
  const process = runBlizniak(['start'], {
    ...options,
    env: { PORT: String(port), MQTT_PORT: 'off', DEMO: 'none', LOG_FORMAT: 'json', ...options.env },
  });
  const url = `http://127.0.0.1:${port}`;
  let end: number | undefined;
  void process.ended.then((code) => {
    end = code;
  });
  while (!(await isReady(url))) {
    if (end !== undefined) throw new Error(`The service ended with ${end}:\n${process.output()}`);
    if (Date.now() - begun > timeoutMs)
      throw new Error(`Not ready after ${timeoutMs} ms:\n${process.output()}`);
    await sleep(50);
  }
  return { ...process, url, readyAfterMs: Date.now() - begun };
}

/** Ends a service as a service manager does. @returns its exit status */
export async function stopService(service: Running): Promise<number> {
  service.child.kill('SIGTERM');
  return service.ended;
}

/** For afterEach: nothing that a failed test started may live on. */
export async function killAllProducts(): Promise<void> {
  const left = [...running];
  for (const child of left) child.kill('SIGTERM');
  await Promise.all(
    left.map(async (child) => {
      for (let i = 0; i < 200 && running.has(child); i++) await sleep(50);
      child.kill('SIGKILL');
    }),
  );
}

export const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/ready`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );

/** A new folder that the given user owns and can reach. */
export function newFolder(as?: RunAs): string {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-operations-'));
  chmodSync(folder, 0o755);
  if (as) execFileSync('chown', [`${as.uid}:${as.gid}`, folder]);
  return folder;
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}

let copied: string | undefined;

/** The checkout; for a user who cannot read it, a copy of what the product needs to run. */
function productRoot(as: RunAs | undefined): string {
  if (as === undefined || canRead(as)) return PROJECT;
  if (copied !== undefined) return copied;
  // Workers are ended without ceremony: the global set-up, their parent, deletes what bears its number.
  const copy = mkdtempSync(join(tmpdir(), `blizniak-copy-${process.ppid}-`));
  chmodSync(copy, 0o755);
  for (const path of ['package.json', 'dist', ...packagesThatRun(PROJECT)]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
  }
  copied = copy;
  return copy;
}

function canRead(as: RunAs): boolean {
  const entry = join(PROJECT, 'dist/scripts/blizniak.js');
  return spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', entry], { cwd: '/', ...as }).status === 0;
}
