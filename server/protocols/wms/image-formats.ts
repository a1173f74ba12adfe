import { IMAGE_FORMATS, type ImageFormat } from '../../../tiles/picture/encode.ts';
import { WmsError } from './exceptions.ts';

/** @throws WmsError InvalidFormat */
export function imageFormatOf(text: string, parameter = 'format'): ImageFormat {
  const bare = text.split(';')[0]?.trim().toLowerCase();
  if (bare === 'image/png') return 'image/png';
  if (bare === 'image/jpeg' || bare === 'image/jpg') return 'image/jpeg';
  if (bare === 'image/webp') return 'image/webp';
  throw new WmsError(
    'InvalidFormat',
    `${parameter} "${text.slice(0, 100)}" is not offered; use ${IMAGE_FORMATS.join(', ')}`,
    parameter,
  );
}
