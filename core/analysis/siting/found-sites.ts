import type { SitingResult } from '../../wire/siting-answer.ts';
import type { RunWatch } from '../model.ts';

/** What a search among the candidates has found. */
export interface FoundSites {
  /** Rows of the candidates to open, in rising order. */
  readonly sites: readonly number[];
  /** Indices of existing facilities that close. */
  readonly closed: readonly number[];
  /** New places by existing facility. */
  readonly enlarged: ReadonlyMap<number, number>;
  readonly objective: number;
  readonly bound: number;
  readonly unit: SitingResult['unit'];
  readonly isProven: boolean;
  readonly gap: number;
  /** Districts that nothing reaches, left out of what is equal. */
  readonly beyondHelp: SitingResult['beyondHelp'];
  readonly runnerUp: { readonly sites: readonly number[]; readonly objective: number } | undefined;
}

/** What a choice hears and says; what is better is told in the unit of the answer. */
export type ChoiceWatch = Pick<RunWatch, 'isWanted' | 'solve' | 'onBetter'>;

export const NOTHING_ELSE: Pick<FoundSites, 'closed' | 'enlarged' | 'beyondHelp'> = {
  closed: [],
  enlarged: new Map(),
  beyondHelp: [],
};
