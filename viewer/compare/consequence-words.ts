/** How the table of consequences is said. */
import { commonBefore } from '../../core/analysis/consequences/common-before.ts';
import { decimalsFor } from '../../core/documents/value-words.ts';
import type { Comparison } from '../../core/wire/consequences.ts';
import { formatNumber, unitSymbol } from '../format/number.ts';
import { said, t } from '../text/text.ts';

export type Row = Comparison['rows'][number];
export type Cell = Row['cells'][number];

/** `1` is the unit of counts and ratios: it is not written. */
export const unitWords = (unit: string): string => (unit === '1' ? '' : unitSymbol(unit));

const MINUS = '\u2212';

/** A value with as many digits as its bound bears, without unit. */
export function valueWords(value: number, bound?: number): string {
  return formatNumber(value, decimalsFor(value, bound));
}

/** The value of the base; a dash where it is unknown or not the same for all scenarios. */
export function baseWords(row: Row): string {
  const before = commonBefore(row);
  return before === undefined ? '–' : valueWords(before.value, before.bound);
}

/** `+412 ± 6`, `−3`; the sign always written. */
export function deltaWords({ delta, deltaBound }: Pick<Cell, 'delta' | 'deltaBound'>): string {
  if (delta === undefined) return '';
  const decimals = decimalsFor(delta, deltaBound);
  const size = formatNumber(Math.abs(delta), decimals);
  const sign = delta > 0 ? '+' : delta < 0 ? MINUS : '';
  const bound = deltaBound ? ` ± ${formatNumber(deltaBound, decimals)}` : '';
  return `${sign}${size}${bound}`;
}

/** Whether a difference says more than the error of the models; words, and a sign that is no colour. */
export function significanceOf({ state, significance, reason }: Cell): {
  readonly sign: string;
  readonly words: string;
  readonly kind: 'real' | 'unsure' | 'none' | 'unknown';
} {
  if (state === 'not-assessed') {
    const words = reason ? said(reason) : t('compareNotAssessed');
    return { sign: '?', words, kind: 'unknown' };
  }
  if (state === 'unchanged' || significance === 'none') {
    return { sign: '=', words: t('compareNoChange'), kind: 'none' };
  }
  return significance === 'within-error'
    ? { sign: '≈', words: t('compareWithinError'), kind: 'unsure' }
    : { sign: '●', words: t('compareBeyondError'), kind: 'real' };
}
