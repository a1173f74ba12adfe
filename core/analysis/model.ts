/**
 * A model computes what follows from a state of the city. It is pure: facts and parameters in, a result out, so that the
 * same input gives the same bytes on every machine and a thread can do it. Who asks the city for the facts stands in
 * `server/runs/registry.ts`.
 */
import type { z } from 'zod';
import type { CancelSignal } from '../cancel.ts';
import type { Text } from '../feature/layer.ts';
import type { ProgramSolver } from './integer-program/integer-program.ts';

/** What a model says while it works, and hears. */
export interface RunWatch {
  /** How much is done, 0 to 1; cheap enough for every round of a loop. */
  progress(part: number): void;
  /** A search has a better solution, or knows better how good one can be; in the unit of its result. */
  onBetter?(objective: number, bound: number): void;
  /** False once nobody waits any more: the model throws or returns what it has; neither is kept. */
  isWanted(): boolean;
  /** What later questions about the same solution can be answered from; kept beside the result. */
  keep?(solution: Uint8Array): void;
  /** Solves integer programs; only where the thread has loaded a solver. */
  readonly solve?: ProgramSolver;
}

export interface Model<Facts = unknown, Parameters = unknown, Result = unknown> {
  /** Lower-case words with hyphens; the id of its process in OGC API – Processes. */
  readonly name: string;
  /** Rises whenever the same facts and parameters would give another result: results are kept by it. */
  readonly version: string;
  readonly title: Text;
  /** What it computes, by which method, and what it leaves out. */
  readonly summary: Text;
  /** A strict object; `describe` each member, and give it a default where there is a usual value. */
  readonly parameters: z.ZodType<Parameters>;
  /** An object, each member described: an output of the process. Member names carry their units. */
  readonly result: z.ZodType<Result>;
  /**
   * @param facts plain data that can be handed to a thread: numbers, texts, arrays, typed arrays, maps
   * @throws TwinError invalid-parameter or too-large when these facts cannot be computed with
   */
  run(facts: Facts, parameters: Parameters, watch: RunWatch): Result;
  /** Only of models that keep their solution. */
  readonly again?: AnswersAgain<Parameters, Result>;
}

/** How a model answers further questions about a solution that it has kept, without solving anew. */
export interface AnswersAgain<Parameters, Result> {
  /** Rises with every change of the bytes that `keep` is given; others are not read. */
  readonly layout: number;
  /** The parameters without questions about the solution: equal ones of the same city have the same solution. */
  plain(parameters: Parameters): Parameters;
  /**
   * The result, to the last bit, that `run` would give.
   * @param known of a run with the same plain parameters
   * @throws TwinError invalid-parameter
   */
  answer(known: Result, solution: Uint8Array, parameters: Parameters): Result;
}

/** Of a run that nobody watches and nobody ends. */
export const UNWATCHED: RunWatch = { progress: () => {}, isWanted: () => true };

/** Runs a model beside whoever waits for its result. @throws TwinError as the model does; unavailable */
export type ModelRunner = <Facts, Parameters, Result>(
  model: Model<Facts, Parameters, Result>,
  facts: Facts,
  parameters: Parameters,
  signal: CancelSignal,
) => Promise<Result>;
