import { colourOf } from './colour.ts';
import { eachRun, type SymbolShapes } from './draw-areas.ts';
import type { Raster } from './raster.ts';
import { type StrokeOptions, Stroker } from './stroke.ts';

/** Casings under all lines, then the lines; the classes named first lie on top. */
export function drawLines(raster: Raster, parts: readonly SymbolShapes[]): void {
  const fromBelow = parts.toReversed();
  for (const part of fromBelow) {
    const { casing } = part.symbol;
    if (casing) strokeAll(raster, part, { widthPx: casing.widthPx, roundCaps: true }, casing.color);
  }
  for (const part of fromBelow) {
    const { strokeWidthPx: widthPx, strokeDash: dash, stroke } = part.symbol;
    strokeAll(raster, part, { widthPx, dash, roundCaps: dash === undefined }, stroke);
  }
}

function strokeAll(raster: Raster, { shapes }: SymbolShapes, options: StrokeOptions, colour: string): void {
  const stroker = new Stroker(raster, options);
  eachRun(shapes, (start, end) => stroker.line(shapes.positions, start, end, false));
  raster.sweep(colourOf(colour));
}
