/** Which sheet shows what, where a map takes several. */
import { SHEET_WORDS } from '../../../core/documents/map-sheet.ts';
import { PT_PER_MM } from '../sheet.ts';
import type { MapPage } from './map-page.ts';
import { drawFoot } from './sheet-foot.ts';

const INK = '#1f262d';
const EDGE = '#c0182a';
const NUMBER = { sizePt: 14, colour: INK, isBold: true };
const SHARE = 0.9;

export function writeOverview(page: MapPage): void {
  const { file, letters, map } = page;
  const { frame, boxes } = map.plan;
  const minX = Math.min(...boxes.map((box) => box.minX));
  const maxY = Math.max(...boxes.map((box) => box.maxY));
  const widthM = Math.max(...boxes.map((box) => box.maxX)) - minX;
  const heightM = maxY - Math.min(...boxes.map((box) => box.minY));
  const [widthPt, heightPt] = [frame.widthMm * PT_PER_MM, frame.heightMm * PT_PER_MM];
  const perM = SHARE * Math.min(widthPt / widthM, heightPt / heightM);
  const left = frame.leftMm * PT_PER_MM + (widthPt - widthM * perM) / 2;
  const top = frame.topMm * PT_PER_MM + (heightPt - heightM * perM) / 2;
  for (const [index, box] of boxes.entries()) {
    const [x, y] = [left + (box.minX - minX) * perM, top + (maxY - box.maxY) * perM];
    const [width, height] = [(box.maxX - box.minX) * perM, (box.maxY - box.minY) * perM];
    file.rect(x, y, width, height).lineWidth(0.6).stroke(INK);
    const text = String(index + 1);
    const middle = x + width / 2 - letters.widthOf(text, NUMBER) / 2;
    letters.words(text, middle, y + height / 2 - NUMBER.sizePt / 2, NUMBER);
  }
  for (const ring of map.outline) {
    for (const [index, [easting, northing]] of ring.entries()) {
      const [x, y] = [left + (easting - minX) * perM, top + (maxY - northing) * perM];
      if (index === 0) file.moveTo(x, y);
      else file.lineTo(x, y);
    }
    file.closePath();
  }
  file.lineWidth(1).dash(6, { space: 2.5 }).stroke(EDGE).undash();
  file
    .rect(frame.leftMm * PT_PER_MM, frame.topMm * PT_PER_MM, widthPt, heightPt)
    .lineWidth(0.9)
    .stroke(INK);
  drawFoot(page, undefined, SHEET_WORDS.overview[map.language]);
}
