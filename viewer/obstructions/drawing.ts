/** The place of an obstruction while it is drawn: along streets, or round an area; and its detour. */
import { computed, signal } from '@preact/signals';
import type { Xy } from '../../core/geo/plane.ts';
import { lengthOf } from '../../core/geo/polyline.ts';
import { lineAlong } from '../../core/obstruction/road-graph.ts';
import { snapToRoad } from '../../core/obstruction/stretches.ts';
import type { Place } from '../../core/wire/obstruction.ts';
import { formatLength } from '../format/number.ts';
import { announce, note } from '../state/announcer.ts';
import { dropTool, type MapTool, takeTool } from '../state/map-tool.ts';
import { metresPerPixel, pointer } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { roadsNear } from './near-roads.ts';

/** What clicks on the map draw now. */
export type Pen = 'line' | 'area' | 'detour';

/** Nothing, when the map is not drawn on. */
export const pen = signal<Pen | undefined>(undefined);
/** Places that were clicked, snapped to the middle of streets where they are drawn along them. */
export const points = signal<Readonly<Record<Pen, readonly Xy[]>>>({ line: [], area: [], detour: [] });
/** A place that is stored and was not drawn here, such as whole sections. */
export const keptPlace = signal<Place | undefined>(undefined);

const SNAP_PX = 22;
const SNAP_LEAST_M = 12;
const SAME_M = 1;

const TOOL: MapTool = {
  point: ({ at }) => addPoint(at),
  finish: () => stopPen(),
  back: takePointBack,
  cancel: () => stopPen(),
};

export function startPen(which: Pen): void {
  pen.value = which;
  takeTool(TOOL);
  announce(t(which === 'area' ? 'obsDrawAreaHint' : 'obsDrawLineHint'));
}

export function stopPen(): void {
  pen.value = undefined;
  dropTool(TOOL);
}

/** Begins a place, or takes over that of a stored one. */
export function takePlace(place: Place | undefined, detour: readonly Xy[]): void {
  stopPen();
  keptPlace.value = place?.kind === 'sections' || place?.kind === 'street' ? place : undefined;
  points.value = {
    line: place?.kind === 'line' ? place.line : [],
    area: place?.kind === 'area' ? place.outline : [],
    detour,
  };
}

export function clearPoints(which: Pen): void {
  points.value = { ...points.peek(), [which]: [] };
  if (which !== 'detour') keptPlace.value = undefined;
}

export function takePointBack(): void {
  const now = pen.peek();
  if (now) points.value = { ...points.peek(), [now]: points.peek()[now].slice(0, -1) };
}

const rounded = ([e, n]: Xy): Xy => [Math.round(e * 100) / 100, Math.round(n * 100) / 100];

/** Where a click goes: to the middle of the street that is near, or just there for an area. */
function placeFor(which: Pen, at: Xy): Xy | undefined {
  if (which === 'area') return rounded(at);
  const reachM = Math.max(SNAP_LEAST_M, SNAP_PX * metresPerPixel.peek());
  return snapToRoad(at, roadsNear.peek(), reachM)?.at;
}

function addPoint(at: Xy): void {
  const which = pen.peek();
  if (!which) return;
  const place = placeFor(which, at);
  if (!place) {
    note(t('obsNoStreetHere'));
    return;
  }
  const before = points.peek()[which];
  const last = before.at(-1);
  if (last && Math.hypot(last[0] - place[0], last[1] - place[1]) < SAME_M) return;
  // A line and an area exclude each other: the one that is drawn now counts.
  const cleared = which === 'line' ? { area: [] } : which === 'area' ? { line: [] } : {};
  points.value = { ...points.peek(), ...cleared, [which]: [...before, place] };
  if (which !== 'detour') keptPlace.value = undefined;
  const line = alongStreets(points.peek()[which]);
  announce(which === 'area' ? t('drawCorner', { n: before.length + 1 }) : formatLength(lengthOf(line)));
}

/** The line through clicked places, led along streets where they join. */
function alongStreets(places: readonly Xy[]): readonly Xy[] {
  const roads = roadsNear.value;
  const line: Xy[] = [];
  places.forEach((place, index) => {
    const before = places[index - 1];
    if (!before) return;
    const [a, b] = [snapToRoad(before, roads, SAME_M), snapToRoad(place, roads, SAME_M)];
    const part = (a && b && lineAlong(a, b, roads)) ?? [before, place];
    line.push(...part.slice(line.length === 0 ? 0 : 1));
  });
  return line;
}

const whole = (line: readonly Xy[]): [number, number][] =>
  line.map((at) => {
    const [e, n] = rounded(at);
    return [e, n];
  });

export const drawnLine = computed(() => whole(alongStreets(points.value.line)));
export const detourLine = computed(() => whole(alongStreets(points.value.detour)));

/** Where a click would go now. */
export const nextPoint = computed<Xy | undefined>(() => {
  const which = pen.value;
  const at = pointer.value?.at;
  return which && at ? placeFor(which, at) : undefined;
});

/** The place as the service takes it; undefined while it is not one yet. */
export const drawnPlace = computed<Place | undefined>(() => {
  if (keptPlace.value) return keptPlace.value;
  const { area } = points.value;
  if (area.length > 2) return { kind: 'area', outline: whole(area) };
  return drawnLine.value.length > 1 ? { kind: 'line', line: drawnLine.value } : undefined;
});
