import type { Layer } from '../../core/feature/layer.ts';
import { PIXEL_M, symbolOf } from '../../core/feature/symbol.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Colour } from './colour.ts';
import { drawAreas, type SymbolShapes } from './draw-areas.ts';
import { drawLines } from './draw-lines.ts';
import { drawMarkers } from './draw-markers.ts';
import type { Frame } from './frame.ts';
import type { ClassShapes } from './map-source.ts';
import { PixelMap } from './pixel-map.ts';
import { pixelShapes } from './pixel-shapes.ts';
import { Raster } from './raster.ts';

/** A layer of a picture with all that is drawn of it. */
export interface PictureLayer {
  readonly layer: Pick<Layer, 'style' | 'geometryType' | 'srid'>;
  /** What the frame shows of the layer's storage CRS. */
  readonly area: Bbox;
  readonly classes: readonly ClassShapes[];
}

export interface Picture {
  readonly frame: Frame;
  readonly background: Colour;
  /** From the lowest to the topmost. */
  readonly layers: readonly PictureLayer[];
}

/** Draws a picture: plain data in, pixels out. */
export function drawPicture({ frame, background, layers }: Picture): Raster {
  const raster = new Raster(frame.widthPx, frame.heightPx, background);
  for (const layer of layers) drawLayer(raster, frame, layer);
  return raster;
}

function drawLayer(raster: Raster, frame: Frame, { layer, area, classes }: PictureLayer): void {
  const map = new PixelMap(frame, area);
  const scale = map.metresPerPixel / PIXEL_M;
  const entries = layer.style.classes?.entries ?? [];
  // In the order of the style, whatever order the store gave.
  const parts: SymbolShapes[] = classes
    .toSorted((a, b) => a.entry - b.entry)
    .map(({ entry, wkb }) => ({
      symbol: symbolOf(layer, entries[entry], scale),
      shapes: pixelShapes(wkb, map),
    }));
  if (layer.geometryType.endsWith('Polygon')) drawAreas(raster, parts);
  else if (layer.geometryType.endsWith('LineString')) drawLines(raster, parts);
  else drawMarkers(raster, parts);
}
