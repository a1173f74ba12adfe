import { reprojectBbox } from '../../core/geo/bbox.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import type { Extent3 } from '../mesh/surfaces.ts';

/** West, south, east, north in radians, lowest and highest ellipsoidal height in m (3D Tiles 1.1, 11.1.3). */
export type Region = readonly [number, number, number, number, number, number];

const RADIANS_PER_DEGREE = Math.PI / 180;
/** Radians are written to 1e-9 (6 mm), heights to 1 cm, both rounded outwards. */
const ANGLE_STEP = 1e9;
const HEIGHT_STEP = 100;
/** Half a step of the coarsest quantised tile, and the millimetres of interpolation, m. */
const MARGIN_M = 0.03;
const MARGIN_RAD = MARGIN_M / 6_300_000;

/** The region round a box of the store, widened by what quantisation and interpolation may move. */
export function regionOf(extent: Extent3, srid: number, undulation: Undulation): Region {
  const box = reprojectBbox({ ...extent, srid }, 4326);
  const undulations = [box.minX, box.maxX].flatMap((lon) =>
    [box.minY, box.maxY].map((lat) => undulation.undulationM(lon, lat)),
  );
  const low = (value: number): number =>
    Math.floor((value * RADIANS_PER_DEGREE - MARGIN_RAD * 2) * ANGLE_STEP) / ANGLE_STEP;
  const high = (value: number): number =>
    Math.ceil((value * RADIANS_PER_DEGREE + MARGIN_RAD * 2) * ANGLE_STEP) / ANGLE_STEP;
  // The undulation is nearly a plane over a tile; a decimetre covers what it bends between the corners.
  const slack = MARGIN_M + 0.1;
  return [
    low(box.minX),
    low(box.minY),
    high(box.maxX),
    high(box.maxY),
    Math.floor((extent.minZ + Math.min(...undulations) - slack) * HEIGHT_STEP) / HEIGHT_STEP,
    Math.ceil((extent.maxZ + Math.max(...undulations) + slack) * HEIGHT_STEP) / HEIGHT_STEP,
  ];
}

/** An empty tileset still needs a volume: Poland's, flat. */
const NOWHERE: Region = [0.2461, 0.8552, 0.4217, 0.9571, 0, 0];

export function unionOf(regions: readonly Region[]): Region {
  const [first, ...others] = regions;
  if (!first) return NOWHERE;
  return others.reduce<Region>(
    (a, b) => [
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[2], b[2]),
      Math.max(a[3], b[3]),
      Math.min(a[4], b[4]),
      Math.max(a[5], b[5]),
    ],
    first,
  );
}
