/** What the twin says of one observation whose producer says nothing of its quality. */
import type { Doubt } from '../wire/quality.ts';
import type { ObservationFlag } from './sensor-things.ts';
import type { ValueMethod, ValueStatus } from './value-status.ts';

const JUDGE = 'twin';

/** `resultQuality` of an observation. Staleness and outages are of a datastream and the present, not of a value. */
export interface ObservationQuality extends Partial<Doubt> {
  readonly status: Extract<ValueStatus, 'ok' | 'suspect' | 'estimated' | 'forecast'>;
  /** By this it is told from what a producer says, also when it is sent back. */
  readonly judgedBy: typeof JUDGE;
}

/** @param doubt that holds over its time; without one its flags decide */
export function observationQuality(
  method: ValueMethod,
  { phenomenonTime, flags }: { readonly phenomenonTime: string; readonly flags: readonly ObservationFlag[] },
  doubt: Doubt | undefined,
): ObservationQuality {
  if (method === 'forecast') return { status: 'forecast', judgedBy: JUDGE };
  const found = doubt ?? doubtOfFlags(phenomenonTime, flags);
  if (found !== undefined) return { status: 'suspect', ...found, judgedBy: JUDGE };
  return { status: method === 'estimated' ? 'estimated' : 'ok', judgedBy: JUDGE };
}

function doubtOfFlags(phenomenonTime: string, flags: readonly ObservationFlag[]): Doubt | undefined {
  if (flags.includes('out-of-range')) return outOfRange(phenomenonTime);
  return flags.includes('future') ? aheadOfTime(phenomenonTime) : undefined;
}

/** Seen when the value came, before the watch has judged it. */
export const outOfRange = (since: string): Doubt => ({
  rule: 'range',
  reason: { pl: 'wartość poza zakresem czujnika', en: 'outside the range of the sensor' },
  since,
});

const aheadOfTime = (since: string): Doubt => ({
  rule: 'clock',
  reason: {
    pl: 'czas pomiaru jeszcze nie nadszedł, gdy wartość przyszła',
    en: 'its time had not come when it was received',
  },
  since,
});

/** Whether a `resultQuality` is one of ours, read and sent back. */
export const isOwnQuality = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'judgedBy' in value && value.judgedBy === JUDGE;
