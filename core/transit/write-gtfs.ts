/** A timetable as the files of GTFS Schedule. */
import { csvCell } from '../formats/csv-cell.ts';
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

export interface Timetable {
  readonly agency: Agency;
  readonly stops: readonly Stop[];
  readonly routes: readonly Route[];
  readonly trips: readonly Trip[];
  readonly stopTimes: readonly StopTime[];
  readonly weeks: readonly ServiceWeek[];
  readonly exceptions: readonly ServiceException[];
  readonly shapePoints: readonly ShapePoint[];
}

const ROUTE_TYPE: Readonly<Record<TransitKind, number>> = {
  tram: 0,
  metro: 1,
  rail: 2,
  bus: 3,
  ferry: 4,
  cable: 6,
  trolleybus: 11,
  other: 1700,
};

type Cell = string | number | null;

/** Texts by file name. */
export function gtfsTexts(timetable: Timetable): Readonly<Record<string, string>> {
  const { agency, stops, routes, trips, stopTimes, weeks, exceptions, shapePoints } = timetable;
  return {
    'agency.txt': csv('agency_id,agency_name,agency_url,agency_timezone', [
      ['1', agency.name, 'https://example.org', agency.timeZone],
    ]),
    'stops.txt': csv(
      'stop_id,stop_code,stop_name,stop_lat,stop_lon,platform_code,wheelchair_boarding',
      stops.map(({ id, code, name, lonLat: [lon, lat], platform, accessible }) => [
        ...[id, code, name, lat, lon, platform],
        accessible === null ? 0 : accessible ? 1 : 2,
      ]),
    ),
    'routes.txt': csv(
      'route_id,agency_id,route_short_name,route_long_name,route_type,route_color',
      routes.map(({ id, operator, line, name, kind, colour }) => [
        ...[id, operator, line, name, ROUTE_TYPE[kind]],
        colour?.slice(1) ?? null,
      ]),
    ),
    'trips.txt': csv(
      'route_id,service_id,trip_id,trip_headsign,direction_id,shape_id',
      trips.map(({ id, routeId, serviceId, headsign, direction, shapeId }) => [
        ...[routeId, serviceId, id, headsign, direction, shapeId],
      ]),
    ),
    'stop_times.txt': csv(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      stopTimes.map(({ tripId, arrivalS, departureS, stopId, sequence }) => [
        ...[tripId, timeText(arrivalS), timeText(departureS), stopId, sequence],
      ]),
    ),
    'calendar.txt': csv(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      weeks.map(({ id, days, from, to }) => [id, ...days.map(Number), dayText(from), dayText(to)]),
    ),
    'calendar_dates.txt': csv(
      'service_id,date,exception_type',
      exceptions.map(({ serviceId, day, added }) => [serviceId, dayText(day), added ? 1 : 2]),
    ),
    'shapes.txt': csv(
      'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence',
      shapePoints.map(({ shapeId, sequence, lonLat: [lon, lat] }) => [shapeId, lat, lon, sequence]),
    ),
  };
}

const csv = (head: string, rows: readonly (readonly Cell[])[]): string =>
  [head, ...rows.map((row) => row.map(csvCell).join(','))].map((line) => `${line}\r\n`).join('');

const dayText = (day: string): string => day.replaceAll('-', '');

function timeText(timeS: number | null): string | null {
  if (timeS === null) return null;
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${two(timeS / 3600)}:${two((timeS / 60) % 60)}:${two(timeS % 60)}`;
}
