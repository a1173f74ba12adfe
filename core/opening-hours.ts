/**
 * Opening hours in the words of OpenStreetMap (https://wiki.openstreetmap.org/wiki/Key:opening_hours), as far as the
 * city's own data go: `24/7`, and rules such as `Mo-Fr 08:00-16:00; Sa 08:00-12:00,13:00-14:00` by the clock of Poland.
 * Holidays, seasons and words are not read: of such a text nothing is said rather than something wrong.
 */
import { spansOf } from './obstruction/spans.ts';
import type { TimeWindow } from './wire/obstruction.ts';

export interface Opening {
  readonly isOpen: boolean;
  /** When it closes, or opens again, milliseconds since 1970; undefined = always as it is now. */
  readonly untilMs: number | undefined;
}

type Hours = NonNullable<TimeWindow['daily']>;

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const RULE = /^(?:((?:[A-Z][a-z])(?:[-,][A-Z][a-z])*)\s+)?(\d\d:\d\d-\d\d:\d\d(?:,\s?\d\d:\d\d-\d\d:\d\d)*)$/;
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const DAY_MS = 86_400_000;
/** Every rule has hours within a week; one more, so that what opens last is seen to close. */
const AHEAD_DAYS = 9;

/** Whether it is open at a moment, and until when; undefined for hours that are not read. */
export function openingAt(text: string, atMs: number): Opening | undefined {
  if (text.trim() === '24/7') return { isOpen: true, untilMs: undefined };
  const hours = hoursOf(text);
  if (hours === undefined) return undefined;
  const endMs = atMs + AHEAD_DAYS * DAY_MS;
  const [from, to] = [new Date(atMs - 2 * DAY_MS).toISOString(), new Date(endMs).toISOString()];
  const spans = spansOf(hours.map((daily) => ({ from, to, daily })));
  const next = spans.find(({ toMs }) => toMs > atMs);
  if (next === undefined) return undefined;
  if (next.fromMs > atMs) return { isOpen: false, untilMs: next.fromMs };
  return { isOpen: true, untilMs: next.toMs < endMs ? next.toMs : undefined };
}

/** Hours on days of the week; undefined where a rule is not read or speaks of a day that another one has set. */
function hoursOf(text: string): readonly Hours[] | undefined {
  const all: Hours[] = [];
  const set = new Set<number>();
  for (const rule of text.split(';').map((part) => part.trim())) {
    const [, dayWords, clocks] = RULE.exec(rule) ?? [];
    const days = dayWords === undefined ? [1, 2, 3, 4, 5, 6, 7] : daysOf(dayWords);
    if (clocks === undefined || days === undefined || days.some((day) => set.has(day))) return undefined;
    for (const day of days) set.add(day);
    for (const [from = '', to = ''] of clocks.split(',').map((span) => span.trim().split('-'))) {
      if (!CLOCK.test(from) || !CLOCK.test(to) || from === '24:00') return undefined;
      all.push({ from, to, days });
    }
  }
  return all;
}

/** `Mo-Fr`, `Sa,Su`, `Fr-Mo`; 1 = Monday. */
function daysOf(words: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of words.split(',')) {
    const ends = part.split('-').map((word) => DAYS.indexOf(word));
    const [first = -1, last = first] = ends;
    if (ends.length > 2 || first < 0 || last < 0) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day + 1);
      if (day === last) break;
    }
  }
  return [...days];
}
