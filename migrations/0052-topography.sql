-- Topographic objects of the base map (BDOT500, Dz.U. 2021 poz. 1385).

create table city.unregistered_building (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  state text collate "C",
  storeys_above integer,
  storeys_below integer,
  position_source text collate "C",
  accepted_on date,
  survey_file text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  object_since timestamptz,
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index unregistered_building_current_id on city.unregistered_building (id) where valid_to is null;
create index unregistered_building_current_geom on city.unregistered_building using gist (geom) where valid_to is null;
create index unregistered_building_ended_id on city.unregistered_building (id, valid_from) where valid_to is not null;
create index unregistered_building_ended_geom on city.unregistered_building using gist (geom) where valid_to is not null;
create index unregistered_building_version on city.unregistered_building (dataset_version);

create table city.topographic_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  class text collate "C",
  kind text collate "C",
  surface text collate "C",
  level integer,
  name text collate "C",
  block_name text collate "C",
  highest_storey integer,
  lowest_storey integer,
  building_id text collate "C",
  direction_line text collate "C",
  slope_starts text collate "C",
  slope_ends text collate "C",
  position_source text collate "C",
  accepted_on date,
  survey_file text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  object_since timestamptz,
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index topographic_area_current_id on city.topographic_area (id) where valid_to is null;
create index topographic_area_current_geom on city.topographic_area using gist (geom) where valid_to is null;
create index topographic_area_ended_id on city.topographic_area (id, valid_from) where valid_to is not null;
create index topographic_area_ended_geom on city.topographic_area using gist (geom) where valid_to is not null;
create index topographic_area_version on city.topographic_area (dataset_version);

create table city.topographic_line (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiLineString, 2177) not null,
  class text collate "C",
  kind text collate "C",
  surface text collate "C",
  level integer,
  name text collate "C",
  building_id text collate "C",
  direction_line text collate "C",
  slope_starts text collate "C",
  slope_ends text collate "C",
  position_source text collate "C",
  accepted_on date,
  survey_file text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  object_since timestamptz,
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index topographic_line_current_id on city.topographic_line (id) where valid_to is null;
create index topographic_line_current_geom on city.topographic_line using gist (geom) where valid_to is null;
create index topographic_line_ended_id on city.topographic_line (id, valid_from) where valid_to is not null;
create index topographic_line_ended_geom on city.topographic_line using gist (geom) where valid_to is not null;
create index topographic_line_version on city.topographic_line (dataset_version);

create table city.topographic_point (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  class text collate "C",
  kind text collate "C",
  surface text collate "C",
  level integer,
  name text collate "C",
  building_id text collate "C",
  direction_line text collate "C",
  slope_starts text collate "C",
  slope_ends text collate "C",
  position_source text collate "C",
  accepted_on date,
  survey_file text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  object_since timestamptz,
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index topographic_point_current_id on city.topographic_point (id) where valid_to is null;
create index topographic_point_current_geom on city.topographic_point using gist (geom) where valid_to is null;
create index topographic_point_ended_id on city.topographic_point (id, valid_from) where valid_to is not null;
create index topographic_point_ended_geom on city.topographic_point using gist (geom) where valid_to is not null;
create index topographic_point_version on city.topographic_point (dataset_version);

create table city.topographic_height (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  kind text collate "C",
  height_m double precision,
  position_source text collate "C",
  accepted_on date,
  survey_file text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  object_since timestamptz,
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index topographic_height_current_id on city.topographic_height (id) where valid_to is null;
create index topographic_height_current_geom on city.topographic_height using gist (geom) where valid_to is null;
create index topographic_height_ended_id on city.topographic_height (id, valid_from) where valid_to is not null;
create index topographic_height_ended_geom on city.topographic_height using gist (geom) where valid_to is not null;
create index topographic_height_version on city.topographic_height (dataset_version);
