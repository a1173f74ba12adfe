/** Pictures in a PDF: at their size on paper, a map with the bar of its scale and an arrow to the north. */
import type { Figure } from '../../core/documents/print-document.ts';
import { lengthText, scaleBarM } from '../../core/documents/scale-bar.ts';
import type { Language } from '../../core/feature/layer.ts';
import type { PdfFile } from './pdf-file.ts';
import { checkPicture, scaleWords } from './picture-file.ts';
import { PT_PER_MM, type Sheet } from './sheet.ts';

const RULE = '#b9b2a0';
const INK = '#1f262d';
const PAPER = '#ffffff';
const CAPTION = { sizePt: 8.5, colour: '#535c64' };
const SIGN = { sizePt: 8, colour: INK };
/** The caption that stays with its picture. */
const CAPTION_PT = 30;

export function writeFigure(sheet: Sheet, figure: Figure, language: Language): void {
  const { picture, alt, caption, widthMm, scaleDenominator } = figure;
  checkPicture(picture.file);
  const wantedPt = widthMm === undefined ? sheet.widthPt : widthMm * PT_PER_MM;
  const wantedHeightPt = (wantedPt * picture.heightPx) / picture.widthPx;
  const fits = Math.min(1, sheet.widthPt / wantedPt, (sheet.heightPt - CAPTION_PT) / wantedHeightPt);
  // A map that is made smaller would no longer have the scale that is written below it.
  if (scaleDenominator !== undefined && fits < 0.999) {
    throw new RangeError(
      `A map of ${Math.round(wantedPt / PT_PER_MM)} × ${Math.round(wantedHeightPt / PT_PER_MM)} mm at 1:${scaleDenominator} does not fit the paper`,
    );
  }
  const [widthPt, heightPt] = [wantedPt * fits, wantedHeightPt * fits];
  const draw = (file: PdfFile, x: number, y: number) => {
    file.image(Buffer.from(picture.file), x, y, { width: widthPt, height: heightPt });
    if (scaleDenominator !== undefined) {
      drawScale(sheet, file, scaleDenominator, x, y + heightPt, widthPt);
      drawNorth(sheet, file, x + widthPt - 18, y + 8);
    }
    file.rect(x, y, widthPt, heightPt).lineWidth(0.5).stroke(RULE);
  };
  sheet.keep(heightPt + CAPTION_PT);
  sheet.drawing('Figure', heightPt, draw, undefined, { alt });
  sheet.space(3);
  const scale = scaleDenominator === undefined ? '' : ` ${scaleWords(scaleDenominator, language)}`;
  sheet.paragraph('Caption', `${caption}${scale}`, CAPTION);
  sheet.space(9);
}

/** Over the lower left corner. */
function drawScale(
  { letters }: Sheet,
  file: PdfFile,
  denominator: number,
  left: number,
  bottom: number,
  widthPt: number,
): void {
  const mPerPt = denominator / PT_PER_MM / 1_000;
  const lengthM = scaleBarM((widthPt / 3) * mPerPt);
  const barPt = lengthM / mPerPt;
  const text = lengthText(lengthM);
  const [x, y] = [left + 8, bottom - 12];
  const textPt = letters.widthOf(text, SIGN);
  file
    .rect(left + 4, bottom - 20, barPt + textPt + 14, 16)
    .fillOpacity(0.85)
    .fill(PAPER)
    .fillOpacity(1);
  file.rect(x, y, barPt / 2, 3).fillAndStroke(INK, INK);
  file
    .rect(x + barPt / 2, y, barPt / 2, 3)
    .lineWidth(0.5)
    .fillAndStroke(PAPER, INK);
  letters.words(text, x + barPt + 4, bottom - 17, SIGN);
}

/** North is at the top of every map of the house: the north of the grid. */
function drawNorth({ letters }: Sheet, file: PdfFile, x: number, y: number): void {
  file
    .circle(x + 5, y + 12, 13)
    .fillOpacity(0.85)
    .fill(PAPER)
    .fillOpacity(1);
  file
    .moveTo(x + 5, y)
    .lineTo(x + 9, y + 12)
    .lineTo(x + 5, y + 9)
    .lineTo(x + 1, y + 12)
    .closePath()
    .fill(INK);
  letters.words('N', x + 2.2, y + 12, { ...SIGN, isBold: true });
}
