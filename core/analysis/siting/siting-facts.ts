import type { StreetShapes } from '../access/street-finder.ts';

/** What people walk along: sections between nodes, walked both ways, in lists of one length. */
export interface Streets extends StreetShapes {
  readonly nodeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** As long as they are felt: slopes and crossings make a way longer. */
  readonly lengthM: Float64Array;
}

/** Where people stand, in lists of one length. Eastings and northings in the city's CRS, metres. */
export interface DemandPoints {
  readonly id: readonly string[];
  readonly e: Float64Array;
  readonly n: Float64Array;
  /** Of the ages in question; NaN where the register does not publish them. */
  readonly people: Float64Array;
  readonly residents: Float64Array;
  /** Index in `districts`, −1 outside all. */
  readonly district: Int32Array;
}

/** A building that a scenario adds. */
export interface PlannedHome {
  readonly id: string;
  readonly e: number;
  readonly n: number;
  readonly dwellings: number;
  readonly district: number;
}

export interface ExistingFacility {
  readonly id: string;
  readonly name: string | null;
  /** Places; null where the register does not say. */
  readonly capacity: number | null;
  readonly e: number;
  readonly n: number;
}

export interface CandidateSite {
  readonly id: string;
  readonly areaM2: number;
  readonly e: number;
  readonly n: number;
}

/** What a siting question asks the city for. */
export interface SitingFacts {
  readonly streets: Streets;
  readonly demand: DemandPoints;
  readonly demandFrom: 'buildings' | 'cells';
  readonly planned: readonly PlannedHome[];
  readonly districts: readonly { readonly id: string; readonly name: string }[];
  readonly existing: readonly ExistingFacility[];
  readonly candidates: readonly CandidateSite[];
  /** Parcels that meet the conditions; more than `candidates` when only the largest are tried. */
  readonly parcelsThatFit: number;
}
