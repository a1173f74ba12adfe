import { createCanvas, loadImage } from '@napi-rs/canvas';

export interface DecodedPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green, blue, alpha of a pixel, counted from the upper left. */
  at(x: number, y: number): readonly number[];
  /** Every colour there is, as `r,g,b,a`. */
  colours(): ReadonlySet<string>;
}

/** Reads a PNG or JPEG with a decoder that is not ours. */
export async function decodePicture(bytes: ArrayBuffer | Uint8Array): Promise<DecodedPicture> {
  const image = await loadImage(Buffer.from(bytes as Uint8Array));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return {
    widthPx: image.width,
    heightPx: image.height,
    at: (x, y) => [...data.subarray(4 * (y * image.width + x), 4 * (y * image.width + x) + 4)],
    colours: () => {
      const found = new Set<string>();
      for (let i = 0; i < data.length; i += 4) found.add(data.subarray(i, i + 4).join());
      return found;
    },
  };
}
