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

/** A pair of zones with trips of one class. Pairs of all classes count through, in the order of their demands. */
export interface Pair {
  readonly pair: number;
  /** Index of the class. */
  readonly k: number;
  readonly origin: number;
  readonly destination: number;
  readonly trips: number;
}

export function* pairsOf(classes: readonly TrafficClass[]): Generator<Pair> {
  let pair = 0;
  for (const [k, { demand }] of classes.entries()) {
    for (let origin = 0; origin < demand.zoneCount; origin++) {
      for (let od = demand.start[origin] as number; od < (demand.start[origin + 1] as number); od++) {
        const [destination, trips] = [demand.destination[od] as number, demand.trips[od] as number];
        yield { pair: pair++, k, origin, destination, trips };
      }
    }
  }
}

/** By class, the index of its first pair; at the end, how many pairs there are. */
export function firstPairs(classes: readonly TrafficClass[]): readonly number[] {
  const first = [0];
  for (const { demand } of classes) first.push((first.at(-1) ?? 0) + demand.trips.length);
  return first;
}
