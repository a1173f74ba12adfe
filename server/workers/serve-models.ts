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
}

/** Progress is told in steps of this size. */
const STEP = 0.01;

/** The thread's end of `ModelThreads`. */
export function serveModels(models: readonly Model[], solve?: ProgramSolver): void {
  serveTasks(({ model: name, facts, parameters }: ModelTask, isWanted, tell) => {
    const model = models.find((each) => each.name === name);
    if (!model) throw new Error(`The thread knows no model "${name}"`);
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
    const result = model.run(facts, parameters, { progress, onBetter, isWanted, ...(solve && { solve }) });
    return ownBytes(new TextEncoder().encode(resultText(model, result)));
  });
}
