/** Pictures of others as pixels. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { notSupported } from '../../core/errors.ts';
import type { Sheet } from './raster.ts';

export interface DecodedPicture extends Sheet {
  readonly heightPx: number;
}

/** Sides of a picture, told by its first bytes alone. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The size of a PNG, JPEG, GIF or WebP, before a pixel of it is decoded.
 * @throws TwinError not-supported for anything else, SVG too, which may name other files
 */
export function pictureSize(bytes: Uint8Array): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length > 32) {
    if (letters(1, 4) === 'PNG') return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
    if (letters(0, 4) === 'GIF8')
      return { widthPx: view.getUint16(6, true), heightPx: view.getUint16(8, true) };
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegSize(view);
    if (letters(0, 4) === 'RIFF' && letters(8, 12) === 'WEBP') return webpSize(view, letters(12, 16));
  }
  throw notSupported('the answer is no picture in PNG, JPEG, GIF or WebP');
}

function jpegSize(view: DataView): PictureSize {
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
    if (view.getUint8(at) !== 0xff) break;
  }
  throw notSupported('the answer begins as a JPEG and is broken');
}

function webpSize(view: DataView, chunk: string): PictureSize {
  if (chunk === 'VP8X') {
    const side = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return { widthPx: side(24), heightPx: side(27) };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >> 14) & 0x3fff) + 1 };
  }
  return { widthPx: view.getUint16(26, true) & 0x3fff, heightPx: view.getUint16(28, true) & 0x3fff };
}

/**
 * The pixels, multiplied by alpha.
 * @throws TwinError not-supported for what is no picture, is broken, or has other sides than expected
 */
export async function decodePicture(bytes: Uint8Array, expected: PictureSize): Promise<DecodedPicture> {
  const { widthPx, heightPx } = pictureSize(bytes);
  if (widthPx !== expected.widthPx || heightPx !== expected.heightPx) {
    throw notSupported(
      `the picture has ${widthPx} × ${heightPx} pixels, and not the ${expected.widthPx} × ${expected.heightPx} that were asked for`,
    );
  }
  const image = await loadImage(bytes).catch((error: unknown) => {
    throw notSupported(`the picture is broken (${error instanceof Error ? error.message : 'unreadable'})`);
  });
  const canvas = createCanvas(widthPx, heightPx);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return { pixels: new Uint8Array(canvas.data()), widthPx, heightPx };
}
