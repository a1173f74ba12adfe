/** The people who live at the noise of streets, against the limits of the law, and what changes for them. */
import { DISCLOSURE_THRESHOLD } from '../../catalogue/society.ts';
import type { TrafficResult } from '../../wire/traffic.ts';
import type { NoiseChange, NoiseExposure, NoiseMap } from '../../wire/traffic-noise.ts';
import type { NoiseLimit, ProtectedUse } from '../noise/noise-class.ts';
import { EVEN_DB, type NoiseFrame } from '../noise/noise-grid.ts';

export interface HeardBuilding {
  readonly id: string;
  readonly use: ProtectedUse | null;
  /** Easting, northing of its middle. */
  readonly at: readonly [number, number];
  readonly residents: number;
  /** Undefined where neither plan nor use gives one. */
  readonly limit: NoiseLimit | undefined;
  readonly ldwnDb: number | null;
  readonly nightDb: number | null;
}

/** Levels over an area by state, LDWN. */
export interface HeardMap {
  readonly frame: NoiseFrame;
  readonly before: readonly (number | null)[];
  readonly after: readonly (number | null)[] | undefined;
}

const BANDS_DB = [50, 55, 60, 65, 70, 75];
/** Above the limit. */
const EXCESS_DB = [0, 5, 10];
/** Below it a building is not told. */
const TOLD_FROM_DB = 45;
const RESIDENTS_STEP = 10;

/** In tens, none where there are fewer than may be told of, so that no household can be found out. */
function residentsOf(homes: readonly HeardBuilding[]): number {
  const sum = homes.reduce((all, { residents }) => all + residents, 0);
  return sum < DISCLOSURE_THRESHOLD ? 0 : Math.round(sum / RESIDENTS_STEP) * RESIDENTS_STEP;
}

type Verdict = 'over' | 'within' | 'not-assessed';

/** Where the class of ground is open, a level between its two limits is not judged; what no street reaches is within. */
function verdictOf({ limit, ldwnDb }: HeardBuilding): Verdict {
  if (ldwnDb === null) return 'within';
  if (!limit) return 'not-assessed';
  if (ldwnDb > limit.mildestDb) return 'over';
  return ldwnDb > limit.strictestDb ? 'not-assessed' : 'within';
}

export function exposureOf(buildings: readonly HeardBuilding[]): NoiseExposure {
  const sum = (isCounted: (building: HeardBuilding) => boolean) => residentsOf(buildings.filter(isCounted));
  const isIn = (bands: readonly number[], index: number, db: number, isOpenBelow: boolean) => {
    const [from, next] = [bands[index] as number, bands[index + 1] ?? Number.POSITIVE_INFINITY];
    return isOpenBelow ? db > from && db <= next : db >= from && db < next;
  };
  const sensitive = buildings.filter(({ use }) => use !== null && use !== 'dwelling');
  const count = (verdict: Verdict) => sensitive.filter((each) => verdictOf(each) === verdict).length;
  return {
    residentsByLdwn: BANDS_DB.map((fromDb, index) => ({
      fromDb,
      residents: sum(({ ldwnDb }) => ldwnDb !== null && isIn(BANDS_DB, index, ldwnDb, false)),
    })),
    residentsOverLdwn: sum((each) => verdictOf(each) === 'over'),
    residentsByExcess: EXCESS_DB.map((fromDb, index) => ({
      fromDb,
      residents: sum(({ ldwnDb, limit }) =>
        limit && ldwnDb !== null ? isIn(EXCESS_DB, index, tenth(ldwnDb - limit.mildestDb), true) : false,
      ),
    })),
    residentsOverNight: sum(
      ({ nightDb, limit }) =>
        nightDb !== null && typeof limit?.nightDb === 'number' && nightDb > limit.nightDb,
    ),
    residentsNotAssessed: sum((each) => verdictOf(each) === 'not-assessed'),
    sensitiveBuildings: sensitive.length,
    sensitiveOverLdwn: count('over'),
    sensitiveNotAssessed: count('not-assessed'),
  };
}

/** Rounding of both states to a tenth, and what sources that are left out may add differently. */
const ROUNDED_DB = 0.2;
/** A street that is heard at all among others. */
const LIGHT_STREET_VEH_PER_H = 100;

/** Differences of level up to it are none. @param noiseVehPerH what the solutions leave open of flows */
const changeBoundDb = (noiseVehPerH: number): number =>
  tenth(ROUNDED_DB + 10 * Math.log10(1 + noiseVehPerH / LIGHT_STREET_VEH_PER_H));

/** @param noiseVehPerH what the solutions leave open of flows */
export function noiseChange(
  before: readonly HeardBuilding[],
  after: readonly HeardBuilding[],
  noiseVehPerH: number,
): NoiseChange {
  const boundDb = changeBoundDb(noiseVehPerH);
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
    const told = later.get(id) ?? earlier.get(id);
    const [e, n] = told?.at ?? [0, 0];
    const limit = told?.limit;
    if (Math.max(was ?? 0, is ?? 0) < TOLD_FROM_DB) return [];
    return [
      {
        id,
        at: [e, n],
        ldwnBeforeDb: was,
        ldwnAfterDb: after ? is : null,
        use: told?.use ?? null,
        limitDb: limit?.mildestDb === limit?.strictestDb ? (limit?.mildestDb ?? null) : null,
        basis: limit?.basis ?? null,
      },
    ];
  });
}

/** @param noiseVehPerH what the solutions leave open of flows */
export function toldMap(map: HeardMap | undefined, noiseVehPerH: number): NoiseMap | null {
  if (!map) return null;
  const { frame, before, after } = map;
  return {
    ...frame,
    origin: [...frame.origin],
    ldwnBeforeDb: [...before],
    ldwnAfterDb: after ? [...after] : null,
    boundDb: tenth(changeBoundDb(noiseVehPerH) + EVEN_DB),
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
