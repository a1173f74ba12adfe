/** What is told of vehicles on their way, whichever format brings it (GTFS-Realtime 2.0 names). */
import type { Text } from '../feature/layer.ts';

export interface VehicleReport {
  readonly vehicleId: string;
  readonly tripId: string | null;
  readonly routeId: string | null;
  /** Day of service, `2026-06-01`; null when it is not told. */
  readonly serviceDay: string | null;
  /** Degrees WGS 84. */
  readonly lonLat: readonly [lon: number, lat: number];
  /** From north, clockwise. */
  readonly bearingDeg: number | null;
  readonly speedKmH: number | null;
  /** When it was there. */
  readonly at: Date;
}

/** How late a trip is from one stop on. */
export interface StopDelay {
  /** By number in the trip, else by stop. */
  readonly sequence: number | null;
  readonly stopId: string | null;
  readonly delayS: number | null;
  /** The moment foretold, where no delay is told. */
  readonly time: Date | null;
}

export interface TripReport {
  readonly tripId: string;
  readonly serviceDay: string | null;
  readonly cancelled: boolean;
  readonly at: Date;
  readonly stops: readonly StopDelay[];
}

export interface AlertReport {
  readonly id: string;
  readonly header: Text;
  readonly description: Text;
  /** As GTFS-Realtime calls it: `DETOUR`, `NO_SERVICE` … */
  readonly effect: string | null;
  /** UTC ISO text; null = open. */
  readonly periods: readonly { readonly from: string | null; readonly to: string | null }[];
  readonly routes: readonly string[];
  readonly stops: readonly string[];
}

export interface RealtimeFeed {
  /** By the feed's own clock. */
  readonly at: Date | undefined;
  readonly vehicles: readonly VehicleReport[];
  readonly trips: readonly TripReport[];
  readonly alerts: readonly AlertReport[];
  /** What was left out, in words. */
  readonly problems: readonly string[];
}
