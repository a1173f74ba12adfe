/** Marks side by side in one picture, and where each of them lies: what clients of styles call a sprite. */
import { enlarged, type Symbol2d } from '../../core/feature/symbol.ts';
import { CLEAR } from './colour.ts';
import { drawMarkers } from './draw-markers.ts';
import { Raster } from './raster.ts';

/** Smoothed edges reach this far beyond the outline, px. */
const EDGE_PX = 1;

interface SpritePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** @param pixelRatio 1, or 2 for screens of twice the pixels */
export function drawSprite(
  marks: readonly { readonly name: string; readonly symbol: Symbol2d }[],
  pixelRatio: 1 | 2,
): { readonly raster: Raster; readonly places: Readonly<Record<string, SpritePlace>> } {
  const sides = marks.map(
    ({ symbol }) =>
      2 * pixelRatio * Math.ceil((symbol.marker?.sizePx ?? 0) / 2 + symbol.strokeWidthPx / 2 + EDGE_PX),
  );
  const widthPx = Math.max(
    1,
    sides.reduce((sum, side) => sum + side, 0),
  );
  const raster = new Raster(widthPx, Math.max(1, ...sides), CLEAR);
  const places: Record<string, SpritePlace> = {};
  let x = 0;
  for (const [index, { name, symbol }] of marks.entries()) {
    const side = sides[index] ?? 0;
    const positions = Float64Array.of(x + side / 2, side / 2);
    const shapes = { positions, ends: Int32Array.of(2), features: Int32Array.of(1) };
    drawMarkers(raster, [{ symbol: enlarged(symbol, pixelRatio), shapes }]);
    places[name] = { x, y: 0, width: side, height: side, pixelRatio };
    x += side;
  }
  return { raster, places };
}
