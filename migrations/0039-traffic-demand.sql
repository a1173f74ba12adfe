-- Trips and counts that the traffic of the city is reckoned with. Each load is a version of the city, kept for ever, so
-- that a run can be made again as it was; a version without rows says that there are none any more.

-- Zones of a version where trips begin and end, in the order in which matrices speak of them.
create table twin.traffic_zone (
  version bigint not null references twin.dataset_version (version),
  ordinal integer not null,
  id text collate "C" not null,
  name text collate "C",
  -- At the edge of the city: the road that leads out.
  is_gate boolean not null,
  geom geometry(Point, 2177) not null,
  primary key (version, ordinal),
  unique (version, id)
);

-- Vehicles from zone to zone in one hour of a working day, for one purpose; pairs without any are left out.
create table twin.traffic_matrix (
  version bigint not null references twin.dataset_version (version),
  hour smallint not null check (hour between 0 and 23),
  purpose text collate "C" not null,
  origins integer[] not null,
  destinations integer[] not null,
  veh_per_h double precision[] not null,
  primary key (version, hour, purpose),
  check (cardinality(origins) = cardinality(destinations) and cardinality(origins) = cardinality(veh_per_h))
);

-- Vehicles counted in an hour of a working day: on a road both ways, or with + or - after its id one way.
create table twin.traffic_count (
  version bigint not null references twin.dataset_version (version),
  link text collate "C" not null,
  hour smallint not null check (hour between 0 and 23),
  veh_per_h double precision not null check (veh_per_h >= 0),
  detector text collate "C",
  -- Days that the value is the mean of; null where nobody said.
  days integer,
  primary key (version, link, hour)
);
