import type { CityNetwork } from './city-network.ts';
import type { OdDemand } from './demand.ts';
import { type LinkDraft, roadNetwork } from './road-network.ts';
import type { TrafficClass } from './traffic-class.ts';

export interface ElasticCity {
  readonly city: CityNetwork;
  readonly classes: readonly TrafficClass[];
  /** Trips that are made, of each class: those wanted at the cost of the base, less or more by the cost now. */
  made(flow: Float64Array): number;
}

/** More trips than so many times those of the base are not looked for. */
const MOST_GROWTH = 1.5;

/**
 * The network with a link for each pair of zones on which trips stay that are not made.
 * @param cost from zone to zone in the base, row by row; where it is infinite demand is fixed, and lost
 */
export function elasticCity(
  city: CityNetwork,
  classes: readonly TrafficClass[],
  cost: Float64Array,
  exponent: number,
): ElasticCity {
  const { network } = city;
  const first = network.linkCount;
  const pairs = classes.flatMap(({ demand, pcu }, k) => [...pairsOf(demand, k, pcu)]);
  const yielding = pairs.filter(({ origin, destination }) => {
    const known = cost[origin * network.zoneCount + destination] as number;
    return known > 0 && known < Number.POSITIVE_INFINITY;
  });
  const costOf = ({ origin, destination }: (typeof pairs)[number]) =>
    cost[origin * network.zoneCount + destination] as number;
  const streets = Array.from(
    { length: first },
    (_, at): LinkDraft => ({
      tail: network.tail[at] as number,
      head: network.head[at] as number,
      freeFlowTime: network.freeFlowTime[at] as number,
      capacity: network.capacity[at] as number,
      b: network.b[at] as number,
      power: network.power[at] as number,
      length: network.length[at] as number,
      toll: 0,
    }),
  );
  const home = { freeFlowTime: 0, capacity: 1, b: 0, power: 2, length: 0, toll: 0 };
  const elastic = {
    first,
    exponent,
    trips: Float64Array.from(yielding, ({ trips }) => trips),
    cost: Float64Array.from(yielding, costOf),
    mostTrips: Float64Array.from(yielding, ({ trips }) => MOST_GROWTH * trips),
    pcu: Float64Array.from(yielding, ({ pcu }) => pcu),
  };
  const extended = roadNetwork({
    ...network,
    links: [
      ...streets,
      ...yielding.map(({ origin, destination }) => ({ ...home, tail: origin, head: destination })),
    ],
    elastic,
  });
  const isYielding = new Set(yielding.map(({ k, origin, destination }) => `${k} ${origin} ${destination}`));
  const fixed = pairs.filter(
    ({ k, origin, destination }) => !isYielding.has(`${k} ${origin} ${destination}`),
  );
  const lost = fixed.reduce((sum, { trips }) => sum + trips, 0);
  return {
    city: { ...city, network: extended },
    classes: classes.map(({ demand, ...own }, k) => ({
      ...own,
      demand: grown(demand, k, isYielding),
      fixedCost: Float64Array.from([
        ...own.fixedCost,
        ...yielding.map((pair) => (pair.k === k ? 0 : Number.POSITIVE_INFINITY)),
      ]),
    })),
    made: (flow) =>
      lost +
      yielding.reduce(
        (sum, { trips, pcu }, at) => sum + MOST_GROWTH * trips - (flow[first + at] as number) / pcu,
        0,
      ),
  };
}

function* pairsOf({ zoneCount, start, destination, trips }: OdDemand, k: number, pcu: number) {
  for (let origin = 0; origin < zoneCount; origin++) {
    for (let od = start[origin] as number; od < (start[origin + 1] as number); od++) {
      yield { k, pcu, origin, destination: destination[od] as number, trips: trips[od] as number };
    }
  }
}

function grown(demand: OdDemand, k: number, isYielding: ReadonlySet<string>): OdDemand {
  const trips = demand.trips.slice();
  for (let origin = 0; origin < demand.zoneCount; origin++) {
    for (let od = demand.start[origin] as number; od < (demand.start[origin + 1] as number); od++) {
      if (isYielding.has(`${k} ${origin} ${demand.destination[od]}`)) {
        trips[od] = MOST_GROWTH * (trips[od] as number);
      }
    }
  }
  return { ...demand, trips };
}
