/** Systems of normal heights of the state (Dz.U. 2012 poz. 1247) that data are handed out in. */
import { transformBetween } from './crs.ts';
import type { Undulation } from './geoid.ts';
import type { Position } from './geometry.ts';

export const HEIGHT_SYSTEMS = ['PL-EVRF2007-NH', 'PL-KRON86-NH'] as const;
export type HeightSystem = (typeof HEIGHT_SYSTEMS)[number];

/** The one in which all heights of the twin are kept. */
export const CITY_HEIGHTS = 'PL-EVRF2007-NH' satisfies HeightSystem;

/** As EPSG knows them. */
export const VERTICAL_CRS: Readonly<
  Record<HeightSystem, { readonly srid: number; readonly name: string; readonly datum: string }>
> = {
  'PL-EVRF2007-NH': {
    ...{ srid: 9651, name: 'EVRF2007-PL height' },
    datum: 'European Vertical Reference Frame 2007 Poland',
  },
  'PL-KRON86-NH': { srid: 9650, name: 'Baltic 1986 height', datum: 'Baltic 1986' },
};

/** From the heights of the twin to those of another system. */
export interface HeightShift {
  readonly to: HeightSystem;
  /** Changes with the grids that it is read from. */
  readonly version: string;
  /** What is added to a height of the twin, m, at a place in degrees; NaN where the grids do not say. */
  shiftM(lonDeg: number, latDeg: number): number;
}

/**
 * The ellipsoidal height of a place is one: H_from + N_from = H_to + N_to, so that H_to = H_from + N_from − N_to.
 * @param from undulation above which the heights of the twin stand
 * @param above undulation above which those of the other system stand
 */
export const heightShift = (
  to: HeightSystem,
  version: string,
  from: Undulation,
  above: Undulation,
): HeightShift => ({
  ...{ to, version },
  shiftM: (lonDeg, latDeg) => from.undulationM(lonDeg, latDeg) - above.undulationM(lonDeg, latDeg),
});

/** The shift at positions of a CRS, easting (longitude) first. */
export function shiftAt(shift: HeightShift, srid: number): (position: Position) => number {
  const toDegrees = transformBetween(srid, 4258);
  return ([x, y]) => {
    const [lon, lat] = toDegrees([x, y]);
    return shift.shiftM(lon, lat);
  };
}
