/** Why the service does not answer, in words of the screen. */
import type { SitingRefusal } from '../../core/analysis/siting/siting-refusal.ts';
import { reasonOf } from '../../core/errors.ts';
import { ServiceError } from '../api/ask.ts';
import { formatNumber } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';

/** What is the matter and what to change, by the code of the refusal. */
export const REFUSAL_WORDS: Readonly<Record<SitingRefusal, Word>> = {
  'no-streets': 'sitingNoStreets',
  nobody: 'sitingNobody',
  'too-many-sections': 'sitingTooManySections',
  'too-many-places': 'sitingTooManyPlaces',
  'unknown-candidates': 'sitingUnknownCandidates',
  'candidates-off-street': 'sitingCandidatesOff',
  'no-candidates': 'sitingNoCandidates',
  'too-few-candidates': 'sitingTooFewCandidates',
  'budget-too-small': 'sitingBudgetTooSmall',
  'no-choice': 'sitingNoChoice',
  'ended-too-early': 'sitingEndedEarly',
  'all-too-near': 'sitingAllTooNear',
  'too-many-walks': 'sitingTooManyWalks',
  'no-solver': 'sitingNoSolver',
  'no-forecast': 'sitingNoForecast',
  'not-in-forecast': 'sitingNotInForecast',
  'nothing-to-close': 'sitingNothingToClose',
  'far-from-streets': 'sitingFarFromStreets',
};

/** Refusals that know nothing of siting. */
const STATUS_WORDS: Readonly<Record<number, Word>> = {
  400: 'sitingBadValue',
  429: 'sitingBusyService',
  503: 'sitingBusyService',
  504: 'sitingTookLong',
};

/** What the screen says of a failure, and what the service says where the screen knows no more. */
export interface SaidRefusal {
  readonly words?: string;
  /** In English. */
  readonly detail?: string;
}

export function saidRefusal(error: unknown): SaidRefusal {
  if (!(error instanceof ServiceError)) return { detail: reasonOf(error) };
  const { refusal, values } = error.members;
  if (typeof refusal === 'string' && Object.hasOwn(REFUSAL_WORDS, refusal)) {
    return { words: t(REFUSAL_WORDS[refusal as SitingRefusal], written(values)) };
  }
  // Without a status nothing was answered, and the message is of the screen.
  if (error.status === undefined) return { words: error.message };
  const word = STATUS_WORDS[error.status];
  return { ...(word && { words: t(word) }), detail: error.message };
}

/** The same in one line. */
export function refusalText(error: unknown): string {
  const { words, detail } = saidRefusal(error);
  return [words, detail].filter((part) => part !== undefined).join(' ');
}

const written = (values: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof values === 'object' && values !== null ? values : {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? formatNumber(value) : String(value),
    ]),
  );
