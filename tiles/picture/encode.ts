import { encodeJpeg } from './jpeg.ts';
import { encodePng, encodePng8 } from './png.ts';
import type { Raster } from './raster.ts';
import { encodeWebp } from './webp.ts';

/** As advertised, the best for maps first. */
export const IMAGE_FORMATS = ['image/png', 'image/jpeg', 'image/webp', 'image/png; mode=8bit'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];
/** Lines and words instead of pixels. */
export const SVG_FORMAT = 'image/svg+xml';
/** A sheet for print, with all that a map on paper says. */
export const PDF_FORMAT = 'application/pdf';
/** What maps come in. */
export const MAP_FORMATS = [...IMAGE_FORMATS, SVG_FORMAT, PDF_FORMAT] as const;
export type MapFormat = (typeof MAP_FORMATS)[number];

/** A picture as a file. Takes as long as drawing it: large ones belong beside the main thread (`PictureMaker`). */
export const encode = (raster: Raster, format: ImageFormat, isOpaque: boolean): Uint8Array =>
  ENCODERS[format](raster, isOpaque);

const ENCODERS = {
  'image/png': encodePng,
  'image/jpeg': encodeJpeg,
  'image/webp': encodeWebp,
  'image/png; mode=8bit': encodePng8,
} as const satisfies Record<ImageFormat, (raster: Raster, isOpaque: boolean) => Uint8Array>;
