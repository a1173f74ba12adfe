/** GTFS-Realtime 2.0 feeds (protobuf): vehicle positions, trip updates and alerts, alone or mixed. */

import bindings from 'gtfs-realtime-bindings';
import { reasonOf } from '../../errors.ts';
import type { Text } from '../../feature/layer.ts';
import { parseDay } from '../../transit/gtfs-tables.ts';
import type {
  AlertReport,
  RealtimeFeed,
  StopDelay,
  TripReport,
  VehicleReport,
} from '../../transit/realtime.ts';
import { UnreadablePayload } from './reading.ts';

const { FeedMessage, TripDescriptor, Alert } = bindings.transit_realtime;
type FeedEntity = InstanceType<typeof bindings.transit_realtime.FeedEntity>;
type TimeValue = number | { toNumber(): number } | null | undefined;

/** The largest city runs some ten thousand vehicles. */
const MOST_ENTITIES = 100_000;
const LONGEST_ID = 200;
const LISTED_PROBLEMS = 50;

/**
 * Entities that cannot be used are left out and named; of a vehicle that is told of twice the newer report counts.
 * @throws UnreadablePayload for bytes that are no feed
 */
export function readRealtimeFeed(bytes: Uint8Array): RealtimeFeed {
  const message = decode(bytes);
  if (!/^\d+(\.\d+)?$/.test(message.header?.gtfsRealtimeVersion ?? '')) {
    throw new UnreadablePayload('not a GTFS-Realtime feed: its header names no version');
  }
  if (message.entity.length > MOST_ENTITIES) {
    throw new UnreadablePayload(`more than ${MOST_ENTITIES} entities`);
  }
  const at = momentOf(message.header?.timestamp);
  const vehicles = new Map<string, VehicleReport>();
  const trips: TripReport[] = [];
  const alerts: AlertReport[] = [];
  const problems: string[] = [];
  const doubt = (entity: string, words: string) => {
    if (problems.length < LISTED_PROBLEMS) problems.push(`entity ${entity.slice(0, LONGEST_ID)}: ${words}`);
  };
  for (const entity of message.entity as FeedEntity[]) {
    if (entity.vehicle) {
      const report = vehicleOf(entity, at);
      const known = typeof report === 'string' ? undefined : vehicles.get(report.vehicleId);
      if (typeof report === 'string') doubt(entity.id, report);
      else if (known) doubt(entity.id, `vehicle ${report.vehicleId} is told of twice`);
      if (typeof report !== 'string' && (!known || known.at < report.at)) {
        vehicles.set(report.vehicleId, report);
      }
    }
    if (entity.tripUpdate) {
      const report = tripOf(entity, at);
      if (typeof report === 'string') doubt(entity.id, report);
      else trips.push(report);
    }
    if (entity.alert) alerts.push(alertOf(entity));
  }
  return { at, vehicles: [...vehicles.values()], trips, alerts, problems };
}

function decode(bytes: Uint8Array) {
  try {
    return FeedMessage.decode(bytes);
  } catch (error) {
    throw new UnreadablePayload(`not a GTFS-Realtime feed: ${reasonOf(error)}`);
  }
}

function vehicleOf(entity: FeedEntity, feedAt: Date | undefined): VehicleReport | string {
  const { vehicle: position } = entity;
  const id = nonEmpty(position?.vehicle?.id) ?? nonEmpty(position?.vehicle?.label) ?? nonEmpty(entity.id);
  if (!position || id === null) return 'a vehicle without an id';
  const place = position.position;
  if (!place) return `vehicle ${id} without a position`;
  const { latitude, longitude } = place;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) || (latitude === 0 && longitude === 0)) {
    return `vehicle ${id} at latitude ${latitude}, longitude ${longitude}, which is no place`;
  }
  const at = momentOf(position.timestamp) ?? feedAt;
  if (at === undefined) return `vehicle ${id} without a time`;
  // Absent numbers read as 0 from the prototype of the message.
  const told = (name: 'bearing' | 'speed') => (Object.hasOwn(place, name) ? (place[name] ?? null) : null);
  const bearing = told('bearing');
  const speed = told('speed');
  return {
    vehicleId: id,
    tripId: nonEmpty(position.trip?.tripId),
    routeId: nonEmpty(position.trip?.routeId),
    serviceDay: parseDay(position.trip?.startDate ?? null) ?? null,
    // Positions are single floats: more decimals would be made up.
    lonLat: [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6],
    bearingDeg: bearing !== null && bearing >= 0 && bearing <= 360 ? bearing : null,
    speedKmH: speed !== null && speed >= 0 ? Math.round(speed * 36) / 10 : null,
    at,
  };
}

function tripOf(entity: FeedEntity, feedAt: Date | undefined): TripReport | string {
  const { tripUpdate: update } = entity;
  const tripId = nonEmpty(update?.trip?.tripId);
  if (!update || tripId === null) return 'a trip update without a trip_id';
  const at = momentOf(update.timestamp) ?? feedAt;
  if (at === undefined) return `trip ${tripId} without a time`;
  const relationship = TripDescriptor.ScheduleRelationship[update.trip.scheduleRelationship ?? 0];
  const stops = (update.stopTimeUpdate ?? []).flatMap((stop): StopDelay[] => {
    const event = stop.departure ?? stop.arrival;
    if (!event) return [];
    const told = Object.hasOwn(event, 'delay') ? (event.delay ?? null) : null;
    const time = momentOf(event.time) ?? null;
    if (told === null && time === null) return [];
    return [
      {
        sequence: Object.hasOwn(stop, 'stopSequence') ? (stop.stopSequence ?? null) : null,
        stopId: nonEmpty(stop.stopId),
        delayS: told,
        time,
      },
    ];
  });
  return {
    tripId,
    at,
    stops,
    serviceDay: parseDay(update.trip.startDate ?? null) ?? null,
    cancelled: relationship === 'CANCELED',
  };
}

function alertOf({ id, alert }: FeedEntity): AlertReport {
  const informed = alert?.informedEntity ?? [];
  const words = (list: readonly (string | null)[]) => [...new Set(list.filter((one) => one !== null))];
  return {
    id: id.slice(0, LONGEST_ID),
    header: textOf(alert?.headerText),
    description: textOf(alert?.descriptionText),
    effect: alert && Object.hasOwn(alert, 'effect') ? (Alert.Effect[alert.effect ?? 8] ?? null) : null,
    periods: (alert?.activePeriod ?? []).map(({ start, end }) => ({
      from: momentOf(start)?.toISOString() ?? null,
      to: momentOf(end)?.toISOString() ?? null,
    })),
    routes: words(informed.map(({ routeId }) => nonEmpty(routeId))),
    stops: words(informed.map(({ stopId }) => nonEmpty(stopId))),
  };
}

const LONGEST_TEXT = 4_000;

function textOf(
  said:
    | { readonly translation?: readonly { text?: string | null; language?: string | null }[] | null }
    | null
    | undefined,
): Text {
  const list = said?.translation ?? [];
  const of = (language: string) =>
    list.find((one) => one.language?.toLowerCase().startsWith(language))?.text ?? undefined;
  const any = list[0]?.text ?? '';
  const pl = of('pl') ?? any;
  return { pl: pl.slice(0, LONGEST_TEXT), en: (of('en') ?? pl).slice(0, LONGEST_TEXT) };
}

/** Seconds since 1970; 0 stands for "not told". */
function momentOf(value: TimeValue): Date | undefined {
  if (value === null || value === undefined) return undefined;
  const seconds = typeof value === 'number' ? value : value.toNumber();
  // Some write milliseconds; nothing told of vehicles lies beyond the year 2100.
  return seconds > 0 && seconds < 4_102_444_800 ? new Date(seconds * 1000) : undefined;
}

const nonEmpty = (text: string | null | undefined): string | null =>
  text === null || text === undefined || text === '' ? null : text.slice(0, LONGEST_ID);

/** The bytes of a feed of positions and trip updates. Alerts are not written: nobody here makes them. */
export function writeRealtimeFeed(
  feed: Pick<RealtimeFeed, 'vehicles' | 'trips'> & { readonly at: Date },
): Uint8Array {
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
  const day = (text: string | null) => (text === null ? {} : { startDate: text.replaceAll('-', '') });
  return FeedMessage.encode({
    header: { gtfsRealtimeVersion: '2.0', incrementality: 0, timestamp: seconds(feed.at) },
    entity: [
      ...feed.vehicles.map((one) => ({
        id: `v-${one.vehicleId}`,
        vehicle: {
          vehicle: { id: one.vehicleId },
          ...(one.tripId !== null && {
            trip: {
              tripId: one.tripId,
              ...(one.routeId !== null && { routeId: one.routeId }),
              ...day(one.serviceDay),
            },
          }),
          position: {
            longitude: one.lonLat[0],
            latitude: one.lonLat[1],
            ...(one.bearingDeg !== null && { bearing: one.bearingDeg }),
            ...(one.speedKmH !== null && { speed: one.speedKmH / 3.6 }),
          },
          timestamp: seconds(one.at),
        },
      })),
      ...feed.trips.map((one) => ({
        id: `t-${one.tripId}`,
        tripUpdate: {
          trip: { tripId: one.tripId, scheduleRelationship: one.cancelled ? 3 : 0, ...day(one.serviceDay) },
          timestamp: seconds(one.at),
          stopTimeUpdate: one.stops.map(({ sequence, stopId, delayS, time }) => ({
            ...(sequence !== null && { stopSequence: sequence }),
            ...(stopId !== null && { stopId }),
            departure: {
              ...(delayS !== null && { delay: delayS }),
              ...(time !== null && { time: seconds(time) }),
            },
          })),
        },
      })),
    ],
  }).finish();
}
