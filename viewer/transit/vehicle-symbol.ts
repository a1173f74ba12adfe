/** How a vehicle is drawn on plan and globe: its line on the colour of its kind, with a nose where it heads. */
import type { TransitKind } from '../../core/transit/timetable.ts';
import type { Theme } from '../style/ink.ts';

export interface VehicleLook {
  readonly line: string | null;
  readonly kind: TransitKind;
  readonly bearingDeg: number | null;
  readonly isStale: boolean;
  readonly isSelected: boolean;
  readonly theme: Theme;
}

export const VEHICLE_PX = 52;
/** Drawn larger than shown, so that it is sharp on dense screens. */
const DENSITY = 2;
const HALF_HEIGHT = 10;
const NOSE = 7;
/** Steps of the nose. */
const STEP_DEG = 15;
const MOST_KEPT = 3_000;

const PAPER: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#12171d' };
const SELECTED: Readonly<Record<Theme, string>> = { light: '#1f262d', dark: '#ffffff' };
const STALE: Readonly<Record<Theme, string>> = { light: '#7b8187', dark: '#67727d' };
/** White letters stand on all of them. */
const KIND: Readonly<Partial<Record<TransitKind, string>>> = {
  tram: '#b0303c',
  rail: '#5a4a8a',
  metro: '#5a4a8a',
};
const OTHER_KIND = '#2c63a6';

const drawn = new Map<string, HTMLCanvasElement>();

/** A picture of the look, the same object for looks that cannot be told apart. */
export function vehicleSymbol(look: VehicleLook): {
  readonly key: string;
  readonly canvas: HTMLCanvasElement;
} {
  const nose = look.bearingDeg === null ? '' : (Math.round(look.bearingDeg / STEP_DEG) * STEP_DEG) % 360;
  const key = ['vehicle', look.line, look.kind, nose, look.isStale, look.isSelected, look.theme].join(' ');
  const canvas = drawn.get(key) ?? draw(look, nose === '' ? undefined : nose);
  if (drawn.size >= MOST_KEPT) drawn.clear();
  drawn.set(key, canvas);
  return { key, canvas };
}

function draw(
  { line, kind, isStale, isSelected, theme }: VehicleLook,
  nose: number | undefined,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = VEHICLE_PX * DENSITY;
  canvas.height = VEHICLE_PX * DENSITY;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.scale(DENSITY, DENSITY);
  context.translate(VEHICLE_PX / 2, VEHICLE_PX / 2);
  const text = (line ?? '?').slice(0, 4);
  const halfWidth = text.length > 2 ? 16 : 12;
  const colour = isStale ? STALE[theme] : (KIND[kind] ?? OTHER_KIND);
  const edge = isSelected ? SELECTED[theme] : PAPER[theme];
  const body = new Path2D();
  // Trams have corners, all else is round: kinds are told apart without colour.
  body.roundRect(-halfWidth, -HALF_HEIGHT, 2 * halfWidth, 2 * HALF_HEIGHT, kind === 'tram' ? 3 : HALF_HEIGHT);
  context.lineJoin = 'round';
  context.strokeStyle = edge;
  context.fillStyle = colour;
  if (nose !== undefined) {
    const tip = new Path2D();
    const angle = ((nose - 90) * Math.PI) / 180;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    // From the middle to the edge of the body in that direction.
    const edgePx = Math.min(halfWidth / Math.abs(x), HALF_HEIGHT / Math.abs(y));
    const at = (along: number, aside: number) => {
      tip.lineTo(x * along - y * aside, y * along + x * aside);
    };
    at(edgePx + NOSE, 0);
    at(edgePx - 2, NOSE);
    at(edgePx - 2, -NOSE);
    tip.closePath();
    context.lineWidth = isSelected ? 5 : 3;
    context.stroke(tip);
    context.fill(tip);
  }
  context.lineWidth = isSelected ? 5 : 3;
  context.stroke(body);
  context.fill(body);
  if (isStale) {
    context.setLineDash([3, 2]);
    context.lineWidth = 1.2;
    context.strokeStyle = PAPER[theme];
    context.stroke(body);
  }
  context.fillStyle = '#ffffff';
  context.font = `700 ${text.length > 3 ? 11 : 13}px "Source Sans 3 Variable", sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, 0, 1);
  return canvas;
}
