import { stat } from 'node:fs/promises';
import { frameOver, type GroundBox, type GroundGrid } from '../../core/analysis/sun/ground-grid.ts';
import { type Bbox, widenBbox } from '../../core/geo/bbox.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { type CountedEarthwork, countEarthwork } from '../../core/scenario/earthwork.ts';
import { boxOf, groundShaped, type ShapedGround } from '../../core/scenario/shaped-ground.ts';
import { type Dtm, openDtm } from './dem.ts';
import { groundGrid } from './ground-grid.ts';
import { lowestGround } from './lowest-ground.ts';
import { type Shaping, shapedDtm } from './shaped-dtm.ts';
import { type TerrainPyramid, terrainPyramid } from './terrain-source.ts';

export interface OpenTerrain extends TerrainPyramid {
  /** False: no model was found and the globe is flat on the geoid. */
  readonly hasModel: boolean;
  /**
   * Lowest height within an outline (easting, northing in the CRS of the shapes), metres PL-EVRF2007-NH; undefined
   * where unknown.
   * @param shaping what has been made of the ground
   */
  lowestM(outline: readonly Xy[], shaping: Shaping): Promise<number | undefined>;
  /**
   * Heights of posts over a box of the CRS of the shapes; undefined without a model, NaN where it has none.
   * @param stepM between posts
   */
  grid(box: GroundBox, stepM: number, shaping: Shaping): Promise<GroundGrid | undefined>;
  /** What one more shape would move of the ground; undefined where it is not known. */
  earthwork(shape: ShapedGround, shaping: Shaping): Promise<CountedEarthwork | undefined>;
  /** The model for those who take it away, without what scenarios made of it. */
  readonly relief: Relief | undefined;
  close(): Promise<void>;
}

export interface Relief {
  readonly path: string;
  /** Changes with the model. */
  readonly version: string;
  readonly extent: Bbox;
  /** Larger side of a cell, m. */
  readonly cellM: number;
  /** Lowest and highest height; rough for a model that is not held in memory. */
  readonly minM: number;
  readonly maxM: number;
  readonly window: Dtm['window'];
  /** Heights of posts in any projected CRS; NaN where the model has none. @param srid of the posts */
  posts(frame: Omit<GroundGrid, 'heights'>, srid: number): Promise<GroundGrid>;
}

/**
 * Terrain from a model on disk; without the file, flat on the geoid.
 * @throws TwinError as `openDtm` when the file is there and cannot serve.
 */
export async function openTerrain(path: string | undefined, undulation: Undulation): Promise<OpenTerrain> {
  const file = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || !file) {
    return {
      ...terrainPyramid({ undulation }),
      hasModel: false,
      lowestM: async () => undefined,
      grid: async () => undefined,
      earthwork: async () => undefined,
      relief: undefined,
      close: async () => {},
    };
  }
  const dtm = await openDtm(path);
  const version = `${file.size}-${file.mtimeMs}`;
  return {
    ...terrainPyramid({ dtm, version, undulation }),
    hasModel: true,
    lowestM: (outline, shaping) => lowestGround(shapedDtm(dtm, shaping), outline, shaping.srid),
    grid: (box, stepM, shaping) => groundGrid(shapedDtm(dtm, shaping), frameOver(box, stepM), shaping.srid),
    earthwork: (shape, shaping) => earthworkOver(dtm, shape, shaping),
    relief: {
      ...{ path, version, extent: dtm.extent, cellM: dtm.cellM, minM: dtm.minM, maxM: dtm.maxM },
      window: dtm.window,
      posts: (frame, srid) => groundGrid(dtm, frame, srid),
    },
    close: () => dtm.close(),
  };
}

async function earthworkOver(
  dtm: Dtm,
  shape: ShapedGround,
  { shapes, srid }: Shaping,
): Promise<CountedEarthwork | undefined> {
  const toDtm = transformBetween(srid, dtm.srid);
  const corners = boxOf(shape);
  const [minX, minY] = toDtm([corners.minX, corners.minY]);
  const [maxX, maxY] = toDtm([corners.maxX, corners.maxY]);
  const box = { minX, minY, maxX, maxY, srid: dtm.srid };
  // At full resolution: the volume is told to the cubic metre.
  const field = await dtm.window(widenBbox(box, 2 * dtm.cellM + (maxX - minX) / 100), dtm.cellM);
  const ground = groundShaped(([e, n]) => {
    const [x, y] = toDtm([e, n]);
    return field.heightM(x, y);
  }, shapes);
  return countEarthwork(ground, shape);
}
