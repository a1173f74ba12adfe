/** A building before it has a parcel, an id and a height above sea level. */
import type { Xy } from './plane.ts';

/** Height above the building's ground: a·x + b·y + c. */
export interface RoofPlane {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export type RoofType = 'flat' | 'shed' | 'gabled' | 'hipped' | 'half-hipped' | 'mansard' | 'combined';

/** One body of a building; its roof is the lowest of its planes. Convex unless the roof is one level plane. */
export interface BuildingPart {
  /** Counter-clockwise, metres of the town's frame. */
  readonly ring: readonly Xy[];
  readonly planes: readonly RoofPlane[];
}

/** Kind by the classification of fixed assets, as in the register. */
export type BuildingKind = 'm' | 'g' | 't' | 'k' | 'z' | 'b' | 'h' | 'p' | 's' | 'i';

export interface BuildingDesign {
  readonly kind: BuildingKind;
  /** Class of the Polish classification of building objects (PKOB). */
  readonly pkob: string;
  readonly roofType: RoofType;
  readonly storeysAbove: number;
  readonly storeysBelow: number;
  readonly parts: readonly BuildingPart[];
}
