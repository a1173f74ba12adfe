/** Noise of the streets at their flow, and the people who live at it. */
import type { NoiseChange, NoiseExposure, TrafficResult } from '../../wire/traffic.ts';
import { facadeLevels, type NoisyLine } from '../noise/facade-noise.ts';
import { roadEmission } from '../noise/road-emission.ts';
import type { BuildingFact, CityState } from './city-facts.ts';
import type { CityLink } from './city-links.ts';
import type { LoadedState } from './loaded-state.ts';
import { hoursOfDay } from './trip-rates.ts';

const SURFACES: Readonly<Record<string, string>> = { paving: 'paving', concrete: 'concrete' };
const BANDS_DB = [50, 55, 60, 65, 70, 75];
/** Hours of day, evening and night. */
const [DAY, EVENING, NIGHT] = [
  [6, 18],
  [18, 22],
  [22, 30],
] as const;
/** Limits of LDWN and LN of roads: single houses, blocks of flats (provisions HAL-2 and HAL-3 of the law). */
export const LIMITS = { houseDb: 64, flatsDb: 68, nightDb: 59 } as const;
/** Below it a building is not told. */
const TOLD_FROM_DB = 45;
const RESIDENTS_STEP = 10;

export interface HeardBuilding {
  readonly id: string;
  /** Easting, northing of its middle. */
  readonly at: readonly [number, number];
  readonly residents: number;
  readonly ldwnDb: number | null;
  readonly nightDb: number | null;
}

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

/** The most exposed façade of every dwelling, of the base and, where there is one, of the scenario. */
export function heardAtHomes(
  links: readonly CityLink[],
  before: SoundingState,
  after: SoundingState | undefined,
  options: HomeNoise,
): { readonly before: readonly HeardBuilding[]; readonly after: readonly HeardBuilding[] | undefined } {
  const states = [
    { ...before, name: 'before' as const },
    ...(after ? [{ ...after, name: 'after' as const }] : []),
  ];
  const isSameTown = after === undefined || after.city.buildings === before.city.buildings;
  const passes = isSameTown ? [states] : states.map((state) => [state]);
  let done = 0;
  const [was = [], is] = passes.flatMap((pass) => {
    const { buildings } = (pass[0] ?? before).city;
    const homes = buildings.filter(({ isDwelling }) => isDwelling);
    const lines = links.map(
      (link, index): NoisyLine => ({
        path: link.road.path,
        powerPerM: pass.map(({ name, loaded }) => (link[name] ? powerOf(link, index, loaded) : null)),
      }),
    );
    const levels = facadeLevels(
      lines.filter(({ powerPerM }) => powerPerM.some((each) => each !== null)),
      homes.map(({ outline }) => outline),
      {
        states: pass.length,
        screens: buildings,
        progress: (part) => options.progress((done + part) / passes.length),
      },
    );
    done++;
    return pass.map((_, state) => homes.map((home, k) => heardAt(home, levels[k]?.[state] ?? null, options)));
  });
  return { before: was, after: is };
}

export interface HomeNoise {
  readonly hour: number;
  readonly m2PerResident: number;
  /** 0 to 1. */
  readonly progress: (part: number) => void;
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
  { id, floorM2, outline }: BuildingFact,
  level: number | null,
  { hour, m2PerResident }: HomeNoise,
): HeardBuilding {
  const shift = periodShifts(hour);
  return {
    id,
    at: middleOf(outline),
    residents: m2PerResident > 0 ? floorM2 / m2PerResident : 0,
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

/** In tens, so that no household can be told. */
const residentsOf = (homes: readonly HeardBuilding[]): number =>
  Math.round(homes.reduce((all, { residents }) => all + residents, 0) / RESIDENTS_STEP) * RESIDENTS_STEP;

export function exposureOf(homes: readonly HeardBuilding[]): NoiseExposure {
  const sum = (isCounted: (home: HeardBuilding) => boolean) => residentsOf(homes.filter(isCounted));
  return {
    residentsByLdwn: BANDS_DB.map((fromDb, index) => ({
      fromDb,
      residents: sum(({ ldwnDb }) => {
        const next = BANDS_DB[index + 1] ?? Number.POSITIVE_INFINITY;
        return ldwnDb !== null && ldwnDb >= fromDb && ldwnDb < next;
      }),
    })),
    residentsOverHouseLimit: sum(({ ldwnDb }) => (ldwnDb ?? 0) > LIMITS.houseDb),
    residentsOverFlatsLimit: sum(({ ldwnDb }) => (ldwnDb ?? 0) > LIMITS.flatsDb),
    residentsOverNightLimit: sum(({ nightDb }) => (nightDb ?? 0) > LIMITS.nightDb),
  };
}

/** Rounding of both states to a tenth, and what sources that are left out may add differently. */
const ROUNDED_DB = 0.2;
/** A street that is heard at all among others. */
const LIGHT_STREET_VEH_PER_H = 100;

/** @param noiseVehPerH what the solutions leave open of flows */
export function noiseChange(
  before: readonly HeardBuilding[],
  after: readonly HeardBuilding[],
  noiseVehPerH: number,
): NoiseChange {
  const boundDb = tenth(ROUNDED_DB + 10 * Math.log10(1 + noiseVehPerH / LIGHT_STREET_VEH_PER_H));
  const earlier = new Map(before.map(({ id, ldwnDb }) => [id, ldwnDb]));
  const changed = (sign: 1 | -1) =>
    after.filter(({ id, ldwnDb }) => {
      const was = earlier.get(id);
      return typeof was === 'number' && ldwnDb !== null && tenth(sign * (ldwnDb - was)) > boundDb;
    });
  return { boundDb, residentsLouder: residentsOf(changed(1)), residentsQuieter: residentsOf(changed(-1)) };
}

/** Levels by building of both states, where one of them is told at all. */
export function homeRows(
  before: readonly HeardBuilding[],
  after: readonly HeardBuilding[] | undefined,
): TrafficResult['noise']['buildings'] {
  const later = new Map(after?.map((home) => [home.id, home]));
  const ids = [...new Set([...before, ...(after ?? [])].map(({ id }) => id))];
  const earlier = new Map(before.map((home) => [home.id, home]));
  return ids.flatMap((id) => {
    const [was, is] = [earlier.get(id)?.ldwnDb ?? null, later.get(id)?.ldwnDb ?? null];
    const [e, n] = (later.get(id) ?? earlier.get(id))?.at ?? [0, 0];
    if (Math.max(was ?? 0, is ?? 0) < TOLD_FROM_DB) return [];
    return [{ id, at: [e, n], ldwnBeforeDb: was, ldwnAfterDb: after ? is : null }];
  });
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
