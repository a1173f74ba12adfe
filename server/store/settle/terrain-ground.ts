import type { OpenTerrain } from '../../../tiles/terrain/open-terrain.ts';
import type { Ground } from './edited-city.ts';

/** The ground of a terrain model, after shapes in the CRS of the city. @param srid of the city */
export const terrainGround = (terrain: OpenTerrain, srid: number): Ground => ({
  lowestM: (outline, shapes) => terrain.lowestM(outline, { shapes, srid }),
  grid: (box, stepM, shapes) => terrain.grid(box, stepM, { shapes, srid }),
  earthwork: (shape, shapes) => terrain.earthwork(shape, { shapes, srid }),
});
