import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';
import { registerObjectOf, type SelectedItem } from '../state/selected-item.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { select } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { atMs, shownSensors } from './live-state.ts';
import { SensorIcon } from './sensor-icon.tsx';
import { statusOf } from './value-status.ts';
import { AgeAndStatus, valueText } from './value-words.tsx';

/** What is measured at the selected object, such as the meters of a building; each opens its sensor. */
export function ObjectSensors({ state }: { state: SelectedItem }) {
  const object = registerObjectOf(state);
  if (object === undefined) return null;
  const own = shownSensors.value.filter(
    ({ belongsTo }) => belongsTo?.layer === object.layer && belongsTo.id === object.id,
  );
  if (own.length === 0) return null;
  return (
    <section class="object-sensors scroll" aria-label={t('assetMeters')}>
      <h3 class="transit-subtitle">{t('assetMeters')}</h3>
      <ul>
        {own.flatMap((sensor) =>
          sensor.datastreams.map((datastream) => (
            <Row key={datastream.id} sensor={sensor} datastream={datastream} />
          )),
        )}
      </ul>
    </section>
  );
}

function Row({ sensor, datastream }: { sensor: WireSensor; datastream: WireDatastream }) {
  const { latest } = datastream;
  return (
    <li>
      <button
        type="button"
        class="live-row"
        onClick={() => select({ layer: SENSORS, id: String(sensor.id) })}
      >
        <SensorIcon kind={sensor.kind} status={statusOf(datastream, atMs.value)} />
        <span class="live-name">{said(datastream.title)}</span>
        <span class="live-value">{latest ? valueText(datastream, latest.result) : '–'}</span>
        <span class="live-sub">
          <AgeAndStatus datastream={datastream} />
        </span>
      </button>
    </li>
  );
}
