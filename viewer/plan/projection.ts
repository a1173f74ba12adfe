import { addCoordinateTransforms, addProjection, get, Projection } from 'ol/proj.js';
import { transformBetween } from '../../core/geo/crs.ts';
import { TILE_GRIDS } from '../../core/geo/tile-grid.ts';

export const PLAN_PROJECTION = 'EPSG:2177';
const GRID = TILE_GRIDS.EPSG2177;
const METRE_TO_PIXEL_M = 0.00028;

/** Metres per CSS pixel of a scale 1:n. */
export const resolutionOf = (scaleDenominator: number): number => scaleDenominator * METRE_TO_PIXEL_M;
export const scaleOf = (resolutionM: number): number => resolutionM / METRE_TO_PIXEL_M;

/** Makes EPSG:2177 known to OpenLayers, with the transforms of the house. */
export function registerPlanProjection(): Projection {
  const known = get(PLAN_PROJECTION);
  if (known) return known;
  const projection = new Projection({
    code: PLAN_PROJECTION,
    units: 'm',
    extent: [GRID.originX, GRID.originY - GRID.rootSizeM, GRID.originX + GRID.rootSizeM, GRID.originY],
  });
  addProjection(projection);
  const forward = transformBetween(4326, 2177);
  const inverse = transformBetween(2177, 4326);
  addCoordinateTransforms(
    'EPSG:4326',
    projection,
    ([x = 0, y = 0]) => [...forward([x, y])],
    ([x = 0, y = 0]) => [...inverse([x, y])],
  );
  return projection;
}
