import { svgOf } from '../../core/documents/svg.ts';
import { hexOf } from './colour.ts';
import type { Picture } from './draw-picture.ts';
import { styleFrame } from './frame.ts';
import { vectorDrawing } from './vector-drawing.ts';

/** A picture as an SVG document: the same shapes, symbols and places of labels. */
export function pictureSvg({ frame, background, layers }: Picture, isOpaque: boolean): string {
  const drawing = vectorDrawing({ frame: styleFrame(frame), background, layers });
  const { widthPx, heightPx } = frame;
  return svgOf(drawing, { widthPx, heightPx, background: isOpaque ? hexOf(background) : undefined });
}
