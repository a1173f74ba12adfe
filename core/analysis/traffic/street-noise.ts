/** Noise of the streets at their flow, at every building that the law protects from it. */
import type { TrafficParameters } from '../../wire/traffic-parameters.ts';
import { facadeLevels, hearingOf } from '../noise/facade-noise.ts';
import { noiseLimitOf } from '../noise/noise-class.ts';
import { gridLevels, type NoiseFrame, noiseFrame } from '../noise/noise-grid.ts';
import type { NoisyLine } from '../noise/noise-sources.ts';
import { roadEmission } from '../noise/road-emission.ts';
import type { BuildingFact, CityState } from './city-facts.ts';
import type { CityLink } from './city-links.ts';
import type { LoadedState } from './loaded-state.ts';
import type { HeardBuilding, HeardMap } from './noise-exposure.ts';
import { hoursOfDay } from './trip-rates.ts';

const SURFACES: Readonly<Record<string, string>> = { paving: 'paving', concrete: 'concrete' };
/** Hours of day, evening and night. */
const [DAY, EVENING, NIGHT] = [
  [6, 18],
  [18, 22],
  [22, 30],
] as const;
/** Sound power of a link by metre and octave; speeds as at the equilibrium, 10 °C as in strategic maps. */
export function linkNoise(
  { road }: CityLink,
  flow: { readonly carPerH: number; readonly truckPerH: number; readonly speedKmH: number },
): number[] {
  const { carPerH, truckPerH, speedKmH } = flow;
  return roadEmission({
    traffic: { light: { perH: carPerH, speedKmH }, heavy: { perH: truckPerH, speedKmH } },
    surface: SURFACES[road.surface ?? ''] ?? 'reference',
    temperatureC: 10,
  });
}

/** Of a closed ring, whole metres. */
function middleOf(ring: BuildingFact['outline']): readonly [number, number] {
  const corners = ring.slice(1);
  const mean = (axis: 0 | 1) =>
    Math.round(corners.reduce((sum, corner) => sum + corner[axis], 0) / Math.max(1, corners.length));
  return [mean(0), mean(1)];
}

/** A state of the city with its traffic. */
export interface SoundingState {
  readonly loaded: LoadedState;
  readonly city: CityState;
}

export interface HeardStates {
  readonly before: readonly HeardBuilding[];
  readonly after: readonly HeardBuilding[] | undefined;
  /** Undefined unless asked for. */
  readonly map: HeardMap | undefined;
}

/** The most exposed façade of every building that the law protects, of the base and, where there is one, of the scenario. */
export function heardAtHomes(
  links: readonly CityLink[],
  before: SoundingState,
  after: SoundingState | undefined,
  options: HomeNoise,
): HeardStates {
  const states = [
    { ...before, name: 'before' as const },
    ...(after ? [{ ...after, name: 'after' as const }] : []),
  ];
  const isSameTown =
    after === undefined ||
    (after.city.buildings === before.city.buildings && after.city.ground === before.city.ground);
  const passes = isSameTown ? [states] : states.map((state) => [state]);
  let done = 0;
  const frame = options.map && mapFrame(options.map.bbox, links);
  const maps: (readonly (number | null)[])[] = [];
  // A map takes as long as many homes.
  const homesPart = frame ? HOMES_PART : 1;
  const [was = [], is] = passes.flatMap((pass) => {
    const { buildings, ground } = (pass[0] ?? before).city;
    const homes = buildings.filter(({ use }) => use !== null);
    const lines = links.map(
      (link, index): NoisyLine => ({
        path: link.road.path,
        powerPerM: pass.map(({ name, loaded }) => (link[name] ? powerOf(link, index, loaded) : null)),
      }),
    );
    const hearing = hearingOf(
      lines.filter(({ powerPerM }) => powerPerM.some((each) => each !== null)),
      { states: pass.length, screens: buildings, ground },
    );
    const levels = facadeLevels(
      hearing,
      homes.map(({ outline }) => outline),
      (part) => options.progress((done + homesPart * part) / passes.length),
    );
    if (frame) {
      const { ldwnDb } = periodShifts(options.hour);
      const told = (part: number) =>
        options.progress((done + homesPart + (1 - homesPart) * part) / passes.length);
      for (const grid of gridLevels(hearing, frame, told))
        maps.push(grid.map((level) => (level === null ? null : tenth(level + ldwnDb))));
    }
    done++;
    return pass.map((_, state) => homes.map((home, k) => heardAt(home, levels[k]?.[state] ?? null, options)));
  });
  const [first, second] = maps;
  return { before: was, after: is, map: frame && first && { frame, before: first, after: second } };
}

export interface HomeNoise {
  readonly hour: number;
  readonly m2PerResident: number;
  /** YYYY-MM-DD. */
  readonly lawDate: string;
  /** Wanted over an area, or over the whole city. */
  readonly map?: TrafficParameters['noiseMap'];
  /** 0 to 1. */
  readonly progress: (part: number) => void;
}

/** Of the work where a map is wanted too. */
const HOMES_PART = 0.4;
const [MOST_PLACES, FINEST_M] = [6_000, 10];

/** Undefined of a city without streets. */
function mapFrame(
  bbox: NonNullable<TrafficParameters['noiseMap']>['bbox'],
  links: readonly CityLink[],
): NoiseFrame | undefined {
  const box = bbox ?? boxOf(links);
  return box[0] < box[2] && box[1] < box[3]
    ? noiseFrame(box, { mostPlaces: MOST_PLACES, finestM: FINEST_M })
    : undefined;
}

function boxOf(links: readonly CityLink[]): readonly [number, number, number, number] {
  let [minE, minN, maxE, maxN] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { road } of links) {
    for (const [e, n] of road.path) {
      [minE, minN] = [Math.min(minE, e), Math.min(minN, n)];
      [maxE, maxN] = [Math.max(maxE, e), Math.max(maxN, n)];
    }
  }
  return [minE, minN, maxE, maxN];
}

/** Null without traffic. */
function powerOf(link: CityLink, index: number, { equilibrium, firstStreet }: LoadedState): number[] | null {
  const at = firstStreet + index;
  const [carPerH = 0, truckPerH = 0] = equilibrium.classFlow.map((each) => each[at] as number);
  if (carPerH + truckPerH < 0.1) return null;
  const speedKmH = (link.road.lengthM / (equilibrium.time[at] as number)) * 3.6;
  return linkNoise(link, { carPerH, truckPerH, speedKmH });
}

function heardAt(
  building: BuildingFact,
  level: number | null,
  { hour, m2PerResident, lawDate }: HomeNoise,
): HeardBuilding {
  const { id, use, floorM2, outline } = building;
  const shift = periodShifts(hour);
  return {
    ...{ id, use, at: middleOf(outline), limit: noiseLimitOf(building, lawDate) },
    residents: use === 'dwelling' && m2PerResident > 0 ? floorM2 / m2PerResident : 0,
    ldwnDb: level === null ? null : tenth(level + shift.ldwnDb),
    nightDb: level === null ? null : tenth(level + shift.nightDb),
  };
}

/** From the level of the hour to that of the day, evening and night with their penalties, and to the night alone. */
function periodShifts(hour: number): { readonly ldwnDb: number; readonly nightDb: number } {
  const hours = hoursOfDay();
  const now = hours[hour] as number;
  const mean = ([from, to]: readonly [number, number]) => {
    let sum = 0;
    for (let at = from; at < to; at++) sum += hours[at % 24] as number;
    return sum / (to - from) / now;
  };
  const [day, evening, night] = [mean(DAY), mean(EVENING), mean(NIGHT)];
  const weighted = (12 * day + 4 * evening * 10 ** 0.5 + 8 * night * 10) / 24;
  return { ldwnDb: 10 * Math.log10(weighted), nightDb: 10 * Math.log10(night) };
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
