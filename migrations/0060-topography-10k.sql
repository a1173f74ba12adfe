-- The national topographic database 1:10,000 (BDOT10k, Dz.U. 2021 poz. 1412), by shape.

create table city.bdot10k_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  class text collate "C",
  code text collate "C",
  kind text collate "C",
  name text collate "C",
  number text collate "C",
  use text collate "C",
  surface text collate "C",
  width_m double precision,
  storeys integer,
  existence text collate "C",
  position_source text collate "C",
  other text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index bdot10k_area_current_id on city.bdot10k_area (id) where valid_to is null;
create index bdot10k_area_current_geom on city.bdot10k_area using gist (geom) where valid_to is null;
create index bdot10k_area_ended_id on city.bdot10k_area (id, valid_from) where valid_to is not null;
create index bdot10k_area_ended_geom on city.bdot10k_area using gist (geom) where valid_to is not null;
create index bdot10k_area_version on city.bdot10k_area (dataset_version);

create table city.bdot10k_line (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiLineString, 2177) not null,
  class text collate "C",
  code text collate "C",
  kind text collate "C",
  name text collate "C",
  number text collate "C",
  use text collate "C",
  surface text collate "C",
  width_m double precision,
  storeys integer,
  existence text collate "C",
  position_source text collate "C",
  other text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index bdot10k_line_current_id on city.bdot10k_line (id) where valid_to is null;
create index bdot10k_line_current_geom on city.bdot10k_line using gist (geom) where valid_to is null;
create index bdot10k_line_ended_id on city.bdot10k_line (id, valid_from) where valid_to is not null;
create index bdot10k_line_ended_geom on city.bdot10k_line using gist (geom) where valid_to is not null;
create index bdot10k_line_version on city.bdot10k_line (dataset_version);

create table city.bdot10k_point (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  class text collate "C",
  code text collate "C",
  kind text collate "C",
  name text collate "C",
  number text collate "C",
  use text collate "C",
  surface text collate "C",
  width_m double precision,
  storeys integer,
  existence text collate "C",
  position_source text collate "C",
  other text collate "C",
  remark text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  version_since timestamptz,
  version_until timestamptz,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index bdot10k_point_current_id on city.bdot10k_point (id) where valid_to is null;
create index bdot10k_point_current_geom on city.bdot10k_point using gist (geom) where valid_to is null;
create index bdot10k_point_ended_id on city.bdot10k_point (id, valid_from) where valid_to is not null;
create index bdot10k_point_ended_geom on city.bdot10k_point using gist (geom) where valid_to is not null;
create index bdot10k_point_version on city.bdot10k_point (dataset_version);
