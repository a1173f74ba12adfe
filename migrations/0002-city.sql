-- The registers of the city in its cadastral CRS (EPSG:2177). Columns are the properties of `core/catalogue`.
-- A row is a version of an object: current while valid_to is null; nothing is overwritten. Versions that the
-- register had ended before they came to us have valid_to = valid_from and were never current.
create schema city;

-- The envelope of Poznań with about a kilometre around it.
insert into twin.dataset (name, srid, area)
values ('city', 2177, ST_MakeEnvelope(6412600, 5794400, 6437600, 5821600, 2177));

create table city.parcel (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  parcel_number text collate "C",
  precinct_id text collate "C",
  map_sheet text collate "C",
  registered_area_ha double precision,
  area_precision text collate "C",
  land_use text collate "C",
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
create unique index parcel_current_id on city.parcel (id) where valid_to is null;
create index parcel_current_geom on city.parcel using gist (geom) where valid_to is null;
create index parcel_current_number on city.parcel (parcel_number, precinct_id) where valid_to is null;
create index parcel_ended_id on city.parcel (id, valid_from) where valid_to is not null;
create index parcel_ended_geom on city.parcel using gist (geom) where valid_to is not null;
create index parcel_version on city.parcel (dataset_version);

create table city.building (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  storeys_above integer,
  storeys_below integer,
  built_area_m2 double precision,
  parcel_ids text collate "C",
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
create unique index building_current_id on city.building (id) where valid_to is null;
create index building_current_geom on city.building using gist (geom) where valid_to is null;
create index building_ended_id on city.building (id, valid_from) where valid_to is not null;
create index building_ended_geom on city.building using gist (geom) where valid_to is not null;
create index building_version on city.building (dataset_version);

create table city.building_3d (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygonZ, 2177) not null,
  building_id text collate "C",
  lod integer,
  state text collate "C",
  function text collate "C",
  roof_type text collate "C",
  height_m double precision,
  ground_height_m double precision,
  storeys_above integer,
  surface_kinds text collate "C",
  roof_source text collate "C",
  iip_namespace text collate "C",
  iip_version text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index building_3d_current_id on city.building_3d (id) where valid_to is null;
create index building_3d_current_geom on city.building_3d using gist (geom) where valid_to is null;
create index building_3d_current_building on city.building_3d (building_id) where valid_to is null;
create index building_3d_ended_id on city.building_3d (id, valid_from) where valid_to is not null;
create index building_3d_ended_geom on city.building_3d using gist (geom) where valid_to is not null;
create index building_3d_version on city.building_3d (dataset_version);
