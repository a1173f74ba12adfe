import type { Xy } from '../geo/plane.ts';

/** A section of the road network between two junctions, as the layer `roads` has it. */
export interface RoadSection {
  readonly id: string;
  readonly street: string | null;
  /** Easting, northing (m). */
  readonly path: readonly Xy[];
  readonly fromNode: string;
  readonly toNode: string;
  readonly lanes: number | null;
  readonly widthM: number | null;
}
