import { formatDate, formatTime } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { panelOpen, workSpace } from '../frame/layout.ts';
import { chartView } from '../state/live-view.ts';
import { onGrid, shownTime, TIME_STEP_MS, timeWindow } from '../state/shown-time.ts';
import { t } from '../text/text.ts';
import { reloadTime, timeLoad } from './follow-time.ts';
import { connection, forecastMs, nowMs } from './live-state.ts';
import {
  pause,
  play,
  playing,
  SPEEDS,
  type Speed,
  show,
  showNow,
  shownSpan,
  speed,
  stepBy,
} from './player.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Whether the bar of time stands under the map. */
export const isTimeBarShown = (): boolean =>
  shownTime.value !== undefined ||
  chartView.value !== undefined ||
  (workSpace.value === 'live' && panelOpen.value);

/** One time for map, model, lists and cards: the present, or any moment of the past, played or chosen. */
export function TimeBar() {
  return (
    <section class={`time-bar ${shownTime.value === undefined ? '' : 'elsewhen'}`} aria-label={t('time')}>
      <div class="time-buttons">
        <TimeButton icon="chevrons-left" label={t('timeDayBack')} onClick={() => move(-DAY_MS)} />
        <TimeButton icon="step-back" label={t('timeStepBack')} onClick={() => stepBy(-1)} />
        <button
          type="button"
          class="icon-button time-play"
          aria-label={t(playing.value ? 'timePause' : 'timePlay')}
          title={t(playing.value ? 'timePause' : 'timePlay')}
          onClick={playing.value ? pause : play}
        >
          <Icon name={playing.value ? 'pause' : 'play'} />
        </button>
        <TimeButton
          icon="step-forward"
          label={t('timeStepForward')}
          disabled={shownTime.value === undefined && forecastMs.value === 0}
          onClick={() => stepBy(1)}
        />
        <TimeButton
          icon="chevrons-right"
          label={t('timeDayForward')}
          disabled={shownTime.value === undefined && forecastMs.value === 0}
          onClick={() => move(DAY_MS)}
        />
      </div>
      <Slider />
      <ShownMoment />
      <SpeedChoice />
    </section>
  );
}

/** On a phone, where the bar is a tap away: what time the map shows while it is not the present, and the way back. */
export function TimeChip() {
  if (shownTime.value === undefined) return null;
  return (
    <button type="button" class="button time-chip" title={t('timeToNow')} onClick={showNow}>
      <Icon name="history" />
      {momentWords(shownTime.value)}
      <Icon name="x" />
    </button>
  );
}

function move(byMs: number): void {
  pause();
  const next = (shownTime.peek() ?? nowMs.peek()) + byMs;
  if (next >= nowMs.peek() + forecastMs.peek()) showNow();
  else show(next);
}

interface TimeButtonProps {
  readonly icon: 'chevrons-left' | 'chevrons-right' | 'step-back' | 'step-forward';
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

const TimeButton = ({ icon, label, disabled = false, onClick }: TimeButtonProps) => (
  <button
    type="button"
    class="icon-button"
    aria-label={label}
    title={label}
    disabled={disabled}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
);

/** Arrows go by five minutes, PageUp and PageDown by a tenth of the day. */
function Slider() {
  const [fromMs, toMs] = shownSpan.value;
  const value = shownTime.value ?? onGrid(nowMs.value);
  const set = (steps: number) => {
    pause();
    const ms = steps * TIME_STEP_MS;
    if (timeWindow.peek().kind === 'recent' && ms === onGrid(nowMs.peek())) showNow();
    else show(ms);
  };
  return (
    <div class="time-slider">
      <input
        type="range"
        aria-label={t('timeShown')}
        aria-valuetext={momentWords(shownTime.value)}
        min={Math.ceil(fromMs / TIME_STEP_MS)}
        max={Math.floor(toMs / TIME_STEP_MS)}
        value={Math.floor(value / TIME_STEP_MS)}
        onInput={(event) => set(Number(event.currentTarget.value))}
      />
      {forecastMs.value > 0 && timeWindow.value.kind === 'recent' && (
        <div
          class="time-ahead"
          title={t('timeForecast')}
          style={{ left: `${((nowMs.value - fromMs) / (toMs - fromMs)) * 100}%` }}
        />
      )}
      <Ticks fromMs={fromMs} toMs={toMs} />
    </div>
  );
}

/** Hours under the slider, every third one named. */
function Ticks({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  const first = Math.ceil(fromMs / HOUR_MS) * HOUR_MS;
  const hours = Array.from(
    { length: Math.floor((toMs - first) / HOUR_MS) + 1 },
    (_, n) => first + n * HOUR_MS,
  );
  return (
    <div class="time-ticks" aria-hidden="true">
      {hours.map((ms) => (
        <span
          key={ms}
          class={new Date(ms).getHours() % 6 === 0 ? 'named' : ''}
          style={{ left: `${((ms - fromMs) / (toMs - fromMs)) * 100}%` }}
        >
          {new Date(ms).getHours() % 6 === 0 ? formatTime(ms) : ''}
        </span>
      ))}
    </div>
  );
}

/** The shown time in words; what is played is never called live. */
function ShownMoment() {
  const time = shownTime.value;
  const load = timeLoad.value;
  return (
    <div class="time-shown">
      {time === undefined ? (
        <strong class={`time-state ${connection.value.kind === 'live' ? 'live' : 'lost'}`}>
          <Icon name={connection.value.kind === 'live' ? 'activity' : 'warning'} />
          {t(connection.value.kind === 'live' ? 'liveNow' : 'timeNotLive')}
        </strong>
      ) : (
        <>
          <p class="time-moment">
            <strong class="time-state">
              <Icon name="history" />
              {t(time > nowMs.value ? 'timeForecast' : 'timeHistory')}
            </strong>
            <time dateTime={new Date(time).toISOString()}>
              {formatDate(new Date(time).toISOString(), true)}
            </time>
          </p>
          <button type="button" class="button" onClick={showNow}>
            {t('timeToNow')}
          </button>
        </>
      )}
      {load.kind === 'loading' && <span class="time-loading" role="status" aria-label={t('timeLoading')} />}
      {load.kind === 'failed' && (
        <span class="time-failed" role="alert">
          {t('timeFailed', { reason: load.reason })}{' '}
          <button type="button" class="text-button" onClick={reloadTime}>
            {t('retry')}
          </button>
        </span>
      )}
    </div>
  );
}

function SpeedChoice() {
  return (
    <label class="time-speed">
      <span class="visually-hidden">{t('timeSpeed')}</span>
      <select
        title={t('timeSpeed')}
        value={String(speed.value)}
        onChange={(event) => {
          speed.value = Number(event.currentTarget.value) as Speed;
        }}
      >
        {SPEEDS.map((minutes) => (
          <option key={minutes} value={String(minutes)}>
            {t('timeSpeedValue', { n: minutes })}
          </option>
        ))}
      </select>
    </label>
  );
}

export const momentWords = (time: number | undefined): string =>
  time === undefined
    ? t('timeNowSpoken')
    : `${t(time > nowMs.value ? 'timeForecast' : 'timeHistory')}, ${formatDate(new Date(time).toISOString(), true) ?? ''}`;
