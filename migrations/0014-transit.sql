-- Public transport: registers of stops and lines beside the timetable they come from; parking bays, defibrillators.
create table city.stop (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  name text collate "C",
  kind text collate "C",
  lines text collate "C",
  code text collate "C",
  platform text collate "C",
  accessible boolean,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index stop_current_id on city.stop (id) where valid_to is null;
create index stop_current_geom on city.stop using gist (geom) where valid_to is null;
create index stop_ended_id on city.stop (id, valid_from) where valid_to is not null;
create index stop_ended_geom on city.stop using gist (geom) where valid_to is not null;
create index stop_version on city.stop (dataset_version);

create table city.transit_line (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiLineString, 2177) not null,
  line text collate "C",
  name text collate "C",
  kind text collate "C",
  trips integer,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index transit_line_current_id on city.transit_line (id) where valid_to is null;
create index transit_line_current_geom on city.transit_line using gist (geom) where valid_to is null;
create index transit_line_ended_id on city.transit_line (id, valid_from) where valid_to is not null;
create index transit_line_ended_geom on city.transit_line using gist (geom) where valid_to is not null;
create index transit_line_version on city.transit_line (dataset_version);

create table city.parking_bay (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  zone text collate "C",
  monitored boolean,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index parking_bay_current_id on city.parking_bay (id) where valid_to is null;
create index parking_bay_current_geom on city.parking_bay using gist (geom) where valid_to is null;
create index parking_bay_ended_id on city.parking_bay (id, valid_from) where valid_to is not null;
create index parking_bay_ended_geom on city.parking_bay using gist (geom) where valid_to is not null;
create index parking_bay_version on city.parking_bay (dataset_version);

create table city.defibrillator (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  place text collate "C",
  opening_hours text collate "C",
  access text collate "C",
  indoor boolean,
  building_id text collate "C",
  checked_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index defibrillator_current_id on city.defibrillator (id) where valid_to is null;
create index defibrillator_current_geom on city.defibrillator using gist (geom) where valid_to is null;
create index defibrillator_ended_id on city.defibrillator (id, valid_from) where valid_to is not null;
create index defibrillator_ended_geom on city.defibrillator using gist (geom) where valid_to is not null;
create index defibrillator_version on city.defibrillator (dataset_version);

-- The timetable in force, replaced as a whole by each load (GTFS Schedule).
create schema transit;

create table transit.feed (
  only_one boolean primary key default true check (only_one),
  source text collate "C" not null,
  operator text collate "C" not null,
  time_zone text collate "C" not null,
  synthetic boolean not null,
  content_hash text collate "C" not null,
  loaded_at timestamptz not null default clock_timestamp()
);

create table transit.stop (
  id text collate "C" primary key,
  name text collate "C" not null,
  platform text collate "C",
  geom geometry(Point, 4326) not null
);

create table transit.route (
  id text collate "C" primary key,
  line text collate "C" not null,
  name text collate "C",
  kind text collate "C" not null,
  colour text collate "C"
);

create table transit.service_week (
  id text collate "C" primary key,
  -- Monday first.
  days boolean[] not null check (cardinality(days) = 7),
  from_day date not null,
  to_day date not null
);

create table transit.service_exception (
  service_id text collate "C" not null,
  day date not null,
  added boolean not null,
  primary key (service_id, day)
);

create table transit.trip (
  id text collate "C" primary key,
  route_id text collate "C" not null,
  service_id text collate "C" not null,
  headsign text collate "C",
  direction smallint
);

-- Seconds after noon minus 12 hours of the service day; more than 86400 is the night after it.
create table transit.stop_time (
  trip_id text collate "C" not null,
  sequence integer not null,
  stop_id text collate "C" not null,
  arrival_s integer not null,
  departure_s integer not null,
  primary key (trip_id, sequence)
);
create index stop_time_stop on transit.stop_time (stop_id, departure_s);

-- Whether a service runs on a day.
create function transit.runs_on(service text, on_day date) returns boolean language sql stable as $$
  select coalesce(
    (select added from transit.service_exception where service_id = service and day = on_day),
    (select days[extract(isodow from on_day)::integer] and on_day between from_day and to_day
      from transit.service_week where id = service),
    false)
$$;

-- The moment of a time of a service day, also over midnight and when clocks are changed.
create function transit.moment_of(on_day date, seconds integer, time_zone text) returns timestamptz
language sql immutable as $$
  select (on_day + time '12:00') at time zone time_zone - interval '12 hours' + make_interval(secs => seconds)
$$;

-- The last report of each vehicle; older ones are a short trail.
create table transit.vehicle (
  id text collate "C" primary key,
  provider text collate "C" not null,
  trip_id text collate "C",
  service_day date,
  route_id text collate "C",
  line text collate "C",
  kind text collate "C" not null,
  geom geometry(Point, 4326) not null,
  bearing_deg real,
  speed_km_h real,
  -- When it was there, by its own clock; and when the twin was told.
  at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  -- What is not to be believed about it, such as `outside`; null when nothing is.
  doubt text collate "C",
  trail jsonb not null default '[]'
);

-- How late a trip is from a stop on, as its operator foretells.
create table transit.trip_delay (
  trip_id text collate "C" not null,
  service_day date not null,
  sequence integer not null,
  delay_s integer not null,
  cancelled boolean not null default false,
  provider text collate "C" not null,
  at timestamptz not null,
  primary key (trip_id, service_day, sequence)
);
create index trip_delay_at on transit.trip_delay (at);

-- Messages to passengers in force now, as they were last told.
create table transit.alert (
  provider text collate "C" not null,
  id text collate "C" not null,
  header jsonb not null,
  description jsonb not null,
  effect text collate "C",
  periods jsonb not null,
  routes text[] collate "C" not null,
  stops text[] collate "C" not null,
  at timestamptz not null,
  primary key (provider, id)
);
