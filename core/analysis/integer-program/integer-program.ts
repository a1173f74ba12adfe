/** Linear programs some of whose columns are whole numbers, and who solves them. */

export interface Row {
  readonly lower: number;
  readonly upper: number;
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

/** In lists of one length: one entry for each column. */
export interface IntegerProgram {
  readonly sense: 'minimise' | 'maximise';
  readonly cost: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly isWhole: readonly boolean[];
  readonly rows: readonly Row[];
}

export interface ProgramAnswer {
  /** By column; undefined when nothing feasible was found. */
  readonly values: Float64Array | undefined;
  readonly objective: number;
  /** No solution is better. */
  readonly bound: number;
  /** Whether it is proven that there is no solution at all. */
  readonly isInfeasible: boolean;
  /** Whether the gap that was asked for is reached. */
  readonly isProven: boolean;
}

export interface ProgramTerms {
  /** |objective − bound| / |objective| at which the search ends. */
  readonly relativeGap?: number;
  /** Of the search tree: a count, so that every machine ends at the same. */
  readonly mostNodes?: number;
  /** Values of some columns to begin with; the solver completes them. */
  readonly start?: ReadonlyMap<number, number>;
  /** Told while it searches. */
  onBetter?(objective: number, bound: number): void;
  isWanted(): boolean;
}

export type ProgramSolver = (program: IntegerProgram, terms: ProgramTerms) => ProgramAnswer;

/** Puts a program together. */
export interface ProgramBuilder {
  /** @returns the number of the column */
  column(cost: number, lower: number, upper: number, isWhole?: boolean): number;
  row(lower: number, upper: number, entries: readonly (readonly [column: number, value: number])[]): void;
  program(sense: IntegerProgram['sense']): IntegerProgram;
}

export function programBuilder(): ProgramBuilder {
  const [cost, lower, upper]: [number[], number[], number[]] = [[], [], []];
  const isWhole: boolean[] = [];
  const rows: Row[] = [];
  return {
    column(price, least, most, whole = false) {
      cost.push(price);
      lower.push(least);
      upper.push(most);
      isWhole.push(whole);
      return cost.length - 1;
    },
    row(least, most, entries) {
      rows.push({
        lower: least,
        upper: most,
        columns: entries.map(([column]) => column),
        values: entries.map(([, value]) => value),
      });
    },
    program: (sense) => ({
      ...{ sense, cost: [...cost], lower: [...lower], upper: [...upper], isWhole: [...isWhole] },
      rows: [...rows],
    }),
  };
}
