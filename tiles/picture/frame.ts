import { PIXEL_M } from '../../core/feature/symbol.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { crsOf } from '../../core/geo/crs.ts';

/** What a picture shows: a box of the house in any known CRS, stretched over so many pixels. */
export interface Frame {
  readonly bbox: Bbox;
  readonly widthPx: number;
  readonly heightPx: number;
  /** How many pixels along a line stand for one of the style: 2 for a screen of twice the pixels. Default 1. */
  readonly pixelRatio?: number;
}

/** Metres of a degree at the equator of WGS 84, as scale denominators count it (WMS 1.3.0, 7.2.4.6.9). */
const METRES_PER_DEGREE = (6_378_137 * Math.PI) / 180;

/**
 * The scale denominator by the pixel of the style, held to be 0.28 mm, in the units of the CRS as they are: what clients compare with
 * the limits in the capabilities. It is that of the ground only where the CRS keeps lengths.
 */
export function nominalScale({ bbox, widthPx, heightPx, pixelRatio = 1 }: Frame): number {
  const perPixel = Math.sqrt(((bbox.maxX - bbox.minX) / widthPx) * ((bbox.maxY - bbox.minY) / heightPx));
  return (perPixel * pixelRatio * (crsOf(bbox.srid).unit === 'degree' ? METRES_PER_DEGREE : 1)) / PIXEL_M;
}

/** The same counted in pixels of the style, which may be fractions of such. */
export const styleFrame = ({ bbox, widthPx, heightPx, pixelRatio = 1 }: Frame): Frame => ({
  bbox,
  widthPx: widthPx / pixelRatio,
  heightPx: heightPx / pixelRatio,
});

/** A frame that shows `px` more on each side at the same scale. */
export function widenFrame({ bbox, widthPx, heightPx, ...rest }: Frame, px: number): Frame {
  const byX = ((bbox.maxX - bbox.minX) / widthPx) * px;
  const byY = ((bbox.maxY - bbox.minY) / heightPx) * px;
  return {
    ...rest,
    bbox: {
      minX: bbox.minX - byX,
      minY: bbox.minY - byY,
      maxX: bbox.maxX + byX,
      maxY: bbox.maxY + byY,
      srid: bbox.srid,
    },
    widthPx: widthPx + 2 * px,
    heightPx: heightPx + 2 * px,
  };
}
