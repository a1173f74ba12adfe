/** What a timetable of public transport says, in the words of GTFS Schedule (gtfs.org, revision of 2024). */

/** How one rides; `other` is whatever the codes of GTFS do not say. */
export const TRANSIT_KINDS = [
  'tram',
  'bus',
  'trolleybus',
  'rail',
  'metro',
  'ferry',
  'cable',
  'other',
] as const;
export type TransitKind = (typeof TRANSIT_KINDS)[number];

export interface Stop {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly platform: string | null;
  /** Degrees WGS 84. */
  readonly lonLat: readonly [lon: number, lat: number];
  readonly accessible: boolean | null;
}

export interface Route {
  readonly id: string;
  /** What stands on the vehicle: the short name, else the long one. */
  readonly line: string;
  readonly name: string | null;
  readonly kind: TransitKind;
  readonly operator: string | null;
  /** `#rrggbb`. */
  readonly colour: string | null;
}

export interface Trip {
  readonly id: string;
  readonly routeId: string;
  readonly serviceId: string;
  readonly headsign: string | null;
  readonly direction: 0 | 1 | null;
  readonly shapeId: string | null;
}

/** Seconds after "noon minus 12 hours" of the service day: more than 86 400 is the night after it. */
export interface StopTime {
  readonly tripId: string;
  readonly sequence: number;
  readonly stopId: string;
  /** Both null where the feed leaves the time to be reckoned from those before and after. */
  readonly arrivalS: number | null;
  readonly departureS: number | null;
}

/** Days as `2026-06-01`, both ends included; `days` begins on Monday. */
export interface ServiceWeek {
  readonly id: string;
  readonly days: readonly boolean[];
  readonly from: string;
  readonly to: string;
}

export interface ServiceException {
  readonly serviceId: string;
  readonly day: string;
  readonly added: boolean;
}

export interface ShapePoint {
  readonly shapeId: string;
  readonly sequence: number;
  readonly lonLat: readonly [lon: number, lat: number];
}

export interface Agency {
  readonly name: string;
  /** IANA name such as `Europe/Warsaw`. */
  readonly timeZone: string;
}
