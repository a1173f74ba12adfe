/** What the model `traffic-assignment` asks the city for. */
import type { DEMAND_PURPOSES, ScaleDemand } from '../../wire/edits/demand.ts';
import type { ProtectedUse } from '../noise/noise-class.ts';
import type { NoiseGround } from '../noise/noise-ground.ts';
import type { RoadRules } from './road-rules.ts';

/** A section of a road between two junctions. */
export interface RoadFact {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly class: string | null;
  readonly name: string | null;
  /** Both directions together. */
  readonly lanes: number | null;
  readonly speedKmH: number | null;
  readonly surface: string | null;
  readonly isOneway: boolean;
  /** Wholly or on a stretch: nobody can pass. */
  readonly isClosed: boolean;
  readonly lengthM: number;
  /** Undefined where the register says nothing of them. */
  readonly rules?: RoadRules | undefined;
  /** Easting, northing, metres. */
  readonly path: readonly (readonly [number, number])[];
}

/** What stands in one cell of the grid; cells are counted from the origin of the CRS. */
export interface GeneratorFact {
  readonly column: number;
  readonly row: number;
  readonly district: string | null;
  readonly residents: number;
  /** Storeys times outline by kind of building (EGiB), m². */
  readonly floorM2: Readonly<Record<string, number>>;
  /** Of nurseries, kindergartens and schools. */
  readonly schoolPlaces: number;
  readonly nurseryPlaces: number;
}

export const GENERATOR_CELL_M = 250;

/** A building: what people live in, and what stands in the way of noise. */
export interface BuildingFact {
  readonly id: string;
  /** What the law protects from noise in it; null where it protects nothing. */
  readonly use: ProtectedUse | null;
  /** Symbols of areas of local plans in force on a protected building. */
  readonly planSymbols: readonly string[];
  /** Storeys times outline. */
  readonly floorM2: number;
  /** Of its 3D model; without one 3 m a storey. */
  readonly heightM: number;
  /** Outer ring, closed, simplified to a metre. */
  readonly outline: readonly (readonly [number, number])[];
}

export interface CityState {
  readonly roads: readonly RoadFact[];
  readonly cells: readonly GeneratorFact[];
  /** The very same list in both states where nothing changes in it: then one pass tells the noise of both. */
  readonly buildings: readonly BuildingFact[];
  /** What sound passes over; the same object in both states where nothing changes in it. Without it flat and hard. */
  readonly ground?: NoiseGround | undefined;
}

export type Purpose = (typeof DEMAND_PURPOSES)[number];

/** Trips of one hour that the city has from a survey or another model. */
export interface StoredDemand {
  /** Where they come from, in words. */
  readonly source: string;
  readonly zones: readonly StoredZone[];
  readonly matrices: readonly StoredMatrix[];
}

export interface StoredZone {
  readonly id: string;
  readonly name: string | null;
  /** A road that leads out of the city. */
  readonly isGate: boolean;
  readonly at: readonly [number, number];
}

/** Pair by pair: places of the zones in their list, and vehicles an hour. Those of freight are lorries. */
export interface StoredMatrix {
  readonly purpose: Purpose;
  readonly origins: readonly number[];
  readonly destinations: readonly number[];
  readonly vehPerH: readonly number[];
}

/** Vehicles counted in the hour. */
export interface TrafficCount {
  /** A link; or a road, without + and -, for both of its directions together. */
  readonly link: string;
  readonly vehPerH: number;
  readonly detector?: string | undefined;
}

export interface TrafficFacts {
  readonly before: CityState;
  /** Undefined without a scenario. */
  readonly after: CityState | undefined;
  readonly demandEdits: readonly ScaleDemand[];
  /** The day whose limits of noise apply, YYYY-MM-DD. */
  readonly lawDate: string;
  /** Of the hour that is asked for; undefined where trips are to be generated. */
  readonly stored?: StoredDemand | undefined;
  /** That the city keeps, of the hour that is asked for. */
  readonly counts?: readonly TrafficCount[] | undefined;
}
