/** A building before it has a parcel, an id and a height above sea level. */
import type { BuildingPart } from '../building/building-part.ts';

export type RoofType = 'flat' | 'shed' | 'gabled' | 'hipped' | 'half-hipped' | 'mansard' | 'combined';

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
