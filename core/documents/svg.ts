/** Drawings as SVG 1.1 documents. */
import { type Markup, markup } from '../xml/writer.ts';
import type { Drawing, DrawnPath, DrawnText } from './drawing.ts';

/** Hundredths of a pixel are finer than any print of it. */
const DECIMALS = 2;
const LETTERS = {
  family: "'Source Sans 3', sans-serif",
  sizePx: 12,
  weight: 600,
  halo: '#fcfaf4',
  haloPx: 3,
} as const;

export interface SvgSheet {
  /** What the document says of its size, px; the drawing is fitted to it. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** `#rrggbb`; undefined = clear. */
  readonly background: string | undefined;
}

export function svgOf(drawing: Drawing, { widthPx, heightPx, background }: SvgSheet): string {
  const { texts, paths } = drawing;
  const box = `0 0 ${short(drawing.widthPx)} ${short(drawing.heightPx)}`;
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${widthPx}" height="${heightPx}" viewBox="${box}">
${background !== undefined && markup`<rect width="100%" height="100%" fill="${background}"/>\n`}<g stroke-linejoin="round" stroke-linecap="round">
${paths.map(pathMarkup)}</g>
<g font-family="${LETTERS.family}" font-size="${LETTERS.sizePx}" font-weight="${LETTERS.weight}" text-anchor="middle" stroke="${LETTERS.halo}" stroke-opacity="0.9" stroke-width="${LETTERS.haloPx}" stroke-linejoin="round" paint-order="stroke">
${texts.map(textMarkup)}</g>
</svg>
`.text;
}

function pathMarkup({ positions, ends, isClosed, fill, stroke }: DrawnPath): Markup {
  const dash = stroke?.dash?.map(short).join(' ');
  return markup`<path d="${dataOf(positions, ends, isClosed)}" fill="${fill?.colour ?? 'none'}"${fill && fill.opacity < 1 && markup` fill-opacity="${short(fill.opacity)}"`}${stroke && markup` stroke="${stroke.colour}" stroke-width="${short(stroke.widthPx)}"`}${stroke && stroke.opacity < 1 && markup` stroke-opacity="${short(stroke.opacity)}"`}${dash !== undefined && markup` stroke-dasharray="${dash}" stroke-linecap="butt"`}/>\n`;
}

function dataOf(positions: Float64Array, ends: Int32Array, isClosed: boolean): string {
  const runs: string[] = [];
  let start = 0;
  for (const end of ends) {
    const pairs: string[] = [];
    for (let at = start; at + 1 < end; at += 2) {
      pairs.push(`${short(positions[at] ?? 0)} ${short(positions[at + 1] ?? 0)}`);
    }
    if (pairs.length > 0) runs.push(`M${pairs.join('L')}${isClosed ? 'Z' : ''}`);
    start = end;
  }
  return runs.join('');
}

/** Letters stand on a line a third of their size below their middle. */
const textMarkup = ({ text, colour, x, y, letters }: DrawnText): Markup =>
  letters
    ? markup`<g fill="${colour}">${letters.map(
        (each) =>
          markup`<text dy=".35em" transform="translate(${short(each.x)} ${short(each.y)}) rotate(${short((each.angle * 180) / Math.PI)})">${each.letter}</text>`,
      )}</g>\n`
    : markup`<text dy=".35em" fill="${colour}" x="${short(x)}" y="${short(y)}">${text}</text>\n`;

const short = (value: number): number => Number(value.toFixed(DECIMALS));
