import { asTwinError, conflict, TwinError } from '../../core/errors.ts';
import type { Task } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { Attempt, ClaimedRun, RunBook } from '../store/runs/run-book.ts';
import { runIdOf } from '../store/runs/run-order.ts';
import type { NewSolution, SolutionName } from '../store/runs/run-solutions.ts';
import { type StudyPlace, studyCity } from '../store/runs/study-city.ts';
import type { ModelThreads } from '../workers/model-threads.ts';
import type { RegisteredModel } from './registry.ts';

export interface RunExecution {
  readonly book: RunBook;
  readonly place: StudyPlace;
  readonly registry: readonly RegisteredModel[];
  readonly threads: ModelThreads;
  readonly log: Log;
}

/** How often the table hears of progress, and the run of its dismissal. */
const BEAT_MS = 400;
/** Of these hundred, the result itself is the last. */
const MOST_PERCENT = 99;
/** A run that has brought down its server so often is not begun again. */
const MOST_TRIES = 4;
const LONGEST_MS = 3_600_000;

/** The job that does a run: facts from the city, the model in a thread, its result into the table. */
export function runTask({ book, place, registry, threads, log }: RunExecution): Task {
  const compute = async (
    run: ClaimedRun,
    signal: AbortSignal,
    hear: (progress: number) => void,
  ): Promise<{ readonly result: string; readonly solution?: NewSolution }> => {
    const { model, modelVersion, parameters, subject } = run;
    const entry = registry.find((each) => each.model.name === model);
    if (entry?.model.version !== modelVersion) {
      throw conflict(
        `It was asked of version ${modelVersion} of the model ${model}; this release ${entry ? `has version ${entry.model.version}` : 'does not have it'}. Ask again`,
        'model',
      );
    }
    const name = solutionOf(entry, run);
    const known = name && (await book.solution(name));
    if (known) {
      const task = { model, facts: undefined, parameters, known };
      return { result: await threads.run(task, signal, () => {}) };
    }
    const { readingShare = 0 } = entry;
    const facts = await studyCity(place, subject, signal, (city) =>
      entry.gather(city, parameters, (part) => hear(readingShare * part)),
    );
    let kept: Uint8Array | undefined;
    const result = await threads.run({ model, facts, parameters }, signal, ({ progress, solution }) => {
      kept = solution ?? kept;
      hear(readingShare + (1 - readingShare) * progress);
    });
    return { result, ...(name && kept && { solution: { ...name, bytes: kept } }) };
  };

  return async (payload, stopping) => {
    const run = await book.claim(idOf(payload));
    if (!run) return;
    if (run.tries > MOST_TRIES) {
      const message = `It was begun ${MOST_TRIES} times, and each time the work broke off; ask for less at once`;
      return book.fail(run, { kind: 'unavailable', message });
    }
    const beat = keepTelling(book, run);
    const signal = AbortSignal.any([beat.dismissed, stopping, AbortSignal.timeout(LONGEST_MS)]);
    try {
      const { result, solution } = await compute(run, signal, beat.hear);
      await book.succeed(run, result, solution);
      log.info({ run: run.id, model: run.model }, 'run done');
    } catch (error) {
      if (beat.dismissed.aborted) return;
      await settleFailure(error, run, stopping.aborted);
    } finally {
      beat.stop();
    }
  };

  /** @throws what the queue should try again */
  async function settleFailure(error: unknown, run: ClaimedRun, isStopping: boolean): Promise<void> {
    const known = timedOut(error) ?? asTwinError(error);
    if (isStopping || known.kind === 'unavailable') {
      // The database may be what is missing; then whoever begins it next puts it right.
      await book.putBack(run).catch(() => {});
      throw error;
    }
    if (known.kind === 'internal') {
      log.error({ err: known.cause, run: run.id, model: run.model }, 'run failed');
    }
    const message =
      known.kind === 'internal' ? 'The model failed; the log of the service says where' : known.message;
    await book.fail(run, {
      kind: known.kind,
      message,
      ...(known.parameter !== undefined && { parameter: known.parameter }),
    });
  }
}

/** Under which name the solution of a run is kept: all that ask about the same one have the same. */
function solutionOf(
  { model: { again } }: RegisteredModel,
  { model, modelVersion, parameters, subject }: ClaimedRun,
): SolutionName | undefined {
  if (!again) return undefined;
  const plain = again.plain(parameters);
  if (typeof plain !== 'object' || plain === null) throw new Error('parameters are no object');
  const { base, scenario, lawDate } = subject;
  const edits = scenario && subject.edits;
  const order = { model, modelVersion, outside: undefined, parameters: plain, base, edits, lawDate };
  return { solution: runIdOf(order), layout: again.layout };
}

/** Tells the table of progress, and hears from it when the run is not wanted any more. */
function keepTelling(book: RunBook, attempt: Attempt) {
  const dismissal = new AbortController();
  let percent = 0;
  let isTelling = false;
  const tell = async () => {
    if (isTelling) return;
    isTelling = true;
    try {
      if (!(await book.advance(attempt, percent))) dismissal.abort(new Error('the run was dismissed'));
    } catch {
      // The database is away; the work itself may still get through.
    } finally {
      isTelling = false;
    }
  };
  const timer = setInterval(() => void tell(), BEAT_MS);
  return {
    dismissed: dismissal.signal,
    hear: (progress: number) => {
      percent = Math.max(0, Math.min(MOST_PERCENT, Math.floor(progress * 100)));
    },
    stop: () => clearInterval(timer),
  };
}

const timedOut = (error: unknown): TwinError | undefined =>
  error instanceof DOMException && error.name === 'TimeoutError'
    ? new TwinError('timeout', `It was not done within ${LONGEST_MS / 60_000} minutes; ask for less at once`)
    : undefined;

function idOf(payload: unknown): string {
  const run = typeof payload === 'object' && payload !== null && 'run' in payload ? payload.run : undefined;
  if (typeof run !== 'string') throw new Error('a job without a run');
  return run;
}
