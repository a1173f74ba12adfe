/** Below a map: what its signs mean, its stamp, the bar of its scale and the arrow to the north. */
import { SHEET_WORDS, type SheetSign, scaleText } from '../../../core/documents/map-sheet.ts';
import { lengthText, scaleBarM } from '../../../core/documents/scale-bar.ts';
import { PT_PER_MM } from '../sheet.ts';
import { drawPath, MIDDLE_OF_LINE } from './draw-drawing.ts';
import type { MapPage } from './map-page.ts';

const INK = '#1f262d';
const QUIET = '#535c64';
const WARNING = '#8a1c1c';
const TITLE = { sizePt: 11, colour: INK, isBold: true };
const SMALL = { sizePt: 6.6, colour: INK };
const [STAMP_MM, ROW_MM, SIGN_MM] = [98, 3.6, 8];
const COLUMN_MM = 66;
const PAD_MM = 2;

const pt = (mm: number) => mm * PT_PER_MM;

/** @param signs undefined = an index of sheets, which has no scale */
export function drawFoot(page: MapPage, signs: readonly SheetSign[] | undefined, number: string): void {
  const { foot } = page.map.plan;
  const [left, top, width, height] = [pt(foot.leftMm), pt(foot.topMm), pt(foot.widthMm), pt(foot.heightMm)];
  const stampLeft = left + width - pt(STAMP_MM);
  page.file.rect(left, top, width, height).lineWidth(0.6).stroke(INK);
  page.file
    .moveTo(stampLeft, top)
    .lineTo(stampLeft, top + height)
    .stroke(INK);
  if (signs)
    drawSigns(
      page,
      signs,
      left + pt(PAD_MM),
      top + pt(PAD_MM),
      stampLeft - left - 2 * pt(PAD_MM),
      height - 2 * pt(PAD_MM),
    );
  drawStamp(
    page,
    { number, hasScale: signs !== undefined },
    stampLeft + pt(PAD_MM),
    top + pt(PAD_MM),
    pt(STAMP_MM - 2 * PAD_MM),
    height - 2 * pt(PAD_MM),
  );
}

function drawSigns(
  page: MapPage,
  signs: readonly SheetSign[],
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  const { letters, map } = page;
  letters.words(SHEET_WORDS.legend[map.language], left, top, { ...SMALL, isBold: true });
  const begin = top + pt(ROW_MM);
  const rows = Math.max(1, Math.floor((height - pt(ROW_MM)) / pt(ROW_MM)));
  const columns = Math.max(1, Math.ceil(signs.length / rows), Math.floor(width / pt(COLUMN_MM)));
  const columnPt = width / columns;
  for (const [index, sign] of signs.entries()) {
    const x = left + Math.floor(index / rows) * columnPt;
    const y = begin + (index % rows) * pt(ROW_MM);
    drawSign(page, sign, x, y + pt(ROW_MM) / 2);
    const [line = '', more] = letters.linesOf(sign.label, SMALL, columnPt - pt(SIGN_MM + 2));
    const text = more === undefined ? line : `${line}…`;
    letters.words(text, x + pt(SIGN_MM + 1), y + pt(ROW_MM) / 2 - SMALL.sizePt * MIDDLE_OF_LINE, SMALL);
  }
}

function drawSign(page: MapPage, { shape, symbol }: SheetSign, x: number, y: number): void {
  const scale = PT_PER_MM / page.map.pxPerMm;
  const { fill, fillOpacity, stroke, strokeOpacity, strokeWidthPx, strokeDash, casing } = symbol;
  const widest = 8;
  const ink = {
    colour: stroke,
    opacity: strokeOpacity,
    widthPx: Math.min(widest, strokeWidthPx),
    dash: strokeDash,
  };
  const [right, half] = [pt(SIGN_MM) / scale, pt(ROW_MM) / scale / 2 - 3];
  const [atX, atY] = [x / scale, y / scale];
  const path = (positions: readonly number[], isClosed: boolean) => ({
    ...{ positions: Float64Array.from(positions), ends: Int32Array.of(positions.length), isClosed },
  });
  const filled = fill === undefined ? {} : { fill: { colour: fill, opacity: fillOpacity } };
  if (shape === 'line') {
    const line = path([atX, atY, atX + right, atY], false);
    if (casing)
      drawPath(
        page,
        {
          ...line,
          stroke: { colour: casing.color, opacity: 1, widthPx: Math.min(widest + 2, casing.widthPx) },
        },
        scale,
      );
    drawPath(page, { ...line, stroke: ink }, scale);
    return;
  }
  const [from, to] = shape === 'area' ? [atX, atX + right] : [atX + right / 2 - half, atX + right / 2 + half];
  if (symbol.marker?.shape === 'cross') {
    drawPath(page, { ...path([from, atY - half, to, atY + half], false), stroke: ink }, scale);
    drawPath(page, { ...path([from, atY + half, to, atY - half], false), stroke: ink }, scale);
    return;
  }
  const middle = (from + to) / 2;
  const corners: Readonly<Record<string, readonly number[]>> = {
    triangle: [middle, atY - half, to, atY + half, from, atY + half],
    diamond: [middle, atY - half, to, atY, middle, atY + half, from, atY],
    circle: Array.from({ length: 24 }, (_, i) => {
      const turn = (i / 24) * 2 * Math.PI;
      return [middle + half * Math.cos(turn), atY + half * Math.sin(turn)];
    }).flat(),
  };
  const box = [from, atY - half, to, atY - half, to, atY + half, from, atY + half];
  const outline = (symbol.marker && corners[symbol.marker.shape]) ?? box;
  drawPath(page, { ...path(outline, true), ...filled, ...(ink.widthPx > 0 && { stroke: ink }) }, scale);
}

function drawStamp(
  page: MapPage,
  { number, hasScale }: { readonly number: string; readonly hasScale: boolean },
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  const { letters, map } = page;
  const { scaleDenominator } = map.plan;
  const [title = '', more] = letters.linesOf(map.title, TITLE, width - pt(12));
  letters.words(more === undefined ? title : `${title}…`, left, top - 2, TITLE);
  const scale = hasScale
    ? `${SHEET_WORDS.scale[map.language]} ${scaleText(scaleDenominator)}  ·  ${number}`
    : number;
  letters.words(scale, left, top + pt(5), { ...SMALL, sizePt: 8.5, isBold: true });
  let y = top + pt(10);
  const nameWidth = pt(19);
  for (const { name, value } of map.stamp) {
    const lines = letters.linesOf(value, SMALL, width - nameWidth).slice(0, 3);
    letters.words(name, left, y, { ...SMALL, colour: QUIET });
    for (const [index, line] of lines.entries())
      letters.words(line, left + nameWidth, y + index * pt(2.9), SMALL);
    y += lines.length * pt(2.9) + 1.2;
  }
  for (const note of map.notes) {
    for (const line of letters.linesOf(note, SMALL, width)) {
      letters.words(line, left, y, { ...SMALL, colour: WARNING });
      y += pt(2.8);
    }
  }
  if (hasScale) drawBar(page, left, top + height - pt(3));
  drawNorth(page, left + width - pt(6), top - 1);
}

/** As long as it says, to the hundredth of a millimetre. */
function drawBar({ file, letters, map }: MapPage, x: number, bottom: number): void {
  const { scaleDenominator } = map.plan;
  const lengthM = scaleBarM(50 * (scaleDenominator / 1_000));
  const barPt = ((lengthM * 1_000) / scaleDenominator) * PT_PER_MM;
  file
    .rect(x, bottom, barPt / 2, 3)
    .lineWidth(0.4)
    .fillAndStroke(INK, INK);
  file.rect(x + barPt / 2, bottom, barPt / 2, 3).fillAndStroke('#ffffff', INK);
  letters.words(lengthText(lengthM), x + barPt + 4, bottom + 1.5 - SMALL.sizePt * MIDDLE_OF_LINE, SMALL);
}

/** North of the grid. */
function drawNorth({ file, letters }: MapPage, x: number, y: number): void {
  file
    .moveTo(x, y)
    .lineTo(x + 5, y + 18)
    .lineTo(x, y + 13)
    .lineTo(x - 5, y + 18)
    .closePath()
    .fill(INK);
  letters.words('N', x - 2.6, y + 17, { ...SMALL, sizePt: 7.5, isBold: true });
}
