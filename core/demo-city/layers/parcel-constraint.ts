/** The truth of one parcel: an area that limits what may be built on it. */
export interface ParcelConstraint {
  readonly parcelId: string;
  readonly layer:
    | 'plan_zones'
    | 'plan_acts'
    | 'plan_areas'
    | 'flood_zones'
    | 'noise_zones'
    | 'heritage_sites'
    | 'nature_areas'
    | 'landscape_areas'
    | 'cases'
    | 'dikes'
    | 'intake_zones'
    | 'landslides'
    | 'mining_areas'
    | 'restricted_use_areas'
    | 'airport_surfaces'
    | 'electromagnetic_fields';
  /** Id of the area in its layer. */
  readonly zoneId: string;
  /** Square metres of the parcel that the area covers, or a dike with the 50 m along its foot, before planted faults. */
  readonly areaM2: number;
}

export type TellConstraint = (constraint: ParcelConstraint) => void;
