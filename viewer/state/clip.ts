/** The box that the 3D city is cut to: what stands in the link. */
import { signal } from '@preact/signals';
import type { Xy } from '../../core/geo/plane.ts';
import { dropTool, type MapTool, takeTool } from './map-tool.ts';
import type { Pointed } from './map-view.ts';

export interface ClipBox {
  /** Middle, EPSG:2177, easting first. */
  readonly at: Xy;
  /** West to east and south to north, along the grid of EPSG:2177. */
  readonly sizeM: readonly [eastward: number, northward: number];
  /** In the height system of the city. */
  readonly heightsM: readonly [from: number, to: number];
  /** What is left: what lies in the box, or what lies around it. */
  readonly keeps: 'inside' | 'outside';
  /** Whether the ground is cut as well. */
  readonly cutsGround: boolean;
}

export const CLIP_LIMITS = {
  // The zones of PL-2000 that this city and its neighbours lie in.
  eastingM: [6_100_000, 6_919_200],
  northingM: [5_300_000, 6_219_200],
  sizeM: [5, 5_000],
  heightM: [-100, 500],
} as const;

/** Undefined while nothing is cut. */
export const clipBox = signal<ClipBox | undefined>(undefined);
/** Whether clicks and keys on the map move the box. */
export const isMovingClip = signal(false);

/** A new box stands on the ground, as high as most of the city. */
const [NEW_SIZE_M, BELOW_M, ABOVE_M] = [200, 10, 60];

const TOOL: MapTool = {
  point: ({ at }: Pointed) => changeClip({ at: rounded(at) }),
  finish: stopMovingClip,
  back() {},
  cancel: stopMovingClip,
  key: moveByKey,
};

/** @param groundM height of the ground there; undefined where nobody knows it */
export function startClip(at: Xy, groundM = 80): void {
  const from = Math.round(groundM);
  clipBox.value = {
    at: rounded(at),
    sizeM: [NEW_SIZE_M, NEW_SIZE_M],
    heightsM: [from - BELOW_M, from + ABOVE_M],
    ...{ keeps: 'inside', cutsGround: true },
  };
}

export function changeClip(change: Partial<ClipBox>): void {
  const now = clipBox.peek();
  const next = now && { ...now, ...change };
  if (next && isSound(next)) clipBox.value = next;
}

export function dropClip(): void {
  stopMovingClip();
  clipBox.value = undefined;
}

export function moveClip(): void {
  isMovingClip.value = true;
  takeTool(TOOL);
}

export function stopMovingClip(): void {
  isMovingClip.value = false;
  dropTool(TOOL);
}

const rounded = ([e, n]: Xy): Xy => [Math.round(e * 10) / 10, Math.round(n * 10) / 10];

const STEPS: Readonly<Record<string, readonly [east: number, north: number, up: number, grow: number]>> = {
  ArrowLeft: [-1, 0, 0, 0],
  ArrowRight: [1, 0, 0, 0],
  ArrowUp: [0, 1, 0, 0],
  ArrowDown: [0, -1, 0, 0],
  PageUp: [0, 0, 1, 0],
  PageDown: [0, 0, -1, 0],
  '+': [0, 0, 0, 1],
  '=': [0, 0, 0, 1],
  '-': [0, 0, 0, -1],
};

/** Ten metres a step, and one with Shift. */
function moveByKey(key: string, isFine: boolean): boolean {
  const step = STEPS[key];
  const now = clipBox.peek();
  if (!step || !now) return false;
  // Shift is what makes a plus of many keyboards.
  const by = isFine && key !== '+' ? 1 : 10;
  const [east, north, up, grow] = step.map((each) => each * by) as [number, number, number, number];
  changeClip({
    at: [now.at[0] + east, now.at[1] + north],
    sizeM: [now.sizeM[0] + grow, now.sizeM[1] + grow],
    heightsM: [now.heightsM[0] + up, now.heightsM[1] + up],
  });
  return true;
}

function isSound({ at, sizeM, heightsM }: ClipBox): boolean {
  const isIn = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most;
  return (
    isIn(at[0], CLIP_LIMITS.eastingM) &&
    isIn(at[1], CLIP_LIMITS.northingM) &&
    sizeM.every((side) => isIn(side, CLIP_LIMITS.sizeM)) &&
    heightsM.every((height) => isIn(height, CLIP_LIMITS.heightM)) &&
    heightsM[1] > heightsM[0]
  );
}

/** `6427100,5808900,200,150,60,120,inside,ground`: middle, size, heights, what is left, whether the ground is cut. */
export const clipText = ({ at, sizeM, heightsM, keeps, cutsGround }: ClipBox): string =>
  [...at, ...sizeM, ...heightsM, keeps, cutsGround ? 'ground' : 'city'].join();

/** @returns undefined for what says no box */
export function readClip(text: string | undefined): ClipBox | undefined {
  const words = (text ?? '').split(',');
  const [e = Number.NaN, n = Number.NaN, east = 0, north = 0, from = 0, to = 0] = words
    .slice(0, 6)
    .map(Number);
  const [keeps, cuts] = words.slice(6);
  if ((keeps !== 'inside' && keeps !== 'outside') || (cuts !== 'ground' && cuts !== 'city')) return undefined;
  const box: ClipBox = {
    ...{ at: [e, n], sizeM: [east, north], heightsM: [from, to] },
    ...{ keeps, cutsGround: cuts === 'ground' },
  };
  return isSound(box) ? box : undefined;
}
