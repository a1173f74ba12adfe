/** Roads of both states of the city as one list of directed links, so that a run can start from the end of another. */
import type { RoadFact } from './city-facts.ts';
import type { RoadRules, Signal } from './road-rules.ts';
import { lanesOneWay, rankOf, supplyOf } from './street-supply.ts';

/** One direction of a section in one state. */
export interface Passage {
  readonly lanes: number;
  readonly speedKmH: number;
  readonly capacityPcuPerH: number;
  readonly freeS: number;
  readonly rules?: RoadRules | undefined;
}

export interface CityLink {
  /** Id of the road with `+` along its line, `-` against it. */
  readonly id: string;
  readonly road: RoadFact;
  readonly isAlong: boolean;
  readonly from: string;
  readonly to: string;
  /** Undefined where this direction is not there, or nobody may drive. */
  readonly before: Passage | undefined;
  readonly after: Passage | undefined;
}

/**
 * Every direction of every section that is open in one state at least: first those of the base. A section that ends
 * elsewhere in the scenario is another link there.
 */
export function cityLinks(before: readonly RoadFact[], after: readonly RoadFact[]): readonly CityLink[] {
  const links = new Map<
    string,
    { link: Omit<CityLink, 'before' | 'after'>; states: (Passage | undefined)[] }
  >();
  for (const [state, roads] of [before, after].entries()) {
    const crossings = classesByNode(roads);
    for (const road of roads) {
      for (const isAlong of road.isOneway ? [true] : [true, false]) {
        const [from, to] = isAlong ? [road.from, road.to] : [road.to, road.from];
        if (road.isClosed || from === to) continue;
        const id = `${road.id}${isAlong ? '+' : '-'}`;
        const key = JSON.stringify([id, from, to]);
        const known = links.get(key) ?? { link: { id, road, isAlong, from, to }, states: [] };
        known.states[state] = passageOf(road, isAlong, hasToYield(road, crossings.get(to)));
        links.set(key, known);
      }
    }
  }
  return [...links.values()].map(({ link, states: [was, is] }) => ({ ...link, before: was, after: is }));
}

/** The classes of the open roads that meet at each node, a road that ends there twice counted twice. */
function classesByNode(roads: readonly RoadFact[]): ReadonlyMap<string, readonly number[]> {
  const nodes = new Map<string, number[]>();
  for (const { from, to, class: roadClass, isClosed } of roads) {
    if (isClosed) continue;
    for (const node of [from, to]) {
      const ranks = nodes.get(node) ?? [];
      ranks.push(rankOf(roadClass));
      nodes.set(node, ranks);
    }
  }
  return nodes;
}

/** Whether time is lost at a junction: it meets a greater street, or crosses one of its own rank. */
function hasToYield({ class: roadClass }: RoadFact, ranks: readonly number[] = []): boolean {
  const own = rankOf(roadClass);
  // Itself and its way straight on do not count.
  return ranks.some((rank) => rank < own) || ranks.filter((rank) => rank === own).length > 2;
}

function passageOf(
  { class: roadClass, lanes, speedKmH, isOneway, lengthM, rules }: RoadFact,
  isAlong: boolean,
  isYielding: boolean,
): Passage {
  const supply = supplyOf(roadClass);
  const own = lanesOneWay(lanes ?? supply.lanes, isOneway);
  const speed = speedKmH !== null && speedKmH > 0 ? speedKmH : supply.speedKmH;
  const signal = (isAlong ? rules?.signalTo : rules?.signalFrom) ?? null;
  const junctionS = signal ? waitAtSignalS(signal) : isYielding ? supply.junctionDelayS : 0;
  const ofLane = signal
    ? (SATURATION_PCU_PER_H * signal.greenS) / signal.cycleS
    : supply.capacityPcuPerHPerLane;
  return {
    lanes: own,
    speedKmH: speed,
    capacityPcuPerH: rules?.capacityPcuPerH ?? own * ofLane,
    freeS: (lengthM / speed) * 3.6 + junctionS,
    rules,
  };
}

/** Of a lane while it has green; a value of practice. */
const SATURATION_PCU_PER_H = 1_800;

/** Mean wait of whoever comes at any moment to an empty street (Webster's uniform delay). */
const waitAtSignalS = ({ greenS, cycleS }: Signal): number => (cycleS / 2) * (1 - greenS / cycleS) ** 2;
