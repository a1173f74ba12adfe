import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { mapFont } from './font.ts';
import type { LetterPlace } from './line-places.ts';
import type { Part, Raster } from './raster.ts';

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

/**
 * Writes texts over a picture, each with a halo that parts it from what lies below. They are written side by side on
 * a sheet no larger than they need, since a canvas as large as the picture costs more than the letters.
 * @param texts places in pixels of the style
 * @param pixelRatio pixels of the picture along one of the style
 */
export function write(raster: Raster, texts: readonly PlacedText[], pixelRatio = 1): void {
  if (texts.length === 0) return;
  const { spots, widthPx, heightPx } = sheetOf(texts, pixelRatio);
  const canvas = createCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  context.font = mapFont(FONT_PX, 600);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO_PX;
  context.strokeStyle = HALO;
  for (const { placed, part, toX, toY } of spots) {
    const [dx, dy] = [part.x - toX, part.y - toY];
    const { text, colour, x, y, letters } = placed;
    context.fillStyle = colour;
    const origin = { dx, dy, pixelRatio };
    if (letters) {
      eachLetter(context, letters, origin, (letter) => context.strokeText(letter, 0, 0));
      eachLetter(context, letters, origin, (letter) => context.fillText(letter, 0, 0));
    } else {
      context.setTransform(pixelRatio, 0, 0, pixelRatio, dx, dy);
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }
  const sheet = { pixels: canvas.data(), widthPx };
  for (const { part, toX, toY } of spots) raster.layPart(sheet, part, toX, toY);
}

/** Where a text stands on the sheet, and where its part of the sheet goes. */
interface Spot {
  readonly placed: PlacedText;
  readonly part: Part;
  readonly toX: number;
  readonly toY: number;
}

/** Letters and their halo reach no further from the middle of a line, or of a letter along one. */
const REACH_PX = 15;
const SHEET_WIDTH_PX = 1024;

/** A place on the sheet for each text, row after row, whole pixels away from its place in the picture. */
function sheetOf(texts: readonly PlacedText[], pixelRatio: number) {
  let [x, y, rowHeight, widthPx] = [0, 0, 0, 0];
  const spots = texts.map((placed): Spot => {
    const box = boxOf(placed, pixelRatio);
    if (x > 0 && x + box.widthPx > SHEET_WIDTH_PX) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const part = { x, y, widthPx: box.widthPx, heightPx: box.heightPx };
    x += box.widthPx;
    rowHeight = Math.max(rowHeight, box.heightPx);
    widthPx = Math.max(widthPx, x);
    return { placed, part, toX: box.x, toY: box.y };
  });
  return { spots, widthPx, heightPx: y + rowHeight };
}

/** In pixels of the picture. */
function boxOf({ text, x, y, letters }: PlacedText, pixelRatio: number): Part {
  const xs = letters?.map((letter) => letter.x) ?? [x - widthOf(text) / 2, x + widthOf(text) / 2];
  const ys = letters?.map((letter) => letter.y) ?? [y];
  const first = (values: readonly number[]) => Math.floor((Math.min(...values) - REACH_PX) * pixelRatio);
  const last = (values: readonly number[]) => Math.ceil((Math.max(...values) + REACH_PX) * pixelRatio);
  const [left, top] = [first(xs), first(ys)];
  return {
    x: left,
    y: top,
    widthPx: last(xs) - left,
    heightPx: last(ys) - top,
  };
}

function eachLetter(
  context: SKRSContext2D,
  letters: readonly LetterPlace[],
  { dx, dy, pixelRatio }: { readonly dx: number; readonly dy: number; readonly pixelRatio: number },
  draw: (letter: string) => void,
): void {
  for (const { letter, x, y, angle } of letters) {
    const [cos, sin] = [Math.cos(angle) * pixelRatio, Math.sin(angle) * pixelRatio];
    context.setTransform(cos, sin, -sin, cos, x * pixelRatio + dx, y * pixelRatio + dy);
    draw(letter);
  }
}
