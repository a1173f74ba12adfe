import { PIXEL_M } from '../../core/feature/symbol.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { crsOf } from '../../core/geo/crs.ts';

/** What a picture shows: a box of the house in any known CRS, stretched over so many pixels. */
export interface Frame {
  readonly bbox: Bbox;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Metres of a degree at the equator of WGS 84, as scale denominators count it (WMS 1.3.0, 7.2.4.6.9). */
const METRES_PER_DEGREE = (6_378_137 * Math.PI) / 180;

/**
 * The scale denominator by the pixel of 0.28 mm, in the units of the CRS as they are: what clients compare with
 * the limits in the capabilities. It is that of the ground only where the CRS keeps lengths.
 */
export function nominalScale({ bbox, widthPx, heightPx }: Frame): number {
  const perPixel = Math.sqrt(((bbox.maxX - bbox.minX) / widthPx) * ((bbox.maxY - bbox.minY) / heightPx));
  return (perPixel * (crsOf(bbox.srid).unit === 'degree' ? METRES_PER_DEGREE : 1)) / PIXEL_M;
}

/** A frame that shows `px` more on each side at the same scale. */
export function widenFrame({ bbox, widthPx, heightPx }: Frame, px: number): Frame {
  const byX = ((bbox.maxX - bbox.minX) / widthPx) * px;
  const byY = ((bbox.maxY - bbox.minY) / heightPx) * px;
  return {
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
