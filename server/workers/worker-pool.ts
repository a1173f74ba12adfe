/** A few threads for work that would hold up the thread that answers requests. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CancelSignal } from '../../core/cancel.ts';
import { TwinError, unavailable } from '../../core/errors.ts';
import type { Answer, Word } from './serve-tasks.ts';

/** How long a thread may go on with what nobody waits for before it is ended and replaced. */
const GRACE_MS = 2_000;

export interface WorkerPool<Task, Result> {
  /**
   * Does a task as soon as a thread is free, in the order of asking. Whoever leaves while waiting is forgotten.
   * @param given buffers that the thread takes over; they are empty here afterwards
   * @param hear told what the thread says of its progress
   * @param enough when it aborts the task hears that nobody waits any more, and what it then has is its result
   * @throws TwinError as the task does, unavailable when the thread died over it; another takes its place
   */
  run(
    task: Task,
    given: readonly ArrayBuffer[],
    signal: CancelSignal,
    hear?: (word: Word) => void,
    enough?: CancelSignal,
  ): Promise<Result>;
  /** Ends all threads; what is under way fails. */
  close(): Promise<void>;
}

export interface WorkerPoolOptions {
  readonly threads: number;
  /** Told of every thread that ended unasked. */
  readonly onDeath: (cause: unknown) => void;
  readonly graceMs?: number;
  /** Starts each thread with the first task that needs it, where nobody waits for an answer within milliseconds. */
  readonly startsLate?: boolean;
}

interface Job<Task, Result> {
  readonly task: Task;
  readonly given: readonly ArrayBuffer[];
  readonly signal: CancelSignal;
  readonly hear: ((word: Word) => void) | undefined;
  readonly enough: CancelSignal | undefined;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  /** Stops listening to the signal. */
  forget: () => void;
}

interface Thread<Task, Result> {
  readonly worker: Worker;
  /** Shared with the thread: not 0 while somebody waits for its task. */
  readonly wanted: Int32Array;
  job: Job<Task, Result> | undefined;
}

/**
 * Threads that run a module which calls `serveTasks`. All are started at once, so that no request waits for that,
 * unless `startsLate` says otherwise.
 * @param module beside the caller, under its name in the sources; in the build it ends in `.js`
 */
export function openWorkerPool<Task, Result>(
  module: URL,
  { threads: size, onDeath, graceMs = GRACE_MS, startsLate = false }: WorkerPoolOptions,
): WorkerPool<Task, Result> {
  const threads = new Set<Thread<Task, Result>>();
  const waiting: Job<Task, Result>[] = [];
  let isClosed = false;

  const start = (): Thread<Task, Result> => {
    const wanted = new Int32Array(new SharedArrayBuffer(4));
    const thread: Thread<Task, Result> = { worker: startThread(module, wanted), wanted, job: undefined };
    let cause: unknown;
    thread.worker.on('message', (answer: Answer<Result> | Word) => {
      if ('progress' in answer) {
        thread.job?.hear?.(answer);
        return;
      }
      settle(thread, answer);
      next();
    });
    thread.worker.on('error', (error) => {
      cause = error;
    });
    thread.worker.on('exit', (code) => {
      threads.delete(thread);
      if (!isClosed) onDeath(cause ?? new Error(`The thread ended with ${code}`));
      settle(thread, { stopped: true });
      next();
    });
    thread.worker.unref();
    threads.add(thread);
    return thread;
  };

  const settle = (thread: Thread<Task, Result>, answer: Answer<Result> | { stopped: true }): void => {
    const { job } = thread;
    thread.job = undefined;
    job?.forget();
    if ('result' in answer) job?.resolve(answer.result);
    else if ('failure' in answer) job?.reject(answer.failure);
    else if ('refusal' in answer) {
      const { kind, message, parameter, members } = answer.refusal;
      job?.reject(new TwinError(kind, message, { parameter, members }));
    } else job?.reject(unavailable('The work on this request broke off; try it again'));
  };

  const next = (): void => {
    while (waiting.length > 0) {
      const idle = [...threads].find(({ job }) => !job) ?? (threads.size < size ? start() : undefined);
      const job = idle && waiting.shift();
      if (!job) return;
      hand(idle, job);
    }
  };

  const hand = (thread: Thread<Task, Result>, job: Job<Task, Result>): void => {
    thread.job = job;
    Atomics.store(thread.wanted, 0, job.enough?.aborted ? 0 : 1);
    job.forget();
    const suffice = () => void Atomics.store(thread.wanted, 0, 0);
    job.enough?.addEventListener('abort', suffice, { once: true });
    const leave = () => {
      Atomics.store(thread.wanted, 0, 0);
      job.reject(job.signal.reason);
      const end = setTimeout(() => {
        if (thread.job === job) void thread.worker.terminate();
      }, graceMs);
      end.unref();
    };
    job.signal.addEventListener('abort', leave, { once: true });
    job.forget = () => {
      job.signal.removeEventListener('abort', leave);
      job.enough?.removeEventListener('abort', suffice);
    };
    try {
      thread.worker.postMessage(job.task, [...job.given]);
    } catch (error) {
      settle(thread, { failure: error });
    }
  };

  for (let i = 0; i < size && !startsLate; i++) start();
  return {
    run: (task, given, signal, hear, enough) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (isClosed) return reject(unavailable('The service is stopping'));
        const job: Job<Task, Result> = {
          ...{ task, given, signal, hear, enough, resolve, reject },
          forget: () => {},
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(job), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        job.forget = () => signal.removeEventListener('abort', leave);
        waiting.push(job);
        next();
      }),
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) {
        job.forget();
        job.reject(unavailable('The service is stopping'));
      }
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** The build is plain JavaScript; from the sources a thread needs what compiles them. */
function startThread(module: URL, wanted: Int32Array): Worker {
  const own = extname(fileURLToPath(import.meta.url));
  const workerData = { wanted, module: module.href };
  if (own !== '.ts') return new Worker(new URL(module.href.replace(/\.ts$/, own)), { workerData });
  return new Worker(new URL('./from-sources.mjs', import.meta.url), { workerData, execArgv: [] });
}
