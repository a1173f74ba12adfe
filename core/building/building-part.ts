/** A building as bodies under roofs, before it stands on the ground. */
import type { Xy } from '../geo/plane.ts';

/** Height above the building's ground: a·x + b·y + c. */
export interface RoofPlane {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** One body of a building; its roof is the lowest of its planes. Convex unless the roof is a single plane. */
export interface BuildingPart {
  /** Counter-clockwise, metres of a local frame (x east, y north). */
  readonly ring: readonly Xy[];
  readonly planes: readonly RoofPlane[];
}
