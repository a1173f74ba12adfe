import {
  IMAGE_FORMATS,
  type ImageFormat,
  MAP_FORMATS,
  type MapFormat,
  PDF_FORMAT,
  SVG_FORMAT,
} from '../../../tiles/picture/encode.ts';
import { WmsError } from './exceptions.ts';

/** Of a map. @throws WmsError InvalidFormat */
export function mapFormatOf(text: string): MapFormat {
  const bare = bareType(text);
  if (bare === SVG_FORMAT || bare === PDF_FORMAT) return bare;
  return imageFormatOf(text, 'format', MAP_FORMATS);
}

const JSON_FORMAT = 'application/json';
export const LEGEND_FORMATS: readonly string[] = [...IMAGE_FORMATS, JSON_FORMAT];

/** Of a legend; undefined: it is told as JSON. @throws WmsError InvalidFormat */
export const legendFormatOf = (text: string): ImageFormat | undefined =>
  bareType(text) === JSON_FORMAT ? undefined : imageFormatOf(text, 'format', LEGEND_FORMATS);

/** @throws WmsError InvalidFormat */
export function imageFormatOf(
  text: string,
  parameter = 'format',
  offered: readonly string[] = IMAGE_FORMATS,
): ImageFormat {
  const bare = bareType(text);
  if (bare === 'image/png8' || /^image\/png\s*;\s*mode=8bit$/i.test(text.trim()))
    return 'image/png; mode=8bit';
  if (bare === 'image/png') return 'image/png';
  if (bare === 'image/jpeg' || bare === 'image/jpg') return 'image/jpeg';
  if (bare === 'image/webp') return 'image/webp';
  throw new WmsError(
    'InvalidFormat',
    `${parameter} "${text.slice(0, 100)}" is not offered; use ${offered.join(', ')}`,
    parameter,
  );
}

const bareType = (text: string): string | undefined => text.split(';')[0]?.trim().toLowerCase();
