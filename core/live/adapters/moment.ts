/** Moments as providers write them. */

const ZONED = /^(\d{4})-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?\s?(Z|[+-]\d\d(:?\d\d)?)$/i;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?$/;

/** A moment with its zone, such as `2026-06-01T10:00:00.123456Z`; undefined for anything else. */
export function zonedMoment(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !ZONED.test(value)) return undefined;
  return plausible(
    new Date(
      value
        .replace(/\s?([Z+-][\d:]*)$/i, '$1')
        .replace(' ', 'T')
        .replace(',', '.'),
    ),
  );
}

/** A moment on the clock of a zone (IANA name), such as `2026-06-01 10:00:00`. Of an hour that the clock shows twice, the first. */
export function localMoment(value: unknown, zone: string): Date | undefined {
  const [, ...parts] = typeof value === 'string' ? (LOCAL.exec(value) ?? []) : [];
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined) return undefined;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (new Date(wallMs).getUTCDate() !== day || new Date(wallMs).getUTCHours() !== hour) return undefined;
  // The offset of a day before and a day after: where they differ, the one under which the clock shows this time.
  const [before, after] = [-DAY_MS, DAY_MS].map((step) => offsetMs(wallMs + step, zone));
  if (before === undefined || after === undefined) return undefined;
  const first = wallMs - before;
  return plausible(new Date(offsetMs(first, zone) === before ? first : wallMs - after));
}

/** Seconds or milliseconds since 1970. */
export function unixMoment(value: unknown, unitMs: 1 | 1000): Date | undefined {
  const number = typeof value === 'string' && /^\d{1,15}(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? plausible(new Date(number * unitMs))
    : undefined;
}

const DAY_MS = 86_400_000;

/** Years that the store keeps. */
function plausible(moment: Date): Date | undefined {
  const year = moment.getUTCFullYear();
  return year >= 1900 && year <= 2200 ? moment : undefined;
}

function offsetMs(momentMs: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(momentMs);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(momentMs / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that there is not */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}
