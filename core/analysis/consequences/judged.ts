/** A measured value beside a limit, told in as few words as a planner needs. */
import type { FindingStatus } from '../../wire/consequences.ts';

export interface Judged {
  readonly status: FindingStatus;
  readonly measured?: number;
  readonly bound?: number;
  readonly limit?: number;
  readonly zone?: string;
}

export const ABSENT: Judged = { status: 'absent' };

/**
 * @param limit null: the plan sets none; undefined: no plan in force is known here
 * @param measured undefined: the register does not say
 */
export function judge(
  measured: number | null | undefined,
  bound: number,
  limit: number | null | undefined,
  sense: 'at-most' | 'at-least',
  zone?: string,
): Judged {
  const where = zone === undefined ? {} : { zone };
  if (limit === undefined) return { status: 'not-assessed' };
  if (limit === null) return { status: 'no-limit', ...where };
  if (measured === null || measured === undefined) return { status: 'not-assessed', limit, ...where };
  const over = sense === 'at-most' ? measured - limit : limit - measured;
  const status = over > bound ? 'breach' : over > -bound ? 'within-accuracy' : 'met';
  // A value that is exactly known meets its limit when it equals it.
  return { status: bound === 0 && over === 0 ? 'met' : status, measured, bound, limit, ...where };
}

/** Whether a planner should hear of it. */
export const isRaised = ({ status }: Judged): boolean => status === 'breach' || status === 'within-accuracy';
