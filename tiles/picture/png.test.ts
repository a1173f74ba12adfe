import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../test/support/decoded-picture.ts';
import { encodePng } from './png.ts';

/** Pixels multiplied by alpha; colours count up from black. */
function pixels(widthPx: number, heightPx: number, colours: number, alpha = 255): Uint8ClampedArray {
  const data = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let i = 0; i < widthPx * heightPx; i++) {
    const colour = i % colours;
    const premultiplied = (value: number) => Math.round((value * alpha) / 255);
    data.set(
      [premultiplied(colour & 255), premultiplied((colour >> 4) & 255), premultiplied(100), alpha],
      4 * i,
    );
  }
  return data;
}

describe('encodePng', () => {
  it.each([
    ['a palette', 256, 255, true],
    ['true colour', 257, 255, true],
    ['a palette with alpha', 40, 128, false],
    ['true colour with alpha', 900, 128, false],
  ])('keeps every pixel in %s', async (_, colours, alpha, isOpaque) => {
    // Twice, since the memory of the first is used again.
    for (const [widthPx, heightPx] of [
      [61, 47],
      [40, 30],
    ] as const) {
      const picture = { pixels: pixels(widthPx, heightPx, colours, alpha), widthPx, heightPx };
      const decoded = await decodePicture(encodePng(picture, isOpaque));
      expect([decoded.widthPx, decoded.heightPx]).toEqual([widthPx, heightPx]);
      const wrong = Array.from({ length: widthPx * heightPx }, (__, i) => {
        const colour = i % colours;
        const expected = [colour & 255, (colour >> 4) & 255, 100, alpha];
        const found = decoded.at(i % widthPx, Math.floor(i / widthPx));
        return expected.some((value, channel) => Math.abs(value - (found[channel] ?? -99)) > 2);
      }).filter(Boolean);
      expect(wrong).toHaveLength(0);
    }
  });
});
