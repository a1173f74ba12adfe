import type { Symbol2d } from '../../core/feature/symbol.ts';
import { colourOf } from './colour.ts';
import type { PixelShapes } from './pixel-shapes.ts';
import type { Raster } from './raster.ts';
import { Stroker } from './stroke.ts';

/** Shapes that are drawn alike. */
export interface SymbolShapes {
  readonly symbol: Symbol2d;
  readonly shapes: PixelShapes;
}

/** Fills of all classes, then outlines of all, so that no fill covers half a line of its neighbour. */
export function drawAreas(raster: Raster, parts: readonly SymbolShapes[]): void {
  for (const { symbol, shapes } of parts) {
    if (symbol.fill === undefined) continue;
    eachRun(shapes, (start, end) => raster.outline(shapes.positions, start, end));
    raster.sweep(colourOf(symbol.fill, symbol.fillOpacity));
  }
  for (const alike of byStroke(parts)) {
    const [first] = alike;
    if (!first || !(first.symbol.strokeWidthPx > 0)) continue;
    const { stroke, strokeOpacity, strokeWidthPx: widthPx, strokeDash: dash } = first.symbol;
    const stroker = new Stroker(raster, { widthPx, dash });
    for (const { shapes } of alike) {
      eachRun(shapes, (start, end) => stroker.line(shapes.positions, start, end, true));
    }
    raster.sweep(colourOf(stroke, strokeOpacity));
  }
}

/** Calls for each ring or line with where it starts and ends. */
export function eachRun(
  { ends }: { readonly ends: Iterable<number> },
  visit: (start: number, end: number) => void,
): void {
  let start = 0;
  for (const end of ends) {
    visit(start, end);
    start = end;
  }
}

/** Classes whose lines look the same are drawn as one: a border between two of them is one line. */
function byStroke(parts: readonly SymbolShapes[]): readonly SymbolShapes[][] {
  const groups = new Map<string, SymbolShapes[]>();
  for (const part of parts) {
    const { stroke, strokeOpacity, strokeWidthPx, strokeDash } = part.symbol;
    const key = [stroke, strokeOpacity, strokeWidthPx, strokeDash?.join()].join(' ');
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  return [...groups.values()];
}
