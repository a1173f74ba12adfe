/** Every parcel of a city as columns of numbers: what the site finder filters in milliseconds. */
import { SITE_EXCLUSIONS, SITE_MEASURES, type SiteExclusion, type SiteMeasure } from '../../wire/sites.ts';

export interface SiteTable {
  readonly ids: readonly string[];
  /** Kinds of plan zone; `zone` holds indexes into it, −1 = no plan. */
  readonly zoneKinds: readonly string[];
  readonly zone: Int16Array;
  /** NaN = not known. */
  readonly measures: Readonly<Record<SiteMeasure, Float64Array>>;
  /** Bits in the order of `SITE_EXCLUSIONS`. */
  readonly excluded: Uint8Array;
  /** A point inside and the envelope, four and two numbers a parcel. */
  readonly at: Float64Array;
  readonly bbox: Float64Array;
  /** A hash of each outline: parcels of two tables with the same one are measured once. */
  readonly shapes: BigUint64Array;
  readonly version: string;
  /** Version of each layer that it was made from. */
  readonly versions: Readonly<Record<string, string>>;
  /** Layers that hold nothing. */
  readonly missing: readonly string[];
}

export const bitOf = (exclusion: SiteExclusion): number => 1 << SITE_EXCLUSIONS.indexOf(exclusion);

/** Layer that tells of an exclusion or measure, where one alone does. */
export const LAYER_OF: Readonly<Partial<Record<SiteExclusion | SiteMeasure, string>>> = {
  flood: 'flood_zones',
  heritage: 'heritage_sites',
  nature: 'nature_areas',
  noise: 'noise_zones',
  built: 'buildings',
  builtPct: 'buildings',
  maxHeightM: 'plan_zones',
  maxIntensity: 'plan_zones',
  minGreenPct: 'plan_zones',
  roadM: 'roads',
  stopM: 'stops',
  schoolM: 'facilities',
  greenM: 'green_areas',
  waterM: 'utility_lines',
  sewerM: 'utility_lines',
  gasM: 'utility_lines',
  heatM: 'utility_lines',
  powerM: 'utility_lines',
};

/** Columns in which nothing is known yet. */
export function emptyMeasures(parcels: number): Record<SiteMeasure, Float64Array> {
  const columns = SITE_MEASURES.map((name) => [name, new Float64Array(parcels).fill(Number.NaN)] as const);
  return Object.fromEntries(columns) as Record<SiteMeasure, Float64Array>;
}
