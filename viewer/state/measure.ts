/** What is being measured: the points that were set, and how they are called off or finished. */
import { signal } from '@preact/signals';
import { dropTool, type MapTool, takeTool } from './map-tool.ts';
import type { Pointed } from './map-view.ts';
import { metresPerPixel } from './twin-state.ts';

export type MeasureKind = 'distance' | 'area' | 'height';

export interface Measurement {
  readonly kind: MeasureKind;
  readonly points: readonly Pointed[];
  /** No more points follow; the next one begins anew. */
  readonly finished: boolean;
}

export const measurement = signal<Measurement | undefined>(undefined);

/** How many points make a result of a kind. */
const LEAST: Readonly<Record<MeasureKind, number>> = { distance: 2, area: 3, height: 2 };

const TOOL: MapTool = {
  point: addMeasurePoint,
  finish: finishMeasure,
  back: undoMeasurePoint,
  cancel: cancelMeasure,
};

export function startMeasure(kind: MeasureKind): void {
  measurement.value = { kind, points: [], finished: false };
  takeTool(TOOL);
}

export function stopMeasure(): void {
  measurement.value = undefined;
  dropTool(TOOL);
}

/** Two clicks of a double click, or a key held down, are one point. */
const SAME_PLACE_PX = 4;

export function addMeasurePoint(point: Pointed): void {
  const now = measurement.peek();
  if (!now) return;
  const points = now.finished ? [] : now.points;
  const last = points.at(-1);
  if (last && isSamePlace(last, point)) return;
  const next = [...points, point];
  // A height lies between two points: the second one ends it.
  measurement.value = { ...now, points: next, finished: now.kind === 'height' && next.length === 2 };
}

function isSamePlace(a: Pointed, b: Pointed): boolean {
  const nearM = SAME_PLACE_PX * metresPerPixel.peek();
  const riseM = Math.abs((a.heightM ?? 0) - (b.heightM ?? 0));
  return Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1], riseM) < nearM;
}

/** Takes the last point back; also opens a finished measurement again. */
export function undoMeasurePoint(): void {
  const now = measurement.peek();
  if (now) measurement.value = { ...now, points: now.points.slice(0, -1), finished: false };
}

export function finishMeasure(): void {
  const now = measurement.peek();
  if (now && now.points.length >= LEAST[now.kind]) measurement.value = { ...now, finished: true };
}

/** Esc: first the points, then the tool. */
export function cancelMeasure(): void {
  const now = measurement.peek();
  if (!now) return;
  if (now.points.length > 0) measurement.value = { kind: now.kind, points: [], finished: false };
  else stopMeasure();
}

export function toggleMeasure(): void {
  if (measurement.peek()) stopMeasure();
  else startMeasure('distance');
}
