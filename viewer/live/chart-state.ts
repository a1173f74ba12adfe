/** The open chart: which curves, what was read of them, and what is done to it. */

import { computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Threshold, ThresholdsReply } from '../../core/wire/alerts.ts';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';
import { getJson } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { type ChartRange, chartView, MOST_CURVES } from '../state/live-view.ts';
import { said, t } from '../text/text.ts';
import { axesOf, MOST_AXES } from './chart-data.ts';
import type { Plot } from './chart-plot.ts';
import { type Stretch, stretchOf } from './chart-range.ts';
import { type Episode, fetchEpisodes } from './episodes.ts';
import { arrived, atMs, nowMs, sensors } from './live-state.ts';
import { fetchSeries, type Series } from './series.ts';

/** One datastream of the chart with the letter that it bears there. */
export interface Charted {
  readonly letter: string;
  readonly sensor: WireSensor;
  readonly datastream: WireDatastream;
}

export type ChartLoad =
  | { readonly kind: 'loading' | 'ready' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What is drawn; it stays on the screen while more of it is read. */
export const chartSeries = signal<readonly Series[]>([]);
/** When what is drawn was in doubt. */
export const chartEpisodes = signal<readonly Episode[]>([]);
/** Limits beyond which somebody is told. */
export const chartThresholds = signal<readonly Threshold[]>([]);
export const chartLoad = signal<ChartLoad>({ kind: 'loading' });

/** In the order in which they were added; those that the city does not have (any more) are left out. */
export const charted = computed<readonly Charted[]>(() =>
  (chartView.value?.datastreams ?? []).flatMap((id, index) => {
    for (const sensor of sensors.value) {
      const datastream = sensor.datastreams.find((one) => one.id === id);
      if (datastream) return [{ letter: String.fromCharCode(65 + index), sensor, datastream }];
    }
    return [];
  }),
);

/** The moment under the pointer, milliseconds since 1970. */
export const chartPointed = signal<number | undefined>(undefined);
/** The drawing, while there is one. */
export const chartPlot = signal<Plot | undefined>(undefined);

export const chartStretch = computed<Stretch>(() =>
  stretchOf(chartView.value?.range ?? { span: 'day' }, atMs.value),
);

export const unitOf = ({ unit }: WireDatastream): string => (unit === null ? '' : said(unit));

/** The limits that hold for a datastream. */
export const thresholdsFor = ({ id, kind }: WireDatastream): readonly Threshold[] =>
  chartThresholds.value.filter((one) => one.datastream === id || (one.kind !== null && one.kind === kind));

/** Opens the chart with a datastream, or lays it beside those that are there. */
export function addToChart(datastream: WireDatastream): void {
  const view = chartView.peek();
  if (view === undefined) {
    chartView.value = { datastreams: [datastream.id], range: { span: 'day' } };
    return;
  }
  if (view.datastreams.includes(datastream.id)) return;
  chartView.value = { ...view, datastreams: [...view.datastreams, datastream.id] };
  announce(t('chartAdded', { what: said(datastream.title) }));
}

/** Why a datastream cannot be laid beside the others; undefined when it can. */
export function refusalOf(datastream: WireDatastream): string | undefined {
  const view = chartView.value;
  if (view === undefined || view.datastreams.includes(datastream.id)) return undefined;
  if (view.datastreams.length >= MOST_CURVES) return t('chartFull', { n: MOST_CURVES });
  const units = charted.value.map((one) => unitOf(one.datastream));
  return axesOf([...units, unitOf(datastream)]).length > MOST_AXES ? t('chartUnits') : undefined;
}

/** Takes a curve away; with the last one the chart closes. */
export function removeFromChart(id: number): void {
  const view = chartView.peek();
  if (view === undefined) return;
  const datastreams = view.datastreams.filter((other) => other !== id);
  chartView.value = datastreams.length === 0 ? undefined : { ...view, datastreams };
}

export function setRange(range: ChartRange): void {
  const view = chartView.peek();
  if (view) chartView.value = { ...view, range };
}

export const closeChart = (): void => {
  chartView.value = undefined;
};

/** More points than pixels show nothing. */
export const chartWidthPx = signal(800);
/** Read beyond either edge, so that a small move shows something at once; share of the width. */
const MARGIN = 0.5;
const MOVED_MS = 150;
/** A chart of the present is read again when values came, at most so often. */
const REFRESH_MS = 2_000;

const reloads = signal(0);
export const reloadChart = (): void => {
  reloads.value++;
};

interface Read {
  readonly ids: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly resolutionMs: number;
}

/** Reads what the chart shows, again when it is moved, zoomed or when values come. Returns how to stop. */
export function followChart(): () => void {
  let read: Read | undefined;
  let leaving = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let knownReloads = 0;
  let knownArrivals = arrived.peek();
  let refreshedMs = 0;
  let isBehind = false;

  const load = async (ids: string, [fromMs, toMs]: Stretch) => {
    leaving.abort();
    leaving = new AbortController();
    const { signal } = leaving;
    const margin = MARGIN * (toMs - fromMs);
    const points = Math.round(Math.min(2_000, Math.max(400, chartWidthPx.peek() * (1 + 2 * MARGIN))));
    const wanted: Read = {
      ids,
      fromMs: fromMs - margin,
      toMs: toMs + margin,
      resolutionMs: (toMs - fromMs) / chartWidthPx.peek(),
    };
    read = wanted;
    isBehind = false;
    refreshedMs = Date.now();
    chartLoad.value = { kind: 'loading' };
    try {
      const series = await fetchSeries(
        ids.split(',').map(Number),
        wanted.fromMs,
        wanted.toMs,
        points,
        signal,
      );
      if (signal.aborted) return;
      chartSeries.value = series;
      const last = Math.max(fromMs, Math.min(wanted.toMs, nowMs.peek()));
      const episodes = await fetchEpisodes(ids.split(',').map(Number), wanted.fromMs, last, signal);
      if (signal.aborted) return;
      chartEpisodes.value = episodes;
      chartLoad.value = { kind: 'ready' };
    } catch (error) {
      if (signal.aborted) return;
      chartLoad.value = { kind: 'failed', reason: reasonOf(error) };
    }
  };

  // A chart without limits is a chart all the same.
  getJson<ThresholdsReply>('api/thresholds', undefined, '').then(
    ({ thresholds }) => {
      chartThresholds.value = thresholds.filter(({ enabled }) => enabled);
    },
    () => {},
  );
  const stop = effect(() => {
    const ids = charted.value.map(({ datastream }) => datastream.id).join();
    const stretch = chartStretch.value;
    const resolutionMs = (stretch[1] - stretch[0]) / chartWidthPx.value;
    const isAsked = reloads.value !== knownReloads;
    knownReloads = reloads.value;
    const news = arrived.value;
    const isTold =
      news !== knownArrivals && news.some(({ datastream }) => ids.split(',').includes(String(datastream)));
    knownArrivals = news;
    isBehind ||= isTold;
    clearTimeout(timer);
    if (ids === '') {
      leaving.abort();
      read = undefined;
      chartSeries.value = [];
      chartLoad.value = { kind: 'loading' };
      return;
    }
    if (read?.ids !== ids || isAsked) {
      void load(ids, stretch);
      return;
    }
    const isInside = stretch[0] >= read.fromMs && Math.min(stretch[1], nowMs.peek()) <= read.toMs;
    const isSharp = resolutionMs > 0.5 * read.resolutionMs && resolutionMs < 2 * read.resolutionMs;
    const isOpen = stretch[1] >= read.toMs - 2 * MARGIN * (read.toMs - read.fromMs);
    if (isInside && isSharp && !(isBehind && isOpen)) return;
    const waitMs = isInside && isSharp ? Math.max(MOVED_MS, refreshedMs + REFRESH_MS - Date.now()) : MOVED_MS;
    timer = setTimeout(() => void load(ids, stretch), waitMs);
  });
  return () => {
    stop();
    clearTimeout(timer);
    leaving.abort();
  };
}
