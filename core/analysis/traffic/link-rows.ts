import type { LinkState, TrafficLink } from '../../wire/traffic-link.ts';
import { aWeighted } from '../noise/road-emission.ts';
import type { CityLink, Passage } from './city-links.ts';
import type { LoadedState } from './loaded-state.ts';
import { linkNoise } from './street-noise.ts';

/**
 * The links as they are told: positions to the decimetre, flows to a tenth of a vehicle.
 * @param noiseVehPerH differences of flow up to it are not told as real
 */
export function linkRows(
  links: readonly CityLink[],
  before: LoadedState,
  after: LoadedState | undefined,
  noiseVehPerH: number,
): TrafficLink[] {
  const flowOf = (state: LoadedState | undefined, index: number) =>
    state?.equilibrium.flow[state.firstStreet + index] ?? 0;
  const changePcuPerH = (index: number) => flowOf(after, index) - flowOf(before, index);
  return links.map((link, index) => {
    const was = stateOf(link.before, link, before, index);
    const is = after ? stateOf(link.after, link, after, index) : was;
    const { road, isAlong, id } = link;
    const passage = (link.after ?? link.before) as Passage;
    const path = road.path.map(([e, n]): [number, number] => [tenth(e), tenth(n)]);
    return {
      id,
      road: road.id,
      name: road.name,
      class: road.class,
      from: link.from,
      to: link.to,
      lanes: passage.lanes,
      lengthM: tenth(road.lengthM),
      freeSpeedKmH: passage.speedKmH,
      noTurnTo: [...(passage.rules?.noTurnTo ?? [])],
      signal: (isAlong ? passage.rules?.signalTo : passage.rules?.signalFrom) ?? null,
      path: isAlong ? path : path.reverse(),
      state: changeOf(link),
      before: was,
      after: is,
      difference: after ? differenceOf(was, is, changePcuPerH(index), noiseVehPerH) : null,
    };
  });
}

function stateOf(
  passage: Passage | undefined,
  link: CityLink,
  { equilibrium, firstStreet }: LoadedState,
  index: number,
): LinkState | null {
  if (!passage) return null;
  const at = firstStreet + index;
  const [flow, time] = [equilibrium.flow[at] as number, equilibrium.time[at] as number];
  const [car = 0, truck = 0] = equilibrium.classFlow.map((each) => each[at] as number);
  const speedKmH = (link.road.lengthM / time) * 3.6;
  const sound = linkNoise(link, { carPerH: car, truckPerH: truck, speedKmH });
  return {
    flowVehPerH: tenth(car + truck),
    truckVehPerH: tenth(truck),
    capacityVehPerH: tenth(passage.capacityPcuPerH),
    vOverC: Math.round((1000 * flow) / passage.capacityPcuPerH) / 1000,
    speedKmH: tenth(speedKmH),
    delayS: tenth(time - passage.freeS),
    soundPowerDbAPerM: car + truck > 0 ? tenth(aWeighted(sound)) : null,
  };
}

function changeOf({ before, after }: CityLink): TrafficLink['state'] {
  if (!before) return 'added';
  if (!after) return 'closed';
  const isSame =
    before.lanes === after.lanes &&
    before.speedKmH === after.speedKmH &&
    before.freeS === after.freeS &&
    before.capacityPcuPerH === after.capacityPcuPerH &&
    JSON.stringify(turnsAndZone(before)) === JSON.stringify(turnsAndZone(after));
  return isSame ? 'open' : 'changed';
}

const turnsAndZone = ({ rules }: Passage) => [rules?.noTurnTo ?? [], rules?.limit ?? null];

function differenceOf(
  was: LinkState | null,
  is: LinkState | null,
  pcuPerH: number,
  noiseVehPerH: number,
): NonNullable<TrafficLink['difference']> {
  const flowVehPerH = tenth((is?.flowVehPerH ?? 0) - (was?.flowVehPerH ?? 0));
  const known = was && is;
  return {
    flowVehPerH,
    delayS: known ? tenth(is.delayS - was.delayS) : 0,
    speedKmH: known ? tenth(is.speedKmH - was.speedKmH) : 0,
    // Rounding to tenths of both states is doubt as well. Only car units are certain at equilibrium: cars and lorries may
    // change places on ways of equal cost, so that vehicles differ where nothing does.
    isBeyondNoise: Math.min(Math.abs(flowVehPerH), Math.abs(pcuPerH)) > noiseVehPerH + ROUNDING,
  };
}

const ROUNDING = 0.1;

/** Never a negative zero. */
const tenth = (value: number): number => Math.round(value * 10) / 10 + 0;
