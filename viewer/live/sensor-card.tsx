import { useSignal } from '@preact/signals';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { chartView } from '../state/live-view.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { flyTo, select, selection } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { addToChart, refusalOf } from './chart-state.ts';
import { DayChart } from './day-chart.tsx';
import { atMs, connection, selectedSensor } from './live-state.ts';
import { SensorIcon } from './sensor-icon.tsx';
import { sensorStatus } from './value-status.ts';
import { AgeAndStatus, valueText } from './value-words.tsx';

/** What the selected sensor measures: values with age and status, whose it is, and its last day. */
export function SensorCard() {
  if (selection.value?.layer !== SENSORS) return null;
  const sensor = selectedSensor.value;
  return (
    <section class="card" aria-label={t('liveSensor')}>
      <header class="card-head">
        <span class="card-layer live-card-kind">
          {sensor && <SensorIcon kind={sensor.kind} status={sensorStatus(sensor, atMs.value)} />}
          {t('liveSensor')}
        </span>
        <CloseButton byEscape onClick={() => select(undefined)} />
      </header>
      {sensor ? (
        <Opened key={sensor.id} sensor={sensor} />
      ) : (
        <p class="card-body">{t(connection.value.kind === 'live' ? 'liveSensorGone' : 'liveWaiting')}</p>
      )}
    </section>
  );
}

function Opened({ sensor }: { sensor: WireSensor }) {
  const charted = useSignal(sensor.datastreams[0]?.id);
  const shown = sensor.datastreams.find(({ id }) => id === charted.value);
  const [e, n] = sensor.at;
  return (
    <>
      <h2 class="card-id live-card-title">{said(sensor.title)}</h2>
      <div class="card-body scroll">
        <ul class="live-streams">
          {sensor.datastreams.map((datastream) => (
            <Stream
              key={datastream.id}
              datastream={datastream}
              isCharted={datastream.id === charted.value}
              chart={() => {
                charted.value = datastream.id;
              }}
            />
          ))}
        </ul>
        {shown && <DayChart key={shown.id} datastream={shown} />}
        <p class="card-origin quiet">
          {sensor.provider !== null && `${t('liveProvider')}: ${sensor.provider} · `}
          {t('liveMethod')}: {shown?.sensor ?? ''}{' '}
          {sensor.synthetic && <span class="chip warning">{t('synthetic')}</span>}
        </p>
      </div>
      <footer class="card-actions">
        <button type="button" class="button primary" onClick={() => flyTo([e, n, e, n])}>
          <Icon name="focus" />
          {t('zoomTo')}
        </button>
        {shown && <ChartButton datastream={shown} />}
      </footer>
    </>
  );
}

/** Opens the chart, or lays the datastream beside those that it shows. */
function ChartButton({ datastream }: { datastream: WireDatastream }) {
  const view = chartView.value;
  const refusal = refusalOf(datastream);
  const isThere = view?.datastreams.includes(datastream.id) === true;
  return (
    <button
      type="button"
      class="button"
      disabled={isThere || refusal !== undefined}
      title={refusal ?? ''}
      onClick={() => addToChart(datastream)}
    >
      <Icon name="chart-line" />
      {t(view === undefined ? 'chartOpen' : 'chartAdd')}
    </button>
  );
}

interface StreamProps {
  readonly datastream: WireDatastream;
  readonly isCharted: boolean;
  readonly chart: () => void;
}

function Stream({ datastream, isCharted, chart }: StreamProps) {
  const { latest } = datastream;
  return (
    <li>
      <button type="button" class="live-stream" aria-pressed={isCharted} onClick={chart}>
        <span class="live-name">{said(datastream.title)}</span>
        <strong class="live-value">{latest ? valueText(datastream, latest.result) : '–'}</strong>
        <span class="live-sub">
          <AgeAndStatus datastream={datastream} />
        </span>
      </button>
    </li>
  );
}
