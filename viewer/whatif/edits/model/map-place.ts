/** From the frame of a file that says where it stands to the plan of the city. */
import { transformBetween } from '../../../../core/geo/crs.ts';
import type { ModelPlace } from './model-body.ts';

const AHEAD_M = 100;

/**
 * @param at of a plane CRS, easting first
 * @param turnDeg of the model in that CRS, counter-clockwise
 * @returns undefined where the CRS is unknown here
 */
export function placeFrom(
  srid: number,
  at: readonly [number, number],
  turnDeg: number,
  footHeightM: number | undefined,
): ModelPlace | undefined {
  try {
    const there = transformBetween(srid, 2177);
    const [e, n] = there(at);
    const [e2, n2] = there([at[0] + AHEAD_M, at[1]]);
    // The grids of two systems are turned against each other.
    const gridDeg = (Math.atan2(n2 - n, e2 - e) * 180) / Math.PI;
    if (![e, n, gridDeg].every(Number.isFinite)) return undefined;
    return { at: [e, n], turnDeg: turnDeg + gridDeg, footHeightM };
  } catch {
    return undefined;
  }
}
