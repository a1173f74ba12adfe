import type { Model } from './model.ts';

/** The result as it is kept and told: JSON, its members in the order of the model's schema. */
export const resultText = (model: Model, result: unknown): string =>
  JSON.stringify(model.result.parse(result));
