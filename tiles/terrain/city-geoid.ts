import { basename } from 'node:path';
import type { Undulation } from '../../core/geo/geoid.ts';
import { EGM96 } from './egm96.ts';
import { readGeoidGrid } from './geoid-grid.ts';

/** The undulation of the city. @param grid file that its settings name; EGM96 without one */
export const geoidOf = async (grid: string | undefined): Promise<Undulation> =>
  grid === undefined ? EGM96 : readGeoidGrid(grid, basename(grid), EGM96);
