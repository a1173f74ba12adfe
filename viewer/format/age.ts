import { language } from '../text/text.ts';

const STEPS = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
] as const;

const JUST_NOW_S = 10;

/** How long ago something was, in the largest unit that it fills: `2 min temu`; a moment ago, and yet to come, is now. */
export function formatAge(ageMs: number): string {
  const wholeS = Math.floor(ageMs / 1000);
  const ageS = wholeS < JUST_NOW_S ? 0 : wholeS;
  const [unit, seconds] = STEPS.findLast(([, least]) => ageS >= least) ?? STEPS[0];
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: 'auto', style: 'short' });
  return format.format(-Math.floor(ageS / seconds), unit);
}
