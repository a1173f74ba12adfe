/** A solid on the ground as the geometries of the registers. */
import type { MultiPolygon, Position } from '../geo/geometry.ts';
import { around } from '../geo/plane.ts';
import type { Solid } from './solid.ts';

/** Easting and northing of the local frame, whole metres. */
type Origin = readonly [easting: number, northing: number];

/**
 * Every surface as one polygon, heights in metres PL-EVRF2007-NH.
 * @param stretch factor on heights above the ground
 */
export function solidGeometry(
  { surfaces }: Solid,
  origin: Origin,
  groundMm: number,
  stretch = 1,
): MultiPolygon {
  const place = ([x, y, z]: readonly [number, number, number]): Position => [
    (origin[0] * 1000 + x) / 1000,
    (origin[1] * 1000 + y) / 1000,
    (groundMm + Math.round(z * stretch)) / 1000,
  ];
  return {
    type: 'MultiPolygon',
    coordinates: surfaces.map(({ ring }) => [[...ring, around(ring, 0)].map(place)]),
  };
}

/** The outline on the ground. */
export function footprintGeometry({ footprintCm }: Solid, origin: Origin): MultiPolygon {
  const ring = [...footprintCm, around(footprintCm, 0)];
  return {
    type: 'MultiPolygon',
    coordinates: [
      [ring.map(([x, y]): Position => [(origin[0] * 100 + x) / 100, (origin[1] * 100 + y) / 100])],
    ],
  };
}

/** One letter for each surface, in their order. */
export const surfaceKinds = ({ surfaces }: Solid): string => surfaces.map(({ kind }) => kind).join('');
