import type { ProgramAnswer } from '../integer-program/integer-program.ts';
import type { FoundSites } from './found-sites.ts';
import { relativeGap } from './siting-answer.ts';
import type { Decisions } from './siting-decisions.ts';
import { sitingRefusal } from './siting-refusal.ts';
import type { SitingTask } from './siting-task.ts';

interface Reading {
  readonly unit: FoundSites['unit'];
  /** Added to objective and bound. */
  readonly offset: number;
  /** At which the search was content. */
  readonly gap: number;
}

/** What a solved program says of sites. @throws TwinError invalid-parameter when nothing meets the conditions */
export function readProgram(
  { candidateRows }: SitingTask,
  { open, close, grow }: Decisions,
  { values, objective, bound, isInfeasible, isProven }: ProgramAnswer,
  { unit, offset, gap }: Reading,
): FoundSites {
  if (!values) {
    throw isInfeasible
      ? sitingRefusal(
          'no-choice',
          'No choice of sites meets all conditions: raise the budget, lower minDistanceM, allow a longer walk, or offer more candidates',
          {},
        )
      : sitingRefusal(
          'ended-too-early',
          'The search was ended before it had found any choice; give it more time',
          {},
        );
  }
  const isSet = (column: number | undefined) => column !== undefined && (values[column] as number) > 0.5;
  const enlarged = new Map<number, number>();
  for (const [row, column] of grow.entries()) {
    const places = column === undefined ? 0 : Math.round(values[column] as number);
    if (places > 0) enlarged.set(row, places);
  }
  const [found, proven] = [objective + offset, bound + offset];
  return {
    sites: candidateRows.filter((_, at) => isSet(open[at])),
    closed: [...close.keys()].filter((row) => isSet(close[row])),
    enlarged,
    objective: found,
    bound: isProven && gap === 0 ? found : proven,
    unit,
    isProven: isProven && (gap === 0 || Math.abs(found - proven) <= 1e-6 * Math.max(1, Math.abs(found))),
    gap: relativeGap(found, proven),
    beyondHelp: [],
    runnerUp: undefined,
  };
}
