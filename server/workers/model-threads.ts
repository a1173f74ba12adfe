import type { ModelRunner } from '../../core/analysis/model.ts';
import type { CancelSignal } from '../../core/cancel.ts';
import type { ModelTask } from './serve-models.ts';
import type { Word } from './serve-tasks.ts';
import { openWorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

export interface ModelThreads {
  /**
   * Runs a model beside the main thread. When the signal aborts the model hears of it, and its thread is ended when it
   * does not listen.
   * @param enough when it aborts the model hears of it too, and what it then has is its result
   * @returns its result as JSON text
   * @throws TwinError as the model does, unavailable when the thread died
   */
  run(
    task: ModelTask,
    signal: CancelSignal,
    hear: (word: Word) => void,
    enough?: CancelSignal,
  ): Promise<string>;
  close(): Promise<void>;
}

/** For models whose result a request waits for. */
export const runnerOf =
  ({ run }: ModelThreads): ModelRunner =>
  async (model, facts, parameters, signal) =>
    JSON.parse(await run({ model: model.name, facts, parameters }, signal, () => {}));

/** @param module of the threads; tests have one with models of their own */
export function openModelThreads(
  options: WorkerPoolOptions,
  module = new URL('./model-thread.ts', import.meta.url),
): ModelThreads {
  const pool = openWorkerPool<ModelTask, Uint8Array>(module, { startsLate: true, ...options });
  return {
    run: async (task, signal, hear, enough) =>
      new TextDecoder().decode(await pool.run(task, [], signal, hear, enough)),
    close: () => pool.close(),
  };
}
