/** What the model `traffic-assignment` asks the city for. */
import type { ScaleDemand } from '../../wire/edits/demand.ts';

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

/** A building with flats. */
export interface DwellingFact {
  readonly id: string;
  /** Storeys times outline. */
  readonly floorM2: number;
  /** Outer ring, closed, simplified to a metre. */
  readonly outline: readonly (readonly [number, number])[];
}

export interface CityState {
  readonly roads: readonly RoadFact[];
  readonly cells: readonly GeneratorFact[];
  readonly dwellings: readonly DwellingFact[];
}

export interface TrafficFacts {
  readonly before: CityState;
  /** Undefined without a scenario. */
  readonly after: CityState | undefined;
  readonly demandEdits: readonly ScaleDemand[];
}
