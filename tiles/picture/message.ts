import { createCanvas } from '@napi-rs/canvas';
import { mapFont } from './font.ts';
import type { Raster } from './raster.ts';

const FONT_PX = 14;
const LINE_PX = 19;
const PAD_PX = 8;
const INK = '#a3241b';
const HALO = 'rgba(255,255,255,0.85)';

/** Writes words across a picture, broken into lines. */
export function drawMessage(raster: Raster, message: string): void {
  const canvas = createCanvas(raster.widthPx, raster.heightPx);
  const context = canvas.getContext('2d');
  context.font = mapFont(FONT_PX);
  context.textBaseline = 'top';
  context.fillStyle = INK;
  context.strokeStyle = HALO;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  const widest = raster.widthPx - 2 * PAD_PX;
  const lines: string[] = [];
  for (const word of message.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && context.measureText(longer).width <= widest) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  for (const [index, line] of lines.entries()) {
    context.strokeText(line, PAD_PX, PAD_PX + index * LINE_PX);
    context.fillText(line, PAD_PX, PAD_PX + index * LINE_PX);
  }
  raster.lay(canvas.data());
}
