/** How a sensor is drawn on plan and globe: shape by kind, fill by status, and a ring that runs out with its age. */
import type { ValueStatus } from '../../core/live/value-status.ts';
import type { Theme } from '../style/ink.ts';

export interface SensorLook {
  readonly kind: string | null;
  readonly status: ValueStatus;
  /** Share of its time that the value has left, 0–1. */
  readonly left: number;
  readonly theme: Theme;
  readonly isSelected: boolean;
}

export const SYMBOL_PX = 34;
/** Drawn larger than shown, so that it is sharp on dense screens. */
const DENSITY = 2;
/** Steps of the ring. */
const STEPS = 12;
const SHAPE_R = 7.5;
const RING_R = 13;

interface SymbolInk {
  readonly paper: string;
  readonly ok: string;
  readonly quiet: string;
  readonly doubt: string;
  readonly ring: string;
  readonly selected: string;
}

const INK: Readonly<Record<Theme, SymbolInk>> = {
  light: {
    paper: '#ffffff',
    ok: '#23693f',
    quiet: '#6b6f73',
    doubt: '#8a4b00',
    ring: '#c9cec9',
    selected: '#1659a8',
  },
  dark: {
    paper: '#12171d',
    ok: '#83cf9f',
    quiet: '#a5b1bc',
    doubt: '#f0bd7a',
    ring: '#3f4a55',
    selected: '#7cb8f5',
  },
};

/** How each status is drawn, apart from its colour. */
export const STATUS_FORM = {
  ok: 'full',
  suspect: 'question',
  estimated: 'half',
  forecast: 'dotted',
  stale: 'hatched',
  outage: 'crossed',
  none: 'dashed',
} as const satisfies Record<ValueStatus, string>;

/** A ring that runs out belongs to values of which the next one is due. */
const hasAge = (status: ValueStatus): boolean =>
  status === 'ok' || status === 'suspect' || status === 'estimated';

const drawn = new Map<string, HTMLCanvasElement>();

/** A picture of the look, the same object for looks that cannot be told apart. */
export function sensorSymbol(look: SensorLook): { readonly key: string; readonly canvas: HTMLCanvasElement } {
  const step = Math.ceil(look.left * STEPS);
  const key = [look.kind, look.status, step, look.theme, look.isSelected].join(' ');
  const canvas = drawn.get(key) ?? draw(look, step / STEPS);
  drawn.set(key, canvas);
  return { key, canvas };
}

function draw({ kind, status, theme, isSelected }: SensorLook, left: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = SYMBOL_PX * DENSITY;
  canvas.height = SYMBOL_PX * DENSITY;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const ink = INK[theme];
  const form = STATUS_FORM[status];
  const isDoubted = status === 'suspect' || status === 'outage';
  const colour = isDoubted ? ink.doubt : status === 'ok' || status === 'estimated' ? ink.ok : ink.quiet;
  context.scale(DENSITY, DENSITY);
  context.translate(SYMBOL_PX / 2, SYMBOL_PX / 2);
  context.beginPath();
  context.arc(0, 0, RING_R + 2.5, 0, 2 * Math.PI);
  context.fillStyle = ink.paper;
  context.fill();
  if (isDoubted) context.setLineDash([4, 3]);
  ring(context, isSelected ? ink.selected : isDoubted ? ink.doubt : ink.ring, 1, isSelected ? 3 : 2);
  context.setLineDash([]);
  if (hasAge(status)) ring(context, isSelected ? ink.selected : colour, left, 3);
  const shape = outlineOf(kind);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.5;
  if (form === 'full') context.fill(shape);
  if (form === 'half') half(context, shape);
  if (form === 'hatched') hatch(context, shape, colour);
  if (form === 'dashed' || form === 'crossed') context.setLineDash([2.5, 2]);
  if (form === 'dotted') context.setLineDash([1, 2.2]);
  context.stroke(shape);
  context.setLineDash([]);
  if (form === 'question') {
    context.font = '700 12px "Source Sans 3 Variable", sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText('?', 0, 0.5);
  }
  if (form === 'crossed') {
    context.lineWidth = 2;
    context.stroke(new Path2D(CROSS));
  }
  return canvas;
}

/** Two strokes through a shape. */
export const CROSS = 'M-6.5 -6.5L6.5 6.5M6.5 -6.5L-6.5 6.5';

function half(context: CanvasRenderingContext2D, shape: Path2D): void {
  context.save();
  context.clip(shape);
  context.fillRect(-SYMBOL_PX, 0, 2 * SYMBOL_PX, SYMBOL_PX);
  context.restore();
}

function ring(context: CanvasRenderingContext2D, colour: string, share: number, width: number): void {
  context.beginPath();
  context.arc(0, 0, RING_R, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function hatch(context: CanvasRenderingContext2D, shape: Path2D, colour: string): void {
  context.save();
  context.clip(shape);
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  for (let x = -3 * SHAPE_R; x < 3 * SHAPE_R; x += 3.4) {
    context.moveTo(x, -SHAPE_R * 1.5);
    context.lineTo(x + 3 * SHAPE_R, SHAPE_R * 1.5);
  }
  context.stroke();
  context.restore();
}

/** Corners of the shapes, in units of their radius; whatever has no shape of its own is a hexagon. */
const CORNERS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  water: [
    [0, -1.2],
    [1, 0],
    [0, 1.2],
    [-1, 0],
  ],
  traffic: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  bicycle: [
    [0, -1.1],
    [1.05, 0.8],
    [-1.05, 0.8],
  ],
  meter: [
    [0, 1.1],
    [-1.05, -0.8],
    [1.05, -0.8],
  ],
  parking: [
    [-0.55, -1.1],
    [0.55, -1.1],
    [0.55, 1.1],
    [-0.55, 1.1],
  ],
  weather: [
    [-0.35, -1.1],
    [0.35, -1.1],
    [0.35, -0.35],
    [1.1, -0.35],
    [1.1, 0.35],
    [0.35, 0.35],
    [0.35, 1.1],
    [-0.35, 1.1],
    [-0.35, 0.35],
    [-1.1, 0.35],
    [-1.1, -0.35],
    [-0.35, -0.35],
  ],
  noise: Array.from({ length: 10 }, (_, n): [number, number] => {
    const radius = n % 2 === 0 ? 1.25 : 0.55;
    return [radius * Math.sin((n * Math.PI) / 5), -radius * Math.cos((n * Math.PI) / 5)];
  }),
};
const HEXAGON = Array.from({ length: 6 }, (_, n): [number, number] => [
  Math.cos((n * Math.PI) / 3),
  Math.sin((n * Math.PI) / 3),
]);

/** The shape of a kind as the data of an SVG path round the origin. */
export function shapePath(kind: string | null, radius: number): string {
  if (kind === 'air') {
    return `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`;
  }
  const corners = CORNERS[kind ?? ''] ?? HEXAGON;
  return `M${corners.map(([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join('L')}Z`;
}

const outlineOf = (kind: string | null): Path2D => new Path2D(shapePath(kind, SHAPE_R));
