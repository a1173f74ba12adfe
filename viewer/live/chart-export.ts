/** What a chart shows, as a table for other programs and as a picture. */
import { formatDate } from '../format/number.ts';
import { saveFile } from '../state/save-file.ts';
import type { Theme } from '../style/ink.ts';
import { said, t } from '../text/text.ts';
import { CHART_INK, curveInk } from './chart-ink.ts';
import type { Stretch } from './chart-range.ts';
import type { Charted } from './chart-state.ts';
import type { Series } from './series.ts';

const COLUMNS = [
  'time_utc',
  'datastream',
  'sensor',
  'quantity',
  'unit',
  'step',
  'value',
  'min',
  'max',
  'count',
  'provider',
  'method',
] as const;

/**
 * One line for each value and each gap of the stretch, in RFC 4180: times in UTC with the beginnings of steps, numbers
 * with a decimal point, gaps empty.
 */
export function csvOf(charted: readonly Charted[], all: readonly Series[], [fromMs, toMs]: Stretch): string {
  const lines = [COLUMNS.join()];
  for (const { sensor, datastream } of charted) {
    const series = all.find((one) => one.datastream === datastream.id);
    if (!series) continue;
    const about = [said(sensor.title), said(datastream.title), datastream.unit ? said(datastream.unit) : ''];
    const origin = [sensor.provider ?? '', datastream.sensor];
    for (const [row, atMs] of series.times.entries()) {
      if (atMs < fromMs || atMs > toMs) continue;
      const numbers = [series.values, series.lows, series.highs, series.counts].map(
        (cells) => cells[row] ?? '',
      );
      const cells = [
        new Date(atMs).toISOString(),
        datastream.id,
        ...about,
        series.step,
        ...numbers,
        ...origin,
      ];
      lines.push(cells.map(quoted).join());
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets take a file for UTF-8 by this mark alone. */
const BYTE_ORDER_MARK = '\ufeff';

export function saveCsv(charted: readonly Charted[], all: readonly Series[], stretch: Stretch): void {
  const text = BYTE_ORDER_MARK + csvOf(charted, all, stretch);
  saveFile(new Blob([text], { type: 'text/csv;charset=utf-8' }), nameOf(charted, stretch, 'csv'));
}

const LINE_PX = 20;
const EDGE_PX = 16;

/** The drawing with its title, the names of the curves, their units, whose data they are, and the day. */
export async function savePng(
  charted: readonly Charted[],
  drawing: HTMLCanvasElement,
  stretch: Stretch,
  theme: Theme,
): Promise<void> {
  const ink = CHART_INK[theme];
  const density = devicePixelRatio;
  const headPx = EDGE_PX + LINE_PX * (1.4 + charted.length);
  const footPx = LINE_PX * 1.5 + EDGE_PX;
  const canvas = document.createElement('canvas');
  canvas.width = drawing.width + 2 * EDGE_PX * density;
  canvas.height = drawing.height + (headPx + footPx) * density;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawing, EDGE_PX * density, headPx * density);
  context.scale(density, density);
  const write = (text: string, x: number, y: number, colour: string, font: string) => {
    context.font = `${font} "Source Sans 3 Variable", sans-serif`;
    context.fillStyle = colour;
    context.fillText(text, x, y);
  };
  write(titleOf(stretch), EDGE_PX, EDGE_PX + 12, ink.text, '650 16px');
  for (const [index, one] of charted.entries()) {
    const y = EDGE_PX + LINE_PX * (1.6 + index);
    write(one.letter, EDGE_PX, y, curveInk(theme, one.letter), '700 13px');
    write(curveWords(one), EDGE_PX + 18, y, ink.text, '400 13px');
  }
  const providers = [
    ...new Set(charted.map(({ sensor }) => sensor.provider).filter((name) => name !== null)),
  ];
  const source = `${t('liveProvider')}: ${providers.join(', ') || '–'}`;
  const isSynthetic = charted.some(({ sensor }) => sensor.synthetic);
  const made = t('chartMade', { date: formatDate(new Date().toISOString(), true) ?? '' });
  write(
    [source, ...(isSynthetic ? [t('synthetic')] : []), made].join(' · '),
    EDGE_PX,
    canvas.height / density - EDGE_PX,
    ink.soft,
    '400 12px',
  );
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) saveFile(blob, nameOf(charted, stretch, 'png'));
}

export const titleOf = ([fromMs, toMs]: Stretch): string =>
  [fromMs, toMs].map((ms) => formatDate(new Date(ms).toISOString(), true)).join(' – ');

/** Sensor, quantity and unit of a curve. */
export function curveWords({ sensor, datastream }: Charted): string {
  const unit = datastream.unit ? ` [${said(datastream.unit)}]` : '';
  return `${said(sensor.title)}, ${said(datastream.title)}${unit}`;
}

function nameOf(charted: readonly Charted[], [fromMs, toMs]: Stretch, ending: string): string {
  const [first] = charted;
  const what = (first?.datastream.name ?? 'chart').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 16).replace(':', ''));
  return `blizniak-${what}-${from}-${to}.${ending}`;
}
