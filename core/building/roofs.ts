/** Roofs as the lowest of a few planes over a convex ring: the shapes that Polish towns are covered with. */

import { around, leftOf, subtract, unit, type Xy } from '../geo/plane.ts';
import type { RoofPlane } from './building-part.ts';

/** A plane that stands at `eavesM` over the line a→b and rises to its left. */
export function planeOver(a: Xy, b: Xy, eavesM: number, slope: number): RoofPlane {
  const normal = leftOf(unit(subtract(b, a)));
  return {
    a: slope * normal[0],
    b: slope * normal[1],
    c: eavesM - slope * (normal[0] * a[0] + normal[1] * a[1]),
  };
}

export const heightOn = (plane: RoofPlane, [x, y]: Xy): number => plane.a * x + plane.b * y + plane.c;

export const lowest = (planes: readonly RoofPlane[], p: Xy): number =>
  Math.min(...planes.map((plane) => heightOn(plane, p)));

export const flatRoof = (heightM: number): RoofPlane[] => [{ a: 0, b: 0, c: heightM }];

const over = (ring: readonly Xy[], side: number, eavesM: number, slope: number): RoofPlane =>
  planeOver(around(ring, side), around(ring, side + 1), eavesM, slope);

/** Planes over the given sides; every other side becomes a gable. */
export const gabledRoof = (
  ring: readonly Xy[],
  eaveSides: readonly number[],
  eavesM: number,
  slope: number,
): RoofPlane[] => eaveSides.map((side) => over(ring, side, eavesM, slope));

export const hippedRoof = (ring: readonly Xy[], eavesM: number, slope: number): RoofPlane[] =>
  ring.map((_, side) => over(ring, side, eavesM, slope));

/** A gable whose top leans back: the small hips begin `cutM` above the eaves. */
export const halfHippedRoof = (
  ring: readonly Xy[],
  eaveSides: readonly number[],
  eavesM: number,
  slope: number,
  cutM: number,
): RoofPlane[] =>
  ring.map((_, side) =>
    eaveSides.includes(side) ? over(ring, side, eavesM, slope) : over(ring, side, eavesM + cutM, slope * 1.3),
  );

/** Steep below, gentle above, over the given sides. */
export const mansardRoof = (
  ring: readonly Xy[],
  eaveSides: readonly number[],
  eavesM: number,
  breakM: number,
): RoofPlane[] =>
  eaveSides.flatMap((side) => [over(ring, side, eavesM, 2.4), over(ring, side, eavesM + breakM, 0.36)]);

/** One plane that rises from a side. */
export const shedRoof = (
  ring: readonly Xy[],
  lowSide: number,
  eavesM: number,
  slope: number,
): RoofPlane[] => [over(ring, lowSide, eavesM, slope)];
