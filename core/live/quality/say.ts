/** Numbers and spans of time in the words of reasons. */
import type { Text } from '../../feature/layer.ts';

/** Three digits are enough to judge by. */
const written = (value: number): string =>
  String(Number(value.toPrecision(Math.abs(value) >= 1_000 ? 5 : 3)));

/** A number with its unit in both languages. */
export function amount(value: number, unit: Text | undefined): Text {
  const say = (digits: string, symbol: string | undefined) => (symbol ? `${digits} ${symbol}` : digits);
  return {
    pl: say(written(value).replace('.', ',').replace('-', '−'), unit?.pl),
    en: say(written(value).replace('-', '−'), unit?.en),
  };
}

/** `2 h 10 min`, the same in both languages. */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const parts = [
    [days, 'd'],
    [hours, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
