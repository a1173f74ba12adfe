import { type ModelRunner, UNWATCHED } from '../../core/analysis/model.ts';

/** In the thread of the test; what comes back is what a thread would send. */
export const runModelHere: ModelRunner = (model, facts, parameters) =>
  Promise.resolve(JSON.parse(JSON.stringify(model.run(facts, parameters, UNWATCHED))));
