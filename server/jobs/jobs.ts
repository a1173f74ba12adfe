/**
 * Long work as rows of a queue in the database (graphile-worker), done by any number of processes on any number of
 * machines. A process that dies is found by its silence, and another takes up what it held.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Log } from '../log.ts';
import { freeJobsOfTheDead, tellAlive } from '../store/job-workers.ts';
import type { Pool } from '../store/pool.ts';

/** Does one job. When it throws, the job is tried again after a pause that grows with each attempt. */
export type Task = (payload: unknown, signal: AbortSignal) => Promise<void>;

export interface JobsOptions {
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly tasks: Readonly<Record<string, Task>>;
  /** Jobs that this process does at a time. */
  readonly atATime: number;
  readonly log: Log;
  /** A process that has said nothing for so long counts as dead. */
  readonly deadAfterMs?: number;
}

export interface Jobs {
  /** Tells tasks under way to stop, waits for them and puts their jobs back. */
  close(): Promise<void>;
}

const DEAD_AFTER_MS = 6_000;
/** After the database was lost. */
const RETRY_MS = 1_000;
/** Connections beside those that jobs are fetched with: one hears of new jobs. */
const MORE_CONNECTIONS = 2;

/** Begins to work off the queue; `prepareJobs` must have made it. */
export function openJobs(options: JobsOptions): Jobs {
  const { databaseUrl, pool, tasks, atATime, log, deadAfterMs = DEAD_AFTER_MS } = options;
  const closing = new AbortController();
  /** Names under which this process locks jobs: a new one whenever work begins anew. */
  const names = new Set<string>();
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payload, closing.signal)]),
  );

  const work = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const events: WorkerEvents = new EventEmitter();
      events.on('pool:create', ({ workerPool }) => names.add(workerPool.id));
      let runner: Runner | undefined;
      const stop = () => void runner?.stop().catch(() => {});
      try {
        runner = await run({
          connectionString: databaseUrl,
          maxPoolSize: atATime + MORE_CONNECTIONS,
          concurrency: atATime,
          noHandleSignals: true,
          logger: quietLogger(log),
          taskList,
          events,
        });
        if (closing.signal.aborted) stop();
        else closing.signal.addEventListener('abort', stop, { once: true });
        await runner.promise;
      } catch (error) {
        if (!closing.signal.aborted) log.warn({ err: error }, 'work on jobs broke off; it begins again');
      } finally {
        closing.signal.removeEventListener('abort', stop);
      }
      await sleep(RETRY_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  };

  const keepAlive = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await tellAlive(pool, [...names], deadAfterMs);
        const freed = await freeJobsOfTheDead(pool, deadAfterMs);
        if (freed > 0) log.warn({ jobs: freed }, 'jobs of a server that died are taken up again');
      } catch {
        // The database is away: whoever comes back first frees what must be freed.
      }
      await sleep(deadAfterMs / 4, undefined, { signal: closing.signal }).catch(() => {});
    }
  };

  const ended = Promise.all([work(), keepAlive()]);
  return {
    async close() {
      closing.abort(new Error('the service is stopping'));
      await ended;
    },
  };
}

/** Its news are none of ours; what goes wrong with the queue itself is. Failures of tasks are told by the tasks. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' && !/^Failed task|shutdown|Worker exited/i.test(message)) {
      log.warn({ detail: message }, 'job queue');
    }
  });
}
