import { doubtOf, MARGIN_M, type VehicleDoubt } from '../../core/transit/plausible.ts';
import type { RealtimeFeed, VehicleReport } from '../../core/transit/realtime.ts';
import type { TransitKind } from '../../core/transit/timetable.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** What is older, minutes, is thrown away: where vehicles were is nobody's business for long. */
const KEPT_VEHICLES_MIN = 30;
const KEPT_DELAYS_MIN = 180;
const TRAIL_POINTS = 20;
/** Later or earlier than this is a mistake in the feed. */
const LONGEST_DELAY_S = 4 * 3600;
/** What was foretold longer ago says nothing. */
const OLDEST_FORECAST_MS = 30 * 60_000;

export interface RecordedFeed {
  readonly vehicles: number;
  /** Reports that cannot be believed, by reason. */
  readonly doubts: Readonly<Record<string, number>>;
}

/** Takes over what a feed says, all in one transaction; older reports than those known change nothing. */
export function recordFeed(
  pool: Pool,
  provider: string,
  feed: RealtimeFeed,
  now = new Date(),
): Promise<RecordedFeed> {
  return inTransaction(pool, async (connection) => {
    // Writers of one fleet queue here, so that rows are never locked in two orders.
    await connection.run(sql`select pg_advisory_xact_lock(2177, hashtext('vehicles'))`);
    const doubts = await recordVehicles(connection, provider, feed.vehicles, now);
    await recordDelays(connection, provider, feed, now);
    if (feed.alerts.length > 0) await recordAlerts(connection, provider, feed, now);
    await connection.run(sql`delete from transit.vehicle
      where received_at < now() - make_interval(mins => ${KEPT_VEHICLES_MIN}::integer)`);
    await connection.run(sql`delete from transit.trip_delay
      where at < now() - make_interval(mins => ${KEPT_DELAYS_MIN}::integer)`);
    return { vehicles: feed.vehicles.length, doubts };
  });
}

interface Known {
  readonly id: string;
  readonly route_id: string | null;
  readonly line: string | null;
  readonly kind: TransitKind | null;
  readonly day: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly at: string | null;
  readonly is_outside: boolean;
}

async function recordVehicles(
  connection: Connection,
  provider: string,
  reports: readonly VehicleReport[],
  now: Date,
): Promise<Readonly<Record<string, number>>> {
  if (reports.length === 0) return {};
  const idOf = ({ vehicleId }: VehicleReport) => `${provider}:${vehicleId}`;
  const known = await connection.run<Known>(
    sql`with town as (
        select ST_Transform(ST_Expand(ST_Envelope(area), ${MARGIN_M}::float8), 4326) as box
        from twin.dataset where name = ${CITY}::text
      ), zone as (select time_zone from transit.feed)
      select told.id, route.id as route_id, route.line, route.kind, coalesce(told.day, guessed.day) as day,
        ST_X(before.geom) as lon, ST_Y(before.geom) as lat, before.at,
        coalesce((select not (box ~ ST_SetSRID(ST_MakePoint(told.lon, told.lat), 4326)) from town), false) as is_outside
      from unnest(${reports.map(idOf)}::text[], ${reports.map(({ tripId }) => tripId)}::text[],
        ${reports.map(({ routeId }) => routeId)}::text[], ${reports.map(({ serviceDay }) => serviceDay)}::date[],
        ${reports.map(({ lonLat: [lon] }) => lon)}::float8[], ${reports.map(({ lonLat: [, lat] }) => lat)}::float8[])
        as told (id, trip_id, route_id, day, lon, lat)
      left join transit.trip on trip.id = told.trip_id
      left join transit.route on route.id = coalesce(trip.route_id, told.route_id)
      left join transit.vehicle as before on before.id = told.id
      left join lateral (${runningDay(sql`trip.id`, sql`trip.service_id`, now)}) as guessed on told.day is null`,
  );
  const knownById = new Map(known.map((one) => [one.id, one]));
  const judged = reports.map((report) => {
    const id = idOf(report);
    const found = knownById.get(id);
    const kind = found?.kind ?? 'bus';
    const before =
      found?.lon == null || found.lat == null || found.at == null
        ? undefined
        : { lonLat: [found.lon, found.lat] as const, at: new Date(found.at) };
    const doubt = doubtOf(report, kind, before, found?.is_outside ?? false, now) ?? null;
    return { report, id, found, kind, doubt };
  });
  await connection.run(
    sql`insert into transit.vehicle as known (id, provider, trip_id, service_day, route_id, line, kind, geom,
        bearing_deg, speed_km_h, at, received_at, doubt, trail)
      select id, ${provider}::text, trip_id, day, route_id, line, kind, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
        bearing, speed, at, ${now.toISOString()}::timestamptz, doubt,
        case when doubt is null then jsonb_build_array(jsonb_build_array(lon, lat, at)) else '[]' end
      from unnest(${judged.map(({ id }) => id)}::text[], ${judged.map(({ report }) => report.tripId)}::text[],
        ${judged.map(({ found }) => found?.day ?? null)}::date[], ${judged.map(({ found }) => found?.route_id ?? null)}::text[],
        ${judged.map(({ found }) => found?.line ?? null)}::text[], ${judged.map(({ kind }) => kind)}::text[],
        ${judged.map(({ report }) => report.lonLat[0])}::float8[], ${judged.map(({ report }) => report.lonLat[1])}::float8[],
        ${judged.map(({ report }) => report.bearingDeg)}::real[], ${judged.map(({ report }) => report.speedKmH)}::real[],
        ${judged.map(({ report }) => report.at.toISOString())}::timestamptz[],
        ${judged.map(({ doubt }) => doubt)}::text[])
        as told (id, trip_id, day, route_id, line, kind, lon, lat, bearing, speed, at, doubt)
      on conflict (id) do update set trip_id = excluded.trip_id, service_day = excluded.service_day,
        route_id = excluded.route_id, line = excluded.line, kind = excluded.kind, geom = excluded.geom,
        bearing_deg = excluded.bearing_deg, speed_km_h = excluded.speed_km_h, at = excluded.at,
        received_at = excluded.received_at, doubt = excluded.doubt,
        trail = (select coalesce(jsonb_agg(place order by nth), '[]') from (
            select place, nth from jsonb_array_elements(known.trail || excluded.trail) with ordinality as been (place, nth)
            order by nth desc limit ${TRAIL_POINTS}::integer) as lately)
      where excluded.at > known.at or known.doubt = 'future'`,
  );
  return countOf(judged.flatMap(({ doubt }) => doubt ?? []));
}

function countOf(doubts: readonly VehicleDoubt[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const doubt of doubts) counts[doubt] = (counts[doubt] ?? 0) + 1;
  return counts;
}

/** The service day on which a trip is under way now, give or take an hour. */
const runningDay = (tripId: ReturnType<typeof sql>, serviceId: ReturnType<typeof sql>, now: Date) =>
  sql`select day from zone, lateral (values
        ((${now.toISOString()}::timestamptz at time zone time_zone)::date),
        ((${now.toISOString()}::timestamptz at time zone time_zone)::date - 1)) as days (day),
      lateral (select min(departure_s) as first, max(arrival_s) as last from transit.stop_time
        where stop_time.trip_id = ${tripId}) as span
    where transit.runs_on(${serviceId}, day)
      and ${now.toISOString()}::timestamptz between transit.moment_of(day, first, time_zone) - interval '1 hour'
        and transit.moment_of(day, last, time_zone) + interval '1 hour'
    order by day desc limit 1`;

async function recordDelays(
  connection: Connection,
  provider: string,
  { trips }: RealtimeFeed,
  now: Date,
): Promise<void> {
  const fresh = trips.filter(({ at }) => now.getTime() - at.getTime() < OLDEST_FORECAST_MS);
  if (fresh.length === 0) return;
  const rows = fresh.flatMap(({ tripId, serviceDay, cancelled, at, stops }) =>
    (stops.length === 0
      ? [{ sequence: null, stopId: null, delayS: cancelled ? 0 : null, time: null }]
      : stops
    ).map((stop) => ({ tripId, serviceDay, cancelled, at, ...stop })),
  );
  await connection.run(
    sql`with zone as (select time_zone from transit.feed), told as (
        select * from unnest(${rows.map(({ tripId }) => tripId)}::text[],
          ${rows.map(({ serviceDay }) => serviceDay)}::date[], ${rows.map(({ sequence }) => sequence)}::integer[],
          ${rows.map(({ stopId }) => stopId)}::text[], ${rows.map(({ delayS }) => delayS)}::integer[],
          ${rows.map(({ time }) => time?.toISOString() ?? null)}::timestamptz[],
          ${rows.map(({ cancelled }) => cancelled)}::boolean[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[])
          as row (trip_id, day, sequence, stop_id, delay_s, time, cancelled, at)
      ), placed as (
        select told.trip_id, coalesce(told.day, guessed.day) as day, call.sequence, told.cancelled, told.at,
          coalesce(told.delay_s, extract(epoch from told.time
            - transit.moment_of(coalesce(told.day, guessed.day), call.departure_s, time_zone))::integer) as delay_s
        from told cross join zone join transit.trip on trip.id = told.trip_id
        left join lateral (${runningDay(sql`trip.id`, sql`trip.service_id`, now)}) as guessed on told.day is null
        join lateral (select sequence, departure_s from transit.stop_time where stop_time.trip_id = trip.id
          and (told.sequence is null or stop_time.sequence = told.sequence)
          and (told.sequence is not null or told.stop_id is null or stop_time.stop_id = told.stop_id)
          order by sequence limit 1) as call on true
      ), sound as (
        select distinct on (trip_id, day, sequence) * from placed
        where day is not null and abs(delay_s) <= ${LONGEST_DELAY_S}::integer
        order by trip_id, day, sequence, at desc
      ), gone as (
        delete from transit.trip_delay as old using (select distinct trip_id, day from sound) as again
        where old.trip_id = again.trip_id and old.service_day = again.day
          and not exists (select from sound where sound.trip_id = old.trip_id and sound.day = old.service_day
            and sound.sequence = old.sequence)
      )
      insert into transit.trip_delay (trip_id, service_day, sequence, delay_s, cancelled, provider, at)
      select trip_id, day, sequence, delay_s, cancelled, ${provider}::text, at from sound
      on conflict (trip_id, service_day, sequence) do update
        set delay_s = excluded.delay_s, cancelled = excluded.cancelled, provider = excluded.provider, at = excluded.at`,
  );
}

/** A feed of alerts tells all that are in force. */
async function recordAlerts(
  connection: Connection,
  provider: string,
  { alerts }: RealtimeFeed,
  now: Date,
): Promise<void> {
  await connection.run(sql`delete from transit.alert where provider = ${provider}::text`);
  await connection.run(
    sql`insert into transit.alert (provider, id, header, description, effect, periods, routes, stops, at)
      select ${provider}::text, id, header, description, effect, periods,
        array(select jsonb_array_elements_text(routes)), array(select jsonb_array_elements_text(stops)),
        ${now.toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(alerts)}::jsonb) as told (id text, header jsonb, description jsonb,
        effect text, periods jsonb, routes jsonb, stops jsonb)
      on conflict do nothing`,
  );
}

/** What became of asking a source, for people to see. */
export async function recordSource(
  pool: Pool,
  source: { readonly address: string; readonly provider: string; readonly problem: string | undefined },
): Promise<void> {
  const { address, provider, problem = null } = source;
  await pool.read(
    sql`insert into transit.source as known (address, provider, tried_at, ok_at, problem)
      values (${address}::text, ${provider}::text, now(), case when ${problem}::text is null then now() end, ${problem}::text)
      on conflict (address) do update set tried_at = now(), problem = excluded.problem,
        ok_at = coalesce(excluded.ok_at, known.ok_at)`,
  );
}
