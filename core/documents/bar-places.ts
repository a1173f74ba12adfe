import type { Bar } from './print-document.ts';

export interface BarPlace {
  readonly zero: number;
  readonly from: number;
  readonly to: number;
  /** Ends of the doubt. */
  readonly low: number;
  readonly high: number;
}

/** Where bars and their doubts stand between two places, all at one scale around a common zero. */
export function barPlaces(bars: readonly Bar[], left: number, right: number): readonly BarPlace[] {
  const least = Math.min(0, ...bars.map(({ value, bound }) => value - bound));
  const most = Math.max(0, ...bars.map(({ value, bound }) => value + bound));
  const span = most - least || 1;
  const at = (value: number) => hundredths(left + ((value - least) / span) * (right - left));
  const zero = at(0);
  return bars.map(({ value, bound }) => ({
    zero,
    from: Math.min(zero, at(value)),
    to: Math.max(zero, at(value)),
    low: at(value - bound),
    high: at(value + bound),
  }));
}

/** For places in files: as fine as anybody sees. */
export const hundredths = (value: number): number => Math.round(value * 100) / 100;

export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
