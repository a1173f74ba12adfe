/** The drawing of a chart. The one place that knows uPlot (docs/adr). */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatNumber } from '../format/number.ts';
import type { Theme } from '../style/ink.ts';
import { type Aligned, axesOf } from './chart-data.ts';
import { CHART_INK, type ChartInk, curveInk } from './chart-ink.ts';
import type { Stretch } from './chart-range.ts';
import { timeMarks } from './chart-times.ts';

export interface PlotCurve {
  readonly letter: string;
  readonly unit: string;
  /** Dashed, for what is not measured but foretold. */
  readonly isForecast: boolean;
}

/** A stretch in which a curve is in doubt or silent. */
export interface PlotShade {
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
}

/** A level at which something is told. */
export interface PlotLevel {
  readonly value: number;
  readonly unit: string;
  readonly words: string;
}

export interface PlotMarks {
  readonly nowMs: number;
  /** The moment that the map shows, where that is not the present. */
  readonly shownMs: number | undefined;
  readonly shades: readonly PlotShade[];
  readonly levels: readonly PlotLevel[];
}

export interface PlotOptions {
  readonly curves: readonly PlotCurve[];
  readonly theme: Theme;
  /** The moment under the pointer, milliseconds since 1970; undefined when it has left. */
  readonly onPoint: (atMs: number | undefined) => void;
}

export interface Plot {
  draw(data: Aligned, stretch: Stretch, marks: PlotMarks): void;
  /** The moment at a place of the page. */
  momentAt(clientX: number): number;
  /** How many milliseconds a pixel stands for. */
  msPerPixel(): number;
  readonly canvas: HTMLCanvasElement;
  close(): void;
}

const FONT = '12px "Source Sans 3 Variable", sans-serif';
const LETTER_FONT = '700 13px "Source Sans 3 Variable", sans-serif';
/** Room for the letters at the ends of the curves. */
const RIGHT_PX = 22;

export function openPlot(container: HTMLElement, { curves, theme, onPoint }: PlotOptions): Plot {
  const ink = CHART_INK[theme];
  const units = axesOf(curves.map(({ unit }) => unit));
  const scaleOf = (unit: string) => `unit ${unit}`;
  let stretch: Stretch = [0, 1];
  let marks: PlotMarks = { nowMs: 0, shownMs: undefined, shades: [], levels: [] };

  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { letter, unit, isForecast } of curves) {
    const stroke = curveInk(theme, letter);
    const at = series.length;
    const edge = { scale: scaleOf(unit), stroke: 'transparent', width: 0, points: { show: false } };
    series.push(
      {
        scale: scaleOf(unit),
        stroke,
        width: 1.75,
        ...(isForecast && { dash: [6, 4] }),
        points: { size: 5, width: 1, fill: stroke },
      },
      edge,
      edge,
    );
    bands.push({ series: [at + 2, at + 1], fill: `${stroke}33` });
  }
  const line = { stroke: ink.grid, width: 1 };
  const axis = { stroke: ink.soft, grid: line, ticks: line, font: FONT };
  const plot = new uPlot(
    {
      ...sizeOf(container),
      padding: [12, units.length > 1 ? 0 : RIGHT_PX, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 8 }, y: false },
      scales: {
        x: { time: true, auto: false, range: () => [stretch[0] / 1_000, stretch[1] / 1_000] },
        ...Object.fromEntries(units.map((unit) => [scaleOf(unit), { range: paddedRange }])),
      },
      series,
      bands,
      axes: [
        {
          ...axis,
          size: 42,
          space: 70,
          values: (_, marks, __, ___, everyS) => timeMarks(marks, everyS),
        },
        ...units.map(
          (unit, index): uPlot.Axis => ({
            ...axis,
            scale: scaleOf(unit),
            side: index === 0 ? 3 : 1,
            grid: index === 0 ? line : { show: false },
            label: unit,
            labelFont: FONT,
            labelSize: 18,
            labelGap: 0,
            size: 50,
            values: (_, marks) => marks.map((mark) => formatNumber(mark)),
          }),
        ),
      ],
      hooks: {
        setCursor: [
          ({ cursor }) => {
            const { left } = cursor;
            onPoint(left === undefined || left < 0 ? undefined : plot.posToVal(left, 'x') * 1_000);
          },
        ],
        drawClear: [
          (drawn) => {
            for (const one of marks.shades) shade(drawn, one, ink.warning);
          },
        ],
        draw: [
          (drawn) => {
            for (const one of marks.levels) level(drawn, one, scaleOf(one.unit), ink);
            upright(drawn, marks.nowMs, ink.soft, [2, 4]);
            if (marks.shownMs !== undefined) upright(drawn, marks.shownMs, ink.warning, []);
            for (const [index, curve] of curves.entries())
              letterOf(drawn, 1 + 3 * index, curve.letter, theme);
          },
        ],
      },
    },
    [[]],
    container,
  );
  const watcher = new ResizeObserver(() => plot.setSize(sizeOf(container)));
  watcher.observe(container);
  return {
    draw(data, next, nextMarks) {
      [stretch, marks] = [next, nextMarks];
      const rows = data.curves.flatMap(({ values, lows, highs }) => [values, lows, highs]);
      plot.setData([data.times.map((ms) => ms / 1_000), ...rows] as uPlot.AlignedData, true);
    },
    momentAt: (clientX) => plot.posToVal(clientX - plot.over.getBoundingClientRect().left, 'x') * 1_000,
    msPerPixel: () => (stretch[1] - stretch[0]) / Math.max(1, plot.over.clientWidth),
    canvas: plot.ctx.canvas,
    close() {
      watcher.disconnect();
      plot.destroy();
    },
  };
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: Math.max(160, clientWidth),
  height: Math.max(120, clientHeight),
});

function paddedRange(_: uPlot, min: number | null, max: number | null): uPlot.Range.MinMax {
  if (min === null || max === null) return [0, 1];
  return uPlot.rangeNum(min, max, 0.08, true);
}

/** A line across the chart at a moment. */
function upright({ ctx, bbox, valToPos, scales }: uPlot, atMs: number, colour: string, dash: number[]): void {
  const atS = atMs / 1_000;
  const { min, max } = scales['x'] ?? {};
  if (min === undefined || max === undefined || min === null || max === null || atS < min || atS > max)
    return;
  const x = Math.round(valToPos(atS, 'x', true));
  ctx.save();
  ctx.beginPath();
  ctx.setLineDash(dash.map((px) => px * devicePixelRatio));
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.strokeStyle = colour;
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

const SMALL_FONT = (): string => `${11 * devicePixelRatio}px "Source Sans 3 Variable", sans-serif`;

/** Hatched over the whole height, with its reason where there is room. */
function shade({ ctx, bbox, valToPos }: uPlot, { fromMs, toMs, words }: PlotShade, colour: string): void {
  const left = Math.max(bbox.left, valToPos(fromMs / 1_000, 'x', true));
  const right = Math.min(bbox.left + bbox.width, valToPos(toMs / 1_000, 'x', true));
  if (right < bbox.left || left > bbox.left + bbox.width) return;
  const width = Math.max(2 * devicePixelRatio, right - left);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, width, bbox.height);
  ctx.clip();
  ctx.fillStyle = `${colour}14`;
  ctx.fillRect(left, bbox.top, width, bbox.height);
  ctx.strokeStyle = `${colour}40`;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  for (let x = left - bbox.height; x < left + width; x += 7 * devicePixelRatio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.font = SMALL_FONT();
  if (ctx.measureText(words).width < width - 8 * devicePixelRatio) {
    ctx.fillStyle = colour;
    ctx.fillText(words, left + 4 * devicePixelRatio, bbox.top + 12 * devicePixelRatio);
  }
  ctx.restore();
}

/** A dashed line over the whole width with its name; none beyond what the axis reaches. */
function level(drawn: uPlot, { value, words }: PlotLevel, scale: string, ink: ChartInk): void {
  const { ctx, bbox, scales } = drawn;
  const { min, max } = scales[scale] ?? {};
  if (typeof min !== 'number' || typeof max !== 'number' || value < min || value > max) return;
  const y = Math.round(drawn.valToPos(value, scale, true));
  ctx.save();
  ctx.strokeStyle = ink.warning;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([8, 4].map((px) => px * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = SMALL_FONT();
  ctx.fillStyle = ink.warning;
  ctx.fillText(words, bbox.left + 4 * devicePixelRatio, y - 4 * devicePixelRatio);
  ctx.restore();
}

/** The letter of a curve beside its last value in sight. */
function letterOf(drawn: uPlot, row: number, letter: string, theme: Theme): void {
  const { ctx, bbox, data, series } = drawn;
  const [, last] = series[0]?.idxs ?? [0, data[0].length - 1];
  const values = data[row] ?? [];
  let index = last;
  while (index >= 0 && (values[index] === null || values[index] === undefined)) index--;
  const [time, value] = [data[0][index], values[index]];
  if (time === undefined || value === null || value === undefined) return;
  const x = drawn.valToPos(time, 'x', true);
  if (x < bbox.left) return;
  const y = drawn.valToPos(value, series[row]?.scale ?? '', true);
  const room = 4 * devicePixelRatio;
  ctx.save();
  ctx.font = LETTER_FONT.replace('13px', `${13 * devicePixelRatio}px`);
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 3 * devicePixelRatio;
  ctx.strokeStyle = CHART_INK[theme].paper;
  ctx.fillStyle = curveInk(theme, letter);
  const at = Math.min(x, bbox.left + bbox.width) + room;
  ctx.strokeText(letter, at, y);
  ctx.fillText(letter, at, y);
  ctx.restore();
}
