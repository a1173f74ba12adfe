import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TwinError } from '../../core/errors.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { type HeightShift, type HeightSystem, heightShift } from '../../core/geo/height-systems.ts';
import { readGeoidGrid } from './geoid-grid.ts';

/** PL-geoid-2011 of GUGiK, as PROJ names and publishes it; each above the ellipsoid of ETRF2000-PL. */
const GRIDS: Readonly<Record<HeightSystem, string>> = {
  'PL-EVRF2007-NH': 'pl_gugik_geoid2011-PL-EVRF2007-NH.tif',
  'PL-KRON86-NH': 'pl_gugik_geoid2011-PL-KRON86-NH.tif',
};
/** Beyond the grids nothing is known, and nothing taken for it. */
const UNKNOWN: Undulation = { model: 'unknown', undulationM: () => Number.NaN };

/** The file of a system in a folder of grids. */
export const heightGridAt = (folder: string, system: HeightSystem): string => join(folder, GRIDS[system]);

/** What a folder of grids must hold, and where it comes from. */
export const HEIGHT_GRID_FILES = `${Object.values(GRIDS).join(' and ')} (PL-geoid-2011 of GUGiK, published by PROJ at https://cdn.proj.org)`;

/**
 * The way from the heights of the twin to PL-KRON86-NH by both grids of one model.
 * @throws TwinError unavailable where the folder does not hold them, else as `readGeoidGrid`
 */
export async function readHeightGrids(folder: string): Promise<HeightShift> {
  const read = async (system: HeightSystem) => {
    const path = heightGridAt(folder, system);
    const file = await stat(path).catch(() => undefined);
    if (!file) {
      throw new TwinError('unavailable', `${path} is not there; HEIGHT_GRIDS must hold ${HEIGHT_GRID_FILES}`);
    }
    return {
      grid: await readGeoidGrid(path, GRIDS[system], UNKNOWN),
      version: `${file.size}-${file.mtimeMs}`,
    };
  };
  const [from, to] = [await read('PL-EVRF2007-NH'), await read('PL-KRON86-NH')];
  return heightShift('PL-KRON86-NH', `${from.version} ${to.version}`, from.grid, to.grid);
}
