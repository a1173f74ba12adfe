/** Streets as points of sound: each stretch one point where it is no longer than half the distance. */
import type { Xy } from '../../geo/plane.ts';
import { lengthOf, placeAt } from '../../geo/polyline.ts';
import { OCTAVES_HZ } from './noise-coefficients.ts';
import { A_WEIGHTS, power } from './road-emission.ts';

export interface NoisyLine {
  readonly path: readonly Xy[];
  /** dB by metre and octave, for each of the states that are told; null without traffic. */
  readonly powerPerM: readonly (readonly number[] | null)[];
}

export interface Stretch {
  readonly at: Xy;
  readonly lengthM: number;
  /** A-weighted power by metre and octave, not level, state after state. */
  readonly perM: Float64Array;
  /** Its halves, where it is long enough to have any. */
  readonly halves: readonly Stretch[];
}

const LONGEST_M = 96;
const SHORTEST_M = 12;
const FAR_ENOUGH = 2;
const CELL_M = 100;
const BANDS = OCTAVES_HZ.length;

export class NoiseSources {
  private readonly cells = new Map<string, Stretch[]>();

  constructor(lines: readonly NoisyLine[], states: number) {
    for (const line of lines) this.add(line, states);
  }

  /** Every stretch within reach of a place, with its distance, as finely as the place hears it. */
  eachNear(at: Xy, reachM: number, hear: (stretch: Stretch, awayM: number) => void): void {
    const listen = (source: Stretch): void => {
      const awayM = Math.hypot(source.at[0] - at[0], source.at[1] - at[1]);
      if (source.halves.length > 0 && awayM < FAR_ENOUGH * source.lengthM) {
        for (const half of source.halves) listen(half);
      } else if (awayM < reachM) hear(source, awayM);
    };
    const cells = Math.ceil(reachM / CELL_M);
    const [column, row] = [Math.floor(at[0] / CELL_M), Math.floor(at[1] / CELL_M)];
    for (let c = column - cells; c <= column + cells; c++) {
      for (let r = row - cells; r <= row + cells; r++) {
        for (const source of this.cells.get(`${c} ${r}`) ?? []) listen(source);
      }
    }
  }

  private add({ path, powerPerM }: NoisyLine, states: number): void {
    const lengthM = lengthOf(path);
    const count = Math.max(1, Math.round(lengthM / LONGEST_M));
    const perM = new Float64Array(states * BANDS);
    for (const [state, levels] of powerPerM.entries()) {
      for (const [octave, level] of (levels ?? []).entries()) {
        perM[state * BANDS + octave] = power(level + (A_WEIGHTS[octave] ?? 0));
      }
    }
    for (let k = 0; k < count; k++) {
      const stretch = stretchOf(path, (k * lengthM) / count, lengthM / count, perM);
      const key = `${Math.floor(stretch.at[0] / CELL_M)} ${Math.floor(stretch.at[1] / CELL_M)}`;
      const cell = this.cells.get(key) ?? [];
      cell.push(stretch);
      this.cells.set(key, cell);
    }
  }
}

function stretchOf(path: readonly Xy[], fromM: number, lengthM: number, perM: Float64Array): Stretch {
  const half = lengthM / 2;
  return {
    at: placeAt(path, fromM + half).point,
    lengthM,
    perM,
    halves:
      lengthM < 2 * SHORTEST_M
        ? []
        : [stretchOf(path, fromM, half, perM), stretchOf(path, fromM + half, half, perM)],
  };
}
