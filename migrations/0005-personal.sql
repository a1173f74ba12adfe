-- Personal data lie apart: requests of the public run with a database role (`server/store/public-role.ts`) that has
-- no right in this schema, so that no mistake in a query can let them out. Only the city has such registers.
create schema personal;
revoke all on schema personal from public;

create table personal.building_residents (
  row_id bigint generated always as identity primary key,
  id text collate "C" not null,
  geom geometry(Point, 2177) not null,
  building_id text collate "C",
  residents integer,
  age_0_2 integer,
  age_3_6 integer,
  age_7_14 integer,
  age_15_18 integer,
  age_19_64 integer,
  age_65_plus integer,
  households integer,
  counted_on date,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  dataset_version bigint not null references twin.dataset_version (version),
  content_hash uuid not null
);
create unique index building_residents_current_id on personal.building_residents (id) where valid_to is null;
create index building_residents_current_geom on personal.building_residents using gist (geom) where valid_to is null;
create index building_residents_ended_id on personal.building_residents (id, valid_from) where valid_to is not null;
create index building_residents_ended_geom on personal.building_residents using gist (geom) where valid_to is not null;
create index building_residents_version on personal.building_residents (dataset_version);
