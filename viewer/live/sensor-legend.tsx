import { VALUE_STATUSES } from '../../core/live/value-status.ts';
import { t } from '../text/text.ts';
import { atMs, sensorsOnMap } from './live-state.ts';
import { SensorIcon } from './sensor-icon.tsx';
import { sensorStatus } from './value-status.ts';
import { kindWords, STATUS_WORDS } from './value-words.tsx';

/** Shapes of the kinds that are on the map, and fillings of the statuses that are seen there. */
export function SensorLegend() {
  const shown = sensorsOnMap.value;
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  const seen = new Set(shown.map((sensor) => sensorStatus(sensor, atMs.value)));
  return (
    <section>
      <h3>{t('legendSensors')}</h3>
      <ul class="legend-sensors">
        {kinds.map((kind) => (
          <li key={kind}>
            <SensorIcon kind={kind} status="ok" />
            {kindWords(kind)}
          </li>
        ))}
      </ul>
      <h3>{t('legendStatus')}</h3>
      <ul class="legend-sensors">
        {VALUE_STATUSES.filter((status) => seen.has(status)).map((status) => (
          <li key={status}>
            <SensorIcon kind="air" status={status} />
            {t(STATUS_WORDS[status])}
          </li>
        ))}
      </ul>
      <p class="quiet">{t('legendAge')}</p>
    </section>
  );
}
