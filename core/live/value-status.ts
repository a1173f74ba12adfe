/** Whether a latest value may be shown as the present: what is stale or in doubt must never look live. */

import { staleAfterS } from './freshness.ts';
import { outageAfterS } from './quality/outage.ts';
import type { QualityRule } from './quality/quality-rule.ts';

/**
 * `ok`; `suspect`: a rule speaks against it; `stale`: the next ones are missing; `outage`: many are; `estimated` and
 * `forecast`: not measured at all; `none`: there never was a value.
 */
export const VALUE_STATUSES = ['ok', 'suspect', 'stale', 'outage', 'estimated', 'forecast', 'none'] as const;
export type ValueStatus = (typeof VALUE_STATUSES)[number];

/** How a datastream comes to its values; its property `method` says so, and without one they are measured. */
export const VALUE_METHODS = ['measured', 'estimated', 'forecast'] as const;
export type ValueMethod = (typeof VALUE_METHODS)[number];

export const methodOf = (said: unknown): ValueMethod =>
  VALUE_METHODS.find((method) => method === said) ?? 'measured';

/** Where nobody says how often a value comes, one of a day ago is the present no more. */
const LONGEST_UNSAID_S = 86_400;

/**
 * @param ageS of the latest value, seconds; undefined = there is none
 * @param intervalS seconds between values, where it is known
 * @param rule of the doubt that holds
 */
export function valueStatus(
  method: ValueMethod,
  ageS: number | undefined,
  intervalS: number | undefined,
  rule: QualityRule | undefined,
): ValueStatus {
  if (method === 'forecast') return ageS === undefined ? 'none' : 'forecast';
  if (rule === 'outage') return 'outage';
  if (ageS === undefined) return 'none';
  if (intervalS !== undefined && ageS > outageAfterS(intervalS)) return 'outage';
  if (rule !== undefined) return 'suspect';
  if (ageS > (intervalS === undefined ? LONGEST_UNSAID_S : staleAfterS(intervalS))) return 'stale';
  return method === 'estimated' ? 'estimated' : 'ok';
}
