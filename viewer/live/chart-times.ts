import { language } from '../text/text.ts';

const DAY_S = 86_400;

const FORMS: readonly { readonly fromS: number; readonly form: Intl.DateTimeFormatOptions }[] = [
  { fromS: 0, form: { hour: '2-digit', minute: '2-digit' } },
  { fromS: DAY_S, form: { day: 'numeric', month: 'short' } },
  { fromS: 28 * DAY_S, form: { month: 'short', year: 'numeric' } },
  { fromS: 365 * DAY_S, form: { year: 'numeric' } },
];

/**
 * Names of the marks on the axis of time; where hours are named, midnight bears its day.
 * @param marks seconds since 1970
 * @param everyS seconds from mark to mark
 */
export function timeMarks(marks: readonly number[], everyS: number): string[] {
  const locale = language.value === 'pl' ? 'pl-PL' : 'en-GB';
  const { form } = FORMS.findLast(({ fromS }) => everyS >= fromS) ?? { form: {} };
  const text = new Intl.DateTimeFormat(locale, form);
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  return marks.map((atS, index) => {
    const date = new Date(atS * 1_000);
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
    return everyS < DAY_S && (isMidnight || index === 0)
      ? `${text.format(date)}\n${day.format(date)}`
      : text.format(date);
  });
}
