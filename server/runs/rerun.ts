import { UNWATCHED } from '../../core/analysis/model.ts';
import { resultText } from '../../core/analysis/result-text.ts';
import { conflict, notFound } from '../../core/errors.ts';
import { subjectOf } from '../store/runs/run-book.ts';
import { storedRuns } from '../store/runs/stored-runs.ts';
import { type StudyPlace, studyCity } from '../store/runs/study-city.ts';
import type { RegisteredModel } from './registry.ts';

export interface Rerun {
  /** The result that was kept; undefined when there was none. */
  readonly stored: string | undefined;
  /** The one that was made now from the same city, edits and parameters. */
  readonly made: string;
}

/**
 * Makes a run again, in this thread, and keeps nothing.
 * @throws TwinError not-found, conflict when this release has another version of the model or none
 */
export async function rerun(
  place: StudyPlace,
  registry: readonly RegisteredModel[],
  id: string,
  signal: AbortSignal,
): Promise<Rerun> {
  const stored = storedRuns(place.pool);
  const row = await stored.find(id, true);
  if (!row) throw notFound(`There is no run ${id.slice(0, 100)}`, 'run');
  if (row.outside) throw conflict(`The model ${row.model} runs elsewhere; only there it can be run again`);
  const entry = registry.find(({ model }) => model.name === row.model);
  if (entry?.model.version !== row.model_version) {
    throw conflict(
      `The run was made by version ${row.model_version} of ${row.model}; this release has ${entry ? `version ${entry.model.version}` : 'no such model'}`,
    );
  }
  const subject = await subjectOf(place.pool, row);
  const facts = await studyCity(place, subject, signal, (city) =>
    entry.gather(city, row.parameters, () => {}),
  );
  const made = resultText(entry.model, entry.model.run(facts, row.parameters, UNWATCHED));
  return { stored: await stored.result(id), made };
}
