/** Which state of the city a person means by a day or an instant. */
import { invalidParameter } from '../errors.ts';

/** Days of the twin begin and end by this clock. */
export const CITY_TIME_ZONE = 'Europe/Warsaw';

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+ -]\d\d:?\d\d)$/i;
const DAY_MS = 86_400_000;

/**
 * Reads `2026-06-30` (all that was recorded by the end of that day in Poland) or `2026-06-30T10:00:00Z`.
 * A plus sign that the address has turned into a space is understood.
 * @throws TwinError invalid-parameter for anything else, and for what lies after today
 */
export function parseRecordedMoment(text: string, parameter: string, now: Date): Date {
  const moment = DAY.test(text) ? endOfDay(text) : instant(text);
  if (moment === undefined || Number.isNaN(moment.getTime())) {
    throw invalidParameter(
      parameter,
      `${parameter} must be a day (2026-06-30) or a moment with its zone (2026-06-30T10:00:00Z), got "${text.slice(0, 100)}"`,
    );
  }
  if (moment.getTime() > now.getTime() + DAY_MS) {
    throw invalidParameter(
      parameter,
      `${parameter} lies in the future; the city is known up to now. Leave ${parameter} out for the present`,
    );
  }
  return moment;
}

function instant(text: string): Date | undefined {
  if (!INSTANT.test(text)) return undefined;
  const day = text.slice(0, 10);
  return isRealDay(day) ? new Date(text.replace(' ', '+').toUpperCase()) : undefined;
}

const cityDays = new Intl.DateTimeFormat('sv-SE', { timeZone: CITY_TIME_ZONE });

/** The day that an instant belongs to by the city's clock: `2026-06-30`. */
export const dayInCity = (moment: Date): string => cityDays.format(moment);

/** The last millisecond of a day. */
function endOfDay(day: string): Date | undefined {
  if (!isRealDay(day)) return undefined;
  const nextMidnight = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  // The offset at the wall-clock time, then once more at the instant found: enough around a change of clocks.
  const first = nextMidnight - offsetMs(nextMidnight);
  return new Date(nextMidnight - offsetMs(first) - 1);
}

/** JavaScript takes the 31st of June for the 1st of July. */
function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** How far the city's clock is ahead of UTC at an instant. */
function offsetMs(instantMs: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: CITY_TIME_ZONE,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instantMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const wall = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(wall) - Math.floor(instantMs / 1000) * 1000;
}
