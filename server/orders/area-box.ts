import { MOST_SHEETS, planSheets, type SheetPlan } from '../../core/documents/map-sheet.ts';
import { TwinError, tooLarge } from '../../core/errors.ts';
import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { reproject } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { MAP_PAPERS, type OrderRequest } from '../../core/wire/order.ts';
import type { SettledArea } from '../store/order-area.ts';

/** The box around the ground of an order, in the CRS of the city; undefined = all of the city. */
export const areaBox = ({ shape }: SettledArea, citySrid: number): Bbox | undefined =>
  shape && bboxOf(readWkb(shape), citySrid);

export interface OrderedSheets {
  readonly plan: SheetPlan;
  /** The ground, in the CRS of the map. */
  readonly ground: Geometry;
}

/** @throws TwinError too-large for a map of more sheets than one is made of, with a scale that would do */
export function sheetsOf(
  { map, srid }: OrderRequest,
  { shape }: SettledArea,
  citySrid: number,
): OrderedSheets {
  if (shape === undefined) {
    throw new TwinError('invalid-parameter', 'A map on paper is of a part of the city; say which', {
      parameter: 'area',
    });
  }
  const ground = reproject(readWkb(shape), citySrid, srid);
  const box = bboxOf(ground, srid);
  if (!box) throw new TwinError('invalid-parameter', 'The area is empty', { parameter: 'area' });
  const { scale = 500, paper = 'A0' } = map ?? {};
  const plan = planSheets(box, scale, paper);
  if (plan.boxes.length <= MOST_SHEETS) return { plan, ground };
  const more =
    paper === MAP_PAPERS.at(-1) ? 'a smaller scale or area' : 'a larger paper, a smaller scale or area';
  throw tooLarge(
    `The map at 1:${scale} takes ${plan.boxes.length} sheets of ${plan.paper}, and ${MOST_SHEETS} are the most; take ${more}`,
    'map',
  );
}
