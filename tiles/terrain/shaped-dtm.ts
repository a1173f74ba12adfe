/** The terrain model after shapes of the ground. */
import { type Bbox, bboxesIntersect, reprojectBbox } from '../../core/geo/bbox.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { boxOf, groundShaped, heightsOf, type ShapedGround } from '../../core/scenario/shaped-ground.ts';
import type { Dtm } from './dem.ts';
import { GRID_STEPS, latOfStep, lonOfStep, tileRectangle } from './geographic-tiles.ts';
import type { HeightRange } from './terrain-tile.ts';

/** Positions of samples are interpolated and stray by decimetres. */
const STRAY_M = 1;

/** Shapes of the ground over the model, in the order in which they were made. */
export interface Shaping {
  readonly shapes: readonly ShapedGround[];
  /** CRS of the shapes. */
  readonly srid: number;
}

/** A model that answers as the given one, with the ground shaped. */
export function shapedDtm(dtm: Dtm, { shapes, srid }: Shaping): Dtm {
  if (shapes.length === 0) return dtm;
  const toShapes = dtm.srid === srid ? undefined : transformBetween(dtm.srid, srid);
  const toDtm = dtm.srid === srid ? undefined : transformBetween(srid, dtm.srid);
  const { minM, maxM } = shapes.reduce((range, shape) => heightsOf(shape, range), {
    minM: dtm.minM,
    maxM: dtm.maxM,
  });
  return {
    ...dtm,
    minM,
    maxM,
    async window(bbox, spacingM) {
      const field = await dtm.window(bbox, spacingM);
      const shaped = groundShaped(
        toDtm
          ? ([e, n]) => {
              const [x, y] = toDtm([e, n]);
              return field.heightM(x, y);
            }
          : ([e, n]) => field.heightM(e, n),
        shapes,
      );
      return {
        heightM(easting, northing) {
          if (!toShapes) return shaped([easting, northing]);
          const [e, n] = toShapes([easting, northing]);
          return shaped([e, n]);
        },
      };
    },
  };
}

/** Those that can change a height of a tile, or a normal on its rim. */
export function shapesUnder(
  { shapes, srid }: Shaping,
  z: number,
  x: number,
  y: number,
): readonly ShapedGround[] {
  if (shapes.length === 0) return shapes;
  const tile: Bbox = {
    minX: lonOfStep(z, x * GRID_STEPS - 1),
    minY: latOfStep(z, y * GRID_STEPS - 1),
    maxX: lonOfStep(z, (x + 1) * GRID_STEPS + 1),
    maxY: latOfStep(z, (y + 1) * GRID_STEPS + 1),
    srid: 4326,
  };
  return shapes.filter((shape) => bboxesIntersect(lonLatBoxOf(shape, srid), tile));
}

const boxes = new WeakMap<ShapedGround, Bbox>();

/** Kept with the shape: it is asked for with every tile. */
function lonLatBoxOf(shape: ShapedGround, srid: number): Bbox {
  const known = boxes.get(shape);
  if (known) return known;
  const { minX, minY, maxX, maxY } = boxOf(shape);
  const wide = {
    minX: minX - STRAY_M,
    minY: minY - STRAY_M,
    maxX: maxX + STRAY_M,
    maxY: maxY + STRAY_M,
    srid,
  };
  const box = reprojectBbox(wide, 4326);
  boxes.set(shape, box);
  return box;
}

/** The range of heights of a level, wider where a shape leaves it: a pit below the lowest ground, a mound above. */
export function heightRangeOver(
  { minHeightM, maxHeightM }: HeightRange,
  { minM, maxM }: Dtm,
  undulation: Undulation,
  z: number,
  x: number,
  y: number,
): HeightRange {
  const { west, south, east, north } = tileRectangle(z, x, y);
  const corners = [west, east].flatMap((lon) =>
    [south, north].map((lat) => undulation.undulationM(lon, lat)),
  );
  return {
    minHeightM: Math.min(minHeightM, Math.floor(Math.min(...corners) + minM - STRAY_M)),
    maxHeightM: Math.max(maxHeightM, Math.ceil(Math.max(...corners) + maxM + STRAY_M)),
  };
}
