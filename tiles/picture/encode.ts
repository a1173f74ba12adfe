import { encodeJpeg } from './jpeg.ts';
import { encodePng } from './png.ts';
import type { Raster } from './raster.ts';
import { encodeWebp } from './webp.ts';

/** As advertised, the best for maps first. */
export const IMAGE_FORMATS = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];
/** Lines and words instead of pixels. */
export const SVG_FORMAT = 'image/svg+xml';
/** What maps come in. */
export const MAP_FORMATS = [...IMAGE_FORMATS, SVG_FORMAT] as const;
export type MapFormat = (typeof MAP_FORMATS)[number];

/** A picture as a file. Takes as long as drawing it: large ones belong beside the main thread (`PictureMaker`). */
export const encode = (raster: Raster, format: ImageFormat, isOpaque: boolean): Uint8Array =>
  ENCODERS[format](raster, isOpaque);

const ENCODERS = {
  'image/png': encodePng,
  'image/jpeg': encodeJpeg,
  'image/webp': encodeWebp,
} as const satisfies Record<ImageFormat, (raster: Raster, isOpaque: boolean) => Uint8Array>;
