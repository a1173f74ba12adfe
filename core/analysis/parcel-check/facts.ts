/** What a check is computed from: everything that was measured of one parcel in the city, as plain data. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { Text } from '../../feature/layer.ts';
import type { MultiPolygon } from '../../geo/geometry.ts';
import type { NeighbourLoss } from '../sun/neighbour-losses.ts';

/** What is known of a layer at the parcel. */
export interface LayerFact {
  readonly name: string;
  readonly title: Text;
  readonly licence: Text;
  readonly steward: Text;
  /** 0 = never loaded. */
  readonly version: number;
  readonly count: number;
  readonly loadedAt: string | undefined;
  readonly source: string | undefined;
  readonly isStale: boolean;
  /** Share of the parcel that the data cover, 0 to 1. */
  readonly coveredShare: number;
  /** `declared` by who loaded it; else the box of its objects is taken. */
  readonly coverage: 'declared' | 'extent';
  /** The data could not be read: the message. */
  readonly failure: string | undefined;
}

export interface ParcelFact {
  readonly id: string;
  readonly geometry: MultiPolygon;
  readonly registeredAreaHa: number | null;
  readonly areaPrecision: string | null;
  readonly landUse: string | null;
  /** `public_holder` of the register. */
  readonly publicHolder: string | null;
  /** False for a drawn polygon, of which no register knows. */
  readonly isRegistered: boolean;
}

/** A boundary point with what its position is good for, metres; `null` = the register does not say. */
export interface PointFact {
  readonly e: number;
  readonly n: number;
  readonly sigmaM: number | null;
}

/** An area of another layer on the parcel or near it. */
export interface AreaFact {
  readonly layer: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  /** 0 when they meet. */
  readonly distanceM: number;
  /** What they have in common; of a dike the ground of the parcel within the strip along its foot, dike included. */
  readonly common: MultiPolygon | undefined;
}

/** A utility line near the parcel. */
export interface LineFact {
  readonly id: string;
  readonly network: string | null;
  readonly lineType: string | null;
  readonly course: string | null;
  readonly flow: string | null;
  readonly diameterMm: number | null;
  readonly builtYear: number | null;
  readonly positionSource: string | null;
  /** From its line to the parcel; 0 on it. */
  readonly distanceM: number;
  /** On the parcel. */
  readonly lengthM: number;
}

/** What the strips of one kind (`Strip.key`) take of the parcel together. */
export interface StripArea {
  readonly key: string;
  readonly common: MultiPolygon;
}

/** The ground along the boundary, where distances to it are kept: not along road parcels. */
export interface SetbackFact {
  /** Length of the boundary beside what is no road. */
  readonly lengthM: number;
  /** Narrower side of the smallest box round the parcel, turned as it lies. */
  readonly widthM: number;
  /** Within 4 m of that boundary. */
  readonly strip: MultiPolygon | undefined;
}

/** A building line of a plan. */
export interface BuildingLineFact {
  readonly id: string;
  readonly kind: string | null;
  readonly offsetM: number | null;
  readonly status: string | null;
  /** First and last day in force. */
  readonly since: string | null;
  readonly until: string | null;
  readonly distanceM: number;
  /** On the parcel. */
  readonly lengthM: number;
}

export interface TreeFact {
  readonly id: string;
  readonly species: string | null;
  readonly latin: string | null;
  readonly form: string | null;
  readonly girthCm: number | null;
  readonly crownM: number | null;
  readonly protection: string | null;
  /** 0 on the parcel. */
  readonly distanceM: number;
  /** To the boundary of the parcel, from either side. */
  readonly edgeM: number;
}

export interface BuildingFact {
  readonly id: string;
  readonly kind: string | null;
  readonly storeys: number | null;
  readonly heightM: number | null;
  /** Levels of its lowest base and of its highest top by the 3D model, metres PL-EVRF2007-NH; `null` = not known. */
  readonly groundM: number | null;
  readonly topM: number | null;
  readonly areaM2: number;
  /** On the parcel; 0 beside it. */
  readonly commonM2: number;
  readonly distanceM: number;
  /** From its outline to the boundary of the parcel, where it stands on it. */
  readonly boundaryM: number | null;
}

export interface NeighbourFact {
  readonly id: string;
  readonly landUse: string | null;
  readonly distanceM: number;
  /** Ground that both parcels claim. */
  readonly common: MultiPolygon | undefined;
}

export interface RoadFact {
  readonly id: string;
  readonly kind: string | null;
  readonly name: string | null;
  readonly widthM: number | null;
  /** From the axis to the parcel. */
  readonly distanceM: number;
}

export interface LandUseFact {
  readonly designation: string | null;
  readonly landUse: string | null;
  readonly soilClass: string | null;
  readonly areaHa: number | null;
}

/** Ground at the boundary that no parcel has. */
export interface GapFact {
  /** Ids of the parcels round it. */
  readonly around: readonly string[];
  readonly ground: MultiPolygon;
}

/** Zones of one kind of plan that are in force over the parcel, put together. */
export interface PlanCoverFact {
  readonly planKind: 'local' | 'general';
  readonly zones: readonly string[];
  /** Sum of the areas of the zones on the parcel, each by itself. */
  readonly sumM2: number;
  /** Ground under any of them. */
  readonly unionM2: number;
  /** Ground of the parcel under none. */
  readonly hole: MultiPolygon | undefined;
  /** Ground under two. */
  readonly overlap: MultiPolygon | undefined;
}

/** What a building that a scenario plans on the parcel takes of its neighbours' light; why that is not known. */
export type NeighbourLightFact =
  | {
      readonly losses: readonly NeighbourLoss[];
      /** Points on façades that a rule asks sun for. */
      readonly asked: number;
    }
  | { readonly reason: Text };

export interface ParcelFacts {
  readonly parcel: ParcelFact;
  readonly points: readonly PointFact[];
  readonly layers: readonly LayerFact[];
  readonly areas: readonly AreaFact[];
  /** Of the law day; kinds of plan that have no zone here are left out. */
  readonly planCover: readonly PlanCoverFact[];
  readonly lines: readonly LineFact[];
  readonly stripAreas: readonly StripArea[];
  readonly buildingLines: readonly BuildingLineFact[];
  readonly setback: SetbackFact | undefined;
  readonly trees: readonly TreeFact[];
  readonly buildings: readonly BuildingFact[];
  readonly neighbours: readonly NeighbourFact[];
  readonly gaps: readonly GapFact[];
  readonly roads: readonly RoadFact[];
  readonly landUses: readonly LandUseFact[];
  /** Only of a parcel on which edits of a scenario change a building. */
  readonly neighbourLight?: NeighbourLightFact;
}
