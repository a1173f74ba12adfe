import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon, type IconName } from '../frame/icon.tsx';
import { copyText } from '../state/copy-text.ts';
import { CHART_SPANS, type ChartSpan, chartView } from '../state/live-view.ts';
import { shownTime } from '../state/shown-time.ts';
import { theme } from '../state/theme.ts';
import { said, t, type Word } from '../text/text.ts';
import { hasValues, valueAt } from './chart-data.ts';
import { ChartDrawing } from './chart-drawing.tsx';
import { curveWords, saveCsv, savePng, titleOf } from './chart-export.ts';
import { curveInk } from './chart-ink.ts';
import { SPAN_MS } from './chart-range.ts';
import {
  addToChart,
  type Charted,
  charted,
  chartLoad,
  chartPlot,
  chartPointed,
  chartSeries,
  chartStretch,
  closeChart,
  followChart,
  refusalOf,
  reloadChart,
  removeFromChart,
  setRange,
} from './chart-state.ts';
import { ChartTable } from './chart-table.tsx';
import { sensors } from './live-state.ts';
import { valueText } from './value-words.tsx';

/**
 * Curves of one or several datastreams over any stretch of time; and the same as a table.
 * @param handle what changes its size
 */
export function ChartPanel({ handle }: { handle?: ComponentChildren }) {
  const asTable = useSignal(false);
  useEffect(followChart, []);
  return (
    <section
      class="chart"
      aria-label={t('chart')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        closeChart();
      }}
    >
      {handle}
      <header class="chart-head">
        <Spans />
        <p class="chart-stretch">{titleOf(chartStretch.value)}</p>
        <span class="spring" />
        <Tool
          icon="table"
          label={t('chartTable')}
          pressed={asTable}
          onClick={() => (asTable.value = !asTable.value)}
        />
        <Tool
          icon="download"
          label={t('chartCsv')}
          onClick={() => saveCsv(charted.peek(), chartSeries.peek(), chartStretch.peek())}
        />
        <Tool
          icon="image-down"
          label={t('chartPng')}
          disabled={chartPlot.value === undefined}
          onClick={() => {
            const plot = chartPlot.peek();
            if (plot) void savePng(charted.peek(), plot.canvas, chartStretch.peek(), theme.peek());
          }}
        />
        <Tool
          icon="link"
          label={t('copyLink')}
          onClick={() => void copyText(location.href, t('linkCopied'))}
        />
        <CloseButton byEscape label={t('chartClose')} onClick={closeChart} />
      </header>
      <Curves />
      <div class="chart-body">
        {asTable.value ? <ChartTable /> : <ChartDrawing />}
        <ChartState />
      </div>
    </section>
  );
}

const SPAN_WORDS: Readonly<Record<ChartSpan, Word>> = {
  hour: 'chartHour',
  day: 'chartDay',
  week: 'chartWeek',
  month: 'chartMonth',
  year: 'chartYear',
};

function Spans() {
  const range = chartView.value?.range;
  return (
    <fieldset class="segmented" aria-label={t('chartSpan')}>
      {CHART_SPANS.map((span) => (
        <button
          key={span}
          type="button"
          aria-pressed={range !== undefined && 'span' in range && range.span === span}
          onClick={() => setRange({ span })}
        >
          {t(SPAN_WORDS[span])}
        </button>
      ))}
    </fieldset>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: { readonly value: boolean };
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

const Tool = ({ icon, label, pressed, disabled = false, onClick }: ToolProps) => (
  <button
    type="button"
    class="icon-button"
    aria-label={label}
    title={label}
    disabled={disabled}
    {...(pressed && { 'aria-pressed': pressed.value })}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
);

/** The names of the curves with the value under the pointer, else of the shown time; and one more to add. */
function Curves() {
  return (
    <ul class="chart-curves">
      {charted.value.map((one) => (
        <Curve key={one.datastream.id} one={one} />
      ))}
      <li>
        <AddCurve />
      </li>
    </ul>
  );
}

function Curve({ one }: { one: Charted }) {
  const { letter, datastream } = one;
  const series = chartSeries.value.find((each) => each.datastream === datastream.id);
  const [fromMs, toMs] = chartStretch.value;
  const time = shownTime.value;
  const rest = time !== undefined && time >= fromMs && time <= toMs ? time : toMs;
  const value = series && valueAt(series, chartPointed.value ?? rest);
  return (
    <li class="chart-curve">
      <span class="chart-letter" style={{ color: curveInk(theme.value, letter) }}>
        {letter}
      </span>
      <span class="chart-name">{curveWords(one)}</span>
      <strong>{value === null || value === undefined ? t('chartGap') : valueText(datastream, value)}</strong>
      <button
        type="button"
        class="icon-button"
        aria-label={t('chartRemove', { what: curveWords(one) })}
        title={t('chartRemove', { what: curveWords(one) })}
        onClick={() => removeFromChart(datastream.id)}
      >
        <Icon name="x" />
      </button>
    </li>
  );
}

/** What the map and the cards offer by a click, for keys and for those who know the name. */
function AddCurve() {
  return (
    <select
      class="chart-add"
      aria-label={t('chartAdd')}
      value=""
      onChange={(event) => {
        const id = Number(event.currentTarget.value);
        event.currentTarget.value = '';
        const found = sensors.peek().flatMap(({ datastreams }) => datastreams.filter((one) => one.id === id));
        for (const datastream of found) addToChart(datastream);
      }}
    >
      <option value="">+ {t('chartAdd')}</option>
      {sensors.value.map((sensor) => (
        <optgroup key={sensor.id} label={said(sensor.title)}>
          {sensor.datastreams.map((datastream) => (
            <option
              key={datastream.id}
              value={String(datastream.id)}
              disabled={refusalOf(datastream) !== undefined}
            >
              {said(datastream.title)}
              {datastream.unit ? ` [${said(datastream.unit)}]` : ''}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** What is still coming, missing or wrong, over the drawing. */
function ChartState() {
  const load = chartLoad.value;
  if (sensors.value.length > 0 && charted.value.length === 0) {
    return <p class="chart-message">{t('chartGone')}</p>;
  }
  if (load.kind === 'failed') {
    return (
      <div class="chart-message" role="alert">
        <p>{t('chartFailed', { reason: load.reason })}</p>
        <button type="button" class="button" onClick={reloadChart}>
          {t('retry')}
        </button>
      </div>
    );
  }
  if (chartSeries.value.length === 0) {
    return <div class="chart-message skeleton" role="status" aria-label={t('chartLoading')} />;
  }
  if (load.kind === 'loading')
    return <span class="chart-loading time-loading" role="status" aria-label={t('chartLoading')} />;
  const [fromMs, toMs] = chartStretch.value;
  const inSight = chartSeries.value.map((series) => ({
    ...series,
    values: series.values.filter((_, row) => {
      const atMs = series.times[row] ?? 0;
      return atMs >= fromMs && atMs <= toMs;
    }),
  }));
  return hasValues(inSight) ? null : <Nothing />;
}

/** No value in sight: the way to the last one there is. */
function Nothing() {
  const latest = charted.value
    .flatMap(({ datastream }) => (datastream.latest ? [Date.parse(datastream.latest.phenomenonTime)] : []))
    .sort((a, b) => b - a)[0];
  return (
    <div class="chart-message">
      <p>{t('chartEmpty')}</p>
      {latest !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => setRange({ fromMs: latest - 0.9 * SPAN_MS.day, toMs: latest + 0.1 * SPAN_MS.day })}
        >
          {t('chartToLast')}
        </button>
      )}
    </div>
  );
}
