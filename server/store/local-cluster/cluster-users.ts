/**
 * Which processes use a cluster: one small file each, `users/<pid>`, holding the process's start. No lock is
 * taken, so none can be left behind: an entry counts only while that very process lives. The longest-lived
 * user keeps the cluster (restarts it after an accident); whoever leaves last stops it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLivingProcess } from './postmaster.ts';

export interface ClusterUsers {
  /** Other living processes that use the cluster. */
  others(): readonly number[];
  /** Whether this process came first of those that live. */
  isKeeper(): boolean;
  /** @returns true when nobody uses the cluster any more, not even this process under another hand */
  leave(): boolean;
}

/** Adds this process to the users of the cluster in `folder`. One process may join several times. */
export function joinCluster(folder: string): ClusterUsers {
  const users = join(folder, 'users');
  mkdirSync(users, { recursive: true, mode: 0o700 });
  const own = join(users, String(process.pid));
  const holders = joined.get(own) ?? 0;
  joined.set(own, holders + 1);
  if (holders === 0) writeFileSync(own, startOf(process.pid), { mode: 0o600 });

  const living = (): readonly number[] => {
    const found: { pid: number; since: number }[] = [];
    for (const name of readdirSync(users)) {
      const file = join(users, name);
      try {
        const pid = Number(name);
        const since = statSync(file).mtimeMs;
        if (isLivingProcess(pid) && startOf(pid) === readFileSync(file, 'utf8')) found.push({ pid, since });
        else rmSync(file, { force: true });
      } catch {
        // it left while we looked
      }
    }
    return found.sort((a, b) => a.since - b.since || a.pid - b.pid).map(({ pid }) => pid);
  };

  return {
    others: () => living().filter((pid) => pid !== process.pid),
    isKeeper: () => living()[0] === process.pid,
    leave: () => {
      const left = (joined.get(own) ?? 1) - 1;
      joined.set(own, left);
      if (left > 0) return false;
      rmSync(own, { force: true });
      return living().length === 0;
    },
  };
}

const joined = new Map<string, number>();

/** When a process started, in clock ticks since the machine did; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
