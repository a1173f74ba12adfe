-- The register of obstructions: drafts and decisions lie in `works`, which the database role of public requests cannot
-- read; what is published is also in the registers of the city, as rows with a history.
create schema works;
revoke all on schema works from public;

create sequence works.obstruction_number;

create table works.obstruction (
  id text collate "C" primary key check (id ~ '^UTR-[0-9]{4}-[0-9]{5,}$'),
  -- What a feed calls it that brought it: brought twice, it stays one.
  external_id text collate "C" unique,
  state text collate "C" not null
    check (state in ('draft', 'submitted', 'approved', 'published', 'closed', 'rejected', 'cancelled')),
  revision bigint not null default 1,
  -- As it was written, and what the road network said to it.
  content jsonb not null,
  settled jsonb not null,
  authors text[] collate "C" not null,
  area geometry(MultiPolygon, 2177) not null,
  -- Around the ground that it takes and its detour: what may concern it lies near.
  reach geometry(Geometry, 2177) not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  actual_from timestamptz,
  actual_to timestamptz check (actual_to >= actual_from),
  approved_by text collate "C",
  published_at timestamptz,
  created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  created_by text collate "C" not null,
  updated_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  updated_by text collate "C" not null
);
create index obstruction_reach on works.obstruction using gist (reach);
create index obstruction_time on works.obstruction (starts_at, ends_at);

-- Who did what, when and why; never changed.
create table works.obstruction_event (
  id bigint generated always as identity primary key,
  obstruction_id text collate "C" not null references works.obstruction (id),
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  who text collate "C" not null,
  action text collate "C" not null,
  state text collate "C" not null,
  revision bigint not null,
  reason text,
  -- What it said after a change, and the conflicts that were known when it was approved.
  content jsonb,
  conflicts jsonb
);
create index obstruction_event_of on works.obstruction_event (obstruction_id, id);

create trigger tell_obstructions after insert or update on works.obstruction
  for each row execute function live.tell_change('obstructions', 'id');

create table city.obstruction (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  kind text collate "C",
  impact text collate "C",
  starts_at timestamptz,
  ends_at timestamptz,
  hours text collate "C",
  actual_start timestamptz,
  streets text collate "C",
  road_ids text collate "C",
  length_m double precision,
  lanes_left integer,
  modes text collate "C",
  network text collate "C",
  detour text collate "C",
  owner text collate "C",
  description text collate "C",
  decision_number text collate "C",
  decision_basis text collate "C",
  contact_name text collate "C",
  contact_phone text collate "C",
  contact_email text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index obstruction_current_id on city.obstruction (id) where valid_to is null;
create index obstruction_current_geom on city.obstruction using gist (geom) where valid_to is null;
create index obstruction_ended_id on city.obstruction (id, valid_from) where valid_to is not null;
create index obstruction_ended_geom on city.obstruction using gist (geom) where valid_to is not null;
create index obstruction_version on city.obstruction (dataset_version);

create table city.obstruction_detour (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiLineString, 2177) not null,
  obstruction_id text collate "C",
  name text collate "C",
  description text collate "C",
  starts_at timestamptz,
  ends_at timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index obstruction_detour_current_id on city.obstruction_detour (id) where valid_to is null;
create index obstruction_detour_current_geom on city.obstruction_detour using gist (geom) where valid_to is null;
create index obstruction_detour_ended_id on city.obstruction_detour (id, valid_from) where valid_to is not null;
create index obstruction_detour_ended_geom on city.obstruction_detour using gist (geom) where valid_to is not null;
create index obstruction_detour_version on city.obstruction_detour (dataset_version);
