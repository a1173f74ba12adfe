/** Trips from zone to zone by a gravity model (Furness' balancing of rows and columns). */
import type { Purpose } from './city-facts.ts';

/** Vehicles an hour from zone to zone, row by row. */
export interface PurposeTrips {
  readonly purpose: Purpose;
  /** Part of them that is lorries. */
  readonly truckShare: number;
  readonly trips: Float64Array;
}

/** Rounds of balancing; it ends sooner where nothing is left to balance. */
const MOST_ROUNDS = 60;
const BALANCED = 1e-6;

/**
 * Trips so that every row has its starts, columns are in proportion to what they draw, and each pair falls off by
 * `decay`. Dense, row by row.
 */
export function gravityMatrix(
  starts: ArrayLike<number>,
  draws: ArrayLike<number>,
  decay: (from: number, to: number) => number,
): Float64Array {
  const n = starts.length;
  const matrix = new Float64Array(n * n);
  const [startSum, drawSum] = [sumOf(starts), sumOf(draws)];
  if (!(startSum > 0 && drawSum > 0)) return matrix;
  for (let from = 0; from < n; from++) {
    for (let to = 0; to < n; to++) {
      matrix[from * n + to] = (starts[from] as number) * (draws[to] as number) * decay(from, to);
    }
  }
  const wanted = Float64Array.from({ length: n }, (_, to) => ((draws[to] as number) * startSum) / drawSum);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    scaleColumns(matrix, wanted);
    if (scaleRows(matrix, starts) < BALANCED) break;
  }
  return matrix;
}

/** Adds a matrix, or its transpose, times a factor. */
export function addTrips(
  to: Float64Array,
  matrix: Float64Array,
  factor: number,
  isTransposed: boolean,
): void {
  const n = Math.round(Math.sqrt(matrix.length));
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const at = row * n + column;
      const trips = factor * (matrix[isTransposed ? column * n + row : at] as number);
      to[at] = (to[at] as number) + trips;
    }
  }
}

function scaleColumns(matrix: Float64Array, wanted: Float64Array): void {
  const n = wanted.length;
  const sums = new Float64Array(n);
  for (let at = 0; at < matrix.length; at++) sums[at % n] = (sums[at % n] as number) + (matrix[at] as number);
  for (let at = 0; at < matrix.length; at++) {
    const sum = sums[at % n] as number;
    if (sum > 0) matrix[at] = ((matrix[at] as number) * (wanted[at % n] as number)) / sum;
  }
}

/** @returns the largest part by which a row was wrong */
function scaleRows(matrix: Float64Array, wanted: ArrayLike<number>): number {
  const n = wanted.length;
  let worst = 0;
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let at = row * n; at < (row + 1) * n; at++) sum += matrix[at] as number;
    if (!(sum > 0)) continue;
    const factor = (wanted[row] as number) / sum;
    worst = Math.max(worst, Math.abs(factor - 1));
    for (let at = row * n; at < (row + 1) * n; at++) matrix[at] = (matrix[at] as number) * factor;
  }
  return worst;
}

const sumOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum;
};
