import { language } from '../text/text.ts';

/** Thousands are separated by a narrow no-break space in both languages; the decimal mark is the language's. */
const THIN_SPACE = '\u2009';

/**
 * A number as people read it.
 * @param decimals digits after the mark; undefined keeps up to four significant ones
 */
export function formatNumber(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = decimals === undefined ? String(Number(value.toFixed(4))) : value.toFixed(decimals);
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  const sign = value < 0 && Number(text) !== 0 ? '\u2212' : '';
  const mark = language.value === 'pl' ? ',' : '.';
  return sign + grouped + (fraction === undefined ? '' : mark + fraction);
}

/** A whole number always grouped, also with four digits (`1 000`): scales and counts. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** With one decimal. */
export const megabytes = (bytes: number): string => formatNumber(bytes / 1_000_000, 1);

const UNITS: Readonly<Record<string, string>> = { m2: 'm²', m3: 'm³', deg: '°', percent: '%' };

/** The symbol of a unit of the catalogue. */
export const unitSymbol = (unit: string): string => UNITS[unit] ?? unit;

const NARROW_SPACE = '\u202f';

/** A number with its unit. */
export function formatQuantity(value: number, unit: string, decimals?: number): string {
  return `${formatNumber(value, decimals)}${NARROW_SPACE}${unitSymbol(unit)}`;
}

/** A length that grows from metres to kilometres. */
export function formatLength(metres: number): string {
  return metres >= 1000 ? formatQuantity(metres / 1000, 'km') : formatQuantity(metres, 'm');
}

/** The time of day of a moment, milliseconds since 1970. */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat(language.value === 'pl' ? 'pl-PL' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  }).format(ms);
}

/** A date (and hour) as written in the language; `undefined` for text that is none. */
export function formatDate(iso: string, withTime = false): string | undefined {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return undefined;
  return new Intl.DateTimeFormat(language.value === 'pl' ? 'pl-PL' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(withTime ? { hour: '2-digit', minute: '2-digit' } : {}),
  }).format(date);
}
