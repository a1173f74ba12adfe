import { useEffect, useState } from 'preact/hooks';
import type { WireDatastream } from '../../core/wire/live.ts';
import { formatDate, formatTime } from '../format/number.ts';
import { LOADING } from '../state/load.ts';
import { shownTime, timeWindow } from '../state/shown-time.ts';
import { said, t } from '../text/text.ts';
import { curveOf } from './chart-geometry.ts';
import { HISTORY_MS, type History, openHistory, type Reading } from './history.ts';
import { nowMs } from './live-state.ts';
import { shownSpan } from './player.ts';
import { valueText } from './value-words.tsx';

const WIDTH = 286;
const HEIGHT = 76;
const TOP = 16;
const QUARTERS = [0, 6, 12, 18, 24];
const HOUR_MS = 3_600_000;

/** The last 24 hours of a datastream as a curve with its gaps, and the same as a table. */
export function DayChart({ datastream }: { datastream: WireDatastream }) {
  const [opened, setOpened] = useState<ReturnType<typeof openHistory>>();
  const window = timeWindow.value.kind === 'recent' ? 'recent' : timeWindow.value.day;
  useEffect(() => {
    const history = openHistory(datastream.id, shownSpan.peek());
    setOpened(history);
    return history.stop;
  }, [datastream.id, window]);
  const state: History = opened?.history.value ?? LOADING;
  if (state.kind === 'loading')
    return <div class="skeleton live-chart-waiting" role="status" aria-label={t('liveHistoryLoading')} />;
  if (state.kind === 'failed') return <p role="alert">{t('liveHistoryFailed', { reason: state.reason })}</p>;
  const time = shownTime.value;
  // Our reckoning of the server's clock may lag by the time that a reply takes.
  const toMs = time ?? Math.max(nowMs.value, state.value.at(-1)?.atMs ?? 0);
  const readings = state.value.filter(({ atMs }) => atMs > toMs - HISTORY_MS && atMs <= toMs);
  return (
    <figure class="live-chart">
      <figcaption>
        {said(datastream.title)}, {t(time === undefined ? 'liveLastDay' : 'liveDayBefore')}
      </figcaption>
      <Curve datastream={datastream} readings={readings} toMs={toMs} />
      <Table datastream={datastream} readings={readings} />
    </figure>
  );
}

interface DayProps {
  readonly datastream: WireDatastream;
  readonly readings: readonly Reading[];
}

function Curve({ datastream, readings, toMs }: DayProps & { readonly toMs: number }) {
  const fromMs = toMs - HISTORY_MS;
  const curve = curveOf(readings, datastream.expectedIntervalS, {
    width: WIDTH,
    height: HEIGHT,
    fromMs,
    toMs,
  });
  if (curve === undefined) return <p class="quiet">{t('liveNoHistory')}</p>;
  const low = valueText(datastream, curve.low);
  const high = valueText(datastream, curve.high);
  return (
    <svg
      viewBox={`-2 0 ${WIDTH + 4} ${TOP + HEIGHT + 34}`}
      role="img"
      aria-label={t('liveChartSpoken', { what: said(datastream.title), low, high, n: readings.length })}
    >
      <text class="axis" x="0" y="11">
        {high}
      </text>
      <g transform={`translate(0 ${TOP})`}>
        <path class="grid" d={`M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
        {QUARTERS.map((hour) => (
          <path key={hour} class="grid" d={`M${(hour / 24) * WIDTH} ${HEIGHT}v4`} />
        ))}
        {curve.stretches.map((path) => (
          <path key={path} class="curve" d={path} />
        ))}
        <text class="axis" x="0" y={HEIGHT - 4}>
          {low}
        </text>
        {QUARTERS.map((hour, n) => (
          <text
            key={hour}
            class="axis"
            x={(hour / 24) * WIDTH}
            y={HEIGHT + 16}
            text-anchor={n === 0 ? 'start' : n === QUARTERS.length - 1 ? 'end' : 'middle'}
          >
            {formatTime(fromMs + hour * HOUR_MS)}
          </text>
        ))}
      </g>
    </svg>
  );
}

function Table({ datastream, readings }: DayProps) {
  return (
    <details class="live-table">
      <summary>{t('liveTable')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('liveTime')}</th>
            <th scope="col">{said(datastream.title)}</th>
          </tr>
        </thead>
        <tbody>
          {readings.toReversed().map(({ atMs, value }) => (
            <tr key={atMs}>
              <td>{formatDate(new Date(atMs).toISOString(), true)}</td>
              <td>{valueText(datastream, value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
