import { invalidParameter } from '../../errors.ts';

/** Trips from zone to zone, origin by origin, in the unit of the network's flows; zones count from 0. */
export interface OdDemand {
  readonly zoneCount: number;
  /** Pairs of origin o are those from `start[o]` up to, without, `start[o + 1]`, destinations ascending. */
  readonly start: Int32Array;
  readonly destination: Int32Array;
  readonly trips: Float64Array;
  /** Trips that stay in their zone and use no road. */
  readonly intrazonalTrips: number;
}

export interface Trips {
  readonly origin: number;
  readonly destination: number;
  readonly trips: number;
}

/**
 * Gathers pairs by origin and destination; a pair that is given more than once is summed up.
 * @throws TwinError invalid-parameter for a zone that is none, or trips that are negative or no number
 */
export function odDemand(zoneCount: number, pairs: Iterable<Trips>): OdDemand {
  const rows = Array.from({ length: zoneCount }, () => new Map<number, number>());
  let intrazonalTrips = 0;
  for (const { origin, destination, trips } of pairs) {
    const row = rows[origin];
    if (row === undefined || !(destination >= 0 && destination < zoneCount)) {
      throw invalidParameter(
        'trips',
        `Trips from zone ${origin + 1} to ${destination + 1}: zones are 1 to ${zoneCount}`,
      );
    }
    if (!(trips >= 0 && Number.isFinite(trips))) {
      throw invalidParameter(
        'trips',
        `Trips from zone ${origin + 1} to ${destination + 1} are ${trips}; they must be 0 or more`,
      );
    }
    if (origin === destination) intrazonalTrips += trips;
    else if (trips > 0) row.set(destination, (row.get(destination) ?? 0) + trips);
  }
  const start = new Int32Array(zoneCount + 1);
  for (const [origin, row] of rows.entries()) start[origin + 1] = (start[origin] as number) + row.size;
  const sorted = rows.map((row) => [...row].sort(([a], [b]) => a - b));
  return {
    zoneCount,
    start,
    destination: Int32Array.from(sorted.flatMap((row) => row.map(([destination]) => destination))),
    trips: Float64Array.from(sorted.flatMap((row) => row.map(([, trips]) => trips))),
    intrazonalTrips,
  };
}

/** Every pair times a factor. */
export const scaledDemand = (demand: OdDemand, factor: number): OdDemand => ({
  ...demand,
  trips: demand.trips.map((trips) => trips * factor),
  intrazonalTrips: demand.intrazonalTrips * factor,
});
