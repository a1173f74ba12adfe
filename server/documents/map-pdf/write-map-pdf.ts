/** Maps in scale as PDF (ADR 27): vectors in their place to less than a tenth of a millimetre. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type MapSheet,
  type PaperMapFile,
  SHEET_WORDS,
  scaleText,
} from '../../../core/documents/map-sheet.ts';
import { openLettering } from '../lettering.ts';
import { closePdf, openPdf, tagOf } from '../pdf-file.ts';
import { PT_PER_MM } from '../sheet.ts';
import { drawDrawing } from './draw-drawing.ts';
import type { MapPage } from './map-page.ts';
import { writeOverview } from './overview.ts';
import { drawFoot } from './sheet-foot.ts';
import { drawFrame, drawOutline } from './sheet-frame.ts';
import { drawWatermark } from './watermark.ts';

export async function writeMapPdf(map: PaperMapFile): Promise<Uint8Array> {
  const { language, title, author, date, plan, sheets } = map;
  const file = openPdf({ language, title, author, date, subject: scaleText(plan.scaleDenominator) });
  const root = tagOf(file, 'Document');
  file.addStructure(root);
  const page: MapPage = { file, letters: openLettering(file), map };
  const add = (alt: string, draw: () => void) => {
    file.addPage({ size: [plan.widthMm * PT_PER_MM, plan.heightMm * PT_PER_MM], margin: 0 });
    const tag = tagOf(file, 'Figure', { alt });
    root.add(tag);
    tag.add(draw);
    tag.end();
  };
  if (sheets.length > 1) add(SHEET_WORDS.overview[language], () => writeOverview(page));
  for (const [index, sheet] of sheets.entries()) {
    const number = `${SHEET_WORDS.sheet[language]} ${index + 1} ${SHEET_WORDS.of[language]} ${sheets.length}`;
    add(`${title}, ${scaleText(plan.scaleDenominator)}. ${number}`, () => writeSheet(page, sheet, number));
    // Others are answered between the sheets.
    await nextTurn();
  }
  root.end();
  return closePdf(file);
}

function writeSheet(page: MapPage, sheet: MapSheet, number: string): void {
  const { file, map } = page;
  const { leftMm, topMm, widthMm, heightMm } = map.plan.frame;
  file.save();
  file.rect(leftMm * PT_PER_MM, topMm * PT_PER_MM, widthMm * PT_PER_MM, heightMm * PT_PER_MM).clip();
  file.translate(leftMm * PT_PER_MM, topMm * PT_PER_MM);
  drawDrawing(page, sheet.drawing, PT_PER_MM / map.pxPerMm);
  drawOutline(page, sheet.box);
  drawWatermark(page, widthMm * PT_PER_MM, heightMm * PT_PER_MM);
  file.restore();
  drawFrame(page, sheet.box);
  drawFoot(page, sheet.signs, number);
}
