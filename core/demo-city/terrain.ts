/** Where the demo city lies and how its ground rises: a river valley between two plateaus. */
import { smoothNoise } from './random.ts';

/**
 * The middle of the town in EPSG:2177, easting and northing in metres: lon 16.93, lat 52.41 to the hectare.
 * Every plan below is drawn in metres east and north of it.
 */
export const ORIGIN_M: readonly [easting: number, northing: number] = [6_427_200, 5_809_100];

export const RIVER_HALF_WIDTH_M = 27;

/** The river runs south to north: its x for each y, in metres from the origin. */
export function riverX(y: number): number {
  const outside = Math.max(0, Math.abs(y) - 1000);
  const calm = 1e5 / (outside * outside + 1e5);
  const wander = (420 * outside * outside) / (outside * outside + 4e6);
  return (
    400 +
    (60 + 50 * calm) * Math.sin(y / 330 + 0.4) +
    35 * calm * Math.sin(y / 140) +
    wander * Math.sin(y / 2100) * Math.sign(y || 1)
  );
}

const smoothStep = (low: number, high: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/** Height of the water, falling gently northwards; metres PL-EVRF2007-NH. */
export function waterLevelM(y: number): number {
  return Math.min(61, Math.max(55.5, 58 - 0.0003 * y));
}

/** Ground height in metres PL-EVRF2007-NH at metres east and north of the origin. */
export function groundHeightM(seed: number, x: number, y: number): number {
  const water = waterLevelM(y);
  const toRiver = Math.abs(x - riverX(y));
  const plateau =
    78 +
    7.5 * smoothNoise(seed, x / 1150 + 3.1, y / 1150) +
    3.2 * smoothNoise(seed + 1, x / 420, y / 420 + 7.7) +
    0.7 * smoothNoise(seed + 2, x / 110, y / 110);
  const floodplain = smoothStep(RIVER_HALF_WIDTH_M - 2, RIVER_HALF_WIDTH_M + 14, toRiver) * 2.4;
  const rise = smoothStep(50, 560, toRiver);
  return water + floodplain + rise * (plateau - water - 2.4);
}
