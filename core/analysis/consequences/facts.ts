/** What the consequences of a scenario are computed from: plain data, both states of the city over one area. */

import type { Text } from '../../feature/layer.ts';
import type { ParcelFacts } from '../parcel-check/facts.ts';
import type { BuildingShape } from '../sun/building-shape.ts';
import type { Place } from '../sun/sun-day.ts';
import type { SunTarget } from '../sun/sun-result.ts';
import type { SurroundingsOfBothStates } from '../sun/surroundings.ts';

/** A building of the register whose point on surface lies in the area. */
export interface BuildingFact {
  readonly id: string;
  /** KŚT. */
  readonly kind: string | null;
  /** Above ground. */
  readonly storeys: number | null;
  /** Of its outline in the plane. */
  readonly areaM2: number;
  /** σ of the area is that of a corner times the square root of this (`areaSpreadM2`). */
  readonly spreadM2: number;
}

/** What the plan in force says of a place. Null = the plan sets none. */
export interface PlanLimits {
  readonly zone: string;
  readonly planKind: string | null;
  readonly maxHeightM: number | null;
  readonly minIntensity: number | null;
  readonly maxIntensity: number | null;
  readonly maxBuiltSharePct: number | null;
  readonly minBioactiveSharePct: number | null;
  /** Of a parcel that is newly made. */
  readonly minParcelM2: number | null;
}

/** A parcel of the touched land. */
export interface ParcelFact {
  readonly id: string;
  readonly areaM2: number;
  readonly spreadM2: number;
  /** Undefined where no plan in force covers its point on surface. */
  readonly limits?: PlanLimits | undefined;
}

/** The part of a building that stands on a parcel of the touched land. */
export interface StandingFact {
  readonly parcel: string;
  readonly building: string;
  readonly storeys: number | null;
  readonly areaM2: number;
  readonly spreadM2: number;
}

/** A model of `buildings_3d` in the area. */
export interface SolidFact {
  readonly id: string;
  /** From the lowest ground under it to its highest point. */
  readonly heightM: number | null;
  readonly limits?: PlanLimits | undefined;
}

/** A building in the area of special flood hazard or near its edge. */
export interface FloodFact {
  readonly building: string;
  readonly isInside: boolean;
  /** From the outline to the nearest edge of the hazard area. */
  readonly edgeM: number;
}

export interface TreeFact {
  readonly id: string;
  readonly e: number;
  readonly n: number;
  readonly crownM: number | null;
  /** At 130 cm. */
  readonly girthCm: number | null;
  readonly species: string | null;
  readonly latin: string | null;
  readonly form: string | null;
  readonly protection: string | null;
}

export interface FacilityFact {
  readonly id: string;
  readonly kind: string | null;
  readonly capacity: number | null;
}

/** A line of the network that touches the area, with its whole length. */
export interface LineFact {
  readonly id: string;
  /** Class of a road, network of a utility line. */
  readonly kind: string | null;
  readonly lengthM: number;
  /** Of it closed to traffic by the scenario. */
  readonly closedM: number;
}

/** One edit that shapes the ground. */
export interface EarthworkFact {
  /** Its place in the stack. */
  readonly id: string;
  readonly cutM3: number;
  readonly fillM3: number;
  readonly errorM3: number;
}

/** What edits of buildings can take light from, and what may stand before it, in both states. */
export interface LightFacts {
  /** The middle of it. */
  readonly place: Place;
  /** Easting and northing of the box around the edits in which light is looked for. */
  readonly around: readonly [minE: number, minN: number, maxE: number, maxN: number];
  /** Buildings within reach of that box. */
  readonly before: readonly BuildingShape[];
  readonly after: readonly BuildingShape[];
  /** Ids of those that edits speak of. */
  readonly changed: readonly string[];
  /** Buildings in the box whose windows are asked. */
  readonly targets: readonly SunTarget[];
  /** Ground and trees within reach; without them neither is known. */
  readonly surroundings?: SurroundingsOfBothStates;
}

/** Parcels that the check of an edited object can reach, as both states have them, by id. */
export interface CheckFacts {
  readonly before: readonly ParcelFacts[];
  readonly after: readonly ParcelFacts[];
  /** How many there are; of very many only the nearest to the edits are checked. */
  readonly reached: number;
}

/** One state of the city. What no edit can have changed is not gathered. */
export interface CityFacts {
  readonly buildings?: readonly BuildingFact[];
  readonly parcels?: readonly ParcelFact[];
  readonly standing?: readonly StandingFact[];
  readonly solids?: readonly SolidFact[];
  readonly flood?: readonly FloodFact[];
  readonly trees?: readonly TreeFact[];
  readonly facilities?: readonly FacilityFact[];
  readonly roads?: readonly LineFact[];
  readonly utilities?: readonly LineFact[];
  readonly earthworks?: readonly EarthworkFact[];
}

/** A cell of the public population grid that touches the area, with the base's residential floor area in it. */
export interface CellFact {
  readonly residents: number;
  /** Children of 0–2 years; null where the register does not publish so few. */
  readonly age0to2: number | null;
  readonly residentialFloorM2: number;
}

/** Land cover on the touched land. */
export interface CoverFact {
  readonly areaM2: number;
  readonly sealedPct: number | null;
}

/** What is the same in both states, taken from the base. */
export interface SettingFacts {
  readonly cells?: readonly CellFact[];
  readonly cover?: readonly CoverFact[];
  /** All cells of the city that publish ages. */
  readonly ages?: { readonly residents: number; readonly children: number };
  /** Layers that hold nothing at all in the city: what needs them is not assessed. */
  readonly emptyLayers: readonly string[];
}

export interface ConsequenceFacts {
  /** Easting and northing of the area's envelope; undefined where no edit touches anything. */
  readonly bbox?: readonly [minE: number, minN: number, maxE: number, maxN: number] | undefined;
  readonly areaM2: number;
  /** In which the scenario differs from its base. */
  readonly editedLayers: readonly string[];
  readonly lawDate: string;
  readonly setting: SettingFacts;
  readonly before: CityFacts;
  readonly after: CityFacts;
  readonly checks?: CheckFacts;
  /** `reason`: why there are none though buildings change. */
  readonly light?: LightFacts | { readonly reason: Text };
}
