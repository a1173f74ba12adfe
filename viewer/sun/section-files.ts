/** A section as files of other programs. */
import type { ViewResult } from '../../core/analysis/view/views.ts';
import { csvCell } from '../../core/formats/csv-cell.ts';
import { formatDate, formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';

export type Section = ViewResult['sections'][number];

const COLUMNS = 'distance_m,easting,northing,ground_m,roof_before_m,roof_m,building';

/**
 * One line for each station (RFC 4180): decimal points, empty where no roof is.
 * @param ends of the line, EPSG:2177, easting first
 */
export function sectionCsv(
  { lengthM, stations }: Section,
  [from, to]: readonly [readonly [number, number], readonly [number, number]],
): string {
  const rows = stations.map(({ m, groundM, roofM, building }) => {
    const part = m / lengthM;
    const [e, n] = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    return [
      m,
      e.toFixed(2),
      n.toFixed(2),
      groundM,
      roofM.before ?? '',
      roofM.after ?? '',
      csvCell(building ?? ''),
    ];
  });
  return `${[COLUMNS, ...rows.map((row) => row.join())].join('\r\n')}\r\n`;
}

/** The drawing with its scales, and what it is of. */
export interface SectionDrawing {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ground: string;
  readonly roofs: string;
  readonly before: string;
  /** Lines of equal height. */
  readonly levels: readonly { readonly y: number; readonly heightM: number }[];
  readonly stops: readonly { readonly x: number; readonly m: number }[];
}

const EDGE = { left: 44, right: 8, top: 8, bottom: 20 };
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** Heights are drawn larger than lengths where the line is long; the axes say both. */
export function drawSection(
  { lengthM, stations, highestM, lowestM }: Section,
  widthPx: number,
  heightPx: number,
): SectionDrawing {
  const [wide, high] = [widthPx - EDGE.left - EDGE.right, heightPx - EDGE.top - EDGE.bottom];
  const foot = Math.floor(lowestM - 1);
  const top = Math.ceil(highestM + 1);
  const x = (m: number): number => EDGE.left + (m / lengthM) * wide;
  const y = (heightM: number): number => EDGE.top + ((top - heightM) / (top - foot)) * high;
  const told = (px: number): string => px.toFixed(1);
  const bottom = told(y(foot));
  const closed = (heights: readonly number[]): string =>
    `M${told(x(0))} ${bottom}${heights.map((height, n) => `L${told(x(stations[n]?.m ?? 0))} ${told(y(height))}`).join('')}L${told(x(lengthM))} ${bottom}Z`;
  const topOf = (state: 'before' | 'after') =>
    stations.map(({ groundM, roofM }) => Math.max(groundM, roofM[state] ?? groundM));
  const every = (span: number, most: number): number => STEPS.find((step) => span / step <= most) ?? span;
  const ticks = (from: number, to: number, step: number): number[] =>
    Array.from(
      { length: Math.floor(to / step) - Math.ceil(from / step) + 1 },
      (_, n) => (Math.ceil(from / step) + n) * step,
    );
  return {
    ...{
      widthPx,
      heightPx,
      ground: closed(stations.map(({ groundM }) => groundM)),
      roofs: closed(topOf('after')),
    },
    before: closed(topOf('before')),
    levels: ticks(foot, top, every(top - foot, 5)).map((heightM) => ({ y: y(heightM), heightM })),
    stops: ticks(0, lengthM, every(lengthM, 5)).map((m) => ({ x: x(m), m })),
  };
}

const INK = { ground: '#b9a98a', roofs: '#b4533c', before: '#6d6d6d', line: '#c8c3b8', text: '#333333' };

/** A drawing that stands for itself: with axes, heights and whose data it is. */
export function sectionSvg(section: Section, scenario: string | undefined): string {
  const [width, height, foot] = [1_200, 400, 24];
  const { ground, roofs, before, levels, stops } = drawSection(section, width, height);
  const source = t('sectionSource', {
    length: formatNumber(section.lengthM, 1),
    date: formatDate(new Date().toISOString(), true) ?? '',
    city: scenario === undefined ? t('sectionToday') : t('sectionScenario', { id: scenario }),
  });
  const text = (x: number, y: number, words: string, anchor = 'start') =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + foot}" viewBox="0 0 ${width} ${height + foot}" font-family="sans-serif" font-size="12" fill="${INK.text}">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...levels.map(({ y }) => `<path d="M44 ${y.toFixed(1)}H${width - 8}" stroke="${INK.line}" fill="none"/>`),
    `<path d="${roofs}" fill="${INK.roofs}"/>`,
    `<path d="${ground}" fill="${INK.ground}"/>`,
    before === roofs ? '' : `<path d="${before}" fill="none" stroke="${INK.before}" stroke-dasharray="5 4"/>`,
    ...levels.map(({ y, heightM }) => text(40, y + 4, formatNumber(heightM), 'end')),
    ...stops.map(({ x, m }) => text(x, height - 6, `${formatNumber(m)} m`, 'middle')),
    text(44, height + foot - 8, source),
    '</svg>\n',
  ].join('\n');
}

const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
