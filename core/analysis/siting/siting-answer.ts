/** What every siting problem answers: a solution, and how far from the best it can be at most. */
export interface SitingAnswer {
  /** The sites to open, those that must stay among them, in rising order. */
  readonly sites: readonly number[];
  readonly objective: number;
  /** No solution is better than this. */
  readonly bound: number;
  /** Whether the bound meets the objective. */
  readonly isProven: boolean;
  /** |objective − bound| / |objective|; 0 when proven. */
  readonly gap: number;
  /** The best of all sets that differ by one site; undefined when there is none. */
  readonly runnerUp?: RunnerUp | undefined;
}

export interface RunnerUp {
  readonly sites: readonly number[];
  readonly objective: number;
}

/** What a solver hears and says while it works. */
export interface SitingWatch {
  /** False when time is up or nobody waits: the best so far is returned with its bound. */
  isWanted(): boolean;
  /** Told whenever the best solution or the bound is better than before. */
  onBetter?(objective: number, bound: number): void;
}

export const relativeGap = (objective: number, bound: number): number =>
  objective === bound ? 0 : Math.abs(objective - bound) / Math.max(Math.abs(objective), Number.MIN_VALUE);
