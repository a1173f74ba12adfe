import type { GroundGrid } from '../../core/analysis/sun/ground-grid.ts';
import { bboxOf, widenBbox } from '../../core/geo/bbox.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import type { Xy } from '../../core/geo/plane.ts';
import type { Dtm } from './dem.ts';

/** The heights of a terrain model at posts of another CRS; NaN where it has none. @param srid of the posts */
export async function groundGrid(
  dtm: Dtm,
  frame: Omit<GroundGrid, 'heights'>,
  srid: number,
): Promise<GroundGrid> {
  const toDtm = transformBetween(srid, dtm.srid);
  const { origin, stepM, columns, rows } = frame;
  const posts = Array.from({ length: columns * rows }, (_, n): Xy => {
    const [e, north] = toDtm([
      origin[0] + (n % columns) * stepM,
      origin[1] + Math.floor(n / columns) * stepM,
    ]);
    return [e, north];
  });
  const box = bboxOf({ type: 'MultiPoint', coordinates: posts }, dtm.srid);
  if (!box) return { ...frame, heights: new Float32Array() };
  const field = await dtm.window(widenBbox(box, 2 * dtm.cellM), stepM);
  return { ...frame, heights: Float32Array.from(posts, ([e, n]) => field.heightM(e, n)) };
}
