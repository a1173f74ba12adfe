/**
 * The one time of the viewer. Undefined is the present, which moves on by itself; else what was measured up to that
 * moment is shown, or what is forecast for it. A day of the registers (`wantedCity.at`) follows it, and it follows that.
 */
import { batch, signal } from '@preact/signals';
import { dayInCity, parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import { showMoment, showToday, wantedCity } from './shown-city.ts';

/** Milliseconds since 1970, on the grid of `TIME_STEP_MS`. */
export const shownTime = signal<number | undefined>(undefined);

/** The finest step of time that can be shown. */
export const TIME_STEP_MS = 300_000;
const DAY_MS = 86_400_000;

/** What the slider reaches: the last 24 hours up to now, or a whole day of the city. */
export type TimeWindow = { readonly kind: 'recent' } | { readonly kind: 'day'; readonly day: string };
export const timeWindow = signal<TimeWindow>({ kind: 'recent' });

/** The day of the city at a moment, `yyyy-mm-dd`. */
export const cityDay = (ms: number): string => dayInCity(new Date(ms));

/** The last millisecond of a day of the city. */
export const endOfCityDay = (day: string): number =>
  parseRecordedMoment(day, 'day', new Date(8.64e15)).getTime();

/** First and last moment of a window. */
export function windowSpan(
  window: TimeWindow,
  nowMs: number,
  forecastMs = 0,
): readonly [fromMs: number, toMs: number] {
  if (window.kind === 'recent') return [onGrid(nowMs - DAY_MS) + TIME_STEP_MS, onGrid(nowMs + forecastMs)];
  const end = endOfCityDay(window.day);
  const previous = endOfCityDay(cityDay(end - 1.5 * DAY_MS));
  return [previous + 1, Math.min(onGrid(end), onGrid(nowMs))];
}

export const onGrid = (ms: number): number => Math.floor(ms / TIME_STEP_MS) * TIME_STEP_MS;

/** Shows a moment; the window goes along when it does not reach it, and so does a day of the registers. */
export function goTo(ms: number, nowMs: number, forecastMs = 0): void {
  const time = onGrid(ms);
  const [fromMs, toMs] = windowSpan(timeWindow.peek(), nowMs, forecastMs);
  batch(() => {
    shownTime.value = time;
    if (time < fromMs || time > toMs) {
      timeWindow.value = time > nowMs - DAY_MS ? { kind: 'recent' } : { kind: 'day', day: cityDay(time) };
    }
    const { at } = wantedCity.peek();
    const day = cityDay(time);
    if (at === undefined || at.slice(0, 10) === day) return;
    if (day < cityDay(nowMs)) showMoment(day);
    else showToday();
  });
}

/** Back to the present, of the registers too. */
export function goToNow(): void {
  batch(() => {
    shownTime.value = undefined;
    timeWindow.value = { kind: 'recent' };
    if (wantedCity.peek().at !== undefined) showToday();
  });
}
