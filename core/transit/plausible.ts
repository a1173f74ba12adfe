/** Whether a report of a vehicle can be believed. */
import type { TransitKind } from './timetable.ts';

/**
 * Why a report is not shown as live: `future` – its clock is ahead; `old` – it was long ago when it came; `outside` –
 * far from the city; `jump` – nothing drives that fast from where it was before.
 */
export type VehicleDoubt = 'future' | 'old' | 'outside' | 'jump';

/** Clocks of vehicles and servers differ by this much without harm. */
const CLOCK_LEEWAY_MS = 60_000;
/** What is told later than this says nothing of now. */
const OLDEST_MS = 10 * 60_000;
/** Positions are good to some tens of metres: short jumps say nothing. */
const GPS_ERROR_M = 150;
const FASTEST_KM_H: Readonly<Partial<Record<TransitKind, number>>> = { rail: 220, metro: 130 };
const FASTEST_ON_ROADS_KM_H = 110;
/** Lines run into the next towns. */
export const MARGIN_M = 20_000;

export interface Place {
  readonly lonLat: readonly [lon: number, lat: number];
  readonly at: Date;
}

/**
 * @param before where the vehicle was last
 * @param isOutside whether the place is farther than `MARGIN_M` from the city
 */
export function doubtOf(
  report: Place,
  kind: TransitKind,
  before: Place | undefined,
  isOutside: boolean,
  now: Date,
): VehicleDoubt | undefined {
  const ageMs = now.getTime() - report.at.getTime();
  if (ageMs < -CLOCK_LEEWAY_MS) return 'future';
  if (ageMs > OLDEST_MS) return 'old';
  if (isOutside) return 'outside';
  if (before === undefined) return undefined;
  const hours = Math.abs(report.at.getTime() - before.at.getTime()) / 3_600_000;
  const km = Math.max(0, metresBetween(report.lonLat, before.lonLat) - GPS_ERROR_M) / 1000;
  return km > hours * (FASTEST_KM_H[kind] ?? FASTEST_ON_ROADS_KM_H) ? 'jump' : undefined;
}

const METRES_PER_DEGREE = 111_195;

/** Over short ways, where the earth is flat: better than 0.5 % in 50 km. */
export function metresBetween(
  [lonA, latA]: readonly [number, number],
  [lonB, latB]: readonly [number, number],
): number {
  const east = (lonB - lonA) * Math.cos((((latA + latB) / 2) * Math.PI) / 180);
  return METRES_PER_DEGREE * Math.hypot(east, latB - latA);
}
