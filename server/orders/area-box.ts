import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { SettledArea } from '../store/order-area.ts';

/** The box around the ground of an order, in the CRS of the city; undefined = all of the city. */
export const areaBox = ({ shape }: SettledArea, citySrid: number): Bbox | undefined =>
  shape && bboxOf(readWkb(shape), citySrid);
