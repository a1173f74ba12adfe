/** Windows of time as spans: hours of the day in Polish time, also over the change to summer time. */
import { invalidParameter } from '../errors.ts';
import type { TimeWindow } from '../wire/obstruction.ts';

/** Milliseconds since 1970, `[fromMs, toMs)`. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_MS = 5 * 366 * DAY_MS;
const ZONE = 'Europe/Warsaw';

const clockOf = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** What a Polish clock shows, as if it were UTC. */
function localMs(ms: number): number {
  const parts = Object.fromEntries(clockOf.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const HOUR_MS = 3_600_000;

/** The moment when a Polish clock shows a time; of two the first, of none the one that it would be in winter. */
function momentOf(local: number): number {
  const summer = local - 2 * HOUR_MS;
  return localMs(summer) === local ? summer : local - HOUR_MS;
}

const minutesOf = (clock: string): number => {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/**
 * The spans of windows, in order, joined where they touch.
 * @throws TwinError invalid-parameter for a window that ends before it starts, is too long, or holds no hour of the day
 */
export function spansOf(windows: readonly TimeWindow[]): readonly Span[] {
  return joined(windows.flatMap((window, index) => spansOfWindow(window, `windows.${index}`)));
}

function spansOfWindow({ from, to, daily }: TimeWindow, where: string): readonly Span[] {
  const whole: Span = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  if (!(whole.toMs > whole.fromMs)) {
    throw invalidParameter(
      `${where}.to`,
      `The window must end after it starts; it runs from ${from} to ${to}`,
    );
  }
  if (whole.toMs - whole.fromMs > LONGEST_MS) {
    throw invalidParameter(`${where}.to`, 'A window lasts five years at most; split it, or correct the year');
  }
  if (!daily) return [whole];
  const [start, end] = [minutesOf(daily.from), minutesOf(daily.to)];
  const spans: Span[] = [];
  const firstDay = Math.floor(localMs(whole.fromMs) / DAY_MS) - 1;
  const lastDay = Math.floor(localMs(whole.toMs) / DAY_MS);
  for (let day = firstDay; day <= lastDay; day++) {
    // 1 January 1970 was a Thursday.
    if (daily.days && !daily.days.includes(((day + 3) % 7) + 1)) continue;
    const fromMs = Math.max(whole.fromMs, momentOf(day * DAY_MS + start * MINUTE_MS));
    const toMs = Math.min(whole.toMs, momentOf((end > start ? day : day + 1) * DAY_MS + end * MINUTE_MS));
    if (toMs > fromMs) spans.push({ fromMs, toMs });
  }
  if (spans.length === 0) {
    throw invalidParameter(
      `${where}.daily`,
      `Between ${from} and ${to} there is no ${daily.from}–${daily.to} on the chosen days`,
    );
  }
  return spans;
}

function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last && span.fromMs <= last.toMs) {
      result[result.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    } else result.push(span);
  }
  return result;
}

/** What two ordered lists of spans have in common. */
export function commonSpans(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const common: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [one, other] = [a[i] as Span, b[j] as Span];
    const span = { fromMs: Math.max(one.fromMs, other.fromMs), toMs: Math.min(one.toMs, other.toMs) };
    if (span.toMs > span.fromMs) common.push(span);
    if (one.toMs < other.toMs) i++;
    else j++;
  }
  return common;
}

export const hoursOf = (spans: readonly Span[]): number =>
  Math.round(spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / 360_000) / 10;
