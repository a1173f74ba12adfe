/** The look under the ground and the excavation that is drawn: what stands in the link. */
import { computed, signal } from '@preact/signals';
import type { Xy } from '../../core/geo/plane.ts';
import { dropTool, type MapTool, takeTool } from './map-tool.ts';
import type { Pointed } from './map-view.ts';

export interface Dig {
  /** Corners, EPSG:2177, easting first; not closed. */
  readonly corners: readonly Xy[];
  /** Corners are still being set. */
  readonly isDrawing: boolean;
  readonly depthM: number;
  readonly clearanceM: number;
}

const NOTHING_DRAWN: Dig = { corners: [], isDrawing: false, depthM: 1.5, clearanceM: 1 };

/** Undefined while one looks at the city from above only. */
export const dig = signal<Dig | undefined>(undefined);
/** How much of the ground is seen, 0–1. */
export const groundAlpha = signal(0.35);

export const isUnderground = computed(() => dig.value !== undefined);
/** The excavation, once it is drawn. */
export const excavation = computed(() => {
  const now = dig.value;
  return now && !now.isDrawing && now.corners.length > 2 ? now : undefined;
});

const TOOL: MapTool = { point: addCorner, finish: finishDig, back: undoCorner, cancel: cancelDig };

export function toggleUnderground(): void {
  if (dig.peek()) closeDig();
  else dig.value = NOTHING_DRAWN;
}

export function closeDig(): void {
  dig.value = undefined;
  dropTool(TOOL);
}

export function drawDig(): void {
  dig.value = { ...(dig.peek() ?? NOTHING_DRAWN), corners: [], isDrawing: true };
  takeTool(TOOL);
}

export function changeDig(change: Partial<Pick<Dig, 'depthM' | 'clearanceM'>>): void {
  const now = dig.peek();
  if (now) dig.value = { ...now, ...change };
}

/** Two clicks of a double click are one corner, m. */
const SAME_CORNER_M = 0.05;

function addCorner({ at }: Pointed): void {
  const now = dig.peek();
  if (!now?.isDrawing) return;
  const [e, n] = [Math.round(at[0] * 100) / 100, Math.round(at[1] * 100) / 100];
  const last = now.corners.at(-1);
  if (last && Math.hypot(last[0] - e, last[1] - n) < SAME_CORNER_M) return;
  dig.value = { ...now, corners: [...now.corners, [e, n]] };
}

export function finishDig(): void {
  const now = dig.peek();
  if (!now || now.corners.length < 3) return;
  dig.value = { ...now, isDrawing: false };
  dropTool(TOOL);
}

export function undoCorner(): void {
  const now = dig.peek();
  if (now?.isDrawing) dig.value = { ...now, corners: now.corners.slice(0, -1) };
}

/** One level at a time: the corners, then the drawing. */
function cancelDig(): void {
  const now = dig.peek();
  if (!now) return;
  if (now.corners.length > 0) dig.value = { ...now, corners: [] };
  else {
    dig.value = { ...now, isDrawing: false };
    dropTool(TOOL);
  }
}

/** `1.5,1;6427947,5809098;…`: depth and clearance, then the corners; `open` without any. */
export function digText({ corners, isDrawing, depthM, clearanceM }: Dig): string {
  if (isDrawing || corners.length < 3) return 'open';
  return [[depthM, clearanceM], ...corners].map((pair) => pair.join()).join(';');
}

/** @returns undefined for what says no excavation */
export function readDig(text: string | undefined): Dig | undefined {
  if (text === undefined) return undefined;
  if (text === 'open') return NOTHING_DRAWN;
  const [terms, ...corners] = text.split(';').map((pair) => pair.split(',').map(Number));
  const [depthM = Number.NaN, clearanceM = Number.NaN] = terms ?? [];
  const ring = corners.map(([e = Number.NaN, n = Number.NaN]): Xy => [e, n]);
  const isSound = ring.length > 2 && ring.flat().every(Number.isFinite);
  if (!isSound || !(depthM >= 0.1 && depthM <= 30) || !(clearanceM >= 0 && clearanceM <= 10))
    return undefined;
  return { corners: ring, isDrawing: false, depthM, clearanceM };
}
