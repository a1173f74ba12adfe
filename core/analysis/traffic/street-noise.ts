/** Noise of the streets at their flow, and the people who live at it. */
import type { NoiseExposure, TrafficResult } from '../../wire/traffic.ts';
import { facadeLevels, type NoisyLine } from '../noise/facade-noise.ts';
import { roadEmission } from '../noise/road-emission.ts';
import type { CityState, DwellingFact } from './city-facts.ts';
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
/** Limits of LDWN and LN of roads: single houses, blocks of flats (Dz.U. 2014 poz. 112, table 3). */
const LIMITS = { houseDb: 64, flatsDb: 68, nightDb: 59 } as const;
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
function middleOf(ring: DwellingFact['outline']): readonly [number, number] {
  const corners = ring.slice(1);
  const mean = (axis: 0 | 1) =>
    Math.round(corners.reduce((sum, corner) => sum + corner[axis], 0) / Math.max(1, corners.length));
  return [mean(0), mean(1)];
}

/** The most exposed façade of every dwelling of a state. */
export function heardAtHomes(
  links: readonly CityLink[],
  state: 'before' | 'after',
  { equilibrium, firstStreet }: LoadedState,
  city: CityState,
  { hour, m2PerResident }: { readonly hour: number; readonly m2PerResident: number },
): readonly HeardBuilding[] {
  const lines = links.flatMap((link, index): readonly NoisyLine[] => {
    if (!link[state]) return [];
    const at = firstStreet + index;
    const [carPerH = 0, truckPerH = 0] = equilibrium.classFlow.map((each) => each[at] as number);
    if (carPerH + truckPerH < 0.1) return [];
    const speedKmH = (link.road.lengthM / (equilibrium.time[at] as number)) * 3.6;
    return [{ path: link.road.path, powerPerM: linkNoise(link, { carPerH, truckPerH, speedKmH }) }];
  });
  const levels = facadeLevels(
    lines,
    city.dwellings.map(({ outline }) => outline),
  );
  const shift = periodShifts(hour);
  return city.dwellings.map(({ id, floorM2, outline }: DwellingFact, index) => {
    const level = levels[index] ?? null;
    return {
      id,
      at: middleOf(outline),
      residents: m2PerResident > 0 ? floorM2 / m2PerResident : 0,
      ldwnDb: level === null ? null : tenth(level + shift.ldwnDb),
      nightDb: level === null ? null : tenth(level + shift.nightDb),
    };
  });
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

export function exposureOf(homes: readonly HeardBuilding[]): NoiseExposure {
  const sum = (isCounted: (home: HeardBuilding) => boolean) =>
    Math.round(homes.filter(isCounted).reduce((all, { residents }) => all + residents, 0) / RESIDENTS_STEP) *
    RESIDENTS_STEP;
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
