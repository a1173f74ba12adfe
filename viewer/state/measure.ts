/** What is being measured: the points that were set, and how they are called off or finished. */
import { signal } from '@preact/signals';
import { dropTool, type MapTool, takeTool } from './map-tool.ts';
import type { Pointed } from './map-view.ts';
import { metresPerPixel } from './twin-state.ts';

export const MEASURE_KINDS = ['distance', 'area', 'height', 'volume'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

export interface Measurement {
  readonly kind: MeasureKind;
  readonly points: readonly Pointed[];
  /** No more points follow; the next one begins anew. */
  readonly finished: boolean;
  /** Of a volume: the height of its level, PL-EVRF2007-NH; without it the mean of the ground along the outline. */
  readonly levelM?: number;
}

/** Whether the points go round what is measured. */
export const isOutline = (kind: MeasureKind): boolean => kind === 'area' || kind === 'volume';

export const measurement = signal<Measurement | undefined>(undefined);

/** How many points make a result of a kind. */
const LEAST: Readonly<Record<MeasureKind, number>> = {
  distance: 2,
  area: 3,
  height: 2,
  volume: 3,
};

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

/** @param levelM undefined = the mean height of the ground along the outline */
export function changeLevel(levelM: number | undefined): void {
  const now = measurement.peek();
  if (!now) return;
  const { levelM: _before, ...rest } = now;
  measurement.value = { ...rest, ...(levelM !== undefined && { levelM }) };
}

/** `volume:60.5:6427000.1,5808000.2;…`: the kind, the level of a volume, the points, with their height after them. */
export function measureText({ kind, points, finished, levelM }: Measurement): string | undefined {
  if (!finished || points.length > MOST_IN_LINK) return undefined;
  const places = points.map(({ at, heightM }) =>
    [...at, ...(heightM === undefined ? [] : [heightM])].map((metres) => metres.toFixed(2)).join(),
  );
  return [kind, levelM ?? '', places.join(';')].join(':');
}

/** Longer outlines make links that programs cut. */
const MOST_IN_LINK = 100;

/** Shows the measurement of a link, finished; whatever is not understood is left out. */
export function showMeasure(text: string | undefined): void {
  const found = readMeasure(text);
  if (!found) {
    // Points that are being set stand in no link.
    if (measurement.peek()?.finished) stopMeasure();
    return;
  }
  measurement.value = found;
  takeTool(TOOL);
}

export function readMeasure(text: string | undefined): Measurement | undefined {
  const [name, level = '', places = ''] = (text ?? '').split(':');
  const kind = MEASURE_KINDS.find((each) => each === name);
  const points = places.split(';').map((place): Pointed => {
    const [e = Number.NaN, n = Number.NaN, heightM] = place.split(',').map(Number);
    return { at: [e, n], ...(heightM !== undefined && { heightM }) };
  });
  const isSound =
    points.length <= MOST_IN_LINK &&
    points.every(({ at, heightM = 0 }) => [...at, heightM].every(Number.isFinite)) &&
    Number.isFinite(Number(level));
  if (!kind || !isSound || points.length < LEAST[kind]) return undefined;
  return { kind, points, finished: true, ...(level !== '' && { levelM: Number(level) }) };
}

export function toggleMeasure(): void {
  if (measurement.peek()) stopMeasure();
  else startMeasure('distance');
}
