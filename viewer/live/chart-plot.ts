/** The drawing of a chart. The one place that knows uPlot (docs/adr). */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatNumber } from '../format/number.ts';
import type { Theme } from '../style/ink.ts';
import { type Aligned, axesOf } from './chart-data.ts';
import { CHART_INK, curveInk } from './chart-ink.ts';
import type { Stretch } from './chart-range.ts';
import { timeMarks } from './chart-times.ts';

export interface PlotCurve {
  readonly letter: string;
  readonly unit: string;
}

export interface PlotOptions {
  readonly curves: readonly PlotCurve[];
  readonly theme: Theme;
  /** The moment under the pointer, milliseconds since 1970; undefined when it has left. */
  readonly onPoint: (atMs: number | undefined) => void;
}

export interface Plot {
  /** @param shownMs the moment that is marked, where the map shows another one than the present */
  draw(data: Aligned, stretch: Stretch, nowMs: number, shownMs: number | undefined): void;
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
  let now = 0;
  let shown: number | undefined;

  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { letter, unit } of curves) {
    const stroke = curveInk(theme, letter);
    const at = series.length;
    const edge = { scale: scaleOf(unit), stroke: 'transparent', width: 0, points: { show: false } };
    series.push(
      { scale: scaleOf(unit), stroke, width: 1.75, points: { size: 5, width: 1, fill: stroke } },
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
        draw: [
          (drawn) => {
            upright(drawn, now, ink.soft, [2, 4]);
            if (shown !== undefined) upright(drawn, shown, ink.warning, []);
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
    draw(data, next, nowMs, shownMs) {
      [stretch, now, shown] = [next, nowMs, shownMs];
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
