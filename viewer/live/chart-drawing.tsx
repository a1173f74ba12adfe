import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import { formatDate } from '../format/number.ts';
import { shownTime } from '../state/shown-time.ts';
import { theme } from '../state/theme.ts';
import { language, said, t } from '../text/text.ts';
import { aligned } from './chart-data.ts';
import { curveWords, titleOf } from './chart-export.ts';
import { listenToGestures, onChartKey } from './chart-gestures.ts';
import type { Plot } from './chart-plot.ts';
import {
  chartEpisodes,
  charted,
  chartPlot,
  chartPointed,
  chartSeries,
  chartStretch,
  chartWidthPx,
  thresholdsFor,
  unitOf,
} from './chart-state.ts';
import { nowMs } from './live-state.ts';

/** The curves. What draws them is fetched when a chart is first opened. */
export function ChartDrawing() {
  const container = useRef<HTMLDivElement>(null);
  const failure = useSignal<string | undefined>(undefined);
  const opened = useSignal<Plot | undefined>(undefined);
  const look = charted.value.map((one) => `${one.letter}${unitOf(one.datastream)}`).join('|');
  useEffect(() => {
    const area = container.current;
    if (!area) return undefined;
    let close = () => {};
    let isGone = false;
    const open = async () => {
      try {
        const { openPlot } = await import('./chart-plot.ts');
        if (isGone) return;
        const plot = openPlot(area, {
          curves: charted.peek().map(({ letter, datastream }) => ({
            letter,
            unit: unitOf(datastream),
            isForecast: datastream.method === 'forecast',
          })),
          theme: theme.peek(),
          onPoint: (atMs) => {
            chartPointed.value = atMs;
          },
        });
        const forget = listenToGestures(area, plot);
        chartWidthPx.value = area.clientWidth;
        [opened.value, chartPlot.value] = [plot, plot];
        close = () => {
          forget();
          plot.close();
        };
      } catch (error) {
        failure.value = reasonOf(error);
      }
    };
    void open();
    return () => {
      isGone = true;
      [opened.value, chartPlot.value, chartPointed.value] = [undefined, undefined, undefined];
      close();
    };
  }, [look, theme.value, language.value]);
  useSignalEffect(() => {
    const series = charted.value.flatMap(({ datastream }) =>
      chartSeries.value.filter((one) => one.datastream === datastream.id),
    );
    // A curve that is not read yet has no place in the drawing.
    if (series.length < charted.value.length) return;
    opened.value?.draw(aligned(series), chartStretch.value, {
      nowMs: nowMs.value,
      shownMs: shownTime.value,
      shades: chartEpisodes.value.map(({ datastream, fromMs, toMs, reason }) => {
        const letter = charted.value.find((one) => one.datastream.id === datastream)?.letter ?? '';
        return { fromMs, toMs: toMs ?? nowMs.value, words: `${letter}: ${said(reason)}` };
      }),
      levels: charted.value.flatMap(({ datastream }) =>
        thresholdsFor(datastream).map(({ enter, title }) => ({
          value: enter,
          unit: unitOf(datastream),
          words: said(title),
        })),
      ),
    });
  });
  const spoken = charted.value.map(curveWords).join('; ');
  return (
    <>
      {failure.value !== undefined && <p role="alert">{t('chartNotDrawn', { reason: failure.value })}</p>}
      <div
        ref={container}
        class="chart-drawing"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart takes keys
        tabIndex={0}
        role="application"
        aria-label={`${t('chart')}: ${spoken}, ${titleOf(chartStretch.value)}. ${t('chartKeys')}`}
        onKeyDown={onChartKey}
      />
      <p class="chart-moment" aria-hidden="true">
        {chartPointed.value !== undefined && formatDate(new Date(chartPointed.value).toISOString(), true)}
      </p>
    </>
  );
}
