/** The frame of a sheet: crosses of the grid with their coordinates, and the edge of what was ordered. */
import { gridLines } from '../../../core/documents/map-sheet.ts';
import type { Bbox } from '../../../core/geo/bbox.ts';
import { PT_PER_MM } from '../sheet.ts';
import type { MapPage } from './map-page.ts';

const INK = '#1f262d';
const EDGE = '#c0182a';
const GRID = { colour: '#1f262d', sizePt: 6.5 };
/** Half of a cross. */
const ARM_MM = 3;
const TICK_MM = 2;

export function drawFrame({ file, letters, map }: MapPage, box: Bbox): void {
  const { frame, scaleDenominator } = map.plan;
  const pt = (mm: number) => mm * PT_PER_MM;
  const [left, top, width, height] = [frame.leftMm, frame.topMm, frame.widthMm, frame.heightMm].map(pt) as [
    number,
    number,
    number,
    number,
  ];
  const perM = (1_000 / scaleDenominator) * PT_PER_MM;
  const toX = (easting: number) => left + (easting - box.minX) * perM;
  const toY = (northing: number) => top + (box.maxY - northing) * perM;
  const { eastings, northings } = gridLines(box, scaleDenominator);
  file.lineWidth(0.35);
  for (const easting of eastings) {
    for (const northing of northings) {
      const [x, y] = [toX(easting), toY(northing)];
      file.moveTo(x - pt(ARM_MM), y).lineTo(x + pt(ARM_MM), y);
      file.moveTo(x, y - pt(ARM_MM)).lineTo(x, y + pt(ARM_MM));
    }
  }
  for (const easting of eastings) {
    file.moveTo(toX(easting), top).lineTo(toX(easting), top + pt(TICK_MM));
    file.moveTo(toX(easting), top + height).lineTo(toX(easting), top + height - pt(TICK_MM));
  }
  for (const northing of northings) {
    file.moveTo(left, toY(northing)).lineTo(left + pt(TICK_MM), toY(northing));
    file.moveTo(left + width, toY(northing)).lineTo(left + width - pt(TICK_MM), toY(northing));
  }
  file.stroke(INK);
  const halo = { colour: '#ffffff', widthPt: 1.6 };
  for (const easting of eastings) {
    const text = String(easting);
    letters.words(text, toX(easting) - letters.widthOf(text, GRID) / 2, top + pt(TICK_MM), { ...GRID, halo });
  }
  for (const northing of northings) {
    letters.words(String(northing), left + pt(TICK_MM) + 1, toY(northing) - GRID.sizePt * 0.7, {
      ...GRID,
      halo,
    });
  }
  file.rect(left, top, width, height).lineWidth(0.9).stroke(INK);
}

/** What was ordered, in points from the upper left corner of the frame. */
export function drawOutline({ file, map }: MapPage, box: Bbox): void {
  const perM = (1_000 / map.plan.scaleDenominator) * PT_PER_MM;
  for (const ring of map.outline) {
    for (const [index, [easting, northing]] of ring.entries()) {
      const [x, y] = [(easting - box.minX) * perM, (box.maxY - northing) * perM];
      if (index === 0) file.moveTo(x, y);
      else file.lineTo(x, y);
    }
    file.closePath();
  }
  file.lineWidth(0.9).dash(6, { space: 2.5 }).strokeOpacity(0.8).stroke(EDGE).undash().strokeOpacity(1);
}
