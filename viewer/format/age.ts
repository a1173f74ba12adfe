import { language } from '../text/text.ts';

const STEPS = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
] as const;

/** How long ago something was, in the largest unit that it fills: `2 min temu`. What has yet to come is now. */
export function formatAge(ageMs: number): string {
  const ageS = Math.max(0, Math.floor(ageMs / 1000));
  const [unit, seconds] = STEPS.findLast(([, least]) => ageS >= least) ?? STEPS[0];
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: 'always', style: 'short' });
  return format.format(-Math.floor(ageS / seconds), unit);
}
