import type { Oddity, TimedValue, WatchedStream } from './quality-rule.ts';
import { amount } from './say.ts';

/** Rule `range`: the value is outside what an instrument of the kind can say. Both ends are within. */
export function judgeRange(
  { kind, range }: WatchedStream,
  { timeMs, value }: TimedValue,
): Oddity | undefined {
  const limits = range ?? kind?.range;
  if (limits === undefined) return undefined;
  const [min, max] = limits;
  if (value >= min && value <= max) return undefined;
  const said = amount(value, kind?.unit.symbol);
  const [low, high] = [amount(min, undefined), amount(max, kind?.unit.symbol)];
  return {
    fromMs: timeMs,
    detail: { value, min, max },
    reason: {
      pl: `${said.pl} leży poza zakresem od ${low.pl} do ${high.pl}`,
      en: `${said.en} is outside the range from ${low.en} to ${high.en}`,
    },
  };
}
