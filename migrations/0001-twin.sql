-- What the twin knows about its own data: datasets, their versions, the state of each layer, and which
-- cells of the map changed when. Registers themselves live in one schema per dataset (0002).
create extension if not exists postgis;

-- A dataset is a schema of register tables in one storage CRS. `city` is the city itself; others hold files
-- of a foreign CRS. `area` (storage CRS) is where objects of the dataset must lie; null = anywhere.
create table twin.dataset (
  name text collate "C" primary key check (name ~ '^[a-z][a-z0-9_]{0,40}$'),
  srid integer not null,
  area geometry(Polygon),
  created_at timestamptz not null default clock_timestamp()
);

-- One row per load or edit transaction. Versions grow in the order of commit within a dataset.
create table twin.dataset_version (
  version bigint generated always as identity primary key,
  dataset text collate "C" not null references twin.dataset (name),
  recorded_at timestamptz not null,
  file_name text collate "C" not null,
  format text collate "C" not null,
  source text collate "C" not null,
  synthetic boolean not null,
  written integer not null default 0,
  unchanged integer not null default 0,
  ended integer not null default 0,
  rejected integer not null default 0
);
create index dataset_version_dataset on twin.dataset_version (dataset, version desc);

-- Count, extent and date of each layer, kept with every load, so that nobody has to scan for them.
create table twin.layer_status (
  dataset text collate "C" not null references twin.dataset (name),
  layer text collate "C" not null,
  object_count bigint not null,
  min_easting double precision,
  min_northing double precision,
  max_easting double precision,
  max_northing double precision,
  loaded_at timestamptz not null,
  source text collate "C" not null,
  synthetic boolean not null,
  version bigint not null references twin.dataset_version (version),
  primary key (dataset, layer)
);

-- The version that last changed each cell (256 m; 1/400 degree in a geographic CRS) of each layer. The ETag
-- of a tile is the highest version of the cells that it covers.
create table twin.tile_cell (
  dataset text collate "C" not null references twin.dataset (name),
  layer text collate "C" not null,
  cell_x integer not null,
  cell_y integer not null,
  version bigint not null,
  primary key (dataset, layer, cell_x, cell_y) include (version)
);

-- The ground plan of a geometry whose surfaces lie above each other.
create function twin.footprint(solid geometry) returns geometry
  language sql immutable strict parallel safe
  as $$ select ST_UnaryUnion(ST_CollectionExtract(ST_MakeValid(ST_Force2D(solid)), 3)) $$;
