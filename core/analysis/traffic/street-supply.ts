/**
 * What a street offers by its class: values of practice for Polish towns (classes of Dz.U. 2022 poz. 1518), not
 * measurements. Capacities are of a lane at its junctions.
 */

interface Supply {
  readonly capacityPcuPerHPerLane: number;
  /** Where the register does not say. */
  readonly lanes: number;
  readonly speedKmH: number;
  /** Lost at the junction at its end on an empty network. */
  readonly junctionDelayS: number;
  /** BPR: `t0 (1 + b (v/c)^power)`. */
  readonly b: number;
  readonly power: number;
  /** Conical: α. */
  readonly alpha: number;
}

const FAST = { junctionDelayS: 0, b: 0.2, power: 6, alpha: 8 } as const;
const STREET = { b: 0.6, power: 4, alpha: 5 } as const;
const SUPPLY: Readonly<Record<string, Supply>> = {
  motorway: { ...FAST, capacityPcuPerHPerLane: 2_000, lanes: 4, speedKmH: 140 },
  express: { ...FAST, capacityPcuPerHPerLane: 1_900, lanes: 4, speedKmH: 120 },
  main_fast: { ...FAST, capacityPcuPerHPerLane: 1_400, lanes: 4, speedKmH: 70, junctionDelayS: 6 },
  main: { ...STREET, capacityPcuPerHPerLane: 900, lanes: 2, speedKmH: 50, junctionDelayS: 10 },
  collector: { ...STREET, capacityPcuPerHPerLane: 700, lanes: 2, speedKmH: 50, junctionDelayS: 8 },
  local: { ...STREET, capacityPcuPerHPerLane: 450, lanes: 2, speedKmH: 30, junctionDelayS: 6 },
  access: { ...STREET, capacityPcuPerHPerLane: 300, lanes: 2, speedKmH: 30, junctionDelayS: 5 },
  service: { ...STREET, capacityPcuPerHPerLane: 200, lanes: 1, speedKmH: 20, junctionDelayS: 5 },
};
const LOCAL = SUPPLY['local'] as Supply;

export const supplyOf = (roadClass: string | null): Supply => SUPPLY[roadClass ?? 'local'] ?? LOCAL;

/** Its place among the classes: 0 for motorways. */
export function rankOf(roadClass: string | null): number {
  const rank = Object.keys(SUPPLY).indexOf(roadClass ?? 'local');
  return rank < 0 ? rankOf('local') : rank;
}

/** A street of one lane for both directions lets by a little more than half. */
const SHARED_LANE = 0.6;

/** Lanes of one direction: all of a one-way street, else half of both. */
export function lanesOneWay(lanes: number, isOneway: boolean): number {
  if (isOneway) return Math.max(1, lanes);
  return lanes < 2 ? SHARED_LANE : lanes / 2;
}

/** Roads on which people come into the city at its edge. */
export const LEADS_OUT: readonly string[] = ['motorway', 'express', 'main_fast', 'main'];
/** Nobody turns into a yard from these. */
export const WITHOUT_ACCESS: readonly string[] = ['motorway', 'express', 'main_fast'];
