import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { mapFont } from './font.ts';
import type { LetterPlace } from './line-places.ts';
import type { Raster } from './raster.ts';

const FONT_PX = 12;
const HALO = 'rgba(252,250,244,0.9)';
const HALO_PX = 3;
/** Room of a line of letters above and below its middle. */
export const HALF_HEIGHT_PX = 7;

const MOST_WIDTHS = 20_000;
const widths = new Map<string, number>();
let measuring: SKRSContext2D | undefined;

/** How wide a text is, pixels. */
export function widthOf(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (!measuring) {
    measuring = createCanvas(1, 1).getContext('2d');
    measuring.font = mapFont(FONT_PX, 600);
  }
  const width = measuring.measureText(text).width;
  if (widths.size >= MOST_WIDTHS) widths.clear();
  widths.set(text, width);
  return width;
}

/** A text whose place is found: level around a middle, or letter by letter. */
export interface PlacedText {
  readonly text: string;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly letters?: readonly LetterPlace[];
}

/** Writes texts over a picture, each with a halo that parts it from what lies below. */
export function write(raster: Raster, texts: readonly PlacedText[]): void {
  if (texts.length === 0) return;
  const canvas = createCanvas(raster.widthPx, raster.heightPx);
  const context = canvas.getContext('2d');
  context.font = mapFont(FONT_PX, 600);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO_PX;
  context.strokeStyle = HALO;
  for (const { text, colour, x, y, letters } of texts) {
    context.fillStyle = colour;
    if (letters) {
      eachLetter(context, letters, (letter) => context.strokeText(letter, 0, 0));
      eachLetter(context, letters, (letter) => context.fillText(letter, 0, 0));
    } else {
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }
  raster.lay(canvas.data());
}

function eachLetter(
  context: SKRSContext2D,
  letters: readonly LetterPlace[],
  draw: (letter: string) => void,
): void {
  for (const { letter, x, y, angle } of letters) {
    context.setTransform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), x, y);
    draw(letter);
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
}
