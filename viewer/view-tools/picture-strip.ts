/** The strip under a picture: how large things in it are, what city it shows and whose data that is. */
import { formatCount, formatDate, formatLength } from '../format/number.ts';
import { roundLengthFor } from '../format/round-length.ts';
import type { GlobePicture } from '../state/globe-picture.ts';
import { wantedCity } from '../state/shown-city.ts';
import { catalogue, layers, settingOf } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';

/** In CSS pixels of the view: a picture twice as fine has a strip twice as high. */
const [EDGE_PX, BAR_PX, LINE_PX, NEEDLE_PX] = [14, 150, 15, 18];
const LEAST_HEIGHT_PX = 2 * EDGE_PX + 44;
const INK = { paper: '#fffdf8', ink: '#23292f', soft: '#5a6470', north: '#c23b2e' } as const;

/** The picture with its strip, on a canvas of its own. Nothing that is to be named is cut: the strip grows. */
export function withStrip(picture: GlobePicture, factor: number): HTMLCanvasElement {
  const { canvas, headingDeg, metresPerPixel } = picture;
  const widthPx = canvas.width / factor;
  const left = BAR_PX + 4 * EDGE_PX + NEEDLE_PX;
  const whole = document.createElement('canvas');
  const context = whole.getContext('2d');
  if (!context) throw new Error('This browser draws no 2D canvas');
  const isNarrow = widthPx < 2 * left;
  const roomPx = widthPx - EDGE_PX - (isNarrow ? EDGE_PX : left);
  const lines = linesOf(picture).flatMap((text, n) => broken(context, text, fontOf(n), roomPx));
  const top = isNarrow ? LEAST_HEIGHT_PX : EDGE_PX;
  const heightPx = Math.max(LEAST_HEIGHT_PX, top + lines.length * LINE_PX + EDGE_PX);
  [whole.width, whole.height] = [canvas.width, canvas.height + Math.round(heightPx * factor)];
  context.drawImage(canvas, 0, 0);
  context.translate(0, canvas.height);
  context.scale(factor, factor);
  context.fillStyle = INK.paper;
  context.fillRect(0, 0, widthPx, heightPx);
  context.textBaseline = 'top';
  drawNeedle(context, headingDeg);
  if (metresPerPixel !== undefined) drawBar(context, metresPerPixel * factor);
  for (const [n, { text, font }] of lines.entries()) {
    context.font = font;
    context.fillStyle = n === 0 ? INK.ink : INK.soft;
    context.fillText(text, isNarrow ? EDGE_PX : left, top + n * LINE_PX);
  }
  return whole;
}

const fontText = (px: number, weight = 400): string =>
  `${weight} ${px}px "Source Sans 3 Variable", sans-serif`;

/** The first line is the title. */
const fontOf = (line: number): string => (line === 0 ? fontText(13, 650) : fontText(11));

function drawBar(context: CanvasRenderingContext2D, metresPerPx: number): void {
  const lengthM = roundLengthFor(metresPerPx * BAR_PX);
  const left = 2 * EDGE_PX + NEEDLE_PX;
  context.fillStyle = INK.ink;
  context.font = fontText(13, 650);
  context.fillText(formatLength(lengthM), left, EDGE_PX);
  context.fillRect(left, EDGE_PX + 20, lengthM / metresPerPx, 4);
  context.fillStyle = INK.soft;
  context.font = fontText(11);
  context.fillText(t('pictureScaleAt'), left, EDGE_PX + 30);
}

/** North up the picture at 0. */
function drawNeedle(context: CanvasRenderingContext2D, headingDeg: number): void {
  context.save();
  context.translate(EDGE_PX + NEEDLE_PX / 2, EDGE_PX + 20);
  context.rotate((-headingDeg * Math.PI) / 180);
  for (const [ink, tip] of [
    [INK.north, -16],
    [INK.soft, 16],
  ] as const) {
    context.fillStyle = ink;
    context.beginPath();
    context.moveTo(0, tip);
    context.lineTo(6, 0);
    context.lineTo(-6, 0);
    context.fill();
  }
  context.restore();
}

/** A text in lines that fit, broken at spaces. A word longer than a line stays whole. */
function broken(
  context: CanvasRenderingContext2D,
  text: string,
  font: string,
  roomPx: number,
): readonly { readonly text: string; readonly font: string }[] {
  context.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && context.measureText(longer).width <= roomPx) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line, font }));
}

/** City and moment, sources with the date of their data, terms, the address that opens the same view. */
function linesOf({ isComplete }: GlobePicture): readonly string[] {
  const state = catalogue.peek();
  const city = state.kind === 'ready' ? said(state.value.city.name) : '';
  const isSynthetic = state.kind === 'ready' && state.value.synthetic;
  const { scenario, at } = wantedCity.peek();
  const shown = layers.peek().filter((layer) => layer.status.count > 0 && settingOf(layer).visible);
  const stewards = [...new Set(shown.map((layer) => said(layer.steward)))];
  const dates = shown.flatMap(({ status }) => status.loadedAt ?? []).toSorted();
  const licences = [...new Set(shown.map(({ licence }) => said(licence)))];
  const span = [...new Set([dates[0], dates.at(-1)].flatMap((date) => (date && formatDate(date)) ?? []))];
  return [
    [
      city,
      scenario ? t('pictureScenario', { id: scenario }) : at ? t('pictureAt', { at }) : t('pictureToday'),
      formatDate(new Date().toISOString(), true),
    ].join(' · '),
    `${t('attribution', { who: stewards.join(', ') })} (${t('pictureLayers', { n: formatCount(shown.length) })})`,
    `${t('dataDate')}: ${span.join(' – ') || t('layerUnknownDate')}${isSynthetic ? ` · ${t('syntheticLong')}` : ''}`,
    [licences.join('; '), ...(isComplete ? [] : [t('pictureIncomplete')])].join(' · '),
    location.href,
  ];
}
