import { basename } from 'node:path';
import type { Undulation } from '../../core/geo/geoid.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { readGeoidGrid } from '../../tiles/terrain/geoid-grid.ts';
import type { Config } from '../config.ts';

/** The undulation of the city: of the grid that its settings name, else of EGM96. */
export const geoidOf = async ({ geoidGrid }: Pick<Config, 'geoidGrid'>): Promise<Undulation> =>
  geoidGrid === undefined ? EGM96 : readGeoidGrid(geoidGrid, basename(geoidGrid), EGM96);
