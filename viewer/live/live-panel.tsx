import type { WireSensor } from '../../core/wire/live.ts';
import { formatTime } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { SENSORS } from '../state/sensors-name.ts';
import { flyTo, select, selection } from '../state/twin-state.ts';
import { said, t, tn, type Word } from '../text/text.ts';
import { connection, nowMs, sensorFreshness, sensors, sensorsShown } from './live-state.ts';
import { SensorIcon } from './sensor-icon.tsx';
import { AgeAndStatus, valueText } from './value-words.tsx';

/** Every sensor with what it says now, in groups by kind; each opens its card and is shown on the map. */
export function LivePanel() {
  const all = sensors.value;
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
      {all.length === 0 ? (
        <p class="panel-message quiet">{t(connection.value.kind === 'live' ? 'liveEmpty' : 'liveWaiting')}</p>
      ) : (
        kinds.map((kind) => <Kind key={kind} kind={kind} members={all.filter((one) => one.kind === kind)} />)
      )}
    </>
  );
}

/** Whether what is shown is the present, and since when not. */
function ConnectionState() {
  const state = connection.value;
  if (state.kind === 'live') {
    return (
      <p class="live-connection success">
        <Icon name="activity" />
        {t('liveNow')}
      </p>
    );
  }
  if (state.kind === 'connecting') return <p class="live-connection">{t('liveConnecting')}…</p>;
  return (
    <p class="live-connection warning">
      <Icon name="warning" />
      {t('liveLost', { time: formatTime(state.sinceMs) })}
    </p>
  );
}

const KIND_WORDS: Readonly<Record<string, Word>> = {
  air: 'liveKindAir',
  water: 'liveKindWater',
  traffic: 'liveKindTraffic',
  bicycle: 'liveKindBicycle',
};

function Kind({ kind, members }: { kind: string | null; members: readonly WireSensor[] }) {
  const word = KIND_WORDS[kind ?? ''];
  return (
    <section class="live-kind">
      <h2 class="panel-subtitle">
        {word === undefined ? (kind ?? t('liveKindOther')) : t(word)}{' '}
        <span class="quiet">{tn('liveCount', members.length, { n: members.length })}</span>
      </h2>
      <ul>
        {members.map((sensor) => (
          <SensorRow key={sensor.id} sensor={sensor} />
        ))}
      </ul>
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
        <SensorIcon kind={sensor.kind} freshness={sensorFreshness(sensor, nowMs.value)} />
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
