import { encodeJpeg } from '../../../tiles/picture/jpeg.ts';
import { encodePng } from '../../../tiles/picture/png.ts';
import type { Raster } from '../../../tiles/picture/raster.ts';
import { WmsError } from './exceptions.ts';

/** As advertised, the best for maps first. */
export const IMAGE_FORMATS = ['image/png', 'image/jpeg'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** @throws WmsError InvalidFormat */
export function imageFormatOf(text: string, parameter = 'format'): ImageFormat {
  const bare = text.split(';')[0]?.trim().toLowerCase();
  if (bare === 'image/png') return 'image/png';
  if (bare === 'image/jpeg' || bare === 'image/jpg') return 'image/jpeg';
  throw new WmsError(
    'InvalidFormat',
    `${parameter} "${text.slice(0, 100)}" is not offered; use ${IMAGE_FORMATS.join(' or ')}`,
    parameter,
  );
}

export function encode(raster: Raster, format: ImageFormat, isOpaque: boolean): Promise<Uint8Array> {
  return format === 'image/png' ? encodePng(raster, isOpaque) : encodeJpeg(raster);
}
