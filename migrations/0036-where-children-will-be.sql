-- Births and forecasts of districts, waiting lists, floor of vacant premises, inclines of streets and paths.
create table city.population_forecast (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  district_id text collate "C",
  year integer,
  births integer,
  residents integer,
  age_0_2 integer,
  age_3_6 integer,
  age_7_14 integer,
  age_15_18 integer,
  age_19_64 integer,
  age_65_plus integer,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index population_forecast_current_id on city.population_forecast (id) where valid_to is null;
create index population_forecast_current_geom on city.population_forecast using gist (geom) where valid_to is null;
create index population_forecast_ended_id on city.population_forecast (id, valid_from) where valid_to is not null;
create index population_forecast_ended_geom on city.population_forecast using gist (geom) where valid_to is not null;
create index population_forecast_version on city.population_forecast (dataset_version);

do $$
declare
  target record;
begin
  for target in
    select table_schema, table_name from information_schema.tables
    where table_name in ('facility', 'road', 'footway')
      and table_schema in (select name from twin.dataset union select 'city' union select 'scenario')
  loop
    if target.table_name = 'facility' then
      execute format('alter table %I.facility add column waiting integer, add column area_m2 double precision',
        target.table_schema);
    else
      execute format('alter table %I.%I add column incline_pct double precision', target.table_schema, target.table_name);
    end if;
  end loop;
end
$$;
