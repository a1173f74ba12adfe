/** Ground that sound passes over in a town: its height, and how soft it is. */
import type { Xy } from '../../geo/plane.ts';
import { type GroundGrid, groundAt } from '../sun/ground-grid.ts';
import type { Spot } from './mean-plane.ts';

/** Ground factors of square cells. */
export interface FactorGrid {
  /** Easting and northing of the south-western corner. */
  readonly origin: readonly [number, number];
  readonly stepM: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the south-west, hundredths: 0 hard, 100 soft. */
  readonly percent: Uint8Array;
}

export interface NoiseGround {
  /** Undefined: flat. */
  readonly relief?: GroundGrid | undefined;
  /** Undefined: hard everywhere. */
  readonly factor?: FactorGrid | undefined;
}

/** Relief that departs less from the straight line between both ends counts as flat. */
const FLAT_M = 0.25;
const MOST_SAMPLES = 24;
/** The carriageway around a source: hard (annex to Directive (EU) 2015/996, 2.5.14). */
export const CARRIAGEWAY_M = 4;

export const heightOf = ({ relief }: NoiseGround, [e, n]: Xy): number =>
  relief ? groundAt(relief, e, n) : 0;

/** Mean ground factor of a straight way. */
export function meanFactor({ factor }: NoiseGround, from: Xy, to: Xy): number {
  if (!factor) return 0;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const count = Math.max(1, Math.ceil(Math.hypot(dx, dy) / factor.stepM));
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const share = (k + 0.5) / count;
    const column = Math.floor((from[0] + share * dx - factor.origin[0]) / factor.stepM);
    const row = Math.floor((from[1] + share * dy - factor.origin[1]) / factor.stepM);
    if (column >= 0 && row >= 0 && column < factor.columns && row < factor.rows)
      sum += factor.percent[row * factor.columns + column] as number;
  }
  return sum / count / 100;
}

/** Where the ground bends between two places, along the way and by height; none where it is as good as straight. */
export function reliefKnots({ relief }: NoiseGround, from: Xy, to: Xy, lengthM: number): readonly Spot[] {
  if (!relief) return [];
  const count = Math.min(MOST_SAMPLES, Math.max(2, Math.ceil(lengthM / relief.stepM)));
  const samples: Spot[] = [];
  for (let k = 0; k <= count; k++) {
    const share = k / count;
    const [e, n] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    samples.push([share * lengthM, groundAt(relief, e, n)]);
  }
  return bends(samples, 0, count);
}

/** By Douglas and Peucker, both ends left out. */
function bends(samples: readonly Spot[], first: number, last: number): readonly Spot[] {
  const [[fromX, fromZ], [toX, toZ]] = [samples[first] as Spot, samples[last] as Spot];
  let [farthest, most] = [0, FLAT_M];
  for (let k = first + 1; k < last; k++) {
    const [x, z] = samples[k] as Spot;
    const away = Math.abs(z - fromZ - ((toZ - fromZ) * (x - fromX)) / (toX - fromX));
    if (away > most) [farthest, most] = [k, away];
  }
  if (farthest === 0) return [];
  return [...bends(samples, first, farthest), samples[farthest] as Spot, ...bends(samples, farthest, last)];
}

export interface SoftArea {
  /** Outer ring and holes, closed. */
  readonly rings: readonly (readonly (readonly number[])[])[];
  readonly factor: number;
}

/** @param areas later ones lie over earlier ones; what none covers is hard */
export function factorGrid(
  [minE, minN, maxE, maxN]: readonly [number, number, number, number],
  stepM: number,
  areas: Iterable<SoftArea>,
): FactorGrid {
  const columns = Math.ceil((maxE - minE) / stepM);
  const rows = Math.ceil((maxN - minN) / stepM);
  const percent = new Uint8Array(columns * rows);
  for (const { rings, factor } of areas) {
    const crossings = new Map<number, number[]>();
    for (const ring of rings) {
      for (let k = 0; k + 1 < ring.length; k++) {
        const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [ring[k] ?? [], ring[k + 1] ?? []];
        const rowOf = (northing: number) => (northing - minN) / stepM - 0.5;
        const [low, high] = [rowOf(Math.min(ay, by)), rowOf(Math.max(ay, by))];
        for (let row = Math.max(0, Math.ceil(low)); row < high && row < rows; row++) {
          const share = (minN + (row + 0.5) * stepM - ay) / (by - ay);
          const at = crossings.get(row) ?? [];
          at.push(ax + share * (bx - ax));
          crossings.set(row, at);
        }
      }
    }
    for (const [row, at] of crossings) {
      at.sort((a, b) => a - b);
      for (let k = 0; k + 1 < at.length; k += 2) {
        const first = Math.max(0, Math.ceil(((at[k] as number) - minE) / stepM - 0.5));
        const end = Math.min(columns, Math.ceil(((at[k + 1] as number) - minE) / stepM - 0.5));
        if (end > first) percent.fill(Math.round(100 * factor), row * columns + first, row * columns + end);
      }
    }
  }
  return { origin: [minE, minN], stepM, columns, rows, percent };
}
