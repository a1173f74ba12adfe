import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { ProgramSolver } from '../../core/analysis/integer-program/integer-program.ts';
import type { Model } from '../../core/analysis/model.ts';
import { resultText } from '../../core/analysis/result-text.ts';
import { ownBytes } from './own-bytes.ts';
import { serveTasks } from './serve-tasks.ts';

/** One run of a model. Facts are plain data. */
export interface ModelTask {
  readonly model: string;
  readonly facts: unknown;
  readonly parameters: unknown;
  /** Of an earlier run with the same solution: it is answered from these, and facts are not needed. */
  readonly known?: KnownRun;
}

/** What is kept of an earlier run. */
interface KnownRun {
  /** JSON. */
  readonly result: string;
  /** Packed with Brotli. */
  readonly bytes: Uint8Array;
}

/** Paths from one place begin alike, over some megabytes: with a wide window little of them is left. */
const PACKING = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 } };
/** Progress is told in steps of this size. */
const STEP = 0.01;

/** The thread's end of `ModelThreads`. */
export function serveModels(models: readonly Model[], solve?: ProgramSolver): void {
  serveTasks(({ model: name, facts, parameters, known }: ModelTask, isWanted, tell) => {
    const model = models.find((each) => each.name === name);
    if (!model) throw new Error(`The thread knows no model "${name}"`);
    if (known && model.again) {
      const solution = brotliDecompressSync(known.bytes);
      const answer = model.again.answer(JSON.parse(known.result), solution, parameters);
      return ownBytes(new TextEncoder().encode(resultText(model, answer)));
    }
    let told = 0;
    const progress = (part: number) => {
      if (part < told + STEP) return;
      told = part;
      tell({ progress: part });
    };
    let said = '';
    const onBetter = (objective: number, bound: number) => {
      const now = `${objective} ${bound}`;
      if (now === said) return;
      said = now;
      tell({ progress: told, best: { objective, bound } });
    };
    const keep = (solution: Uint8Array) =>
      tell({ progress: told, solution: brotliCompressSync(solution, PACKING) });
    const watch = { progress, onBetter, isWanted, keep, ...(solve && { solve }) };
    const result = model.run(facts, parameters, watch);
    return ownBytes(new TextEncoder().encode(resultText(model, result)));
  });
}
