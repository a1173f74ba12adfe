import type { SiteKind } from '../../wire/siting-question.ts';
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
  /** People on its waiting list; null where it keeps none. */
  readonly waiting: number | null;
  readonly e: number;
  readonly n: number;
}

export interface CandidateSite {
  readonly id: string;
  readonly siteKind: SiteKind;
  /** Of the ground, or of the floors within. */
  readonly areaM2: number;
  /** As many as its floors hold; null on bare ground. */
  readonly mostPlaces: number | null;
  /** On which it stands. */
  readonly parcel: string | null;
  readonly e: number;
  readonly n: number;
}

/** A year of the forecast of a district. */
export interface ForecastYear {
  /** Index in `districts`. */
  readonly district: number;
  readonly year: number;
  readonly births: number;
  /** Of the ages in question. */
  readonly people: number;
}

/** What a siting question asks the city for. */
export interface SitingFacts {
  readonly streets: Streets;
  readonly demand: DemandPoints;
  readonly demandFrom: 'buildings' | 'cells';
  readonly planned: readonly PlannedHome[];
  readonly districts: readonly { readonly id: string; readonly name: string }[];
  /** By district and rising year; the first year of each is as counted. */
  readonly forecasts: readonly ForecastYear[];
  /** The day, ISO text. */
  readonly openOn: string;
  /** Those that are open on it. */
  readonly existing: readonly ExistingFacility[];
  /** Those that open later. */
  readonly toOpen: { readonly facilities: number; readonly places: number };
  readonly candidates: readonly CandidateSite[];
  /** Places that meet the conditions; more than `candidates` when only the largest are tried. */
  readonly candidatesThatFit: number;
}
