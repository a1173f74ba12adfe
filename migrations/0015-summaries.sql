-- What was measured, summed up by five minutes, hours and days of the city, in partitions as the values themselves.

-- Followers of the log look up single transactions every few milliseconds, in every partition at once.
drop index live.observation_written_in;
create index observation_written_in on live.observation (written_in);

create table live.observation_5min (
  datastream_id bigint not null references live.datastream (id) on delete cascade,
  begins timestamptz not null,
  -- Numbers that count: neither flagged `future` nor `out-of-range`; where there are none, there is no more than `odd`.
  count bigint not null,
  sum double precision not null,
  min double precision,
  max double precision,
  first_time timestamptz,
  first double precision,
  last_time timestamptz,
  last double precision,
  -- Numbers that do not.
  odd bigint not null,
  primary key (datastream_id, begins)
) partition by range (begins);
create table live.observation_hour (like live.observation_5min including all) partition by range (begins);
create table live.observation_day (like live.observation_5min including all) partition by range (begins);
alter table live.observation_hour add foreign key (datastream_id) references live.datastream (id) on delete cascade;
alter table live.observation_day add foreign key (datastream_id) references live.datastream (id) on delete cascade;
create table live.observation_5min_other partition of live.observation_5min default;
create table live.observation_hour_other partition of live.observation_hour default;
create table live.observation_day_other partition of live.observation_day default;

-- How far the summaries are: one row. Transactions before `horizon` are in them.
create table live.summary_state (
  is_only boolean primary key default true check (is_only),
  horizon bigint not null default 0,
  settled_at timestamptz not null default clock_timestamp(),
  -- From here on every value, and every sum of five minutes, is still there.
  raw_since timestamptz not null default '-infinity',
  five_minutes_since timestamptz not null default '-infinity'
);
insert into live.summary_state default values;

-- Stretches of five minutes whose values were changed or deleted, to be summed up anew.
create table live.changed_stretch (
  datastream_id bigint not null,
  begins timestamptz not null,
  written_in bigint not null default pg_current_xact_id()::text::bigint
);

create function live.five_minutes_of(moment timestamptz) returns timestamptz immutable parallel safe language sql
  return date_bin('5 minutes', moment, '2000-01-01T00:00:00Z');
create function live.hour_of(moment timestamptz) returns timestamptz immutable parallel safe language sql
  return date_bin('1 hour', moment, '2000-01-01T00:00:00Z');
-- A day of the city has 23, 24 or 25 hours.
create function live.day_of(moment timestamptz) returns timestamptz stable parallel safe language sql
  return date_trunc('day', moment, 'Europe/Warsaw');

-- Told by the table as a whole: what is moved between partitions, or goes with one because it is old, has not changed.
create function live.note_changes() returns trigger language plpgsql as $$
begin
  insert into live.changed_stretch (datastream_id, begins)
  select distinct datastream_id, live.five_minutes_of(phenomenon_time) from gone;
  return null;
end $$;
create trigger note_updates after update on live.observation
  referencing old table as gone for each statement execute function live.note_changes();
create trigger note_deletes after delete on live.observation
  referencing old table as gone for each statement execute function live.note_changes();

-- Values written again are told again and summed up again.
create function live.write_again() returns trigger language plpgsql as $$
begin
  new.written_in := pg_current_xact_id()::text::bigint;
  return new;
end $$;
create trigger write_again before update on live.observation for each row execute function live.write_again();
create trigger tell_changed_observations after update on live.observation
  referencing new table as written for each statement execute function live.tell_observations();

-- A partition of a table for the month or year (UTC) of a moment; rows of it that wait among the others move in.
-- Safe to repeat.
create function live.make_partition(parent text, key text, unit text, moment timestamptz) returns void
language plpgsql as $$
declare
  first_of_this timestamptz := date_trunc(unit, moment, 'UTC');
  first_of_next timestamptz := (date_trunc(unit, moment at time zone 'UTC') + ('1 ' || unit)::interval) at time zone 'UTC';
  part text := parent || to_char(moment at time zone 'UTC', case unit when 'month' then '_YYYY_MM' else '_YYYY' end);
begin
  perform pg_advisory_xact_lock(21770003);
  if to_regclass('live.' || part) is not null then
    return;
  end if;
  execute format('lock table live.%I in access exclusive mode', parent);
  execute format('create table live.%I (like live.%I including all)', part, parent);
  execute format('with moved as (delete from live.%I where %I >= %L and %I < %L returning *)
    insert into live.%I select * from moved',
    parent || '_other', key, first_of_this, key, first_of_next, part);
  execute format('alter table live.%I attach partition live.%I for values from (%L) to (%L)',
    parent, part, first_of_this, first_of_next);
end $$;

create or replace function live.make_month(moment timestamptz) returns void language plpgsql as $$
begin
  perform live.make_partition('observation', 'phenomenon_time', 'month', moment);
  perform live.make_partition('observation_5min', 'begins', 'month', moment);
  perform live.make_partition('observation_hour', 'begins', 'year', moment);
  perform live.make_partition('observation_day', 'begins', 'year', moment);
end $$;
