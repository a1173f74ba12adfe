import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Raster } from './raster.ts';

const QUALITY = 88;

/** A JPEG of an opaque picture. */
export function encodeJpeg({ pixels, widthPx, heightPx }: Raster): Uint8Array {
  const canvas = createCanvas(widthPx, heightPx);
  canvas.getContext('2d').putImageData(new ImageData(pixels, widthPx, heightPx), 0, 0);
  return canvas.encodeSync('jpeg', QUALITY);
}
