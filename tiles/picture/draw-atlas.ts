import { type Canvas, createCanvas, type Image, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { withoutProfile } from './plain-webp.ts';

const WEBP_QUALITY = 80;

/** What is drawn into one place: a window of a picture, or a colour. */
export type AtlasPatch = {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
} & (
  | { readonly colour: readonly number[] }
  | {
      readonly image: string;
      readonly repeats: 'no' | 'wrap' | 'mirror';
      /** Left, bottom, right, top; 1 is the whole picture, more is the picture once more. */
      readonly window: readonly [number, number, number, number];
    }
);

/** Parts of pictures side by side, as WebP. Each picture is decoded once and let go. */
export async function drawAtlas(
  patches: readonly AtlasPatch[],
  pictures: ReadonlyMap<string, Uint8Array>,
  size: { readonly widthPx: number; readonly heightPx: number; readonly gutterPx: number },
): Promise<Uint8Array> {
  const canvas = createCanvas(size.widthPx, size.heightPx);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  // Opaque everywhere: half the bytes, and nothing dark shines through at edges.
  context.fillStyle = cssColour([0.8, 0.8, 0.8]);
  context.fillRect(0, 0, size.widthPx, size.heightPx);
  const images = new Set(patches.map(imageOf));
  for (const name of images) {
    const bytes = name === undefined ? undefined : pictures.get(name);
    const image = bytes && (await loadImage(bytes));
    for (const patch of patches) {
      if (imageOf(patch) !== name) continue;
      if (image) drawWindow(context, patch, image);
      else if ('colour' in patch) context.fillStyle = cssColour(patch.colour);
      drawGutter(canvas, context, patch, size.gutterPx, !image);
    }
  }
  return withoutProfile(await canvas.encode('webp', WEBP_QUALITY));
}

const imageOf = (patch: AtlasPatch): string | undefined => ('image' in patch ? patch.image : undefined);

const cssColour = (colour: readonly number[]): string =>
  `rgb(${colour.map((channel) => Math.round(255 * Math.min(1, Math.max(0, channel)))).join(' ')})`;

function drawWindow(context: SKRSContext2D, patch: AtlasPatch, image: Image): void {
  if (!('window' in patch)) return;
  const { x, y, widthPx, heightPx, window, repeats } = patch;
  const [left, bottom, right, top] = window;
  const [across, up] = [widthPx / (right - left), heightPx / (top - bottom)];
  context.save();
  context.beginPath();
  context.rect(x, y, widthPx, heightPx);
  context.clip();
  for (let column = Math.floor(left); column < right; column++) {
    for (let row = Math.floor(bottom); row < top; row++) {
      const isTurned = (index: number) => repeats === 'mirror' && Math.abs(index) % 2 === 1;
      context.save();
      context.translate(x + (column - left) * across, y + (top - row - 1) * up);
      context.scale(across, up);
      if (isTurned(column)) context.transform(-1, 0, 0, 1, 1, 0);
      if (isTurned(row)) context.transform(1, 0, 0, -1, 0, 1);
      context.drawImage(image, 0, 0, 1, 1);
      context.restore();
    }
  }
  context.restore();
}

/** Draws the edges of a patch out over its gutter. */
function drawGutter(
  canvas: Canvas,
  context: SKRSContext2D,
  { x, y, widthPx, heightPx }: AtlasPatch,
  gutterPx: number,
  isPlain: boolean,
): void {
  const [outerWidth, outerHeight] = [widthPx + 2 * gutterPx, heightPx + 2 * gutterPx];
  if (isPlain) {
    context.fillRect(x - gutterPx, y - gutterPx, outerWidth, outerHeight);
    return;
  }
  const rightEdge = x + widthPx - 1;
  const bottomEdge = y + heightPx - 1;
  context.drawImage(canvas, x, y, 1, heightPx, x - gutterPx, y, gutterPx, heightPx);
  context.drawImage(canvas, rightEdge, y, 1, heightPx, x + widthPx, y, gutterPx, heightPx);
  context.drawImage(canvas, x - gutterPx, y, outerWidth, 1, x - gutterPx, y - gutterPx, outerWidth, gutterPx);
  context.drawImage(
    ...([canvas, x - gutterPx, bottomEdge, outerWidth, 1] as const),
    ...([x - gutterPx, y + heightPx, outerWidth, gutterPx] as const),
  );
}
