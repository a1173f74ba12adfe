-- A whole town: every register of `core/catalogue` beyond parcels and buildings, in the shape of 0002.
alter table city.parcel add column register_group text collate "C";

create table city.address (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  town text collate "C",
  street text collate "C",
  house_number text collate "C",
  town_code text collate "C",
  street_code text collate "C",
  postal_code text collate "C",
  parcel_id text collate "C",
  building_id text collate "C",
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
create unique index address_current_id on city.address (id) where valid_to is null;
create index address_current_geom on city.address using gist (geom) where valid_to is null;
create index address_current_street on city.address (lower(street), house_number) where valid_to is null;
create index address_ended_id on city.address (id, valid_from) where valid_to is not null;
create index address_ended_geom on city.address using gist (geom) where valid_to is not null;
create index address_version on city.address (dataset_version);

create table city.boundary_point (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  point_number text collate "C",
  origin text collate "C",
  meets_accuracy text collate "C",
  monument text collate "C",
  position_error text collate "C",
  source_designation text collate "C",
  survey_file text collate "C",
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
create unique index boundary_point_current_id on city.boundary_point (id) where valid_to is null;
create index boundary_point_current_geom on city.boundary_point using gist (geom) where valid_to is null;
create index boundary_point_ended_id on city.boundary_point (id, valid_from) where valid_to is not null;
create index boundary_point_ended_geom on city.boundary_point using gist (geom) where valid_to is not null;
create index boundary_point_version on city.boundary_point (dataset_version);

create table city.parcel_land_use (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  parcel_id text collate "C",
  ordinal integer,
  designation text collate "C",
  land_use text collate "C",
  soil_use text collate "C",
  soil_class text collate "C",
  area_ha double precision,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index parcel_land_use_current_id on city.parcel_land_use (id) where valid_to is null;
create index parcel_land_use_current_geom on city.parcel_land_use using gist (geom) where valid_to is null;
create index parcel_land_use_current_parcel on city.parcel_land_use (parcel_id) where valid_to is null;
create index parcel_land_use_ended_id on city.parcel_land_use (id, valid_from) where valid_to is not null;
create index parcel_land_use_ended_geom on city.parcel_land_use using gist (geom) where valid_to is not null;
create index parcel_land_use_version on city.parcel_land_use (dataset_version);

create table city.precinct (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  precinct_number text collate "C",
  unit_id text collate "C",
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
create unique index precinct_current_id on city.precinct (id) where valid_to is null;
create index precinct_current_geom on city.precinct using gist (geom) where valid_to is null;
create index precinct_ended_id on city.precinct (id, valid_from) where valid_to is not null;
create index precinct_ended_geom on city.precinct using gist (geom) where valid_to is not null;
create index precinct_version on city.precinct (dataset_version);

create table city.cadastral_unit (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
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
create unique index cadastral_unit_current_id on city.cadastral_unit (id) where valid_to is null;
create index cadastral_unit_current_geom on city.cadastral_unit using gist (geom) where valid_to is null;
create index cadastral_unit_ended_id on city.cadastral_unit (id, valid_from) where valid_to is not null;
create index cadastral_unit_ended_geom on city.cadastral_unit using gist (geom) where valid_to is not null;
create index cadastral_unit_version on city.cadastral_unit (dataset_version);

create table city.plan_zone (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  plan_kind text collate "C",
  designation text collate "C",
  symbol text collate "C",
  zone_kind text collate "C",
  base_profile text collate "C",
  additional_profile text collate "C",
  max_height_m double precision,
  min_intensity double precision,
  max_intensity double precision,
  max_built_share_pct double precision,
  min_bioactive_share_pct double precision,
  min_parcel_area_m2 double precision,
  min_parking_per_dwelling double precision,
  roof_shape text collate "C",
  act_title text collate "C",
  act_number text collate "C",
  act_publication text collate "C",
  in_force_since date,
  in_force_until date,
  status text collate "C",
  strength text collate "C",
  drafting_note text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index plan_zone_current_id on city.plan_zone (id) where valid_to is null;
create index plan_zone_current_geom on city.plan_zone using gist (geom) where valid_to is null;
create index plan_zone_current_designation on city.plan_zone (designation) where valid_to is null;
create index plan_zone_ended_id on city.plan_zone (id, valid_from) where valid_to is not null;
create index plan_zone_ended_geom on city.plan_zone using gist (geom) where valid_to is not null;
create index plan_zone_version on city.plan_zone (dataset_version);

create table city.utility_line (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(LineString, 2177) not null,
  network text collate "C",
  line_type text collate "C",
  role text collate "C",
  course text collate "C",
  flow text collate "C",
  diameter_mm integer,
  width_mm integer,
  height_mm integer,
  is_bundle boolean,
  material text collate "C",
  depth_m double precision,
  start_height_m double precision,
  end_height_m double precision,
  built_year integer,
  state text collate "C",
  operation text collate "C",
  position_source text collate "C",
  operator_id text collate "C",
  operator text collate "C",
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
create unique index utility_line_current_id on city.utility_line (id) where valid_to is null;
create index utility_line_current_geom on city.utility_line using gist (geom) where valid_to is null;
create index utility_line_ended_id on city.utility_line (id, valid_from) where valid_to is not null;
create index utility_line_ended_geom on city.utility_line using gist (geom) where valid_to is not null;
create index utility_line_version on city.utility_line (dataset_version);

create table city.utility_device (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  network text collate "C",
  kind text collate "C",
  top_height_m double precision,
  bottom_height_m double precision,
  state text collate "C",
  operation text collate "C",
  position_source text collate "C",
  operator_id text collate "C",
  operator text collate "C",
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
create unique index utility_device_current_id on city.utility_device (id) where valid_to is null;
create index utility_device_current_geom on city.utility_device using gist (geom) where valid_to is null;
create index utility_device_ended_id on city.utility_device (id, valid_from) where valid_to is not null;
create index utility_device_ended_geom on city.utility_device using gist (geom) where valid_to is not null;
create index utility_device_version on city.utility_device (dataset_version);

create table city.utility_elevation (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  network text collate "C",
  object_id text collate "C",
  top_height_m double precision,
  bottom_height_m double precision,
  ground_height_m double precision,
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
create unique index utility_elevation_current_id on city.utility_elevation (id) where valid_to is null;
create index utility_elevation_current_geom on city.utility_elevation using gist (geom) where valid_to is null;
create index utility_elevation_ended_id on city.utility_elevation (id, valid_from) where valid_to is not null;
create index utility_elevation_ended_geom on city.utility_elevation using gist (geom) where valid_to is not null;
create index utility_elevation_version on city.utility_elevation (dataset_version);

create table city.tree (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  species text collate "C",
  species_latin text collate "C",
  girth_cm integer,
  height_m double precision,
  crown_diameter_m double precision,
  form text collate "C",
  health text collate "C",
  protection text collate "C",
  planted_year integer,
  last_inspection date,
  next_inspection date,
  parcel_id text collate "C",
  inspection_note text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index tree_current_id on city.tree (id) where valid_to is null;
create index tree_current_geom on city.tree using gist (geom) where valid_to is null;
create index tree_ended_id on city.tree (id, valid_from) where valid_to is not null;
create index tree_ended_geom on city.tree using gist (geom) where valid_to is not null;
create index tree_version on city.tree (dataset_version);

create table city.green_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  kind text collate "C",
  access text collate "C",
  area_m2 double precision,
  manager text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index green_area_current_id on city.green_area (id) where valid_to is null;
create index green_area_current_geom on city.green_area using gist (geom) where valid_to is null;
create index green_area_ended_id on city.green_area (id, valid_from) where valid_to is not null;
create index green_area_ended_geom on city.green_area using gist (geom) where valid_to is not null;
create index green_area_version on city.green_area (dataset_version);

create table city.flood_zone (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  probability text collate "C",
  max_depth_m double precision,
  water_level_m double precision,
  river text collate "C",
  map_date date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index flood_zone_current_id on city.flood_zone (id) where valid_to is null;
create index flood_zone_current_geom on city.flood_zone using gist (geom) where valid_to is null;
create index flood_zone_ended_id on city.flood_zone (id, valid_from) where valid_to is not null;
create index flood_zone_ended_geom on city.flood_zone using gist (geom) where valid_to is not null;
create index flood_zone_version on city.flood_zone (dataset_version);

create table city.noise_zone (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  source text collate "C",
  indicator text collate "C",
  level_from_db integer,
  level_to_db integer,
  level text collate "C",
  map_year integer,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index noise_zone_current_id on city.noise_zone (id) where valid_to is null;
create index noise_zone_current_geom on city.noise_zone using gist (geom) where valid_to is null;
create index noise_zone_ended_id on city.noise_zone (id, valid_from) where valid_to is not null;
create index noise_zone_ended_geom on city.noise_zone using gist (geom) where valid_to is not null;
create index noise_zone_version on city.noise_zone (dataset_version);

create table city.heritage_site (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  kind text collate "C",
  register_number text collate "C",
  decided_on date,
  building_id text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index heritage_site_current_id on city.heritage_site (id) where valid_to is null;
create index heritage_site_current_geom on city.heritage_site using gist (geom) where valid_to is null;
create index heritage_site_ended_id on city.heritage_site (id, valid_from) where valid_to is not null;
create index heritage_site_ended_geom on city.heritage_site using gist (geom) where valid_to is not null;
create index heritage_site_version on city.heritage_site (dataset_version);

create table city.nature_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  kind text collate "C",
  code text collate "C",
  act text collate "C",
  protected_since date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index nature_area_current_id on city.nature_area (id) where valid_to is null;
create index nature_area_current_geom on city.nature_area using gist (geom) where valid_to is null;
create index nature_area_ended_id on city.nature_area (id, valid_from) where valid_to is not null;
create index nature_area_ended_geom on city.nature_area using gist (geom) where valid_to is not null;
create index nature_area_version on city.nature_area (dataset_version);

create table city.facility (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  name text collate "C",
  kind text collate "C",
  capacity integer,
  enrolled integer,
  age_from integer,
  age_to integer,
  opening_hours text collate "C",
  opened_on date,
  ownership text collate "C",
  address text collate "C",
  building_id text collate "C",
  waiting_list_contact text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index facility_current_id on city.facility (id) where valid_to is null;
create index facility_current_geom on city.facility using gist (geom) where valid_to is null;
create index facility_ended_id on city.facility (id, valid_from) where valid_to is not null;
create index facility_ended_geom on city.facility using gist (geom) where valid_to is not null;
create index facility_version on city.facility (dataset_version);

create table city.population_cell (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  residents integer,
  age_0_2 integer,
  age_3_6 integer,
  age_7_14 integer,
  age_15_18 integer,
  age_19_64 integer,
  age_65_plus integer,
  density text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index population_cell_current_id on city.population_cell (id) where valid_to is null;
create index population_cell_current_geom on city.population_cell using gist (geom) where valid_to is null;
create index population_cell_ended_id on city.population_cell (id, valid_from) where valid_to is not null;
create index population_cell_ended_geom on city.population_cell using gist (geom) where valid_to is not null;
create index population_cell_version on city.population_cell (dataset_version);

create table city.control_point (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  point_number text collate "C",
  kind text collate "C",
  class text collate "C",
  height_m double precision,
  height_system text collate "C",
  marker text collate "C",
  mark_state text collate "C",
  position_error_m double precision,
  height_error_m double precision,
  surveyed_on date,
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
create unique index control_point_current_id on city.control_point (id) where valid_to is null;
create index control_point_current_geom on city.control_point using gist (geom) where valid_to is null;
create index control_point_ended_id on city.control_point (id, valid_from) where valid_to is not null;
create index control_point_ended_geom on city.control_point using gist (geom) where valid_to is not null;
create index control_point_version on city.control_point (dataset_version);

create table city.road (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(LineString, 2177) not null,
  class text collate "C",
  name text collate "C",
  lanes integer,
  width_m double precision,
  speed_kmh integer,
  oneway boolean,
  surface text collate "C",
  from_node text collate "C",
  to_node text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index road_current_id on city.road (id) where valid_to is null;
create index road_current_geom on city.road using gist (geom) where valid_to is null;
create index road_ended_id on city.road (id, valid_from) where valid_to is not null;
create index road_ended_geom on city.road using gist (geom) where valid_to is not null;
create index road_version on city.road (dataset_version);

create table city.footway (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(LineString, 2177) not null,
  kind text collate "C",
  width_m double precision,
  surface text collate "C",
  step_free boolean,
  from_node text collate "C",
  to_node text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index footway_current_id on city.footway (id) where valid_to is null;
create index footway_current_geom on city.footway using gist (geom) where valid_to is null;
create index footway_ended_id on city.footway (id, valid_from) where valid_to is not null;
create index footway_ended_geom on city.footway using gist (geom) where valid_to is not null;
create index footway_version on city.footway (dataset_version);

create table city.water (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  kind text collate "C",
  level_m double precision,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index water_current_id on city.water (id) where valid_to is null;
create index water_current_geom on city.water using gist (geom) where valid_to is null;
create index water_ended_id on city.water (id, valid_from) where valid_to is not null;
create index water_ended_geom on city.water using gist (geom) where valid_to is not null;
create index water_version on city.water (dataset_version);

create table city.land_cover (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  sealed_share_pct double precision,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index land_cover_current_id on city.land_cover (id) where valid_to is null;
create index land_cover_current_geom on city.land_cover using gist (geom) where valid_to is null;
create index land_cover_ended_id on city.land_cover (id, valid_from) where valid_to is not null;
create index land_cover_ended_geom on city.land_cover using gist (geom) where valid_to is not null;
create index land_cover_version on city.land_cover (dataset_version);

create table city.district (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  name text collate "C",
  resolution text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index district_current_id on city.district (id) where valid_to is null;
create index district_current_geom on city.district using gist (geom) where valid_to is null;
create index district_ended_id on city.district (id, valid_from) where valid_to is not null;
create index district_ended_geom on city.district using gist (geom) where valid_to is not null;
create index district_version on city.district (dataset_version);

-- Datasets of their own CRS hold the same tables (ADR 7).
do $$
declare
  foreign_dataset record;
  register record;
begin
  for foreign_dataset in select name, srid from twin.dataset where name <> 'city' loop
    execute format('alter table %I.parcel add column register_group text collate "C"', foreign_dataset.name);
    for register in
      select f_table_name as name, type from geometry_columns
      where f_table_schema = 'city' and f_table_name not in ('parcel', 'building', 'building_3d')
    loop
      execute format('create table %I.%I (like city.%I including all)', foreign_dataset.name, register.name,
        register.name);
      execute format('alter table %I.%I
        alter column geom type geometry(%s, %s) using ST_SetSRID(geom, %s),
        add foreign key (dataset_version) references twin.dataset_version (version)',
        foreign_dataset.name, register.name, register.type, foreign_dataset.srid, foreign_dataset.srid);
    end loop;
  end loop;
end
$$;
