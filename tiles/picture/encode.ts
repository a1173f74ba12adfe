import { encodeJpeg } from './jpeg.ts';
import { encodePng } from './png.ts';
import type { Raster } from './raster.ts';

/** As advertised, the best for maps first. */
export const IMAGE_FORMATS = ['image/png', 'image/jpeg'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** A picture as a file. Takes as long as drawing it: large ones belong beside the main thread (`PictureMaker`). */
export const encode = (raster: Raster, format: ImageFormat, isOpaque: boolean): Uint8Array =>
  format === 'image/png' ? encodePng(raster, isOpaque) : encodeJpeg(raster);
