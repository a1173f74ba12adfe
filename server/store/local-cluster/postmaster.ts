/** The server process of a cluster: what its pid file says, whether it lives, starting and stopping it. */
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Outcome, runProgram } from './run-program.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** The living server of this cluster, or undefined. A pid file left by a kill -9 is not taken for one. */
export function livingPostmaster(pgData: string): Postmaster | undefined {
  const lines = pidFileLines(pgData);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isPostmasterOf(pid, pgData)) return undefined;
  const status = lines[7]?.trim();
  return {
    pid,
    port: Number(lines[3]),
    status: status === 'ready' ? 'ready' : status === 'stopping' ? 'stopping' : 'starting',
  };
}

export function isLivingProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * PostgreSQL refuses to start while *any* process has the number in a left-over pid file, which after a
 * restart of the machine is often somebody else's. Such a file is removed; all others are PostgreSQL's to judge.
 */
export function removeForeignPidFile(pgData: string): void {
  const pid = Number(pidFileLines(pgData)[0]);
  if (Number.isInteger(pid) && pid > 1 && isLivingProcess(pid) && !isPostmasterOf(pid, pgData)) {
    rmSync(join(pgData, 'postmaster.pid'), { force: true });
  }
}

interface StartOptions {
  readonly binDir: string;
  readonly pgData: string;
  readonly folder: string;
  readonly account: Account | undefined;
}

/** Starts the server detached from this process's terminal, so that Ctrl-C reaches only us. */
export function startPostmaster({ binDir, pgData, folder, account }: StartOptions): Promise<Outcome> {
  const args = ['start', '-D', pgData, '-l', join(folder, 'start.log'), '-w', '-t', '60', '-s'];
  return runProgram(join(binDir, 'pg_ctl'), args, { as: account, cwd: folder, timeoutMs: 90_000 });
}

/** Ends all sessions and stops the server, at the price of its caches when it does not obey. */
export async function stopPostmaster({ binDir, pgData, folder, account }: StartOptions): Promise<boolean> {
  for (const mode of ['fast', 'immediate']) {
    const args = ['stop', '-D', pgData, '-m', mode, '-w', '-t', '30', '-s'];
    await runProgram(join(binDir, 'pg_ctl'), args, { as: account, cwd: folder, timeoutMs: 40_000 });
    if (livingPostmaster(pgData) === undefined) return true;
  }
  return false;
}

/** Waits until the server says `ready` (then it is returned) or is gone (then undefined). */
export async function settledPostmaster(pgData: string, timeoutMs: number): Promise<Postmaster | undefined> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = livingPostmaster(pgData);
    if (found === undefined || found.status === 'ready') return found;
    if (Date.now() > end) return found;
    await sleep(50);
  }
}

function pidFileLines(pgData: string): readonly string[] {
  try {
    return readFileSync(join(pgData, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isPostmasterOf(pid: number, pgData: string): boolean {
  if (!isLivingProcess(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgData);
  } catch {
    return false; // gone meanwhile, or of another user: then it is not on a cluster of ours
  }
}
