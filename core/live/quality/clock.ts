import type { Oddity, TimedValue } from './quality-rule.ts';
import { span } from './say.ts';

/**
 * Rule `clock`: the value's time had not come when it was received. The doubt is about the moments at which such values
 * came, for the times that they tell are what is wrong.
 */
export function judgeClock({ timeMs, receivedMs, isAhead }: TimedValue): Oddity | undefined {
  if (!isAhead) return undefined;
  const aheadMs = timeMs - receivedMs;
  return {
    fromMs: receivedMs,
    detail: { aheadS: aheadMs / 1000 },
    reason: {
      pl: `zegar spieszy się o ${span(aheadMs)}`,
      en: `its clock is ahead by ${span(aheadMs)}`,
    },
  };
}
