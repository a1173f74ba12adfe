import type { Layer } from '../../core/feature/layer.ts';
import { PIXEL_M, symbolOf } from '../../core/feature/symbol.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { type Frame, nominalScale, widenFrame } from './frame.ts';
import type { ShapesAsk } from './map-source.ts';
import { PixelMap, shownBox } from './pixel-map.ts';

/** Clients and we may round a scale differently. */
const SAME_SCALE = 1.0001;
/** Objects smaller than this both ways leave hardly a trace. */
const SMALLEST_PX = 0.2;
/** Below this many metres a pixel objects are larger than that. */
const SMALL_FROM_M = 0.8;
/** Room around a picture for labels of objects whose middle lies outside. */
const LABEL_MARGIN_PX = 96;
const METRES_PER_DEGREE = 111_320;

/** What must be read to draw a layer into a frame. */
export type LayerPlan = ShapesAsk;

/** Whether a layer is drawn at the scale of a frame. */
export const isInScale = (frame: Frame, layer: Layer): boolean => isDrawnAt(nominalScale(frame), layer);

/** Whether a layer is drawn at a scale, given by its denominator. */
export const isDrawnAt = (scale: number, { maxScaleDenominator }: Layer): boolean =>
  maxScaleDenominator === undefined || scale <= maxScaleDenominator * SAME_SCALE;

/** Undefined when the layer draws nothing here: out of its scales, or the frame out of its CRS's domain. */
export function planLayer(frame: Frame, layer: Layer, filter?: Filter): LayerPlan | undefined {
  if (!isInScale(frame, layer)) return undefined;
  const inside = shownBox(frame, layer.srid);
  if (!inside) return undefined;
  const { metresPerPixel } = new PixelMap(frame, inside);
  const { pixelRatio = 1 } = frame;
  const scale = (metresPerPixel * pixelRatio) / PIXEL_M;
  const { label } = layer.style;
  const withLabels = label !== undefined && scale <= label.maxScaleDenominator * SAME_SCALE;
  const margin = Math.ceil(pixelRatio * Math.max(reachPx(layer, scale), withLabels ? LABEL_MARGIN_PX : 0));
  const area = shownBox(widenFrame(frame, margin), layer.srid);
  if (!area) return undefined;
  const unitM = crsOf(layer.srid).unit === 'degree' ? METRES_PER_DEGREE : 1;
  const smallest = metresPerPixel < SMALL_FROM_M ? 0 : (metresPerPixel * SMALLEST_PX) / unitM;
  return { layer, area, withLabels, smallest, filter };
}

/** How far the drawing of an object goes beyond its shape, in pixels of the style. */
function reachPx(layer: Layer, scale: number): number {
  const entries = [undefined, ...(layer.style.classes?.entries ?? [])];
  const reaches = entries.map((entry) => {
    const symbol = symbolOf(layer, entry, scale);
    return (
      Math.max(symbol.strokeWidthPx, symbol.casing?.widthPx ?? 0, symbol.marker?.sizePx ?? 0) / 2 +
      (symbol.marker ? symbol.strokeWidthPx : 0)
    );
  });
  return 2 + Math.max(...reaches);
}
