/** A picture of shapes that are placed already, painted one over the other. */
import type { PaintedShape } from '../../core/building/birds-eye.ts';
import { type Colour, colourOf } from './colour.ts';
import { eachRun } from './draw-areas.ts';
import { Raster } from './raster.ts';
import { Stroker } from './stroke.ts';

export interface ShapePicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly background: Colour;
  readonly shapes: readonly PaintedShape[];
}

export function drawShapes({ widthPx, heightPx, background, shapes }: ShapePicture): Raster {
  const raster = new Raster(widthPx, heightPx, background);
  for (const shape of shapes) {
    const { positions, fill, stroke, strokeWidthPx } = shape;
    if (fill !== undefined) {
      eachRun(shape, (start, end) => raster.outline(positions, start, end));
      raster.sweep(colourOf(fill));
    }
    if (stroke !== undefined) {
      const stroker = new Stroker(raster, { widthPx: strokeWidthPx });
      eachRun(shape, (start, end) => stroker.line(positions, start, end, true));
      raster.sweep(colourOf(stroke));
    }
  }
  return raster;
}
