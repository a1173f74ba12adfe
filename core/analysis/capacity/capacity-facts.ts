/** What the capacity of a parcel is computed from: plain data in the CRS of the city. */
import type { MultiPolygon, Position } from '../../geo/geometry.ts';
import type { AroundFact } from './body-light.ts';

/** What the plan in force says of a part of the parcel. Null = the plan sets none. */
export interface PieceFact {
  /** Undefined where no plan in force covers the part. */
  readonly zone: string | null;
  readonly designation: string | null;
  /** Use: MN, MW, SJ … */
  readonly kind: string | null;
  readonly planKind: string | null;
  readonly areaM2: number;
  readonly spreadM2: number;
  readonly maxHeightM: number | null;
  readonly minIntensity: number | null;
  readonly maxIntensity: number | null;
  readonly maxBuiltSharePct: number | null;
  readonly minBioactiveSharePct: number | null;
  readonly parkingPerDwelling: number | null;
  readonly roof: string | null;
}

/** Ground that is left of a part of the parcel when walls keep a distance from the border. */
export interface GroundFact {
  /** Index of the part. */
  readonly piece: number;
  readonly borderM: number;
  readonly geometry: MultiPolygon;
  readonly areaM2: number;
  readonly spreadM2: number;
}

/** Ground of the parcel that a rule keeps free. */
export interface StripFact {
  readonly rule: string;
  /** For the border: the distance that the strip was made with; else undefined. */
  readonly borderM?: number | undefined;
  /** Widest distance among the objects. */
  readonly distanceM: number | null;
  readonly takenM2: number;
  readonly objects: readonly string[];
  readonly geometry: MultiPolygon | null;
  /** Objects whose attributes do not tell how far to keep. */
  readonly unknown: readonly string[];
}

export interface CapacityFacts {
  readonly lawDate: string;
  readonly parcel: {
    readonly id: string;
    readonly geometry: MultiPolygon;
    readonly areaM2: number;
    readonly spreadM2: number;
    readonly landUse: string | null;
  };
  readonly groundM: number | null;
  readonly pieces: readonly PieceFact[];
  readonly ground: readonly GroundFact[];
  readonly strips: readonly StripFact[];
  readonly standing: readonly {
    readonly id: string;
    readonly storeys: number | null;
    readonly areaM2: number;
  }[];
  /** On the parcel, of the plans in force. */
  readonly obligatoryLines: readonly {
    readonly id: string;
    readonly lengthM: number;
    readonly parts: readonly (readonly Position[])[];
  }[];
  /** Buildings with rooms for people on other ground, as near to the ground left as § 13 looks. */
  readonly neighbours: readonly {
    readonly id: string;
    readonly distanceM: number;
    /** Dwellings and schools. */
    readonly isSunAsked: boolean;
  }[];
  /** Undefined where no ground is left. */
  readonly around?: AroundFact | undefined;
  /** Share of the ground in the area of special flood hazard, m². */
  readonly floodM2: number;
  /** Protected places that the parcel meets: `heritage_sites/…`, `nature_areas/…`. */
  readonly protectedPlaces: readonly string[];
  /** Layers that hold nothing at all in the city: what needs them is not assessed. */
  readonly emptyLayers: readonly string[];
}
