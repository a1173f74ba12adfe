/** Fetches what was measured at the time that is shown: the tracks of its window once, and the very state at rest. */

import { computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { SensorsReply } from '../../core/wire/live.ts';
import { getJson } from '../api/city-api.ts';
import { kindsHidden } from '../state/live-view.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { wantedCity } from '../state/shown-city.ts';
import {
  cityDay,
  endOfCityDay,
  goTo,
  goToNow,
  onGrid,
  shownTime,
  TIME_STEP_MS,
  timeWindow,
} from '../state/shown-time.ts';
import { selection } from '../state/twin-state.ts';
import { fetchEpisodes } from './episodes.ts';
import { forecastMs, forecastOf, nowMs, sensors, toldState, trackDoubts, tracks } from './live-state.ts';
import { playing, shownSpan } from './player.ts';
import { fetchSeries } from './series.ts';
import type { Track } from './tracks.ts';

/** Datastreams in one request, and requests at a time. */
const CHUNK = 50;
const LANES = 2;
const REST_MS = 200;
/** Values from before the window may still hold at its beginning. */
const BEFORE_MS = 2 * 3_600_000;

export type TimeLoad =
  | { readonly kind: 'ready' | 'loading' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Whether the window of the shown time can be played. */
export const timeLoad = signal<TimeLoad>({ kind: 'ready' });

const reloads = signal(0);
export const reloadTime = (): void => {
  reloads.value++;
};

/** Main values of what is on the map, and everything of the selected sensor; same text = same ids. */
const wantedIds = computed(() => {
  const { layer, id: chosen } = selection.value ?? {};
  const mains = sensors.value
    .filter(({ kind }) => !kindsHidden.value.has(kind ?? ''))
    .flatMap((sensor) => {
      const [main] = sensor.datastreams;
      const foretold = main && forecastOf(sensor, main);
      return [...(main ? [main.id] : []), ...(foretold ? [foretold.id] : [])];
    });
  const open = sensors.value.find(({ id }) => layer === SENSORS && String(id) === chosen);
  const selected = open?.datastreams.map(({ id }) => id) ?? [];
  return [...new Set([...selected, ...mains])].join();
});
const isElsewhen = computed(() => shownTime.value !== undefined);
const wantedWindow = computed(() => {
  const window = timeWindow.value;
  return window.kind === 'recent' ? 'recent' : window.day;
});

/** Returns a function that stops following. */
export function followTime(): () => void {
  const stops = [followTracks(), followState(), followMoment()];
  return () => {
    for (const stop of stops) stop();
  };
}

function followTracks(): () => void {
  let leaving = new AbortController();
  let loaded = '';
  return effect(() => {
    const ids = wantedIds.value;
    const window = wantedWindow.value;
    reloads.value;
    if (!isElsewhen.value) {
      leaving.abort();
      loaded = '';
      tracks.value = new Map();
      trackDoubts.value = [];
      timeLoad.value = { kind: 'ready' };
      return;
    }
    leaving.abort();
    leaving = new AbortController();
    const known = loaded === window ? tracks.peek() : new Map<number, Track>();
    loaded = window;
    const missing = ids
      .split(',')
      .filter((id) => id !== '')
      .map(Number)
      .filter((id) => !known.has(id));
    void load(missing, known, leaving.signal);
  });
}

async function load(
  ids: readonly number[],
  known: ReadonlyMap<number, Track>,
  signal: AbortSignal,
): Promise<void> {
  const [fromMs, toMs] = shownSpan.peek();
  const points = Math.ceil((toMs - fromMs + BEFORE_MS) / TIME_STEP_MS) + 1;
  const chunks = Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, n) =>
    ids.slice(n * CHUNK, (n + 1) * CHUNK),
  );
  tracks.value = known;
  if (chunks.length === 0) return;
  timeLoad.value = { kind: 'loading' };
  const lane = async () => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      const series = await fetchSeries(chunk, fromMs - BEFORE_MS, toMs, points, signal);
      if (signal.aborted) return;
      tracks.value = new Map([
        ...tracks.peek(),
        ...series.map((one): [number, Track] => [one.datastream, one]),
      ]);
    }
  };
  try {
    const doubts = fetchEpisodes(undefined, fromMs, toMs, signal);
    await Promise.all([...Array.from({ length: LANES }, lane), doubts]);
    if (!signal.aborted) trackDoubts.value = await doubts;
    if (!signal.aborted) timeLoad.value = { kind: 'ready' };
  } catch (error) {
    if (signal.aborted) return;
    timeLoad.value = { kind: 'failed', reason: reasonOf(error) };
  }
}

/** While time stands still, the state is that which the service tells. */
function followState(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leaving: AbortController | undefined;
  return effect(() => {
    const time = shownTime.value;
    const rests = !playing.value;
    reloads.value;
    clearTimeout(timer);
    leaving?.abort();
    // Of the future there is no state, only what is foretold.
    if (time === undefined || !rests || time > nowMs.peek()) return;
    leaving = new AbortController();
    const { signal } = leaving;
    timer = setTimeout(() => {
      getJson<SensorsReply>(
        `api/live/sensors?at=${encodeURIComponent(new Date(time).toISOString())}`,
        signal,
        '',
      ).then(
        (reply) => {
          toldState.value = { atMs: time, sensors: reply.sensors };
        },
        // What can be played is shown; its failure is told there.
        () => {},
      );
    }, REST_MS);
  });
}

/** A day of the registers takes the measurements along, and back. */
function followMoment(): () => void {
  let before: string | undefined;
  return effect(() => {
    const { at } = wantedCity.value;
    if (at === before) return;
    before = at;
    const now = nowMs.peek();
    const time = shownTime.peek();
    if (at === undefined) {
      if (time !== undefined && cityDay(time) !== cityDay(now)) goToNow();
    } else if (time === undefined || cityDay(time) !== at.slice(0, 10)) {
      const momentMs = at.includes('T') ? Date.parse(at) : endOfCityDay(at);
      goTo(Math.min(onGrid(momentMs), onGrid(now)), now, forecastMs.peek());
    }
  });
}
