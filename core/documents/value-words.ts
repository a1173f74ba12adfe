/** Numbers with their doubts, as people read them. */
import type { Language } from '../feature/layer.ts';

const MINUS = '\u2212';
const UNITS: Readonly<Record<string, string>> = { '1': '', m2: 'm²', m3: 'm³', deg: '°', percent: '%' };

/** The symbol of a unit; none of counts and ratios, whose unit is `1`. */
export const unitWords = (unit: string): string => UNITS[unit] ?? unit;

/** As many digits after the mark as the bound bears. */
export function decimalsFor(value: number, bound: number | undefined): number {
  if (Number.isInteger(value) && (bound === undefined || Number.isInteger(bound))) return 0;
  const grain = bound !== undefined && bound > 0 ? bound : Math.abs(value) / 1_000;
  return grain <= 0 ? 0 : Math.max(0, Math.min(3, 1 - Math.floor(Math.log10(grain))));
}

/** Thousands stand apart by a no-break space. */
export function numberWords(
  value: number,
  language: Language,
  decimals = decimalsFor(value, undefined),
): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const text = grouped + (fraction === undefined ? '' : (language === 'pl' ? ',' : '.') + fraction);
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A value with as many digits as its bound bears. */
export const valueWords = (value: number, bound: number | undefined, language: Language): string =>
  numberWords(value, language, decimalsFor(value, bound));

/** `+412 ± 6`, `−3`; the sign always written. */
export function deltaWords(delta: number, bound: number, language: Language): string {
  const decimals = decimalsFor(delta, bound);
  const sign = delta > 0 ? '+' : delta < 0 ? MINUS : '';
  const around = bound > 0 ? ` ± ${numberWords(bound, language, decimals)}` : '';
  return sign + numberWords(Math.abs(delta), language, decimals) + around;
}

/** The day by the clocks of Poland. */
export function dayWords(moment: number | string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'pl' ? 'pl-PL' : 'en-GB', {
    timeZone: 'Europe/Warsaw',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(moment));
}
