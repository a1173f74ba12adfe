/** Noise of streets over an area, at places of a square grid. */
import type { Xy } from '../../geo/plane.ts';
import { levelOf } from './facade-noise.ts';
import type { TownHearing } from './town-hearing.ts';

export interface NoiseFrame {
  /** Easting and northing of the south-western place. */
  readonly origin: readonly [number, number];
  readonly stepM: number;
  readonly columns: number;
  readonly rows: number;
}

/** Coarsest places are so many steps apart. */
const COARSEST = 8;
/** Where places around differ by less, in every state, their mean is taken for what lies between. */
export const EVEN_DB = 0.5;
const TOLD_EVERY = 50;

/** @param mostPlaces the step follows from it and the area */
export function noiseFrame(
  [minE, minN, maxE, maxN]: readonly [number, number, number, number],
  { mostPlaces, finestM }: { readonly mostPlaces: number; readonly finestM: number },
): NoiseFrame {
  const stepM = Math.max(finestM, Math.ceil(Math.sqrt(((maxE - minE) * (maxN - minN)) / mostPlaces)));
  return {
    origin: [minE, minN],
    stepM,
    columns: Math.floor((maxE - minE) / stepM) + 1,
    rows: Math.floor((maxN - minN) / stepM) + 1,
  };
}

/**
 * Coarse places first; what lies between them is computed where they differ or one of them is not told.
 * @returns by state, row by row from the south-west, dB(A); null within buildings and where no street is near
 */
export function gridLevels(
  hearing: TownHearing,
  { origin, stepM, columns, rows }: NoiseFrame,
  progress: (part: number) => void = () => {},
): (number | null)[][] {
  const levels = Array.from({ length: hearing.states }, () =>
    Array<number | null>(columns * rows).fill(null),
  );
  let done = 0;
  const computed = (column: number, row: number): (number | null)[] => {
    const at: Xy = [origin[0] + column * stepM, origin[1] + row * stepM];
    if (hearing.town.screens.isInside(at)) return levels.map(() => null);
    const heard = hearing.openAt(at);
    const mirrored = hearing.mirroredAt(at, heard);
    return hearing.directAt(at, heard).map((each, state) => levelOf(each + (mirrored[state] as number)));
  };
  for (let step = COARSEST; step >= 1; step /= 2) {
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        const isKnown = step < COARSEST && row % (2 * step) === 0 && column % (2 * step) === 0;
        if (isKnown) continue;
        if (done % TOLD_EVERY === 0) progress(done / (columns * rows));
        done++;
        const own =
          (step < COARSEST ? between(levels, { columns, rows }, column, row, step) : undefined) ??
          computed(column, row);
        for (const [state, level] of own.entries()) {
          const of = levels[state] as (number | null)[];
          of[row * columns + column] = level;
        }
      }
    }
  }
  return levels;
}

/** The mean of the coarser places around, by state; undefined where they differ, or are not all told. */
function between(
  levels: readonly (readonly (number | null)[])[],
  { columns, rows }: Pick<NoiseFrame, 'columns' | 'rows'>,
  column: number,
  row: number,
  step: number,
): number[] | undefined {
  const ends = (at: number) => (at % (2 * step) === 0 ? [at] : [at - step, at + step]);
  const places = ends(row).flatMap((r) => ends(column).map((c) => [c, r] as const));
  if (places.some(([c, r]) => c >= columns || r >= rows)) return undefined;
  const means: number[] = [];
  for (const of of levels) {
    const around = places.map(([c, r]) => of[r * columns + c]);
    if (!around.every((level) => typeof level === 'number')) return undefined;
    if (Math.max(...around) - Math.min(...around) > EVEN_DB) return undefined;
    means.push(Math.round((10 * around.reduce((sum, level) => sum + level, 0)) / around.length) / 10);
  }
  return means;
}
