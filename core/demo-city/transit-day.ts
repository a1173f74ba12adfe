/** Where the vehicles of the demo city are at a moment, and how late: its timetable with seeded delays. */

import { placeAt } from '../geo/polyline.ts';
import type { StopDelay, TripReport, VehicleReport } from '../transit/realtime.ts';
import { randomOf } from './random.ts';
import { DEMO_TIME_ZONE, type DemoRide, type DemoTransit, lonLatOf } from './transit.ts';

export interface DemoTraffic {
  readonly at: Date;
  readonly vehicles: readonly VehicleReport[];
  readonly trips: readonly TripReport[];
}

/** A vehicle stands at its first stop for so long before it leaves. */
const BEFORE_S = 120;
/** And at its last one after it came. */
const AFTER_S = 60;
const DAY_S = 86_400;
/** Service days last into the second day. */
const DAYS_BACK = 1;

export function demoTraffic({ rides }: DemoTransit, seed: number, at: Date): DemoTraffic {
  const vehicles: VehicleReport[] = [];
  const trips: TripReport[] = [];
  for (let back = 0; back <= DAYS_BACK; back++) {
    const { day, weekday, timeS } = serviceClock(at, back);
    for (const ride of rides) {
      if (!runsOn(ride, weekday)) continue;
      const { first, last } = spanOf(ride);
      const lateS = delayOf(ride, seed, day);
      // Reckoned on the timetable's own clock: the vehicle is where it should have been so long ago.
      const atS = timeS - lateS(timeS);
      if (timeS < first - BEFORE_S || atS > last + AFTER_S) continue;
      vehicles.push(vehicleAt(ride, day, atS, at));
      trips.push(tripAt(ride, day, at, atS, lateS(timeS)));
    }
  }
  // At an end a vehicle may be late with one trip when it should already wait for the next.
  const first = new Map(vehicles.toReversed().map((one) => [one.vehicleId, one]));
  return { at, vehicles: [...first.values()], trips };
}

function spanOf({ stopTimes }: DemoRide): { readonly first: number; readonly last: number } {
  return { first: stopTimes[0]?.departureS ?? 0, last: stopTimes.at(-1)?.arrivalS ?? 0 };
}

const runsOn = ({ trip: { serviceId } }: DemoRide, weekday: number): boolean =>
  serviceId === 'night' || (serviceId === 'weekday') === weekday < 5;

/**
 * Seconds late at a time of the service day. Most are a little late, some a lot, few a little early; it comes and
 * goes slowly, so that nobody drives backwards.
 */
function delayOf({ trip }: DemoRide, seed: number, day: string): (timeS: number) => number {
  const random = randomOf(seed, 'delay', trip.id, day);
  const usualS = random.chance(0.15) ? random.between(120, 220) : random.between(0, 100);
  const swingS = random.between(10, 35);
  const phase = random.between(0, 2 * Math.PI);
  return (timeS) => Math.round(usualS + swingS * Math.sin(phase + timeS / 240));
}

function vehicleAt(
  { trip, route, vehicleId, stopTimes, stopsAtM, path }: DemoRide,
  day: string,
  atS: number,
  at: Date,
): VehicleReport {
  const along = (timeS: number): number => {
    const next = stopTimes.findIndex(({ arrivalS }) => (arrivalS ?? 0) > timeS);
    if (next === 0) return 0;
    if (next === -1) return stopsAtM.at(-1) ?? 0;
    const [leftS, reachedS] = [stopTimes[next - 1]?.departureS ?? 0, stopTimes[next]?.arrivalS ?? 0];
    const [fromM, toM] = [stopsAtM[next - 1] ?? 0, stopsAtM[next] ?? 0];
    const share = Math.min(1, Math.max(0, (timeS - leftS) / Math.max(1, reachedS - leftS)));
    return fromM + (toM - fromM) * share;
  };
  const alongM = along(atS);
  const { point, direction } = placeAt(path, alongM);
  const speedMPerS = Math.max(0, along(atS + 1) - alongM);
  return {
    vehicleId,
    tripId: trip.id,
    routeId: route.id,
    serviceDay: day,
    lonLat: lonLatOf(point),
    bearingDeg: Math.round(((Math.atan2(direction[0], direction[1]) * 180) / Math.PI + 360) % 360),
    speedKmH: Math.round(speedMPerS * 36) / 10,
    at: new Date(Math.floor(at.getTime() / 1000) * 1000),
  };
}

function tripAt(
  { trip, stopTimes }: DemoRide,
  day: string,
  at: Date,
  atS: number,
  lateS: number,
): TripReport {
  const [next = stopTimes.at(-1)] = stopTimes.filter(({ arrivalS }) => (arrivalS ?? 0) >= atS);
  const stops: StopDelay[] =
    next === undefined ? [] : [{ sequence: next.sequence, stopId: next.stopId, delayS: lateS, time: null }];
  return { tripId: trip.id, serviceDay: day, cancelled: false, at, stops };
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: DEMO_TIME_ZONE,
  hourCycle: 'h23',
  ...({ year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' } as const),
  ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
});
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A moment on the clock of the service day that began so many days before. */
function serviceClock(
  at: Date,
  daysBack: number,
): { readonly day: string; readonly weekday: number; readonly timeS: number } {
  const parts = Object.fromEntries(CLOCK.formatToParts(at).map(({ type, value }) => [type, value]));
  const today = Date.UTC(Number(parts['year']), Number(parts['month']) - 1, Number(parts['day']));
  const timeS = Number(parts['hour']) * 3600 + Number(parts['minute']) * 60 + Number(parts['second']);
  return {
    day: new Date(today - daysBack * DAY_S * 1000).toISOString().slice(0, 10),
    weekday: (WEEKDAYS.indexOf(parts['weekday'] ?? '') + 7 - daysBack) % 7,
    timeS: timeS + daysBack * DAY_S,
  };
}
