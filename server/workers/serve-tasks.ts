import { parentPort, workerData } from 'node:worker_threads';

/** What a thread says of a task. */
export type Answer<Result> = { readonly result: Result } | { readonly failure: unknown };

/**
 * The other end of a `WorkerPool`, in the thread: does one task after another. An error is the answer to its task;
 * the thread goes on.
 * @param work whose bytes must be its own, since they are handed over without a copy; `isWanted` says whether
 *   somebody still waits for them
 */
export function serveTasks<Task>(
  work: (task: Task, isWanted: () => boolean) => Uint8Array<ArrayBuffer>,
): void {
  const port = parentPort;
  if (!port) throw new Error('This module runs in a worker thread');
  const wanted: Int32Array = workerData.wanted;
  const isWanted = () => Atomics.load(wanted, 0) !== 0;
  port.on('message', (task: Task) => {
    try {
      const result = work(task, isWanted);
      port.postMessage({ result } satisfies Answer<Uint8Array>, [result.buffer]);
    } catch (failure) {
      port.postMessage({ failure } satisfies Answer<Uint8Array>);
    }
  });
}
