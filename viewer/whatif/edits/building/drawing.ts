/** The planned building that is being drawn: its footprint, what stands on it, and the tool that sets its corners. */

import { computed, signal } from '@preact/signals';
import { selfCrossing, signedAreaM2 } from '../../../../core/scenario/check-footprint.ts';
import type { AddBuilding } from '../../../../core/wire/edits/building.ts';
import { announce } from '../../../state/announcer.ts';
import { dropTool, type MapTool, takeTool } from '../../../state/map-tool.ts';
import type { Pointed } from '../../../state/map-view.ts';
import { metresPerPixel, pointer, select } from '../../../state/twin-state.ts';
import { t } from '../../../text/text.ts';
import { isConvex, nearest, type Place, squared } from './footprint.ts';
import { cityBox, parcelCorners } from './parcel-corners.ts';

export type RoofShape = AddBuilding['roof']['shape'];

/** Everything about the building but its footprint. */
export interface BuildingForm {
  readonly storeys: number;
  readonly storeyHeightM: number;
  readonly shape: RoofShape;
  readonly pitchDeg: number;
  readonly kind: AddBuilding['function'];
  readonly name: string;
}

export interface Footprint {
  readonly corners: readonly Place[];
  /** No more corners follow. */
  readonly closed: boolean;
}

export const USUAL_PITCH_DEG: Readonly<Record<RoofShape, number>> = {
  flat: 0,
  gabled: 35,
  hipped: 30,
  pent: 10,
};
const USUAL: BuildingForm = {
  storeys: 2,
  storeyHeightM: 3.2,
  shape: 'gabled',
  pitchDeg: USUAL_PITCH_DEG.gabled,
  kind: 'm',
  name: '',
};

export const buildingForm = signal<BuildingForm>(USUAL);
export const drawing = signal<Footprint | undefined>(undefined);
/** Whether every side turns by a right angle; Shift does the same for one click. */
export const squareAlways = signal(false);
export const squareHeld = signal(false);

const NEAR_PX = 10;
const SAME_PLACE_PX = 4;
const SMALLEST_M2 = 4;
const LARGEST_M2 = 100_000;

const TOOL: MapTool = {
  point: ({ at }, square) => addCorner(at, square),
  finish: closeFootprint,
  back: takeCornerBack,
  cancel: cancelDrawing,
};

export function startDrawing(): void {
  select(undefined);
  drawing.value = { corners: [], closed: false };
  resumeDrawing();
  announce(t('drawStarted'));
}

/** Gives clicks on the map to an unfinished building, if there is one. */
export function resumeDrawing(): void {
  if (!drawing.peek()) return;
  takeTool(TOOL);
  addEventListener('keydown', holdSquare);
  addEventListener('keyup', holdSquare);
}

/** Gives clicks on the map back; what is drawn stays until somebody returns to it. */
export function restDrawing(): void {
  squareHeld.value = false;
  dropTool(TOOL);
  removeEventListener('keydown', holdSquare);
  removeEventListener('keyup', holdSquare);
}

export function stopDrawing(): void {
  drawing.value = undefined;
  restDrawing();
}

/** Esc, one level at a time: opens a finished outline, drops its corners, ends the drawing. */
export function cancelDrawing(): void {
  const now = drawing.peek();
  if (now?.closed) takeCornerBack();
  else if (now && now.corners.length > 0) drawing.value = { corners: [], closed: false };
  else stopDrawing();
}

/** For the next building: as the last one but nameless. */
export function finishDrawing(): void {
  buildingForm.value = { ...buildingForm.peek(), name: '' };
  stopDrawing();
}

function holdSquare(event: KeyboardEvent): void {
  squareHeld.value = event.shiftKey;
}

/** Where a corner goes that is pointed at here: onto the first one, a parcel's corner, or square to the last side. */
export function cornerAt(place: Place, square: boolean): Place {
  const corners = drawing.value?.corners ?? [];
  const reachM = NEAR_PX * metresPerPixel.value;
  const first = corners.length > 2 ? corners.slice(0, 1) : [];
  const closing = nearest(first, place, reachM);
  if (closing) return closing;
  if (square || squareAlways.value) return squared(corners, place, reachM);
  return nearest(parcelCorners.value, place, reachM) ?? place;
}

/** The corner that a click would set now; undefined while nothing is pointed at. */
export const nextCorner = computed<Place | undefined>(() => {
  const at: Pointed | undefined = pointer.value;
  const now = drawing.value;
  return at && now && !now.closed ? cornerAt(at.at, squareHeld.value) : undefined;
});

function addCorner(at: Place, square: boolean): void {
  const now = drawing.peek();
  if (!now || now.closed) return;
  const corner = cornerAt(at, square);
  const [first] = now.corners;
  if (now.corners.length > 2 && corner === first) {
    closeFootprint();
    return;
  }
  const last = now.corners.at(-1);
  const sameM = SAME_PLACE_PX * metresPerPixel.peek();
  if (last && Math.hypot(last[0] - corner[0], last[1] - corner[1]) < sameM) return;
  const corners = [...now.corners, rounded(corner)];
  drawing.value = { corners, closed: false };
  announce(t('drawCorner', { n: corners.length }));
}

/** Whole centimetres, as the service keeps footprints. */
const rounded = ([e, n]: Place): Place => [Math.round(e * 100) / 100, Math.round(n * 100) / 100];

export function closeFootprint(): void {
  const now = drawing.peek();
  if (now && !now.closed && now.corners.length > 2) {
    drawing.value = { ...now, closed: true };
    announce(t('drawClosed'));
  }
}

/** Opens a closed footprint again, or takes the last corner back. */
export function takeCornerBack(): void {
  const now = drawing.peek();
  if (!now) return;
  drawing.value = { corners: now.closed ? now.corners : now.corners.slice(0, -1), closed: false };
}

/** What is wrong with a footprint before anybody is asked; `at` is where. */
export interface Flaw {
  readonly word:
    | 'drawCrosses'
    | 'drawTooSmall'
    | 'drawTooLarge'
    | 'drawOutside'
    | 'drawNeedsConvex'
    | 'drawTooHigh';
  readonly at?: Place | undefined;
}

const HIGHEST_M = 300;

export const flaw = computed<Flaw | undefined>(() => {
  const corners = drawing.value?.corners ?? [];
  const { storeys, storeyHeightM, shape } = buildingForm.value;
  if (corners.length < 3) return undefined;
  const crossing = selfCrossing(corners);
  if (crossing) return { word: 'drawCrosses', at: crossing };
  const areaM2 = Math.abs(signedAreaM2(corners));
  if (areaM2 < SMALLEST_M2) return { word: 'drawTooSmall' };
  if (areaM2 > LARGEST_M2) return { word: 'drawTooLarge' };
  const box = cityBox();
  const outside = box && corners.find(([e, n]) => e < box[0] || n < box[1] || e > box[2] || n > box[3]);
  if (outside) return { word: 'drawOutside', at: outside };
  if (storeys * storeyHeightM > HIGHEST_M) return { word: 'drawTooHigh' };
  const needsConvex = shape === 'gabled' || shape === 'hipped';
  return needsConvex && !isConvex(corners) ? { word: 'drawNeedsConvex' } : undefined;
});

/** The building as the service takes it; undefined while there is no footprint that could be one. */
export const plannedBuilding = computed<AddBuilding | undefined>(() => {
  const corners = drawing.value?.corners ?? [];
  const { storeys, storeyHeightM, shape, pitchDeg, kind, name } = buildingForm.value;
  if (corners.length < 3 || flaw.value) return undefined;
  return {
    kind: 'add-building',
    footprint: corners.map(([e, n]) => [e, n]),
    storeys,
    storeyHeightM,
    roof: shape === 'flat' ? { shape } : { shape, pitchDeg },
    function: kind,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
  };
});
