import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';
import { explain, leaveWhy, subjectOfZone, trafficAsk, whyLink } from './traffic-state.ts';
import { zoneNames } from './zone-names.ts';

/** Where the trips of one zone drive, those that begin and those that end there, on the map. */
export function ZoneTrips({ result: { zones } }: { result: TrafficResult }) {
  const { why = '' } = trafficAsk.value;
  const names = zoneNames.value;
  const offered = zones
    .filter(({ startsPerH, endsPerH }) => startsPerH + endsPerH > 0)
    .map((zone) => ({ ...zone, name: names.get(zone.id) ?? zone.id }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  const chosen = offered.find(({ id }) => subjectOfZone(id) === why);
  return (
    <section aria-labelledby="traffic-zone-title">
      <h2 id="traffic-zone-title" class="panel-subtitle">
        {t('trafficZone')}
      </h2>
      <label class="field">
        {t('trafficZoneChoose')}
        <select
          value={chosen ? why : ''}
          onChange={({ currentTarget: { value } }) => (value === '' ? leaveWhy() : void explain(value))}
        >
          <option value="">{t('trafficZoneNone')}</option>
          {offered.map(({ id, name }) => (
            <option key={id} value={subjectOfZone(id)}>
              {name === id ? id : `${name} · ${id}`}
            </option>
          ))}
        </select>
      </label>
      {chosen && (
        <p class="quiet" role="status">
          {whyLink.value.kind === 'loading'
            ? t('trafficWhyBusy')
            : whyLink.value.kind === 'failed'
              ? whyLink.value.reason
              : t('trafficZoneTells', {
                  starts: formatNumber(chosen.startsPerH, 0),
                  ends: formatNumber(chosen.endsPerH, 0),
                })}
        </p>
      )}
    </section>
  );
}
