/** The tables of GTFS Schedule that are taken over, each with how a row of it is read. */
import type {
  Agency,
  Route,
  ServiceException,
  ServiceWeek,
  ShapePoint,
  Stop,
  StopTime,
  TransitKind,
  Trip,
} from './timetable.ts';

/** A row by the names of its columns; what is absent is empty. */
export type GtfsRow = Readonly<Record<string, string | undefined>>;

/** What is wrong with a row, in words. */
export class RowFault {
  readonly message: string;
  /** What the row calls itself. */
  readonly id: string | undefined;
  constructor(message: string, id?: string) {
    this.message = message;
    this.id = id;
  }
}

interface Table<T> {
  /** Columns without which nothing of the file can be used. */
  readonly columns: readonly string[];
  /** Without the file there is no timetable; of `oneOf` one is enough. */
  readonly presence: 'required' | 'oneOf' | 'optional';
  readonly read: (row: GtfsRow) => T | RowFault;
}

export interface GtfsRows {
  'agency.txt': Agency;
  'stops.txt': Stop;
  'routes.txt': Route;
  'trips.txt': Trip;
  'stop_times.txt': StopTime;
  'calendar.txt': ServiceWeek;
  'calendar_dates.txt': ServiceException;
  'shapes.txt': ShapePoint;
}
export type GtfsFile = keyof GtfsRows;

export const GTFS_TABLES: { readonly [File in GtfsFile]: Table<GtfsRows[File]> } = {
  'agency.txt': { presence: 'required', columns: ['agency_name', 'agency_timezone'], read: agencyOf },
  'stops.txt': { presence: 'required', columns: ['stop_id', 'stop_lat', 'stop_lon'], read: stopOf },
  'routes.txt': { presence: 'required', columns: ['route_id', 'route_type'], read: routeOf },
  'trips.txt': { presence: 'required', columns: ['trip_id', 'route_id', 'service_id'], read: tripOf },
  'stop_times.txt': {
    presence: 'required',
    columns: ['trip_id', 'stop_id', 'stop_sequence', 'arrival_time', 'departure_time'],
    read: stopTimeOf,
  },
  'calendar.txt': {
    presence: 'oneOf',
    columns: [
      'service_id',
      ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
      'start_date',
      'end_date',
    ],
    read: weekOf,
  },
  'calendar_dates.txt': {
    presence: 'oneOf',
    columns: ['service_id', 'date', 'exception_type'],
    read: exceptionOf,
  },
  'shapes.txt': {
    presence: 'optional',
    columns: ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'],
    read: shapePointOf,
  },
};

export const isGtfsFile = (name: string): name is GtfsFile => Object.hasOwn(GTFS_TABLES, name);

/** Files without which there is no timetable, as words; empty when all are there. */
export function missingFiles(found: Iterable<string>): readonly string[] {
  const names = new Set(found);
  const of = (presence: string) =>
    Object.entries(GTFS_TABLES).flatMap(([name, table]) => (table.presence === presence ? [name] : []));
  const oneOf = of('oneOf');
  return [
    ...of('required').filter((name) => !names.has(name)),
    ...(oneOf.some((name) => names.has(name)) ? [] : [oneOf.join(' or ')]),
  ];
}

const LONGEST_TEXT = 500;

const given = (row: GtfsRow, column: string): string | null => {
  const value = row[column]?.trim();
  return value === undefined || value === '' ? null : value.slice(0, LONGEST_TEXT);
};

function agencyOf(row: GtfsRow): Agency | RowFault {
  const timeZone = given(row, 'agency_timezone');
  if (timeZone === null || !isTimeZone(timeZone)) {
    return new RowFault(`agency_timezone "${timeZone ?? ''}" is no time zone such as Europe/Warsaw`);
  }
  return { name: given(row, 'agency_name') ?? '', timeZone };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function stopOf(row: GtfsRow): Stop | RowFault {
  const id = given(row, 'stop_id');
  if (id === null) return new RowFault('stop_id is empty');
  const lonLat = lonLatOf(row, 'stop_lon', 'stop_lat');
  if (lonLat === undefined) return new RowFault('stop_lat and stop_lon are no place on earth', id);
  const boarding = given(row, 'wheelchair_boarding');
  return {
    id,
    lonLat,
    name: given(row, 'stop_name') ?? id,
    code: given(row, 'stop_code'),
    platform: given(row, 'platform_code'),
    accessible: boarding === '1' ? true : boarding === '2' ? false : null,
  };
}

/** Route types of GTFS, and the hundreds of the extended ones. */
const KINDS: Readonly<Record<string, TransitKind>> = {
  0: 'tram',
  1: 'metro',
  2: 'rail',
  3: 'bus',
  4: 'ferry',
  5: 'cable',
  6: 'cable',
  7: 'cable',
  11: 'trolleybus',
  12: 'rail',
};
const EXTENDED: Readonly<Record<string, TransitKind>> = {
  1: 'rail',
  2: 'bus',
  4: 'metro',
  7: 'bus',
  8: 'trolleybus',
  9: 'tram',
  10: 'ferry',
  12: 'ferry',
  13: 'cable',
  14: 'cable',
};

function routeOf(row: GtfsRow): Route | RowFault {
  const id = given(row, 'route_id');
  if (id === null) return new RowFault('route_id is empty');
  const type = given(row, 'route_type') ?? '';
  if (!/^\d{1,4}$/.test(type)) return new RowFault(`route_type "${type}" is no number`, id);
  const colour = given(row, 'route_color');
  const name = given(row, 'route_long_name');
  return {
    id,
    name,
    line: given(row, 'route_short_name') ?? name ?? id,
    kind: KINDS[Number(type)] ?? EXTENDED[Math.floor(Number(type) / 100)] ?? 'other',
    operator: given(row, 'agency_id'),
    colour: colour !== null && /^[0-9a-f]{6}$/i.test(colour) ? `#${colour.toLowerCase()}` : null,
  };
}

function tripOf(row: GtfsRow): Trip | RowFault {
  const id = given(row, 'trip_id');
  const routeId = given(row, 'route_id');
  const serviceId = given(row, 'service_id');
  if (id === null) return new RowFault('trip_id is empty');
  if (routeId === null || serviceId === null) return new RowFault('route_id or service_id is empty', id);
  const direction = given(row, 'direction_id');
  return {
    id,
    routeId,
    serviceId,
    headsign: given(row, 'trip_headsign'),
    direction: direction === '0' ? 0 : direction === '1' ? 1 : null,
    shapeId: given(row, 'shape_id'),
  };
}

function stopTimeOf(row: GtfsRow): StopTime | RowFault {
  const tripId = given(row, 'trip_id');
  const stopId = given(row, 'stop_id');
  if (tripId === null || stopId === null)
    return new RowFault('trip_id or stop_id is empty', tripId ?? undefined);
  const sequence = wholeOf(given(row, 'stop_sequence'));
  if (sequence === undefined) return new RowFault('stop_sequence is no whole number', tripId);
  const arrival = given(row, 'arrival_time');
  const departure = given(row, 'departure_time');
  const arrivalS = arrival === null ? null : parseServiceTime(arrival);
  const departureS = departure === null ? null : parseServiceTime(departure);
  if (arrivalS === undefined)
    return new RowFault(`arrival_time "${arrival}" is no time such as 07:05:00`, tripId);
  if (departureS === undefined) {
    return new RowFault(`departure_time "${departure}" is no time such as 07:05:00`, tripId);
  }
  if (arrivalS !== null && departureS !== null && departureS < arrivalS) {
    return new RowFault('departure_time lies before arrival_time', tripId);
  }
  return { tripId, stopId, sequence, arrivalS: arrivalS ?? departureS, departureS: departureS ?? arrivalS };
}

function weekOf(row: GtfsRow): ServiceWeek | RowFault {
  const id = given(row, 'service_id');
  if (id === null) return new RowFault('service_id is empty');
  const from = parseDay(given(row, 'start_date'));
  const to = parseDay(given(row, 'end_date'));
  if (from === undefined || to === undefined || to < from) {
    return new RowFault('start_date and end_date are no period such as 20260101 to 20261231', id);
  }
  const days = GTFS_TABLES['calendar.txt'].columns.slice(1, 8).map((day) => given(row, day) === '1');
  return { id, days, from, to };
}

function exceptionOf(row: GtfsRow): ServiceException | RowFault {
  const serviceId = given(row, 'service_id');
  if (serviceId === null) return new RowFault('service_id is empty');
  const day = parseDay(given(row, 'date'));
  if (day === undefined) return new RowFault('date is no day such as 20260101', serviceId);
  const type = given(row, 'exception_type');
  if (type !== '1' && type !== '2') return new RowFault('exception_type is neither 1 nor 2', serviceId);
  return { serviceId, day, added: type === '1' };
}

function shapePointOf(row: GtfsRow): ShapePoint | RowFault {
  const shapeId = given(row, 'shape_id');
  if (shapeId === null) return new RowFault('shape_id is empty');
  const sequence = wholeOf(given(row, 'shape_pt_sequence'));
  const lonLat = lonLatOf(row, 'shape_pt_lon', 'shape_pt_lat');
  if (sequence === undefined) return new RowFault('shape_pt_sequence is no whole number', shapeId);
  if (lonLat === undefined)
    return new RowFault('shape_pt_lat and shape_pt_lon are no place on earth', shapeId);
  return { shapeId, sequence, lonLat };
}

function lonLatOf(row: GtfsRow, lonColumn: string, latColumn: string): readonly [number, number] | undefined {
  const lonText = given(row, lonColumn);
  const latText = given(row, latColumn);
  if (lonText === null || latText === null) return undefined;
  const lon = Number(lonText);
  const lat = Number(latText);
  // Feeds write 0, 0 for a place that they do not know.
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (lon !== 0 || lat !== 0) ? [lon, lat] : undefined;
}

const wholeOf = (text: string | null): number | undefined =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/** Later than this no service day lasts. */
const LONGEST_DAY_S = 7 * 86_400;

/** `25:10:00` is ten past one in the night after the service day. Seconds; undefined for what is no time. */
export function parseServiceTime(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const timeS = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return timeS <= LONGEST_DAY_S ? timeS : undefined;
}

/** `20260131` as `2026-01-31`; undefined for what is no day. */
export function parseDay(text: string | null): string | undefined {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  const day = `${year}-${month}-${date}`;
  const moment = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day ? undefined : day;
}
