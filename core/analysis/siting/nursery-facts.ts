/** What a siting question asks the city for. */

import { pathGraph } from '../access/path-graph.ts';
import type { Doors, WalkNetwork } from '../access/walk.ts';

/** Where a place lies by the streets: the nearest section, and how far along it. */
export interface Footing {
  /** Index in `sections`. */
  readonly section: number;
  /** Part of the section's length from its first node. */
  readonly along: number;
  /** Straight way to the street, metres. */
  readonly offM: number;
}

export interface StreetSection {
  readonly from: string;
  readonly to: string;
  readonly lengthM: number;
}

/** A published cell of the population grid; it stands at its centre. */
export interface PeopleCell extends Footing {
  readonly id: string;
  readonly residents: number;
  /** Of the ages in question; null where the grid does not publish them. */
  readonly people: number | null;
}

export interface ExistingFacility extends Footing {
  readonly id: string;
  readonly name: string | null;
  /** Places; null where the register does not say. */
  readonly capacity: number | null;
}

export interface CandidateSite extends Footing {
  /** Of the parcel. */
  readonly id: string;
  /** Easting, northing in the city's CRS, metres. */
  readonly position: readonly [number, number];
  readonly areaM2: number;
}

export interface NurseryFacts {
  readonly sections: readonly StreetSection[];
  readonly cells: readonly PeopleCell[];
  readonly existing: readonly ExistingFacility[];
  readonly candidates: readonly CandidateSite[];
  /** Parcels that meet the conditions; more than `candidates` when only the largest are tried. */
  readonly parcelsThatFit: number;
}

export function walkNetworkOf(sections: readonly StreetSection[]): WalkNetwork {
  const nodes = new Map<string, number>();
  const nodeOf = (name: string) => {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    nodes.set(name, nodes.size);
    return nodes.size - 1;
  };
  const from = Int32Array.from(sections, (section) => nodeOf(section.from));
  const to = Int32Array.from(sections, (section) => nodeOf(section.to));
  const lengthM = Float64Array.from(sections, (section) => section.lengthM);
  return { graph: pathGraph(nodes.size, { from, to, cost: lengthM }), from, to, lengthM };
}

export const doorsOf = (places: readonly Footing[]): Doors => ({
  section: Int32Array.from(places, ({ section }) => section),
  along: Float64Array.from(places, ({ along }) => along),
  offM: Float64Array.from(places, ({ offM }) => offM),
});
