import { sensorKind } from '../../core/live/sensor-kinds.ts';
import type { ValueStatus } from '../../core/live/value-status.ts';
import type { WireDatastream } from '../../core/wire/live.ts';
import { formatAge } from '../format/age.ts';
import { formatDate, formatNumber, formatTime } from '../format/number.ts';
import { shownTime } from '../state/shown-time.ts';
import { said, t, type Word } from '../text/text.ts';
import { atMs } from './live-state.ts';
import { statusOf } from './value-status.ts';

/** What a status is called. */
export const STATUS_WORDS: Readonly<Record<ValueStatus, Word>> = {
  ok: 'liveFresh',
  suspect: 'liveSuspect',
  stale: 'liveStale',
  outage: 'liveOutage',
  estimated: 'liveEstimated',
  forecast: 'liveForecast',
  none: 'liveNoValue',
};

const KINDS: Readonly<Record<string, Word>> = {
  air: 'liveKindAir',
  noise: 'liveKindNoise',
  weather: 'liveKindWeather',
  water: 'liveKindWater',
  traffic: 'liveKindTraffic',
  bicycle: 'liveKindBicycle',
  meter: 'liveKindMeter',
  parking: 'liveKindParking',
  junction: 'liveKindJunction',
};

/** What sensors of a kind are called; a kind that is not known bears its own name. */
export function kindWords(kind: string | null): string {
  const word = KINDS[kind ?? ''];
  return word === undefined ? (kind ?? t('liveKindOther')) : t(word);
}

/** A number with the unit of its datastream; the word for it where values are states. */
export function valueText({ unit, kind }: Pick<WireDatastream, 'unit' | 'kind'>, value: number): string {
  const state = kind === null ? undefined : sensorKind(kind)?.states?.[value];
  if (state !== undefined) return said(state);
  const symbol = unit === null ? '' : said(unit);
  return `${formatNumber(value)}${symbol === '' ? '' : `\u202f${symbol}`}`;
}

/** Age and status of the latest value, in words. */
export function AgeAndStatus({ datastream }: { datastream: WireDatastream }) {
  const status = statusOf(datastream, atMs.value);
  const { latest } = datastream;
  // Ages are told from the present only; of another time it is told when it was measured.
  const isPresent = shownTime.value === undefined;
  return (
    <span class={`live-age ${status}`}>
      {latest && (
        <time dateTime={latest.phenomenonTime} title={formatDate(latest.phenomenonTime, true)}>
          {isPresent
            ? formatAge(atMs.value - Date.parse(latest.phenomenonTime))
            : formatTime(Date.parse(latest.phenomenonTime))}
        </time>
      )}
      <span class={`chip ${status === 'ok' ? 'success' : 'warning'}`}>
        {t(status === 'ok' && !isPresent ? 'liveThen' : STATUS_WORDS[status])}
      </span>
      {datastream.doubt && <span class="live-doubt">{said(datastream.doubt.reason)}</span>}
    </span>
  );
}
