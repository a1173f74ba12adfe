/** The way of the sun over a place on one day, minute by minute, in the axes of a map grid. */
import { invalidParameter } from '../../errors.ts';
import { transformBetween } from '../../geo/crs.ts';
import { localMoment } from '../../live/adapters/moment.ts';
import { CITY_TIME_ZONE } from '../../scenario/recorded-moment.ts';
import { type Air, sunPosition } from './sun-position.ts';

/** How hours of the day are read: by Polish clocks, or by the true sun, which is due south at 12. */
export const CLOCKS = ['legal', 'solar'] as const;
export type Clock = (typeof CLOCKS)[number];

/** Where a stretch of city lies: its CRS in metres, and a position in it. */
export interface Place {
  readonly srid: number;
  readonly position: readonly [easting: number, northing: number];
}

/**
 * Directions to the sun at `count` moments, a minute apart. Between them the sun is taken to move straight, which is
 * right to 0.0003°. Only moments with the sun above the horizon are kept.
 */
export interface SunDay {
  /** `2026-03-20`. */
  readonly day: string;
  readonly clock: Clock;
  /** The first moment, in minutes after midnight on that clock. */
  readonly firstMinute: number;
  /** The first moment, milliseconds since 1970. */
  readonly firstMs: number;
  readonly count: number;
  /** Unit vectors: along the easting and the northing of the grid, and up. */
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly up: Float64Array;
  /** Tangent of the altitude. */
  readonly slope: Float64Array;
  /** For each step of `turnOf`, the last moment whose azimuth is not beyond it; -1 before the first. */
  readonly momentOfTurn: Int16Array;
}

export interface SunDayOptions {
  readonly day: string;
  readonly clock?: Clock;
  /** Minutes after midnight on the clock; the whole day unless told. */
  readonly fromMinute?: number;
  readonly toMinute?: number;
  readonly air?: Air;
}

const DEG = Math.PI / 180;
const MINUTE_MS = 60_000;
const DAY = /^\d{4}-\d\d-\d\d$/;
const TURNS = 8192;

/**
 * @throws TwinError invalid-parameter for a day that is none, for a place where the sun passes north of the zenith,
 * and for hours in which it is not up
 */
export function sunDay(
  place: Place,
  { day, clock = 'legal', fromMinute = 0, toMinute = 1440, air }: SunDayOptions,
): SunDay {
  const toLonLat = transformBetween(place.srid, 4326);
  const [longitude, latitude] = toLonLat(place.position);
  if (!(latitude > 24 && latitude < 66))
    throw invalidParameter('place', 'The way of the sun is computed between 24° and 66° north only');
  const convergence = convergenceDeg(place);
  const startMs = momentOf(day, clock, fromMinute, [longitude, latitude]);
  const east: number[] = [];
  const north: number[] = [];
  const up: number[] = [];
  let first = -1;
  for (let minute = 0; minute <= toMinute - fromMinute; minute++) {
    const seen = sunPosition(startMs + minute * MINUTE_MS, [longitude, latitude], air);
    if (seen.altitudeDeg <= 0) {
      if (first < 0) continue;
      break;
    }
    if (first < 0) first = minute;
    const [azimuth, altitude] = [(seen.azimuthDeg - convergence) * DEG, seen.altitudeDeg * DEG];
    east.push(Math.cos(altitude) * Math.sin(azimuth));
    north.push(Math.cos(altitude) * Math.cos(azimuth));
    up.push(Math.sin(altitude));
  }
  if (east.length < 2) throw invalidParameter('day', `The sun is not up in these hours of ${day}`);
  return {
    day,
    clock,
    firstMinute: fromMinute + first,
    firstMs: startMs + first * MINUTE_MS,
    count: east.length,
    east: Float64Array.from(east),
    north: Float64Array.from(north),
    up: Float64Array.from(up),
    slope: Float64Array.from(up, (value, i) => value / Math.hypot(east[i] ?? 0, north[i] ?? 0)),
    momentOfTurn: momentsOfTurns(east, north),
  };
}

/** How far the northing of a grid points east of true north, in degrees (Poznań, EPSG:2177: -0.9). */
export function convergenceDeg({ srid, position }: Place): number {
  const toLonLat = transformBetween(srid, 4326);
  const fromLonLat = transformBetween(4326, srid);
  const [longitude, latitude] = toLonLat(position);
  const [x0, y0] = fromLonLat([longitude, latitude - 0.001]);
  const [x1, y1] = fromLonLat([longitude, latitude + 0.001]);
  return -Math.atan2(x1 - x0, y1 - y0) / DEG;
}

/** Rises clockwise from grid north, 0 to 8192: a direction as a number without trigonometry. */
export function turnOf(east: number, north: number): number {
  const part = east / (Math.abs(east) + Math.abs(north));
  const turn = north >= 0 ? (east >= 0 ? part : 4 + part) : 2 - part;
  return (turn * TURNS) / 4;
}

function momentsOfTurns(east: readonly number[], north: readonly number[]): Int16Array {
  const moments = new Int16Array(TURNS + 1).fill(-1);
  let moment = -1;
  for (let turn = 0; turn <= TURNS; turn++) {
    while (moment + 1 < east.length && turnOf(east[moment + 1] ?? 0, north[moment + 1] ?? 0) <= turn)
      moment++;
    moments[turn] = moment;
  }
  return moments;
}

function momentOf(day: string, clock: Clock, minute: number, lonLat: readonly [number, number]): number {
  const midnight = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day))
    throw invalidParameter('day', `"${day.slice(0, 40)}" is no day; write it as 2026-03-20`);
  if (clock === 'legal') {
    const shown = new Date(midnight + minute * MINUTE_MS).toISOString().slice(0, 19);
    const moment = localMoment(shown, CITY_TIME_ZONE);
    // An hour that the clock leaves out in spring, at night.
    if (!moment) throw invalidParameter('day', `The clock does not show ${shown} in Poland`);
    return moment.getTime();
  }
  const noonMs = midnight + 720 * MINUTE_MS;
  const wanted = (minute - 720) / 4;
  let moment = noonMs + (wanted - lonLat[0]) * 4 * MINUTE_MS;
  for (let i = 0; i < 3; i++) {
    const off = wanted - sunPosition(moment, lonLat).hourAngleDeg;
    moment += (((((off + 180) % 360) + 360) % 360) - 180) * 4 * MINUTE_MS;
  }
  return moment;
}

/** The moment (a fraction between moments) at which the sun is in the direction of a place; NaN when it never is. */
export function momentTowards(sun: SunDay, x: number, y: number): number {
  const { count, east, north, momentOfTurn } = sun;
  let moment = momentOfTurn[Math.floor(turnOf(x, y))] ?? -1;
  if (moment < 0) moment = 0;
  // Clockwise of a direction is where the product with it is negative.
  let behind = x * (north[moment] ?? 0) - y * (east[moment] ?? 0);
  if (behind < 0 || x * (east[moment] ?? 0) + y * (north[moment] ?? 0) <= 0) return Number.NaN;
  while (moment + 1 < count) {
    const next = x * (north[moment + 1] ?? 0) - y * (east[moment + 1] ?? 0);
    if (next <= 0) return moment + (behind === next ? 0 : behind / (behind - next));
    moment++;
    behind = next;
  }
  return behind === 0 ? moment : Number.NaN;
}
