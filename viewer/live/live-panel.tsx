import { useSignal } from '@preact/signals';
import type { WireSensor } from '../../core/wire/live.ts';
import { isPhone } from '../frame/layout.ts';
import { kindsHidden, sensorsShown } from '../state/live-view.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { flyTo, select, selection } from '../state/twin-state.ts';
import { said, t, tn } from '../text/text.ts';
import { TransitSection } from '../transit/transit-section.tsx';
import { ConnectionState } from './connection-state.tsx';
import { atMs, connection, shownSensors } from './live-state.ts';
import { SensorIcon } from './sensor-icon.tsx';
import { TimeBar } from './time-bar.tsx';
import { sensorStatus } from './value-status.ts';
import { AgeAndStatus, kindWords, valueText } from './value-words.tsx';

/** Every sensor with what it says now, in groups by kind; each opens its card and is shown on the map. */
export function LivePanel() {
  const all = shownSensors.value;
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return (
    <>
      <div class="live-head">
        <ConnectionState />
        <label class="live-shown">
          <input
            type="checkbox"
            checked={sensorsShown.value}
            onChange={(event) => {
              sensorsShown.value = event.currentTarget.checked;
            }}
          />
          {t('liveShowOnMap')}
        </label>
      </div>
      {isPhone.value && <TimeBar />}
      <TransitSection />
      {all.length === 0 ? (
        <p class="panel-message quiet">{t(connection.value.kind === 'live' ? 'liveEmpty' : 'liveWaiting')}</p>
      ) : (
        kinds.map((kind) => <Kind key={kind} kind={kind} members={all.filter((one) => one.kind === kind)} />)
      )}
    </>
  );
}

/** Of a kind at first: thousands of rows that change with every step of time would hold up the map. */
const MOST_ROWS = 30;

function Kind({ kind, members }: { kind: string | null; members: readonly WireSensor[] }) {
  const name = kind ?? '';
  const isWhole = useSignal(false);
  const isShown = !kindsHidden.value.has(name);
  const toggle = () => {
    const next = new Set(kindsHidden.peek());
    if (!next.delete(name)) next.add(name);
    kindsHidden.value = next;
  };
  return (
    <section class="live-kind">
      <h2 class="panel-subtitle">
        <label class="live-shown">
          <input
            type="checkbox"
            checked={isShown}
            disabled={!sensorsShown.value}
            title={t('liveShowOnMap')}
            onChange={toggle}
          />
          {kindWords(kind)}{' '}
          <span class="quiet">{tn('liveCount', members.length, { n: members.length })}</span>
        </label>
      </h2>
      <ul>
        {(isWhole.value ? members : members.slice(0, MOST_ROWS)).map((sensor) => (
          <SensorRow key={sensor.id} sensor={sensor} />
        ))}
      </ul>
      {members.length > MOST_ROWS && !isWhole.value && (
        <button
          type="button"
          class="text-button live-all"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {t('liveAll', { n: members.length })}
        </button>
      )}
    </section>
  );
}

function SensorRow({ sensor }: { sensor: WireSensor }) {
  const [main] = sensor.datastreams;
  const isSelected = selection.value?.layer === SENSORS && selection.value.id === String(sensor.id);
  const open = () => {
    select({ layer: SENSORS, id: String(sensor.id) });
    const [e, n] = sensor.at;
    flyTo([e, n, e, n]);
  };
  return (
    <li>
      <button type="button" class="live-row" aria-pressed={isSelected} onClick={open}>
        <SensorIcon kind={sensor.kind} status={sensorStatus(sensor, atMs.value)} />
        <span class="live-name">{said(sensor.title)}</span>
        {main?.latest && <span class="live-value">{valueText(main, main.latest.result)}</span>}
        {main && (
          <span class="live-sub">
            {said(main.title)} · <AgeAndStatus datastream={main} />
          </span>
        )}
      </button>
    </li>
  );
}
