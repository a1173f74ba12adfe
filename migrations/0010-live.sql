-- What the city measures, in the entities of OGC SensorThings 1.1 (18-088, 8.2). Text keeps the order of codes.
create schema live;

create table live.thing (
  id bigint generated always as identity primary key,
  -- What its maker calls it (a device number, a place in the demo city): made twice, it stays one.
  external_id text collate "C" unique,
  name text collate "C" not null,
  description text collate "C" not null,
  properties jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);

-- The location as it was given, and its place in the city's own system for maps and joins.
create table live.location (
  id bigint generated always as identity primary key,
  name text collate "C" not null,
  description text collate "C" not null,
  encoding_type text collate "C" not null,
  location jsonb not null,
  geom geometry(Geometry, 2177) not null,
  properties jsonb not null default '{}'
);
create index location_geom on live.location using gist (geom);

-- Where a thing is now.
create table live.thing_location (
  thing_id bigint not null references live.thing (id) on delete cascade,
  location_id bigint not null references live.location (id) on delete cascade,
  primary key (thing_id, location_id)
);
create index thing_location_location on live.thing_location (location_id);

create table live.sensor (
  id bigint generated always as identity primary key,
  name text collate "C" not null,
  description text collate "C" not null,
  encoding_type text collate "C" not null,
  metadata jsonb not null,
  properties jsonb not null default '{}'
);

create table live.observed_property (
  id bigint generated always as identity primary key,
  name text collate "C" not null,
  definition text collate "C" not null,
  description text collate "C" not null,
  properties jsonb not null default '{}'
);

create table live.datastream (
  id bigint generated always as identity primary key,
  thing_id bigint not null references live.thing (id) on delete cascade,
  sensor_id bigint not null references live.sensor (id),
  observed_property_id bigint not null references live.observed_property (id),
  name text collate "C" not null,
  description text collate "C" not null,
  observation_type text collate "C" not null,
  unit_name text collate "C",
  unit_symbol text collate "C",
  unit_definition text collate "C",
  -- A value is expected this often; by it a silent stream is known.
  expected_interval_s integer check (expected_interval_s > 0),
  properties jsonb not null default '{}'
);
create index datastream_thing on live.datastream (thing_id);
create index datastream_sensor on live.datastream (sensor_id);
create index datastream_observed_property on live.datastream (observed_property_id);

-- One value of one datastream at one time; the two are its key, so that sending twice is keeping once.
create table live.observation (
  datastream_id bigint not null references live.datastream (id) on delete cascade,
  phenomenon_time timestamptz not null,
  -- The end, where the value is of a stretch of time.
  phenomenon_end timestamptz check (phenomenon_end >= phenomenon_time),
  result_time timestamptz,
  result double precision not null,
  -- When the twin got it, whatever the sensor's clock says.
  received_at timestamptz not null default clock_timestamp(),
  -- The transaction that wrote it: readers who were away ask for all that were not finished when they left.
  written_in bigint not null default pg_current_xact_id()::text::bigint,
  -- What is odd about it, such as `future`; null when nothing is.
  flags text[] collate "C",
  primary key (datastream_id, phenomenon_time)
) partition by range (phenomenon_time);
-- Rows are written in the order of their transactions, so a summary of blocks is index enough.
create index observation_written_in on live.observation
  using brin (written_in) with (pages_per_range = 16, autosummarize = on);

-- Whatever no month has been made for.
create table live.observation_other partition of live.observation default;

-- A partition for the month (UTC) of a moment; rows of it that wait among the others move in. Safe to repeat.
create function live.make_month(moment timestamptz) returns void language plpgsql as $$
declare
  first_of_month timestamptz := date_trunc('month', moment at time zone 'UTC') at time zone 'UTC';
  first_of_next timestamptz := (date_trunc('month', moment at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  month_table text := 'observation_' || to_char(moment at time zone 'UTC', 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(21770003);
  if to_regclass('live.' || month_table) is not null then
    return;
  end if;
  lock table live.observation in access exclusive mode;
  execute format('create table live.%I (like live.observation including all)', month_table);
  execute format('with moved as (delete from live.observation_other
      where phenomenon_time >= %L and phenomenon_time < %L returning *)
    insert into live.%I select * from moved', first_of_month, first_of_next, month_table);
  execute format('alter table live.observation attach partition live.%I for values from (%L) to (%L)',
    month_table, first_of_month, first_of_next);
end $$;

-- Tells every server what was written: the transaction, and the oldest one that was still under way beside it.
create function live.tell_observations() returns trigger language plpgsql as $$
begin
  if exists (select from written) then
    perform pg_notify('live_observation',
      pg_current_xact_id()::text || ' ' || pg_snapshot_xmin(pg_current_snapshot())::text);
  end if;
  return null;
end $$;
create trigger tell_observations after insert on live.observation
  referencing new table as written
  for each statement execute function live.tell_observations();
