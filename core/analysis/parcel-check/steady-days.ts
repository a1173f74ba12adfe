/** For how long the findings of a parcel stay what they are while its data do. */
import { PROVISIONS } from '../../law/law.ts';
import type { ParcelFacts } from './facts.ts';

/** YYYY-MM-DD; `from` is among the days, `until` is not; undefined = without end. */
export interface SteadyDays {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** On days that data name something may begin or have ended: that day, and the one after. */
export function steadyDays(facts: ParcelFacts, lawDate: string): SteadyDays {
  let [from, until] = LAW_DAYS.reduce(narrowed, [undefined, undefined] as Span);
  function narrowed([begin, end]: Span, day: string): Span {
    if (day > lawDate) return [begin, end === undefined || day < end ? day : end];
    return [begin === undefined || day > begin ? day : begin, end];
  }
  for (const day of daysOf(facts)) {
    [from, until] = narrowed([from, until], day);
    [from, until] = narrowed([from, until], dayAfter(day));
  }
  return { from, until };
}

type Span = readonly [from: string | undefined, until: string | undefined];

function* daysOf({ areas, buildingLines }: ParcelFacts): Generator<string> {
  for (const { properties } of areas) {
    for (const value of Object.values(properties)) {
      if (typeof value === 'string' && BEGINS_WITH_DAY.test(value)) yield value.slice(0, 10);
    }
  }
  for (const { since, until } of buildingLines) {
    if (since !== null) yield since;
    if (until !== null) yield until;
  }
}

const BEGINS_WITH_DAY = /^\d{4}-\d{2}-\d{2}/;
const DAY_MS = 86_400_000;

function dayAfter(day: string): string {
  const next = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  return Number.isNaN(next) ? day : new Date(next).toISOString().slice(0, 10);
}

/** On which the law itself becomes another. */
const LAW_DAYS: readonly string[] = [
  ...new Set(PROVISIONS.flatMap(({ from, to }) => (to === undefined ? [from] : [from, dayAfter(to)]))),
].toSorted();
