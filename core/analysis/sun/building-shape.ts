/** Surfaces of one building, positions in metres of the city's CRS and PL-EVRF2007-NH. */
export interface BuildingShape {
  readonly id: string;
  /** One letter for each surface (`core/catalogue/buildings-3d.ts`); without them every surface is looked at. */
  readonly surfaceKinds: string;
  /** For each surface its outline, open or closed, and holes. */
  readonly surfaces: readonly (readonly (readonly Corner[])[])[];
}

export type Corner = readonly [easting: number, northing: number, heightM: number];
