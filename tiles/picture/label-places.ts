/** Where the label of an object could stand. */
import type { PixelShapes } from './pixel-shapes.ts';

/** Middle of a label that is written level. */
export interface LevelPlace {
  readonly x: number;
  readonly y: number;
}

export interface AreaPlace extends LevelPlace {
  /** Room to both sides together. */
  readonly roomPx: number;
  readonly heightPx: number;
}

interface View {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Heights of the scan lines within an area, the middle preferred. */
const SCANS = [0.5, 0.35, 0.65, 0.2, 0.8] as const;
const MIDDLE_BONUS = 1.25;
/** An area this many times as large as the picture is labelled by the part that is seen. */
const LARGE = 2;

/**
 * A place inside an area where there is much room to both sides. It does not depend on the picture, so that tiles side
 * by side agree, unless the area is far larger than it.
 */
export function areaPlace(shapes: PixelShapes, feature: number, view: View): AreaPlace | undefined {
  const { positions, ends } = shapes;
  const [firstRun, lastRun] = runsOf(shapes, feature);
  if (firstRun >= lastRun) return undefined;
  const start = ends[firstRun - 1] ?? 0;
  const end = ends[lastRun - 1] ?? 0;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = start; i < end; i += 2) {
    const [x = 0, y = 0] = [positions[i], positions[i + 1]];
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  const isLarge = maxX - minX > LARGE * view.widthPx || maxY - minY > LARGE * view.heightPx;
  const [left, right] = isLarge ? [Math.max(0, minX), Math.min(view.widthPx, maxX)] : [minX, maxX];
  const [top, bottom] = isLarge ? [Math.max(0, minY), Math.min(view.heightPx, maxY)] : [minY, maxY];
  if (!(left < right && top < bottom)) return undefined;
  let best: AreaPlace | undefined;
  let bestScore = 0;
  for (const share of SCANS) {
    const y = top + (bottom - top) * share;
    const crossings = crossingsAt(shapes, firstRun, lastRun, y);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(left, crossings[i] ?? 0);
      const to = Math.min(right, crossings[i + 1] ?? 0);
      const score = (to - from) * (share === 0.5 ? MIDDLE_BONUS : 1);
      if (score > bestScore) {
        bestScore = score;
        best = { x: (from + to) / 2, y, roomPx: to - from, heightPx: bottom - top };
      }
    }
  }
  return best;
}

/** Where the rings cross a level line, in order. */
function crossingsAt(
  { positions, ends }: PixelShapes,
  firstRun: number,
  lastRun: number,
  y: number,
): number[] {
  const crossings: number[] = [];
  for (let run = firstRun; run < lastRun; run++) {
    const [start, end] = [ends[run - 1] ?? 0, ends[run] ?? 0];
    let [ax = 0, ay = 0] = [positions[end - 2], positions[end - 1]];
    for (let i = start; i < end; i += 2) {
      const [bx = 0, by = 0] = [positions[i], positions[i + 1]];
      if (ay > y !== by > y) crossings.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
      [ax, ay] = [bx, by];
    }
  }
  return crossings.sort((a, b) => a - b);
}

/** The runs (rings, lines, points) of a feature: from, to. */
export function runsOf({ features }: PixelShapes, feature: number): readonly [number, number] {
  return [feature === 0 ? 0 : (features[feature - 1] ?? 0), features[feature] ?? 0];
}
