/** Which posts of the ground an order is about. */
import { notSupported } from '../../core/errors.ts';
import type { HeightPosts } from '../../core/formats/terrain/height-texts.ts';
import { bboxOf, reprojectBbox } from '../../core/geo/bbox.ts';
import { crsOf, reproject } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { ORDER_FORMAT_FACTS } from '../../core/order/order-formats.ts';
import type { OrderRequest } from '../../core/wire/order.ts';
import type { Relief } from '../../tiles/terrain/open-terrain.ts';
import type { View } from '../access/view.ts';
import type { SettledArea } from '../store/order-area.ts';

const STEPS_M = [1, 2, 5, 10, 25, 50, 100, 250, 500];
const MOST_POSTS = 1_000_000;

export type PostsFrame = Omit<HeightPosts, 'heights'>;

/** @throws TwinError not-supported where there is no model, or another ground than its own is asked for */
export function checkRelief(relief: Relief | undefined, view: View): Relief {
  if (!relief) throw notSupported('This service has no terrain model; leave out the formats dtm-…');
  if (view.scenario || view.at) {
    throw notSupported(
      'The ground is ordered as it is now; leave out the formats dtm-…, or the scenario or day',
    );
  }
  return relief;
}

/** The area in the CRS of the order; undefined = all of the city. */
export const orderedArea = (
  { shape }: SettledArea,
  { srid }: OrderRequest,
  citySrid: number,
): Geometry | undefined => shape && reproject(readWkb(shape), citySrid, srid);

/** Posts at whole multiples of the finest step that the model has and that keeps them below a million. */
export function reliefFrame(relief: Relief, area: Geometry | undefined, srid: number): PostsFrame {
  const box = (area && bboxOf(area, srid)) ?? reprojectBbox(relief.extent, srid);
  const frames = STEPS_M.filter((stepM) => stepM >= relief.cellM).map((stepM): PostsFrame => {
    const [west, south] = [Math.floor(box.minX / stepM), Math.floor(box.minY / stepM)];
    const [east, north] = [Math.ceil(box.maxX / stepM), Math.ceil(box.maxY / stepM)];
    return {
      origin: [west * stepM, south * stepM],
      stepM,
      columns: east - west + 1,
      rows: north - south + 1,
    };
  });
  const frame = frames.find(({ columns, rows }) => columns * rows <= MOST_POSTS) ?? frames.at(-1);
  if (!frame)
    throw notSupported(`The terrain model has cells of ${relief.cellM} m, too coarse to be ordered`);
  return frame;
}

/** How many posts an order takes, 0 when it asks for no terrain. @throws TwinError as `checkRelief` */
export function postsOfOrder(
  relief: Relief | undefined,
  order: OrderRequest,
  view: View,
  area: SettledArea,
  citySrid: number,
): number {
  const asked = order.formats.filter((format) => ORDER_FORMAT_FACTS[format].bytesPerPost !== undefined);
  if (asked.length === 0 || crsOf(order.srid).unit === 'degree') return 0;
  const ground = orderedArea(area, order, citySrid);
  const { columns, rows } = reliefFrame(checkRelief(relief, view), ground, order.srid);
  return columns * rows;
}
