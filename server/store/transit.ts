import { notFound } from '../../core/errors.ts';
import { utcText } from '../../core/filter/typed-literal.ts';
import { VEHICLE_GONE_S, VEHICLE_STALE_S } from '../../core/transit/vehicle-status.ts';
import type { DeparturesReply, VehicleReply, VehiclesReply, WireVehicle } from '../../core/wire/transit.ts';
import type { Transit } from '../services/transit.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

interface VehicleRow {
  readonly id: string;
  readonly line: string | null;
  readonly kind: WireVehicle['kind'];
  readonly headsign: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly bearing_deg: number | null;
  readonly speed_km_h: number | null;
  readonly at: string;
  readonly doubt: WireVehicle['doubt'];
  readonly delay_s: number | null;
  readonly age_s: number;
}

const MOST_NEXT_STOPS = 10;
/** Departures are told as far ahead as this. */
const AHEAD = '12 hours';

/** Timetable and vehicles of the store. @param pool for reading */
export function storeTransit(pool: Pool): Transit {
  return {
    async vehicles(signal) {
      const rows = await pool.read<VehicleRow>(
        sql`${vehicleColumns} where age_s < ${VEHICLE_GONE_S}::integer order by id`,
        signal,
      );
      const alerts = await pool.read<VehiclesReply['alerts'][number]>(
        sql`select provider || ':' || id as id, header, description, effect, routes, stops from transit.alert
          where at > now() - interval '1 day' and (periods = '[]' or exists (
            select from jsonb_to_recordset(periods) as period ("from" timestamptz, "to" timestamptz)
            where now() >= coalesce("from", '-infinity') and now() < coalesce("to", 'infinity')))
          order by 1`,
        signal,
      );
      const sources = await pool.read<{ provider: string; ok_at: string | null; problem: string | null }>(
        sql`select provider, ok_at, problem from transit.source where tried_at > now() - interval '1 day'
          order by address`,
        signal,
      );
      const [feed] = await pool.read<{ synthetic: boolean }>(sql`select synthetic from transit.feed`, signal);
      return {
        now: new Date().toISOString(),
        synthetic: feed?.synthetic ?? false,
        vehicles: rows.map(vehicleOf),
        alerts: [...alerts],
        sources: sources.map(({ provider, ok_at, problem }) => ({ provider, okAt: ok_at, problem })),
      };
    },

    async vehicle(id, signal): Promise<VehicleReply> {
      const [row] = await pool.read<
        VehicleRow & {
          trip_id: string | null;
          service_day: string | null;
          trail: readonly [number, number, string][];
        }
      >(sql`${vehicleColumns} where id = ${id}::text`, signal);
      if (!row) throw notFound(`No vehicle "${id.slice(0, 100)}" was heard of lately`, 'id');
      const calls = await pool.read<{
        stop_id: string;
        name: string;
        planned: string;
        delay_s: number | null;
      }>(
        sql`select * from (
            select call.sequence, call.stop_id, stop.name, transit.moment_of(${row.service_day}::date, call.arrival_s,
              time_zone) as planned, ${delayAt(sql`${row.trip_id}::text`, sql`${row.service_day}::date`, sql`call.sequence`)} as delay_s
            from transit.feed, transit.stop_time as call join transit.stop on stop.id = call.stop_id
            where call.trip_id = ${row.trip_id}::text
          ) as calls
          where planned + make_interval(secs => coalesce(delay_s, 0)) >= now()
          order by sequence limit ${MOST_NEXT_STOPS}::integer`,
        signal,
      );
      return {
        now: new Date().toISOString(),
        vehicle: vehicleOf(row),
        nextStops: calls.map(({ stop_id, name, planned, delay_s }) => ({
          stopId: stop_id,
          name,
          plannedAt: planned,
          expectedAt: expectedOf(planned, delay_s),
        })),
        trail: row.trail.map(([lon, lat, at]) => ({ lonLat: [lon, lat], at: new Date(at).toISOString() })),
      };
    },

    async departures(stopId, from, limit, signal): Promise<DeparturesReply> {
      const [stop] = await pool.read<{
        id: string;
        name: string;
        platform: string | null;
        source: string;
        synthetic: boolean;
      }>(
        sql`select id, name, platform, source, synthetic from transit.stop, transit.feed
        where id = ${stopId}::text`,
        signal,
      );
      if (!stop) throw notFound(`The timetable has no stop "${stopId.slice(0, 100)}"`, 'stop');
      const moment = sql`${from.toISOString()}::timestamptz`;
      const rows = await pool.read<DepartureRow>(
        sql`with days as (
            select (${moment} at time zone time_zone)::date + back as day, time_zone
            from transit.feed, generate_series(-1, 1) as back
          ), leaving as (
            select call.trip_id, call.sequence, day, transit.moment_of(day, call.departure_s, time_zone) as planned
            from days, transit.stop_time as call
            where call.stop_id = ${stopId}::text
              and transit.moment_of(day, call.departure_s, time_zone)
                between ${moment} - interval '1 hour' and ${moment} + ${AHEAD}::interval
              and exists (select from transit.stop_time as later
                where later.trip_id = call.trip_id and later.sequence > call.sequence)
          ), told as (
            select leaving.*, trip.headsign, route.line, route.kind,
              ${delayAt(sql`leaving.trip_id`, sql`leaving.day`, sql`leaving.sequence`)} as delay_s,
              (select bool_or(cancelled) from transit.trip_delay where trip_delay.trip_id = leaving.trip_id
                and service_day = leaving.day) as cancelled,
              (select vehicle.id from transit.vehicle where vehicle.trip_id = leaving.trip_id
                and vehicle.service_day = leaving.day and doubt is null
                and at > now() - make_interval(secs => ${VEHICLE_GONE_S}::integer) limit 1) as vehicle
            from leaving join transit.trip on trip.id = leaving.trip_id join transit.route on route.id = trip.route_id
            where transit.runs_on(trip.service_id, leaving.day)
          )
          select * from told where planned + make_interval(secs => coalesce(delay_s, 0)) >= ${moment}
          order by planned + make_interval(secs => coalesce(delay_s, 0)), trip_id limit ${limit}::integer`,
        signal,
      );
      const { id, name, platform, source, synthetic } = stop;
      return {
        now: new Date().toISOString(),
        stop: { id, name, platform },
        timetable: { source, synthetic },
        departures: rows.map((row) => ({
          line: row.line,
          kind: row.kind,
          headsign: row.headsign,
          tripId: row.trip_id,
          plannedAt: row.planned,
          expectedAt: expectedOf(row.planned, row.delay_s),
          cancelled: row.cancelled ?? false,
          vehicle: row.vehicle,
        })),
      };
    },
  };
}

interface DepartureRow {
  readonly trip_id: string;
  readonly line: string;
  readonly kind: WireVehicle['kind'];
  readonly headsign: string | null;
  readonly planned: string;
  readonly delay_s: number | null;
  readonly cancelled: boolean | null;
  readonly vehicle: string | null;
}

/** How late a trip is at a stop: as told for it, else for the last one told of before it, else for the first after it. */
const delayAt = (tripId: Sql, day: Sql, sequence: Sql): Sql =>
  sql`(select delay_s from transit.trip_delay as delay where delay.trip_id = ${tripId} and delay.service_day = ${day}
    order by delay.sequence > ${sequence}, abs(delay.sequence - ${sequence}) limit 1)`;

const vehicleColumns = sql`select * from (
    select vehicle.id, vehicle.line, vehicle.kind, trip.headsign, ST_X(vehicle.geom) as lon, ST_Y(vehicle.geom) as lat,
      vehicle.bearing_deg, vehicle.speed_km_h, vehicle.at, vehicle.doubt, vehicle.trip_id, vehicle.service_day, vehicle.trail,
      extract(epoch from now() - case when doubt is null then vehicle.at else received_at end)::float8 as age_s,
      (select delay_s from transit.trip_delay as delay where delay.trip_id = vehicle.trip_id
        and delay.service_day = vehicle.service_day order by sequence limit 1) as delay_s
    from transit.vehicle left join transit.trip on trip.id = vehicle.trip_id
  ) as seen`;

function vehicleOf(row: VehicleRow): WireVehicle {
  const { id, line, kind, headsign, lon, lat, bearing_deg, speed_km_h, at, doubt, delay_s, age_s } = row;
  return {
    ...{ id, line, kind, headsign, at, doubt },
    lonLat: [lon, lat],
    bearingDeg: bearing_deg,
    speedKmH: speed_km_h,
    delayS: delay_s,
    status: doubt !== null ? 'suspect' : age_s > VEHICLE_STALE_S ? 'stale' : 'live',
  };
}

const expectedOf = (planned: string, delayS: number | null): string | null =>
  delayS === null ? null : utcText(new Date(Date.parse(planned) + delayS * 1000));
