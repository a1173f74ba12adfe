import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Raster } from './raster.ts';

const QUALITY = 90;

/** A WebP of a picture, clear where it is clear. */
export function encodeWebp({ pixels, widthPx, heightPx }: Raster): Uint8Array {
  const canvas = createCanvas(widthPx, heightPx);
  canvas.getContext('2d').putImageData(new ImageData(plainPixels(pixels), widthPx, heightPx), 0, 0);
  return canvas.encodeSync('webp', QUALITY);
}

/** Channels as canvases take them: not multiplied by alpha. */
function plainPixels(pixels: Uint8ClampedArray): Uint8ClampedArray {
  const plain = new Uint8ClampedArray(pixels);
  for (let i = 3; i < plain.length; i += 4) {
    const alpha = plain[i] ?? 0;
    if (alpha === 0 || alpha === 255) continue;
    for (let channel = i - 3; channel < i; channel++) {
      plain[channel] = ((plain[channel] ?? 0) * 255) / alpha;
    }
  }
  return plain;
}
