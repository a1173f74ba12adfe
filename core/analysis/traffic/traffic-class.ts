import type { OdDemand } from './demand.ts';

/** Vehicles that see the same costs. */
export interface TrafficClass {
  readonly name: string;
  readonly demand: OdDemand;
  /** Cost beside time by link (tolls, distance) in the unit of time; Infinity where this class may not drive. */
  readonly fixedCost: Float64Array;
  /** What one vehicle takes of a link's capacity, in passenger car units. */
  readonly pcu: number;
}

/**
 * The pairs of zones with trips, of all classes one after the other, in the order of their demands; by index of pair.
 * Pairs of class k are those from `first[k]` up to, without, `first[k + 1]`.
 */
export interface PairTable {
  readonly count: number;
  readonly first: readonly number[];
  readonly origin: Int32Array;
  readonly destination: Int32Array;
  readonly trips: Float64Array;
}

export function pairTable(classes: readonly TrafficClass[]): PairTable {
  const first = [0];
  for (const { demand } of classes) first.push((first.at(-1) ?? 0) + demand.trips.length);
  const count = first.at(-1) ?? 0;
  const origin = new Int32Array(count);
  const destination = new Int32Array(count);
  const trips = new Float64Array(count);
  for (const [k, { demand }] of classes.entries()) {
    const begin = first[k] as number;
    destination.set(demand.destination, begin);
    trips.set(demand.trips, begin);
    for (let from = 0; from < demand.zoneCount; from++) {
      origin.fill(from, begin + (demand.start[from] as number), begin + (demand.start[from + 1] as number));
    }
  }
  return { count, first, origin, destination, trips };
}
