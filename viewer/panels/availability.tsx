import { openingAt } from '../../core/opening-hours.ts';
import { CITY_TIME_ZONE } from '../../core/scenario/recorded-moment.ts';
import type { ItemFeature } from '../api/city-api.ts';
import { atMs } from '../live/live-state.ts';
import { language, t } from '../text/text.ts';

/** Whether one can get to a thing at the time that is shown, by its opening hours, and until when it stays so. */
export function Availability({ item }: { item: ItemFeature }) {
  const hours = item.properties['opening_hours'];
  const opening = typeof hours === 'string' ? openingAt(hours, atMs.value) : undefined;
  if (opening === undefined) {
    return (
      <p class="availability">
        <span class="chip warning">{t('assetNotAssessed')}</span>{' '}
        <span class="quiet">{t('assetNotRead')}</span>
      </p>
    );
  }
  const { isOpen, untilMs } = opening;
  return (
    <p class="availability">
      <span class={`chip ${isOpen ? 'success' : 'warning'}`}>{t(isOpen ? 'assetNow' : 'assetNotNow')}</span>{' '}
      {untilMs === undefined ? t('assetAlways') : t('assetUntil', { time: dayAndTime(untilMs) })}
      {untilMs !== undefined && <span class="quiet"> {t('assetHolidays')}</span>}
    </p>
  );
}

/** Hours of the city are told by its clock, wherever the reader is. */
const dayAndTime = (ms: number): string =>
  new Intl.DateTimeFormat(language.value === 'pl' ? 'pl-PL' : 'en-GB', {
    timeZone: CITY_TIME_ZONE,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(ms);
