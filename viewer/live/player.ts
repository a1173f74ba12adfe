/** Plays time: history up to now, and on into what is forecast. */
import { computed, signal } from '@preact/signals';
import { announce } from '../state/announcer.ts';
import {
  goTo,
  goToNow,
  onGrid,
  shownTime,
  TIME_STEP_MS,
  timeWindow,
  windowSpan,
} from '../state/shown-time.ts';
import { t } from '../text/text.ts';
import { forecastMs, nowMs } from './live-state.ts';

/** Minutes of the city in one second of the reader. */
export const SPEEDS = [5, 15, 30, 60] as const;
export type Speed = (typeof SPEEDS)[number];

export const playing = signal(false);
export const speed = signal<Speed>(30);

/** First and last moment that the slider reaches. */
export const shownSpan = computed(() => windowSpan(timeWindow.value, nowMs.value, forecastMs.value));

const MINUTE_MS = 60_000;
/** Pictures a second while playing. */
const FRAME_MS = 100;
/** For whoever asks for less motion: the same time, in few steps. */
const CALM_FRAME_MS = 1_000;

let timer: ReturnType<typeof setInterval> | undefined;
/** Between the steps of the grid. */
let exactMs = 0;

export function play(): void {
  if (playing.peek()) return;
  const [fromMs, toMs] = shownSpan.peek();
  const from = shownTime.peek();
  exactMs = from === undefined || from >= toMs ? fromMs : from;
  show(exactMs);
  playing.value = true;
  const frameMs = matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM_FRAME_MS : FRAME_MS;
  let beforeMs = performance.now();
  timer = setInterval(() => {
    // By the clock, so that a busy machine skips pictures and not time.
    exactMs += (speed.peek() * MINUTE_MS * (performance.now() - beforeMs)) / 1_000;
    beforeMs = performance.now();
    if (forecastMs.peek() > 0 && exactMs >= nowMs.peek() + forecastMs.peek()) {
      pause();
      announce(t('timePlayedToEnd'));
    } else if (forecastMs.peek() === 0 && exactMs >= nowMs.peek()) {
      pause();
      goToNow();
      announce(t('timePlayedToNow'));
    } else show(exactMs);
  }, frameMs);
}

export function pause(): void {
  clearInterval(timer);
  playing.value = false;
}

export function show(ms: number): void {
  exactMs = ms;
  goTo(ms, nowMs.peek(), forecastMs.peek());
}

/** The step of time in which the present lies. */
export const shownNow = (): number => onGrid(nowMs.peek());

/** To the neighbouring step of time; the step of now is the present. */
export function stepBy(steps: number): void {
  pause();
  const next = (shownTime.peek() ?? shownNow()) + steps * TIME_STEP_MS;
  const isPresent = Math.abs(next - shownNow()) < TIME_STEP_MS;
  if (isPresent && (steps > 0 || forecastMs.peek() > 0)) goToNow();
  else if (next <= shownSpan.peek()[1] || timeWindow.peek().kind === 'day') show(next);
}

/** Back to the present, which plays by itself. */
export function showNow(): void {
  pause();
  goToNow();
}
