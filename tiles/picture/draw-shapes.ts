/** A picture of shapes that are placed already, painted one over the other. */
import type { PaintedShape } from '../../core/building/birds-eye.ts';
import { type Colour, colourOf } from './colour.ts';
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
  for (const { positions, ends, isClosed, fill, stroke, strokeWidthPx } of shapes) {
    const eachRing = (visit: (start: number, end: number) => void) => {
      for (const [n, end] of ends.entries()) visit(ends[n - 1] ?? 0, end);
    };
    if (fill !== undefined) {
      eachRing((start, end) => raster.outline(positions, start, end));
      raster.sweep(colourOf(fill));
    }
    if (stroke !== undefined) {
      const stroker = new Stroker(raster, { widthPx: strokeWidthPx });
      eachRing((start, end) => stroker.line(positions, start, end, isClosed));
      raster.sweep(colourOf(stroke));
    }
  }
  return raster;
}
