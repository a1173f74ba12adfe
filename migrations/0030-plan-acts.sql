-- Planning acts with what they draw beside zones, and zones that know their act.
create table city.plan_act (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  plan_kind text collate "C",
  title text collate "C",
  number text collate "C",
  publication text collate "C",
  status text collate "C",
  begun_on date,
  adopted_on date,
  in_force_since date,
  in_force_until date,
  changes text collate "C",
  drawing_scale integer,
  text_url text collate "C",
  drawing_url text collate "C",
  iip_namespace text collate "C",
  iip_local_id text collate "C",
  iip_version text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index plan_act_current_id on city.plan_act (id) where valid_to is null;
create index plan_act_current_geom on city.plan_act using gist (geom) where valid_to is null;
create index plan_act_ended_id on city.plan_act (id, valid_from) where valid_to is not null;
create index plan_act_ended_geom on city.plan_act using gist (geom) where valid_to is not null;
create index plan_act_version on city.plan_act (dataset_version);

create table city.plan_area (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  kind text collate "C",
  designation text collate "C",
  act_id text collate "C",
  status text collate "C",
  in_force_since date,
  in_force_until date,
  excludes_farmsteads boolean,
  max_school_distance_m double precision,
  max_green_areas_distance_m double precision,
  min_green_areas_ha double precision,
  max_green_area_distance_m double precision,
  min_green_area_ha double precision,
  other_standards text collate "C",
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index plan_area_current_id on city.plan_area (id) where valid_to is null;
create index plan_area_current_geom on city.plan_area using gist (geom) where valid_to is null;
create index plan_area_ended_id on city.plan_area (id, valid_from) where valid_to is not null;
create index plan_area_ended_geom on city.plan_area using gist (geom) where valid_to is not null;
create index plan_area_version on city.plan_area (dataset_version);

create table city.building_line (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(LineString, 2177) not null,
  kind text collate "C",
  zone_id text collate "C",
  act_id text collate "C",
  offset_m double precision,
  status text collate "C",
  in_force_since date,
  in_force_until date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index building_line_current_id on city.building_line (id) where valid_to is null;
create index building_line_current_geom on city.building_line using gist (geom) where valid_to is null;
create index building_line_ended_id on city.building_line (id, valid_from) where valid_to is not null;
create index building_line_ended_geom on city.building_line using gist (geom) where valid_to is not null;
create index building_line_version on city.building_line (dataset_version);

do $$
declare
  target record;
begin
  for target in
    select table_schema from information_schema.tables
    where table_name = 'plan_zone' and table_schema in (select name from twin.dataset union select 'city' union select 'scenario')
  loop
    execute format('alter table %I.plan_zone add column act_id text collate "C", add column max_storeys integer,
      add column min_parking_per_100m2 double precision, add column provisions text collate "C"', target.table_schema);
  end loop;
end
$$;
