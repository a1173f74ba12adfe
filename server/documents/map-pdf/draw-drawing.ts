import type { Drawing, DrawnPath, DrawnText } from '../../../core/documents/drawing.ts';
import type { MapPage } from './map-page.ts';

/** As maps write their words. */
const FONT_PX = 12;
const HALO_PX = 2.4;
/** Of the size: from the top of a line to the middle of its letters. */
export const MIDDLE_OF_LINE = 0.69;

/** @param scale points of a pixel */
export function drawDrawing(page: MapPage, { paths, texts }: Drawing, scale: number): void {
  for (const path of paths) drawPath(page, path, scale);
  for (const text of texts) drawText(page, text, scale);
}

export function drawPath({ file }: Pick<MapPage, 'file'>, path: DrawnPath, scale: number): void {
  const { positions, ends, isClosed, fill, stroke } = path;
  let start = 0;
  for (const end of ends) {
    for (let i = start; i < end; i += 2) {
      const [x, y] = [(positions[i] ?? 0) * scale, (positions[i + 1] ?? 0) * scale];
      if (i === start) file.moveTo(x, y);
      else file.lineTo(x, y);
    }
    if (isClosed) file.closePath();
    start = end;
  }
  if (stroke) {
    file
      .lineWidth(stroke.widthPx * scale)
      .lineJoin('round')
      .lineCap(stroke.dash ? 'butt' : 'round');
    file.strokeOpacity(stroke.opacity);
    if (stroke.dash) file.dash((stroke.dash[0] ?? 1) * scale, dashOf(stroke.dash, scale));
    else file.undash();
  }
  if (fill) file.fillOpacity(fill.opacity);
  if (fill && stroke) file.fillAndStroke(fill.colour, stroke.colour, 'even-odd');
  else if (fill) file.fill(fill.colour, 'even-odd');
  else if (stroke) file.stroke(stroke.colour);
  file.fillOpacity(1).strokeOpacity(1).undash();
}

function drawText(page: MapPage, { text, colour, x, y, letters }: DrawnText, scale: number): void {
  const { file, letters: lettering } = page;
  const style = { sizePt: FONT_PX * scale, colour, isBold: false };
  const top = -style.sizePt * MIDDLE_OF_LINE;
  const halo = { colour: '#ffffff', widthPt: HALO_PX * scale };
  if (!letters) {
    lettering.words(text, x * scale - lettering.widthOf(text, style) / 2, y * scale + top, {
      ...style,
      halo,
    });
    return;
  }
  for (const isHalo of [true, false]) {
    for (const { letter, x: atX, y: atY, angle } of letters) {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      file.save().transform(cos, sin, -sin, cos, atX * scale, atY * scale);
      lettering.words(
        letter,
        -lettering.widthOf(letter, style) / 2,
        top,
        isHalo ? { ...style, halo } : style,
      );
      file.restore();
    }
  }
}

const dashOf = (dash: readonly number[], scale: number) => ({ space: (dash[1] ?? dash[0] ?? 1) * scale });
