-- What further limits ground: dikes, intakes, landslides, mining, airports, fields, adverts; and cases about it.
create table city.dike (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  river text collate "C",
  bank text collate "C",
  dike_class text collate "C",
  crown_level_m double precision,
  built_year integer,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index dike_current_id on city.dike (id) where valid_to is null;
create index dike_current_geom on city.dike using gist (geom) where valid_to is null;
create index dike_ended_id on city.dike (id, valid_from) where valid_to is not null;
create index dike_ended_geom on city.dike using gist (geom) where valid_to is not null;
create index dike_version on city.dike (dataset_version);

create table city.intake_zone (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  intake text collate "C",
  kind text collate "C",
  bans text collate "C",
  act_title text collate "C",
  act_number text collate "C",
  act_publication text collate "C",
  in_force_since date,
  in_force_until date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index intake_zone_current_id on city.intake_zone (id) where valid_to is null;
create index intake_zone_current_geom on city.intake_zone using gist (geom) where valid_to is null;
create index intake_zone_ended_id on city.intake_zone (id, valid_from) where valid_to is not null;
create index intake_zone_ended_geom on city.intake_zone using gist (geom) where valid_to is not null;
create index intake_zone_version on city.intake_zone (dataset_version);

create table city.landslide (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  number text collate "C",
  activity text collate "C",
  recorded_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index landslide_current_id on city.landslide (id) where valid_to is null;
create index landslide_current_geom on city.landslide using gist (geom) where valid_to is null;
create index landslide_ended_id on city.landslide (id, valid_from) where valid_to is not null;
create index landslide_ended_geom on city.landslide using gist (geom) where valid_to is not null;
create index landslide_version on city.landslide (dataset_version);

create table city.mining_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  kind text collate "C",
  mineral text collate "C",
  concession_number text collate "C",
  concession_until date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index mining_area_current_id on city.mining_area (id) where valid_to is null;
create index mining_area_current_geom on city.mining_area using gist (geom) where valid_to is null;
create index mining_area_ended_id on city.mining_area (id, valid_from) where valid_to is not null;
create index mining_area_ended_geom on city.mining_area using gist (geom) where valid_to is not null;
create index mining_area_version on city.mining_area (dataset_version);

create table city.restricted_use_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  source text collate "C",
  zone text collate "C",
  bans text collate "C",
  requirements text collate "C",
  act_title text collate "C",
  act_number text collate "C",
  act_publication text collate "C",
  in_force_since date,
  in_force_until date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index restricted_use_area_current_id on city.restricted_use_area (id) where valid_to is null;
create index restricted_use_area_current_geom on city.restricted_use_area using gist (geom) where valid_to is null;
create index restricted_use_area_ended_id on city.restricted_use_area (id, valid_from) where valid_to is not null;
create index restricted_use_area_ended_geom on city.restricted_use_area using gist (geom) where valid_to is not null;
create index restricted_use_area_version on city.restricted_use_area (dataset_version);

create table city.airport_surface (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  aerodrome text collate "C",
  kind text collate "C",
  limit_from_m double precision,
  limit_to_m double precision,
  documentation text collate "C",
  documented_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index airport_surface_current_id on city.airport_surface (id) where valid_to is null;
create index airport_surface_current_geom on city.airport_surface using gist (geom) where valid_to is null;
create index airport_surface_ended_id on city.airport_surface (id, valid_from) where valid_to is not null;
create index airport_surface_ended_geom on city.airport_surface using gist (geom) where valid_to is not null;
create index airport_surface_version on city.airport_surface (dataset_version);

create table city.electromagnetic_field (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  source text collate "C",
  level_from double precision,
  level_to double precision,
  method text collate "C",
  measured_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index electromagnetic_field_current_id on city.electromagnetic_field (id) where valid_to is null;
create index electromagnetic_field_current_geom on city.electromagnetic_field using gist (geom) where valid_to is null;
create index electromagnetic_field_ended_id on city.electromagnetic_field (id, valid_from) where valid_to is not null;
create index electromagnetic_field_ended_geom on city.electromagnetic_field using gist (geom) where valid_to is not null;
create index electromagnetic_field_version on city.electromagnetic_field (dataset_version);

create table city.landscape_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  ads text collate "C",
  max_ad_area_m2 double precision,
  max_fence_height_m double precision,
  act_title text collate "C",
  act_number text collate "C",
  act_publication text collate "C",
  in_force_since date,
  in_force_until date,
  adapt_until date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index landscape_area_current_id on city.landscape_area (id) where valid_to is null;
create index landscape_area_current_geom on city.landscape_area using gist (geom) where valid_to is null;
create index landscape_area_ended_id on city.landscape_area (id, valid_from) where valid_to is not null;
create index landscape_area_ended_geom on city.landscape_area using gist (geom) where valid_to is not null;
create index landscape_area_version on city.landscape_area (dataset_version);

create table city.ad_carrier (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  kind text collate "C",
  area_m2 double precision,
  height_m double precision,
  status text collate "C",
  parcel_id text collate "C",
  surveyed_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index ad_carrier_current_id on city.ad_carrier (id) where valid_to is null;
create index ad_carrier_current_geom on city.ad_carrier using gist (geom) where valid_to is null;
create index ad_carrier_ended_id on city.ad_carrier (id, valid_from) where valid_to is not null;
create index ad_carrier_ended_geom on city.ad_carrier using gist (geom) where valid_to is not null;
create index ad_carrier_version on city.ad_carrier (dataset_version);

create table city.official_case (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  status text collate "C",
  number text collate "C",
  subject text collate "C",
  authority text collate "C",
  applied_on date,
  decided_on date,
  final_on date,
  valid_until date,
  parcel_ids text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index official_case_current_id on city.official_case (id) where valid_to is null;
create index official_case_current_geom on city.official_case using gist (geom) where valid_to is null;
create index official_case_ended_id on city.official_case (id, valid_from) where valid_to is not null;
create index official_case_ended_geom on city.official_case using gist (geom) where valid_to is not null;
create index official_case_version on city.official_case (dataset_version);
