/** Isophones: areas of a noise map as loud as a level, as polygons. */
import { contours } from 'd3-contour';
import type { NoiseFrame } from './noise-grid.ts';

export type AreaRings = readonly (readonly (readonly [number, number])[])[];

/** Quieter than any band, for places that are not told. */
const SILENT_DB = -100;

/**
 * @param levels row by row from the south-west; null is in no area
 * @param isBelow areas as low as the level in place of as high
 * @returns polygons (outer ring and holes, closed; easting, northing) where levels reach it
 */
export function areasAt(
  { origin, stepM, columns, rows }: NoiseFrame,
  levels: readonly (number | null)[],
  level: number,
  isBelow = false,
): readonly AreaRings[] {
  const sign = isBelow ? -1 : 1;
  const values = levels.map((each) => (each === null ? SILENT_DB : sign * each));
  const { coordinates } = contours()
    .size([columns, rows])
    .smooth(true)
    .contour(values, sign * level);
  // The middle of the first cell is the first place.
  return coordinates.map((rings) =>
    rings.map((ring) =>
      ring.map(
        ([x = 0, y = 0]) =>
          [round(origin[0] + (x - 0.5) * stepM), round(origin[1] + (y - 0.5) * stepM)] as const,
      ),
    ),
  );
}

const round = (metres: number) => Math.round(metres * 10) / 10;
