import { linkCosts, type Principle } from './link-delay.ts';
import { NONE, type PathStore } from './path-store.ts';
import type { RoadNetwork } from './road-network.ts';
import type { PairTable, TrafficClass } from './traffic-class.ts';

/** Flows of links and what they cost each class, kept in step. */
export interface LoadedLinks {
  /** By link, in passenger car units. */
  readonly flow: Float64Array;
  /** Time by link at its flow, under `system` with what one vehicle more adds to all others. */
  readonly time: Float64Array;
  /** Derivative of `time` by flow. */
  readonly slope: Float64Array;
  /** By class and link: time and fixed cost. */
  readonly costs: readonly Float64Array[];
  /** Brings costs and slope of a link up to its flow. */
  refresh(link: number): void;
  /** Puts trips on the links of a path, in car units. */
  load(path: number, volume: number): void;
  /** Σ flow · time */
  totalTime(): number;
  /** Sums flows anew from the paths, so that rounding does not pile up. */
  sumUp(): void;
}

export function loadedLinks(
  network: RoadNetwork,
  classes: readonly TrafficClass[],
  principle: Principle,
  store: PathStore,
  pairs: PairTable,
): LoadedLinks {
  const { linkCount } = network;
  const flow = new Float64Array(linkCount);
  const { time, slope, refresh: refreshTime } = linkCosts(network, flow, principle);
  const costs = classes.map(({ fixedCost }) =>
    fixedCost.map((fixed, link) => fixed + (time[link] as number)),
  );
  const [firstCost, firstFixed] = [costs[0], classes[0]?.fixedCost];
  const refresh =
    costs.length === 1 && firstCost && firstFixed
      ? (link: number) => {
          refreshTime(link);
          firstCost[link] = (time[link] as number) + (firstFixed[link] as number);
        }
      : (link: number) => {
          refreshTime(link);
          for (let k = 0; k < costs.length; k++) {
            (costs[k] as Float64Array)[link] =
              (time[link] as number) + ((classes[k] as TrafficClass).fixedCost[link] as number);
          }
        };
  return {
    flow,
    time,
    slope,
    costs,
    refresh,
    load(path, volume) {
      const begin = store.start[path] as number;
      for (let at = begin; at < begin + (store.length[path] as number); at++) {
        const link = store.links[at] as number;
        flow[link] = (flow[link] as number) + volume;
        refresh(link);
      }
    },
    totalTime: () => flow.reduce((sum, volume, link) => sum + volume * (time[link] as number), 0),
    sumUp() {
      flow.fill(0);
      for (const [k, { pcu }] of classes.entries()) addFlows(store, pairs, k, pcu, flow);
      for (let link = 0; link < linkCount; link++) refresh(link);
    },
  };
}

/** Adds the trips of a class, each worth `weight`, to the flows of the links that they use. */
export function addFlows(
  store: PathStore,
  pairs: PairTable,
  k: number,
  weight: number,
  flow: Float64Array,
): void {
  const { links } = store;
  for (let pair = pairs.first[k] as number; pair < (pairs.first[k + 1] as number); pair++) {
    for (let path = store.firstPath[pair] as number; path !== NONE; path = store.nextPath[path] as number) {
      const volume = (store.trips[path] as number) * weight;
      const begin = store.start[path] as number;
      const end = begin + (store.length[path] as number);
      for (let at = begin; at < end; at++) {
        const link = links[at] as number;
        flow[link] = (flow[link] as number) + volume;
      }
    }
  }
}
