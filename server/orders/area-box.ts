import { MOST_SHEETS, planSheets, type SheetPlan } from '../../core/documents/map-sheet.ts';
import { invalidParameter, tooLarge } from '../../core/errors.ts';
import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { reproject } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { MAP_DPI, MAP_PAPERS, MAP_SCALES, type OrderRequest } from '../../core/wire/order.ts';
import type { Frame } from '../../tiles/picture/frame.ts';
import { PX_PER_MM } from '../../tiles/picture/paper-map.ts';
import type { SettledArea } from '../store/order-area.ts';

/** The box around the ground of an order, in the CRS of the city; undefined = all of the city. */
export const areaBox = ({ shape }: SettledArea, citySrid: number): Bbox | undefined =>
  shape && bboxOf(readWkb(shape), citySrid);

export interface OrderedSheets {
  readonly plan: SheetPlan;
  /** The ground, in the CRS of the map. */
  readonly ground: Geometry;
}

/** Pixels of a map as GeoTIFF, at most: a square kilometre at 1:1000 and 254 dpi. */
const MOST_MAP_PX = 100_000_000;

/** The ground of a map, in its CRS. @throws TwinError invalid-parameter for all of the city, or none of it */
function mappedGround({ srid }: OrderRequest, { shape }: SettledArea, citySrid: number) {
  if (shape === undefined) throw invalidParameter('area', 'A map is of a part of the city; say which');
  const ground = reproject(readWkb(shape), citySrid, srid);
  const box = bboxOf(ground, srid);
  if (!box) throw invalidParameter('area', 'The area is empty');
  return { ground, box };
}

/**
 * The box of the ground at the scale of the order, widened to whole pixels of round coordinates.
 * @throws TwinError too-large with a scale that would do
 */
export function mapFrameOf(order: OrderRequest, area: SettledArea, citySrid: number): Frame {
  const { box } = mappedGround(order, area, citySrid);
  const { scale = 500, dpi = 254 } = order.map ?? {};
  const pixelRatio = dpi / MAP_DPI[0];
  const frameAt = (denominator: number): Frame => {
    const pixelsPerM = (1_000 * PX_PER_MM * pixelRatio) / denominator;
    const [west, south] = [Math.floor(box.minX * pixelsPerM), Math.floor(box.minY * pixelsPerM)];
    const [east, north] = [Math.ceil(box.maxX * pixelsPerM), Math.ceil(box.maxY * pixelsPerM)];
    const onGround = (pixels: number) => pixels / pixelsPerM;
    return {
      bbox: {
        ...{ minX: onGround(west), minY: onGround(south), maxX: onGround(east), maxY: onGround(north) },
        srid: box.srid,
      },
      ...{ widthPx: Math.max(1, east - west), heightPx: Math.max(1, north - south), pixelRatio },
    };
  };
  const isSmall = ({ widthPx, heightPx }: Frame) => widthPx * heightPx <= MOST_MAP_PX;
  const frame = frameAt(scale);
  if (isSmall(frame)) return frame;
  const enough = MAP_SCALES.find((each) => each > scale && isSmall(frameAt(each)));
  throw tooLarge(
    `The map at 1:${scale} takes ${frame.widthPx} × ${frame.heightPx} pixels, and ${MOST_MAP_PX} are the most; take ${enough === undefined ? 'a smaller area' : `1:${enough}, or a smaller area`}`,
    'map',
  );
}

/** @throws TwinError too-large for a map of more sheets than one is made of, with a scale that would do */
export function sheetsOf(order: OrderRequest, area: SettledArea, citySrid: number): OrderedSheets {
  const { ground, box } = mappedGround(order, area, citySrid);
  const { scale = 500, paper = 'A0' } = order.map ?? {};
  const plan = planSheets(box, scale, paper);
  if (plan.boxes.length <= MOST_SHEETS) return { plan, ground };
  const more =
    paper === MAP_PAPERS.at(-1) ? 'a smaller scale or area' : 'a larger paper, a smaller scale or area';
  throw tooLarge(
    `The map at 1:${scale} takes ${plan.boxes.length} sheets of ${plan.paper}, and ${MOST_SHEETS} are the most; take ${more}`,
    'map',
  );
}
