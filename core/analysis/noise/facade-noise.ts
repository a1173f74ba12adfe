/**
 * Noise of streets at the most exposed façade of buildings: each stretch of street as points, over hard ground, without
 * screens and reflections. A screening: behind other buildings it is quieter than told.
 */
import { distance, type Xy } from '../../geo/plane.ts';
import { lengthOf, placeAt } from '../../geo/polyline.ts';
import { OCTAVES_HZ } from './noise-coefficients.ts';
import { longTerm, soundLevels } from './propagation.ts';
import { A_WEIGHTS, decibels, power } from './road-emission.ts';

export interface NoisyLine {
  readonly path: readonly Xy[];
  /** dB by metre and octave. */
  readonly powerPerM: readonly number[];
}

const STEP_M = 12;
/** Farther away a street of the city is not heard among the others. */
const REACH_M = 300;
const SOURCE_M = 0.05;
/** Height of strategic noise maps. */
const RECEIVER_M = 4;
const NEAREST_M = 2;
const CELL_M = 100;
/** Below it nothing is told: no street within reach. */
const QUIET_DB = 20;

interface PointSource {
  readonly at: Xy;
  /** A-weighted power by octave, not level. */
  readonly octaves: Float64Array;
}

/** @returns of each outline the A-weighted level at its most exposed side, dB; null where no street is near */
export function facadeLevels(
  lines: readonly NoisyLine[],
  outlines: readonly (readonly Xy[])[],
): (number | null)[] {
  const sources = gridOf(lines);
  const reach = transferTable();
  const cells = Math.ceil(REACH_M / CELL_M);
  return outlines.map((outline) => {
    const middle = outline[0];
    if (!middle) return null;
    const near: PointSource[] = [];
    const [column, row] = [Math.floor(middle[0] / CELL_M), Math.floor(middle[1] / CELL_M)];
    for (let c = column - cells; c <= column + cells; c++) {
      for (let r = row - cells; r <= row + cells; r++) near.push(...(sources.get(`${c} ${r}`) ?? []));
    }
    let loudest = 0;
    for (let corner = 0; corner + 1 < outline.length; corner++) {
      const [a, b] = [outline[corner] as Xy, outline[corner + 1] as Xy];
      const at: Xy = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      loudest = Math.max(loudest, heardAt(at, near, reach));
    }
    const level = decibels(loudest);
    return level > QUIET_DB ? Math.round(level * 10) / 10 : null;
  });
}

function heardAt(at: Xy, sources: readonly PointSource[], reach: Float64Array): number {
  let heard = 0;
  for (const source of sources) {
    const away = distance(at, source.at);
    if (away >= REACH_M) continue;
    const row = Math.round(Math.max(NEAREST_M, away)) * OCTAVES_HZ.length;
    for (let octave = 0; octave < OCTAVES_HZ.length; octave++) {
      heard += (source.octaves[octave] as number) * (reach[row + octave] as number);
    }
  }
  return heard;
}

/** By metre of distance and octave, the part of the power that arrives. */
function transferTable(): Float64Array {
  const table = new Float64Array((REACH_M + 1) * OCTAVES_HZ.length);
  const silent = OCTAVES_HZ.map(() => 0);
  for (let metre = NEAREST_M; metre <= REACH_M; metre++) {
    const levels = longTerm(
      soundLevels(silent, {
        sourceM: SOURCE_M,
        receiverM: RECEIVER_M,
        points: [
          { alongM: 0, groundM: 0, ground: 0 },
          { alongM: metre, groundM: 0, ground: 0 },
        ],
      }),
    );
    table.set(levels.map(power), metre * OCTAVES_HZ.length);
  }
  return table;
}

function gridOf(lines: readonly NoisyLine[]): ReadonlyMap<string, readonly PointSource[]> {
  const grid = new Map<string, PointSource[]>();
  for (const { path, powerPerM } of lines) {
    const length = lengthOf(path);
    const count = Math.max(1, Math.round(length / STEP_M));
    const octaves = Float64Array.from(
      powerPerM,
      (level, octave) => (power(level + (A_WEIGHTS[octave] ?? 0)) * length) / count,
    );
    for (let k = 0; k < count; k++) {
      const at = placeAt(path, ((k + 0.5) * length) / count).point;
      const key = `${Math.floor(at[0] / CELL_M)} ${Math.floor(at[1] / CELL_M)}`;
      const cell = grid.get(key) ?? [];
      cell.push({ at, octaves });
      grid.set(key, cell);
    }
  }
  return grid;
}
