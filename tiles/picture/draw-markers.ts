import type { MarkerShape } from '../../core/feature/layer.ts';
import type { Symbol2d } from '../../core/feature/symbol.ts';
import { colourOf } from './colour.ts';
import type { SymbolShapes } from './draw-areas.ts';
import type { Raster } from './raster.ts';
import { Stroker } from './stroke.ts';

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly symbol: Symbol2d;
}

/** One by one from the top of the picture, so that a nearer one lies over what is behind it. */
export function drawMarkers(raster: Raster, parts: readonly SymbolShapes[]): void {
  const marks: Mark[] = [];
  for (const { symbol, shapes } of parts) {
    const reach = (symbol.marker?.sizePx ?? 0) + symbol.strokeWidthPx;
    for (let i = 0; i < shapes.positions.length; i += 2) {
      const [x = 0, y = 0] = [shapes.positions[i], shapes.positions[i + 1]];
      const isShown = x > -reach && y > -reach && x < raster.widthPx + reach && y < raster.heightPx + reach;
      if (isShown) marks.push({ x, y, symbol });
    }
  }
  for (const mark of marks.toSorted((a, b) => a.y - b.y || a.x - b.x)) drawMarker(raster, mark);
}

function drawMarker(raster: Raster, { x, y, symbol }: Mark): void {
  const { marker, fill, fillOpacity, stroke, strokeWidthPx } = symbol;
  if (!marker) return;
  const lines = markerLines(marker, x, y);
  const isClosed = marker.shape !== 'cross';
  if (isClosed && fill !== undefined) {
    for (const line of lines) raster.outline(line);
    raster.sweep(colourOf(fill, fillOpacity));
  }
  const stroker = new Stroker(raster, { widthPx: strokeWidthPx });
  for (const line of lines) stroker.line(line, 0, line.length, isClosed);
  raster.sweep(colourOf(stroke));
}

/** The rings of a mark, or the two strokes of a cross. */
export function markerLines(
  { shape, sizePx }: NonNullable<Symbol2d['marker']>,
  x: number,
  y: number,
): readonly Float64Array[] {
  return shape === 'cross' ? crossOf(x, y, sizePx / 2) : [outlineOf(shape, x, y, sizePx / 2)];
}

function outlineOf(shape: MarkerShape, x: number, y: number, radius: number): Float64Array {
  switch (shape) {
    case 'square':
      return regular(x, y, radius * Math.SQRT2, 4, Math.PI / 4);
    case 'diamond':
      return regular(x, y, radius, 4, 0);
    case 'triangle':
      return regular(x, y, radius, 3, -Math.PI / 2);
    default:
      return regular(x, y, radius, Math.max(8, Math.ceil(radius * 4)), 0);
  }
}

function regular(x: number, y: number, radius: number, corners: number, turn: number): Float64Array {
  const positions = new Float64Array(corners * 2);
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i / corners) * 2 * Math.PI;
    positions[2 * i] = x + radius * Math.cos(angle);
    positions[2 * i + 1] = y + radius * Math.sin(angle);
  }
  return positions;
}

function crossOf(x: number, y: number, radius: number): readonly Float64Array[] {
  const arm = radius * Math.SQRT1_2;
  return [
    Float64Array.of(x - arm, y - arm, x + arm, y + arm),
    Float64Array.of(x - arm, y + arm, x + arm, y - arm),
  ];
}
