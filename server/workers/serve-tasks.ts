import { parentPort, workerData } from 'node:worker_threads';
import { TwinError } from '../../core/errors.ts';

/** What a thread says of a task at its end. */
export type Answer<Result> =
  | { readonly result: Result }
  | { readonly failure: unknown }
  /** A TwinError: errors lose what they are on the way between threads. */
  | { readonly refusal: Pick<TwinError, 'kind' | 'message' | 'parameter' | 'members'> };

/** What it says while it works. */
export interface Word {
  /** Part done, 0 to 1. */
  readonly progress: number;
  /** Of a search: the best so far, and how good it can be at most. */
  readonly best?: { readonly objective: number; readonly bound: number };
  /** What a model keeps beside its result, packed with Brotli. */
  readonly solution?: Uint8Array;
}

/**
 * The other end of a `WorkerPool`, in the thread: does one task after another. An error is the answer to its task;
 * the thread goes on.
 * @param work whose bytes must be its own, since they are handed over without a copy; `isWanted` says whether
 *   somebody still waits for them, `tell` takes how much of the work is done
 */
export function serveTasks<Task>(
  work: (
    task: Task,
    isWanted: () => boolean,
    tell: (word: Word) => void,
  ) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>,
): void {
  const port = parentPort;
  if (!port) throw new Error('This module runs in a worker thread');
  const wanted: Int32Array = workerData.wanted;
  const isWanted = () => Atomics.load(wanted, 0) !== 0;
  const tell = (word: Word) => port.postMessage(word);
  port.on('message', async (task: Task) => {
    try {
      const result = await work(task, isWanted, tell);
      port.postMessage({ result } satisfies Answer<Uint8Array>, [result.buffer]);
    } catch (failure) {
      port.postMessage(answerTo(failure));
    }
  });
}

function answerTo(failure: unknown): Answer<Uint8Array> {
  if (!(failure instanceof TwinError)) return { failure };
  const { kind, message, parameter, members } = failure;
  return { refusal: { kind, message, parameter, members } };
}
