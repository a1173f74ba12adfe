import { type Jobs, openJobs, type Task } from '../jobs/jobs.ts';
import { prepareJobs } from '../jobs/prepare-jobs.ts';
import type { Log } from '../log.ts';
import type { Runs } from '../services/runs.ts';
import type { Pool } from '../store/pool.ts';
import { RUN_TASK } from '../store/runs/ask-run.ts';
import { runBook } from '../store/runs/run-book.ts';
import type { StudyPlace } from '../store/runs/study-city.ts';
import { type ModelThreads, openModelThreads } from '../workers/model-threads.ts';
import { runTask } from './execute-run.ts';
import { REGISTRY, type RegisteredModel } from './registry.ts';
import { offerRuns } from './runs.ts';

export interface RunsOptions {
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly place: StudyPlace;
  /** Runs at a time; 0 = this process only takes requests. */
  readonly threads: number;
  readonly log: Log;
  /** Other work of the queue, done beside the runs. */
  readonly moreTasks?: Readonly<Record<string, Task>>;
  /** Models, and the module of threads that know them; others than the service's own only in tests. */
  readonly registry?: readonly RegisteredModel[];
  readonly threadModule?: URL;
  readonly deadAfterMs?: number;
}

export interface OpenRuns {
  readonly service: Runs;
  /** Runs under way are left for another process, or for the next start. */
  close(): Promise<void>;
}

/** Runs of models: prepares the queue, takes requests, and works them off where there are threads. */
export async function openRuns(options: RunsOptions): Promise<OpenRuns> {
  const { databaseUrl, pool, place, threads: atATime, log, registry = REGISTRY } = options;
  await prepareJobs(databaseUrl, pool);
  let threads: ModelThreads | undefined;
  let jobs: Jobs | undefined;
  if (atATime > 0) {
    const onDeath = (cause: unknown) => log.error({ err: cause }, 'a thread that runs models has died');
    threads = openModelThreads({ threads: atATime, onDeath }, options.threadModule);
    const run = runTask({ book: runBook(pool), place, registry, threads, log });
    const { deadAfterMs } = options;
    jobs = openJobs({
      ...{ databaseUrl, pool, atATime, log, tasks: { ...options.moreTasks, [RUN_TASK]: run } },
      ...(deadAfterMs !== undefined && { deadAfterMs }),
    });
  }
  return {
    service: offerRuns(pool, registry),
    async close() {
      await jobs?.close();
      await threads?.close();
    },
  };
}
