import Layer from 'ol/layer/Layer.js';
import type { FrameState } from 'ol/Map.js';
import type { PlanBox } from '../state/twin-state.ts';

/** Colours of the sheet under the layers. */
export interface PaperInk {
  readonly sheet: string;
  readonly edge: string;
  readonly cross: string;
  readonly beyond: string;
}

const CROSS_ARM_PX = 5;
const MIN_SPACING_PX = 150;

/** Grid steps of Polish large-scale sheets, m. */
const STEPS_M = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];

/**
 * The sheet: paper where the city has data, a quieter ground beyond, and the crosses of the kilometre grid of
 * EPSG:2177 as on printed maps.
 */
export function makePaper(
  part: 'ground' | 'crosses',
  ink: () => PaperInk,
  box: () => PlanBox | undefined,
): Layer {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
  // A bare canvas would be drawn on by the next layer too, with this one's transform.
  const holder = document.createElement('div');
  holder.style.cssText = 'position:absolute;inset:0';
  holder.append(canvas);
  return new Layer({
    render: (frame) => {
      const context = sized(canvas, frame);
      if (part === 'ground') drawGround(context, frame, ink(), box());
      else drawCrosses(context, frame, ink());
      return holder;
    },
  });
}

function sized(canvas: HTMLCanvasElement, { size, pixelRatio }: FrameState): CanvasRenderingContext2D {
  const [width = 0, height = 0] = size;
  const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no 2D canvas');
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

function toPixel(frame: FrameState): (e: number, n: number) => readonly [number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = frame.coordinateToPixelTransform;
  return (x, y) => [a * x + c * y + e, b * x + d * y + f];
}

function drawGround(
  context: CanvasRenderingContext2D,
  frame: FrameState,
  { sheet, edge, beyond }: PaperInk,
  box: PlanBox | undefined,
): void {
  const [width = 0, height = 0] = frame.size;
  context.fillStyle = beyond;
  context.fillRect(0, 0, width, height);
  if (!box) return;
  const pixel = toPixel(frame);
  const [left, bottom] = pixel(box[0], box[1]);
  const [right, top] = pixel(box[2], box[3]);
  context.fillStyle = sheet;
  context.fillRect(left, top, right - left, bottom - top);
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.strokeRect(left, top, right - left, bottom - top);
}

function drawCrosses(context: CanvasRenderingContext2D, frame: FrameState, { cross }: PaperInk): void {
  const { resolution } = frame.viewState;
  const step = STEPS_M.find((metres) => metres / resolution >= MIN_SPACING_PX);
  const [minE, minN, maxE, maxN] = frame.extent ?? [];
  if (
    step === undefined ||
    minE === undefined ||
    minN === undefined ||
    maxE === undefined ||
    maxN === undefined
  )
    return;
  const pixel = toPixel(frame);
  context.strokeStyle = cross;
  context.lineWidth = 1;
  context.beginPath();
  for (let e = Math.ceil(minE / step) * step; e <= maxE; e += step) {
    for (let n = Math.ceil(minN / step) * step; n <= maxN; n += step) {
      const [x, y] = pixel(e, n).map((value) => Math.round(value) + 0.5) as [number, number];
      context.moveTo(x - CROSS_ARM_PX, y);
      context.lineTo(x + CROSS_ARM_PX, y);
      context.moveTo(x, y - CROSS_ARM_PX);
      context.lineTo(x, y + CROSS_ARM_PX);
    }
  }
  context.stroke();
}
