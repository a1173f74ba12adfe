-- Population by cells of the 1 km grid of European statistics, as the census publishes it.
create table city.census_cell (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(MultiPolygon, 2177) not null,
  residents integer,
  age_0_14 integer,
  age_15_64 integer,
  age_65_plus integer,
  men integer,
  women integer,
  density text collate "C",
  withheld text collate "C",
  counted_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index census_cell_current_id on city.census_cell (id) where valid_to is null;
create index census_cell_current_geom on city.census_cell using gist (geom) where valid_to is null;
create index census_cell_ended_id on city.census_cell (id, valid_from) where valid_to is not null;
create index census_cell_ended_geom on city.census_cell using gist (geom) where valid_to is not null;
create index census_cell_version on city.census_cell (dataset_version);
