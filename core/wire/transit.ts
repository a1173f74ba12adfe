/** JSON of `/api/live/vehicles` and `/api/live/stops/{id}/departures`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { TRANSIT_KINDS } from '../transit/timetable.ts';

const text = z.object({ pl: z.string(), en: z.string() });
/** Degrees WGS 84. */
const lonLat = z.tuple([z.number(), z.number()]);

const vehicle = z.object({
  id: z.string(),
  /** What stands on it; null = its trip is not in the timetable. */
  line: z.string().nullable(),
  kind: z.enum(TRANSIT_KINDS),
  headsign: z.string().nullable(),
  lonLat,
  /** From north, clockwise. */
  bearingDeg: z.number().nullable(),
  speedKmH: z.number().nullable(),
  /** When it was there, UTC ISO text. */
  at: z.string(),
  /** Seconds behind its timetable; null = nobody says. */
  delayS: z.int().nullable(),
  /** `suspect`: the report cannot be believed, `doubt` says why; it is not shown as live. */
  status: z.enum(['live', 'stale', 'suspect']),
  doubt: z.enum(['future', 'old', 'outside', 'jump']).nullable(),
});

const alert = z.object({
  id: z.string(),
  header: text,
  description: text,
  effect: z.string().nullable(),
  routes: z.array(z.string()),
  stops: z.array(z.string()),
});

const source = z.object({
  /** Whom the feed comes from. */
  provider: z.string(),
  /** Null = it never answered. */
  okAt: z.string().nullable(),
  /** What is wrong with it now; null = nothing. */
  problem: z.string().nullable(),
});

export const vehiclesReplySchema = z.object({
  /** The server's clock, by which ages are told. */
  now: z.string(),
  synthetic: z.boolean(),
  vehicles: z.array(vehicle),
  alerts: z.array(alert),
  sources: z.array(source),
});

const call = z.object({
  stopId: z.string(),
  name: z.string(),
  plannedAt: z.string(),
  /** By what its operator foretells; null = only the timetable says. */
  expectedAt: z.string().nullable(),
});

export const vehicleReplySchema = z.object({
  now: z.string(),
  vehicle,
  /** What is still to come, at most ten. */
  nextStops: z.array(call),
  /** Where it was in the last minutes, oldest first. */
  trail: z.array(z.object({ lonLat, at: z.string() })),
});

const departure = z.object({
  line: z.string(),
  kind: z.enum(TRANSIT_KINDS),
  headsign: z.string().nullable(),
  tripId: z.string(),
  plannedAt: z.string(),
  /** By what its operator foretells; null = only the timetable says. */
  expectedAt: z.string().nullable(),
  cancelled: z.boolean(),
  /** The vehicle on that trip, if it is on its way. */
  vehicle: z.string().nullable(),
});

export const departuresReplySchema = z.object({
  now: z.string(),
  stop: z.object({ id: z.string(), name: z.string(), platform: z.string().nullable() }),
  timetable: z.object({ source: z.string(), synthetic: z.boolean() }),
  departures: z.array(departure),
});

export type WireVehicle = z.infer<typeof vehicle>;

export type VehiclesReply = z.infer<typeof vehiclesReplySchema>;
export type VehicleReply = z.infer<typeof vehicleReplySchema>;
export type DeparturesReply = z.infer<typeof departuresReplySchema>;
