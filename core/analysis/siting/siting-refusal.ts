/** Why a question of siting is not answered: a code that a screen has words for, beside the message in English. */
import { type ErrorKind, TwinError } from '../../errors.ts';

/**
 * By code: the member of the question at fault, and what the words need. Numbers are counts and amounts; years and ids
 * are text, written as they are.
 */
export const SITING_REFUSALS = {
  'no-streets': { parameter: 'kind', values: [] },
  nobody: { parameter: 'kind', values: [] },
  'too-many-sections': { parameter: 'kind', values: ['most'] },
  'too-many-places': { parameter: 'kind', values: ['most'] },
  'unknown-candidates': { parameter: 'candidates', values: ['ids'] },
  'candidates-off-street': { parameter: 'candidates', values: [] },
  'no-candidates': { parameter: 'candidates', values: [] },
  'too-few-candidates': { parameter: 'newSites', values: ['asked', 'there'] },
  'budget-too-small': { parameter: 'budgetPln', values: ['budget', 'cheapest'] },
  'no-choice': { parameter: 'budgetPln', values: [] },
  'ended-too-early': { parameter: 'mostSeconds', values: [] },
  'all-too-near': { parameter: 'minDistanceM', values: [] },
  'too-many-walks': { parameter: 'objective', values: [] },
  'no-solver': { parameter: 'objective', values: [] },
  'no-forecast': { parameter: 'forecastYear', values: ['year'] },
  'not-in-forecast': { parameter: 'forecastYear', values: ['year', 'first', 'last'] },
  'nothing-to-close': { parameter: 'closed', values: ['id'] },
  'far-from-streets': { parameter: 'e', values: ['most'] },
} as const satisfies Record<string, { readonly parameter: string; readonly values: readonly string[] }>;

export type SitingRefusal = keyof typeof SITING_REFUSALS;
export type RefusalValues<C extends SitingRefusal> = Readonly<
  Record<(typeof SITING_REFUSALS)[C]['values'][number], string | number>
>;

/** The failure with `refusal`, its code, and `values` as further members of the answer. */
export function sitingRefusal<C extends SitingRefusal>(
  code: C,
  message: string,
  values: RefusalValues<C>,
  kind: ErrorKind = 'invalid-parameter',
): TwinError {
  const { parameter } = SITING_REFUSALS[code];
  return new TwinError(kind, message, { parameter, members: { refusal: code, values } });
}
