import type { Freshness } from '../../core/live/freshness.ts';
import type { WireDatastream } from '../../core/wire/live.ts';
import { formatAge } from '../format/age.ts';
import { formatDate, formatNumber } from '../format/number.ts';
import { said, t, type Word } from '../text/text.ts';
import { freshness, nowMs } from './live-state.ts';

const STATUS: Readonly<Record<Freshness, Word>> = {
  fresh: 'liveFresh',
  stale: 'liveStale',
  none: 'liveNoValue',
  unknown: 'liveUnknown',
};

/** A number with the unit of its datastream. */
export function valueText({ unit }: Pick<WireDatastream, 'unit'>, value: number): string {
  const symbol = unit === null ? '' : said(unit);
  return `${formatNumber(value)}${symbol === '' ? '' : `\u202f${symbol}`}`;
}

/** Age and status of the latest value, in words. */
export function AgeAndStatus({ datastream }: { datastream: WireDatastream }) {
  const status = freshness(datastream, nowMs.value);
  const { latest } = datastream;
  return (
    <span class={`live-age ${status}`}>
      {latest && (
        <time dateTime={latest.phenomenonTime} title={formatDate(latest.phenomenonTime, true)}>
          {formatAge(nowMs.value - Date.parse(latest.phenomenonTime))}
        </time>
      )}
      <span class={`chip ${status === 'fresh' ? 'success' : 'warning'}`}>{t(STATUS[status])}</span>
    </span>
  );
}
